# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of people: signing in, the own account, my desk, and who may do what."""

from hanze.web.people.pages.room import ROOM

__all__ = ["ROOM"]
