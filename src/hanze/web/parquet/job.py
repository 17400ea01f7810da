# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The job of a worker that writes a Parquet file; the library is imported there and never in the node."""

from collections.abc import Mapping


def write(lines: str, target: str, about: Mapping[str, str]) -> None:
    """See hanze.web.parquet.writing."""
    from hanze.web.parquet import writing

    writing.write(lines, target, about)
