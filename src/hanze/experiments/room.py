# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this room offers: pages, resources of /v1, and what it tells on pages of others."""

from hanze.web.room import Page, Room

PAGES: tuple[Page, ...] = ()

ROOM = Room("experiments", PAGES)
