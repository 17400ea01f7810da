# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table as a panel: units and moments, what was measured of each, and where the measure was on."""

from collections.abc import Mapping

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import MISSING, Bools, Floats, Ints, Table, moment


class Panel(msgspec.Struct, frozen=True, eq=False):
    """Rows (R) with an outcome, of units (N) at moments (T), both in order: units by first row, moments by time.

    `times`: as the table writes them; `moments`: numbers, or days since 1970-01-01 where `dated`. `unit`, `time`: of each row, as
    places in `units` and `times`. `on`: (N, T), the measure is on. `cluster`: of each unit. `season`, `exposure`, `weights`,
    `covariates`: of each row. `missing`: rows that were left out, since something that is asked of them is not known.
    """

    units: tuple[str, ...]
    times: tuple[str, ...]
    moments: Floats
    dated: bool
    unit: Ints
    time: Ints
    outcome: Floats
    on: Bools
    cluster: Ints
    season: Ints | None = None
    exposure: Floats | None = None
    weights: Floats | None = None
    covariates: Mapping[str, Floats] = {}
    missing: int = 0

    @property
    def treated(self) -> Bools:
        """(N,): units that have the measure at some moment."""
        return np.asarray(self.on.any(axis=1), np.bool_)

    @property
    def first(self) -> Ints:
        """(N,): the place in `times` at which the measure begins; -1 for never."""
        return np.where(self.treated, self.on.argmax(axis=1), -1).astype(np.int64)

    @property
    def start(self) -> int:
        """The place in `times` of the first moment with the measure anywhere."""
        return int(self.on.any(axis=0).argmax())

    def matrix(self, values: Floats) -> Floats:
        """(N, T) of a value per row: the mean where a unit has several rows at a moment, NaN where it has none."""
        shape = (len(self.units), len(self.times))
        sums, counts = np.zeros(shape), np.zeros(shape)
        np.add.at(sums, (self.unit, self.time), values)
        np.add.at(counts, (self.unit, self.time), 1)
        found: Floats = np.divide(sums, counts, out=np.full(shape, np.nan), where=counts > 0)
        return found

    def rows_on(self) -> Bools:
        """(R,): the measure is on in this row."""
        return np.asarray(self.on[self.unit, self.time], np.bool_)


MEANS = frozenset({"synthetic-control", "sdid"})
"""Designs that leave the covariates of a row unknown (NaN) where they are, and say themselves what they need."""


def panel(table: Table, question: Question) -> Panel:
    """Errors: ConfigurationError that names option or column, value and fix."""
    moments, dated = table.moments(question.time)
    outcome = table.numbers(question.outcome)
    words = table.words(question.unit) if question.unit else [""] * table.rows
    more = {name: table.numbers(name) for name in question.covariates}
    exposure = table.numbers(question.exposure) if question.exposure else None
    weights = table.numbers(question.weights) if question.weights else None
    # A mixture of units asks for means of covariates over time, which may be known at some moments only.
    needed = () if question.design in MEANS else tuple(more.values())
    asked = [outcome, *needed, *(one for one in (exposure, weights) if one is not None)]
    kept = np.asarray(np.all([np.isfinite(one) for one in asked], axis=0), np.bool_)
    if not kept.any():
        raise ConfigurationError(
            f"{table.name} has no row with a value of {question.outcome} and of all that is asked."
        )
    if exposure is not None:
        _none(table, question.exposure, kept & (exposure <= 0), "an exposure is larger than 0")
    if weights is not None:
        _none(table, question.weights, kept & (weights < 0), "a weight is 0 or more")
        if not (weights[kept] > 0).any():
            raise ConfigurationError(
                f"{question.weights} is 0 in all rows that can be used; give a weight above 0 to those that count."
            )
    units = {name: place for place, name in enumerate(dict.fromkeys(words))}
    unit = np.array([units[one] for one in words], np.int64)
    levels, time = np.unique(moments, return_inverse=True)
    labels = dict(zip(time.tolist(), table.words(question.time), strict=True))
    on = _on(table, question, units, unit, time, levels, dated)
    return Panel(
        units=tuple(units), times=tuple(labels[place] for place in range(len(levels))), moments=levels, dated=dated,
        unit=unit[kept], time=time[kept].astype(np.int64), outcome=outcome[kept], on=on,
        cluster=_clusters(table, question, unit, len(units)),
        season=_codes(table, question.season)[kept] if question.season else None,
        exposure=None if exposure is None else exposure[kept], weights=None if weights is None else weights[kept],
        covariates={name: values[kept] for name, values in more.items()}, missing=int((~kept).sum()),
    )  # fmt: skip


