# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The air quality of the Dutch measuring stations, from the open API of Luchtmeetnet."""

from hanze.feeds.kinds.luchtmeetnet.looking import Luchtmeetnet

__all__ = ["Luchtmeetnet"]
