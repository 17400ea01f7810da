# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real store with a clock that tests move."""

from tests.store.sqlite.conftest import clock, store

__all__ = ["clock", "store"]
