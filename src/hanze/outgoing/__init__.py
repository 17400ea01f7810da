# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every call to another server: one guarded client, whose addresses are checked after DNS and at each redirect."""

from hanze.outgoing.guard import Guard
from hanze.outgoing.http import Client
from hanze.outgoing.message import Response

__all__ = ["Client", "Guard", "Response"]
