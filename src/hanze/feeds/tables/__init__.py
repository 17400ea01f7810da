# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables (CSV, Parquet) that become entities and observations by a small mapping."""

from hanze.feeds.tables.checking import check
from hanze.feeds.tables.mapping import Mapping
from hanze.feeds.tables.shaping import Facts, Rejected, Series, Shaper

__all__ = ["Facts", "Mapping", "Rejected", "Series", "Shaper", "check"]