def _none(table: Table, column: str, wrong: Bools, needed: str) -> None:
    """Errors: ConfigurationError with the first row that is wrong."""
    if wrong.any():
        row = int(np.argmax(wrong))
        raise ConfigurationError(f"{table.name}, row {row + 1}: {column} is {table.words(column)[row]!r}; {needed}.")


def _on(
    table: Table, question: Question, units: Mapping[str, int], unit: Ints, time: Ints, moments: Floats, dated: bool
) -> Bools:
    shape = (len(units), len(moments))
    if question.first_treated:
        return _staggered(table, question.first_treated, unit, moments, shape, dated)
    since = _start(table, question, moments, dated)
    column = question.treated[0] if len(question.treated) == 1 else ""
    if column in table.columns and column not in units:
        flags = np.zeros(shape, np.bool_)
        marks = table.numbers(column)
        if not np.isin(marks[np.isfinite(marks)], (0.0, 1.0)).all():
            raise ConfigurationError(f"treated names the column {column!r}, which has other values than 0 and 1.")
        flags[unit, time] = marks == 1
        group: Bools = np.asarray(flags.any(axis=1), np.bool_)
        later = moments[None, :] >= (-np.inf if since is None else since)
        # A measure that is switched goes on and off after its start too; another one is there to stay.
        on = flags & later if since is None or question.design == "switchback" else group[:, None] & later
    elif since is None:
        raise ConfigurationError(
            "start is missing; give the first moment of the measure, or a column that is 1 while it is on as treated."
        )
    else:
        on = _chosen(question, units)[:, None] & (moments >= since)[None, :]
    if not on.any():
        raise ConfigurationError("The measure is never on in this table; look at treated and start.")
    return np.asarray(on, np.bool_)


def _chosen(question: Question, units: Mapping[str, int]) -> Bools:
    if not question.treated:
        if len(units) > 1 and question.design != "its":
            raise ConfigurationError("treated is missing; give the units that have the measure.")
        return np.ones(len(units), np.bool_)
    for name in question.treated:
        if name not in units:
            raise ConfigurationError(
                f"treated is {name!r}, which is no value of {question.unit or 'a unit'} and no column; "
                f"there are {', '.join(list(units)[:12])}."
            )
    return np.asarray(np.isin(np.arange(len(units)), [units[name] for name in question.treated]), np.bool_)


def _start(table: Table, question: Question, moments: Floats, dated: bool) -> float | None:
    if not question.start:
        return None
    found = moment(question.start)
    if found is None or found[1] != dated:
        needed = "a date such as 2026-03-01" if dated else "a number"
        raise ConfigurationError(f"start is {question.start!r}; {question.time} holds {needed}, so give one.")
    if not moments[0] < found[0] <= moments[-1]:
        written = table.words(question.time)
        times = table.moments(question.time)[0]
        raise ConfigurationError(
            f"start is {question.start!r}, and the moments of the table run from {written[int(times.argmin())]} to "
            f"{written[int(times.argmax())]}; give one after the first and not after the last."
        )
    return found[0]


def _staggered(
    table: Table, column: str, unit: Ints, moments: Floats, shape: tuple[int, int], dated: bool
) -> Bools:  # fmt: skip
    first = np.full(shape[0], np.inf)
    for row, word in enumerate(table.words(column)):
        if word.lower() in MISSING | {"0", "0.0", "never", "inf"}:
            continue
        found = moment(word)
        if found is None or found[1] != dated:
            raise ConfigurationError(
                f"{table.name}, row {row + 1}: {column} is {word!r}; the first moment with the measure stands there, "
                "written as the time column writes it, or 0 for never."
            )
        place = unit[row]
        if first[place] not in (np.inf, found[0]):
            raise ConfigurationError(f"{table.name}, row {row + 1}: {column} is {word!r}, and another one above.")
        first[place] = found[0]
    on = moments[None, :] >= first[:, None]
    if not on.any():
        raise ConfigurationError(f"{column} has no moment at which the measure begins inside the table.")
    return np.asarray(on, np.bool_)


def _codes(table: Table, column: str) -> Ints:
    words = table.words(column)
    known = {word: place for place, word in enumerate(dict.fromkeys(words))}
    return np.array([known[word] for word in words], np.int64)


def _clusters(table: Table, question: Question, unit: Ints, count: int) -> Ints:
    if not question.cluster:
        return np.arange(count, dtype=np.int64)
    codes, found = _codes(table, question.cluster), np.full(count, -1, np.int64)
    for row, place in enumerate(unit):
        if found[place] not in (-1, codes[row]):
            raise ConfigurationError(
                f"{table.name}, row {row + 1}: {question.cluster} differs within one {question.unit}; a unit is in one cluster."
            )
        found[place] = codes[row]
    return found
