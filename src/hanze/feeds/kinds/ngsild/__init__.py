# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Another NGSI-LD broker: a copy of what it has, then its notifications, and a comparison after whatever went wrong."""

from hanze.feeds.kinds.ngsild.joining import Ngsild

__all__ = ["Ngsild"]
