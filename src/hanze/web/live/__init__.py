# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Live pages: streams of server-sent events that follow the journal, one for each browser."""

from hanze.web.live.api import Live

__all__ = ["Live"]
