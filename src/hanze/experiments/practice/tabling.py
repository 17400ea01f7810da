# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Practice data of a plain table: rows of units and moments, made up from series that it holds."""

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.table import Floats, Table
from hanze.experiments.practice.distances import Distances
from hanze.experiments.practice.making import make

UNEVEN = 0.01
"""A moment may lie so many steps beside its place, such as for a summer time that is written in local hours."""

MOST_CELLS = 20_000_000


class Columns(msgspec.Struct, frozen=True):
    """Which columns are read. `unit`: empty where the table is about one. `week`: steps of a week; None where moments are dates."""

    unit: str
    time: str
    outcomes: Sequence[str]
    week: int | None = None


class Made(msgspec.Struct, frozen=True):
    """A head and its rows; a cell is empty where nothing is known."""

    head: tuple[str, ...]
    rows: list[tuple[str, ...]]
    distances: Distances


class _Grid(msgspec.Struct, frozen=True):
    """`place`: of each row, the number of its moment; `words`: how moments are written, by number; `first`: of which step of the
    week the first one is."""

    place: NDArray[np.int64]
    words: dict[int, str]
    week: int
    first: int

    @property
    def size(self) -> int:
        return max(self.words) + 1


def practice(table: Table, columns: Columns, seed: int) -> Made:
    """Series of made-up units at the moments of the table. Errors: ConfigurationError with column and fix, CalculationFailed where
    no draw keeps the limits."""
    grid = _grid(table, columns)
    names = table.words(columns.unit) if columns.unit else [""] * table.rows
    units = list(dict.fromkeys(names))
    real = _series(table, columns, grid, [units.index(name) for name in names], len(units))
    known = np.isfinite(real).sum(axis=1) > 0
    things = np.repeat(np.arange(len(units)), len(columns.outcomes))
    made = make(real[known], grid.week, grid.first, things[known].tolist(), seed)
    values = np.full_like(real, np.nan)
    values[known] = made.values
    cells = values.reshape(len(units), len(columns.outcomes), grid.size)
    head = (*([columns.unit] if columns.unit else []), columns.time, *columns.outcomes)
    return Made(head, _rows(cells, columns, grid), made.distances)


def _grid(table: Table, columns: Columns) -> _Grid:
    moments, dated = table.moments(columns.time)
    there = np.unique(moments)
    if len(there) < 2:
        raise ConfigurationError(f"{table.name}: {columns.time} has one moment; a series has many.")
    step, start = float(np.diff(there).min()), float(there[0])
    steps = (moments - start) / step
    place = np.round(steps).astype(np.int64)
    if np.abs(steps - place).max() > UNEVEN:
        raise ConfigurationError(
            f"{table.name}: the moments of {columns.time} are not equally far apart; make them so first."
        )
    week = columns.week or (round(7 / step) if dated else 0)
    if week < 7 or week % 7:
        raise ConfigurationError(
            f"{table.name}: {columns.time} has no steps of a day or a whole part of it; give dates with the hour, "
            "or numbers with --week, such as 168 for hours."
        )
    # 1 January 1970 was a Thursday.
    first = round(((start + 3) % 7) / step) % week if dated else 0
    words = dict(zip(place.tolist(), table.words(columns.time), strict=True))
    return _Grid(place, words, week, first)


def _series(table: Table, columns: Columns, grid: _Grid, units: Sequence[int], count: int) -> Floats:
    """(units times outcomes, moments). Errors: ConfigurationError where a moment of a unit stands there twice."""
    if count * len(columns.outcomes) * grid.size > MOST_CELLS:
        raise ConfigurationError(
            f"{table.name} would have more than {MOST_CELLS:,} cells; give fewer units or moments."
        )
    of = np.array(units, np.int64)
    cells = of * grid.size + grid.place
    twice = len(cells) - len(np.unique(cells))
    if twice:
        raise ConfigurationError(
            f"{table.name}: {twice} moments stand there twice; name the column of units with --unit."
        )
    found = np.full((count, len(columns.outcomes), grid.size), np.nan)
    for number, outcome in enumerate(columns.outcomes):
        found[of, number, grid.place] = table.numbers(outcome)
    return found.reshape(-1, grid.size)


def _rows(cells: Floats, columns: Columns, grid: _Grid) -> list[tuple[str, ...]]:
    rows = []
    for number, unit in enumerate(cells):
        begin = (f"practice-{number + 1:03}",) if columns.unit else ()
        for place in np.flatnonzero(np.isfinite(unit).any(axis=0)).tolist():
            if place in grid.words:
                rows.append((*begin, grid.words[place], *map(_cell, unit[:, place].tolist())))
    return rows


def _cell(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.6g}"
