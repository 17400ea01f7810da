# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables as Parquet: typed columns, written by pyarrow in a process of its own, where that is installed."""

from importlib.util import find_spec


def installed() -> bool:
    """The library is there; it is imported in workers only."""
    return find_spec("pyarrow") is not None
