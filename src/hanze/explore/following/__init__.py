# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Being told by mail what comes of a public thing: asked for, confirmed, a digest at most daily, stopped by one click."""

from hanze.explore.following.digest import Digest
from hanze.explore.following.follows import FOLLOWS
from hanze.explore.following.pages import PAGES

__all__ = ["FOLLOWS", "PAGES", "Digest"]
