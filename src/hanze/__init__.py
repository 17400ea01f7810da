# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hanze: an open platform for cities that work as a network."""

__version__ = "0.1.0"
