# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the question that is asked of a trial to its past and its layout: one to come, or one that is in the table."""

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.experiments.adviser.laying import WAVED, Layout, lasting, week
from hanze.experiments.evaluate.panel import Panel, panel
from hanze.experiments.evaluate.planting import past
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Table, moment

WEEKS, LEAST, PART = 12.0, 3, 4
"""How long a trial lasts where nobody says it: so many weeks, at least so many moments, at most such a part of the past."""


def planned(table: Table, question: Question, waves: int = 0, block: int = 0) -> tuple[Panel, Layout]:
    """The past up to the measure, and the layout. What `question` says of the measure may lie in the table, as for an evaluation,
    or after it. `waves`, `block`: 0 where the table tells them. Errors: ConfigurationError that names option, value and fix."""
    made = _made(table, question)
    known = past(_before(table, question, made), question)
    treated = tuple(name for name in _treated(known, question, made) if name in known.units)
    if not treated:
        raise ConfigurationError("None of the treated units has a row before the measure; give a longer past.")
    return known, Layout(
        design=question.design, treatable=treated, count=len(treated),
        controls=tuple(name for name in known.units if name not in treated),
        waves=_waves(question, made, waves, len(treated)), block=_block(question, made, block),
    )  # fmt: skip


def usual(known: Panel) -> float:
    """Weeks that a trial lasts where nobody says it."""
    moments = min(max(lasting(known, WEEKS), LEAST), max(len(known.times) // PART, 1))
    return WEEKS if moments == lasting(known, WEEKS) else moments / week(known)


def _made(table: Table, question: Question) -> Panel | None:
    """With the measure where the table has it; None where it is still to come."""
    words = set(table.words(question.unit)) if question.unit else set()
    column = len(question.treated) == 1 and question.treated[0] in table.columns and question.treated[0] not in words
    if question.first_treated or column:
        return panel(table, question)
    if not question.start:
        return None
    moments, dated = table.moments(question.time)
    start = moment(question.start)
    if start is None or start[1] != dated:
        needed = "a date such as 2026-03-01" if dated else "a number"
        raise ConfigurationError(f"start is {question.start!r}; {question.time} holds {needed}, so give one.")
    return None if start[0] > moments.max() else panel(table, _named(question, words))


def _named(question: Question, words: set[str]) -> Question:
    """Designs that compare units with themselves need not be told which."""
    alone = not question.treated and (len(words) < 2 or question.design in (*WAVED, "switchback"))
    return msgspec.structs.replace(question, treated=tuple(sorted(words))) if alone else question


def _before(table: Table, question: Question, made: Panel | None) -> Table:
    if made is None:
        return table
    moments, _ = table.moments(question.time)
    kept = np.flatnonzero(moments < made.moments[made.start]).tolist()
    if not kept:
        raise ConfigurationError("The measure is on from the first moment of the table; give a table with a past.")
    return Table({name: [words[row] for row in kept] for name, words in table.columns.items()}, table.hash, table.name)


def _treated(known: Panel, question: Question, made: Panel | None) -> tuple[str, ...]:
    if made is not None:
        return tuple(name for name, one in zip(made.units, made.treated.tolist(), strict=True) if one)
    if not question.treated and (len(known.units) == 1 or question.design in ("its", *WAVED, "switchback")):
        return known.units
    if not question.treated:
        raise ConfigurationError("treated is missing; give the units that would get the measure.")
    for name in question.treated:
        if name not in known.units:
            raise ConfigurationError(
                f"treated is {name!r}, which is no value of {question.unit or 'a unit'} and no column; "
                f"there are {', '.join(known.units[:12])}."
            )
    return question.treated


def _waves(question: Question, made: Panel | None, waves: int, treated: int) -> int:
    if question.design not in WAVED:
        return 1
    found = waves or (len(np.unique(made.first[made.treated])) if made is not None else 0)
    if not 1 < found <= treated:
        raise ConfigurationError(
            f"waves is {found or 'missing'}; {question.design} has at least 2, and no more than the {treated} units that get it."
        )
    return found


def _block(question: Question, made: Panel | None, block: int) -> int:
    if question.design != "switchback":
        return 0
    changes = [] if made is None else [np.diff(np.flatnonzero(np.diff(one.astype(np.int8)))) for one in made.on]
    lengths = np.concatenate([np.zeros(0, np.int64), *changes])
    if not block and not len(lengths):
        raise ConfigurationError("block is missing; give for how many moments it is switched on or off at a time.")
    return block or int(lengths.min())
