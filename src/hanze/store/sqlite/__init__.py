# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The embedded store: one folder, one SQLite file."""

from hanze.store.sqlite.backup import backup, restore
from hanze.store.sqlite.reads import FILE, view
from hanze.store.sqlite.store import SqliteStore, open

__all__ = ["FILE", "SqliteStore", "backup", "open", "restore", "view"]
