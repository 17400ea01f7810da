# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the cells of a line to the rows that a mapping speaks of: one, or one for each column of a wide table."""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from hanze.errors import ConfigurationError
from hanze.feeds.tables.checking import check_columns
from hanze.feeds.tables.mapping import Mapping
from hanze.feeds.tables.shaping import Row, missing

Cells = list[str] | None
"""What stands in a line; None where it has nothing to take."""


class Wide:
    """The columns of one table. `width`: how many rows a line makes."""

    def __init__(self, header: Sequence[str], mapping: Mapping, table: str) -> None:
        """ConfigurationError where the table lacks a column that the mapping names."""
        check_columns(mapping, header, table)
        self._header = header
        self._mapping = mapping
        pattern = mapping.wide.columns if mapping.wide else ""
        self._spread = [number for number, name in enumerate(header) if fnmatchcase(name, pattern)]
        self._common = [(name, header.index(name)) for name in mapping.columns()]
        self.width = max(1, len(self._spread))
        if mapping.wide and not self._spread:
            raise ConfigurationError(
                f"{table} has no column like {pattern!r} (wide.columns); its columns are {', '.join(header)}."
            )

    def rows(self, lines: Sequence[Cells]) -> Iterator[list[Row | None]]:
        """The rows of these lines; of a wide table those of each column after another, empty cells being no rows."""
        wide = self._mapping.wide
        if wide is None:
            yield [None if cells is None else dict(zip(self._header, cells, strict=True)) for cells in lines]
            return
        common = [None if cells is None else {name: cells[place] for name, place in self._common} for cells in lines]
        for number in self._spread:
            own = {wide.name: self._header[number]}
            yield [
                {**shared, **own, wide.value: cells[number]}
                if cells is not None and shared is not None and not missing(cells[number], self._mapping)
                else None
                for cells, shared in zip(lines, common, strict=True)
            ]
