# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files that come into a folder: tables, JSON of any shape, NGSI-LD."""

from hanze.feeds.kinds.files.looking import Files

__all__ = ["Files"]
