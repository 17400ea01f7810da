# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this room keeps that is not public."""

from hanze.explore.connecting.candidates import CANDIDATES
from hanze.explore.dropping.drops import VAULTS as DROPS
from hanze.explore.following.follows import FOLLOWS

VAULTS = (*DROPS, FOLLOWS, CANDIDATES)
