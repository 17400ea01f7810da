# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Shared bicycles, scooters and cars from the General Bikeshare Feed Specification, versions 1 to 3."""

from hanze.feeds.kinds.gbfs.looking import Gbfs

__all__ = ["Gbfs"]
