# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the scores of a jury to an order that anyone can check: means over jurors, weighted by the call's criteria."""

from collections.abc import Mapping, Sequence
from statistics import fmean

import msgspec

from hanze.experiments.challenges.call import WHOLE, Criterion
from hanze.web.language import mark as _

LEAST, MOST = 1, 5
"""The lowest and the highest score."""

SCORES = {
    5: _("very good"), 4: _("good"), 3: _("enough"), 2: _("not enough"), 1: _("bad"),
}  # fmt: skip

JURORS = 2
"""So many must have judged an application: one alone is no jury."""


class Score(msgspec.Struct, frozen=True):
    """That of one juror for one criterion, with a sentence why."""

    score: int
    why: str


Given = Sequence[Score]
"""Those of one juror for one application, in the order of the criteria."""


class Judged(msgspec.Struct, frozen=True):
    """An application as the jury sees it. `means`: by criterion, from 1 to 5; `total`: weighted, out of 100; `spread`: by
    criterion, between the highest and the lowest juror; `apart`: the same of totals; `jurors`: how many judged it."""

    application: str
    means: tuple[float, ...]
    total: float
    spread: tuple[int, ...]
    apart: float
    jurors: int


def total(criteria: Sequence[Criterion], scores: Sequence[float]) -> float:
    """Weighted, out of 100: a 5 for every criterion is 100."""
    return sum(one.weight * score for one, score in zip(criteria, scores, strict=True)) / MOST


def judged(criteria: Sequence[Criterion], given: Mapping[str, Sequence[Given]]) -> list[Judged]:
    """The best first, and by the same total in the order of their ids. `given`: by application, those of its jurors; what nobody
    judged is left out."""
    found = [_judged(criteria, id, all) for id, all in given.items() if all]
    return sorted(found, key=lambda one: (-round(one.total, 9), one.application))


def _judged(criteria: Sequence[Criterion], id: str, given: Sequence[Given]) -> Judged:
    columns = [[scores[place].score for scores in given] for place in range(len(criteria))]
    totals = [total(criteria, [one.score for one in scores]) for scores in given]
    means = tuple(fmean(column) for column in columns)
    return Judged(
        id, means, total(criteria, means), tuple(max(column) - min(column) for column in columns),
        max(totals) - min(totals), len(given),
    )  # fmt: skip


def criteria(text: str) -> tuple[Criterion, ...]:
    """Such as `40 What it does for residents`, a line each; a star after the weight says that it is about sustainability.
    Errors: ValueError with an English sentence of the catalogues."""
    found = tuple(map(_criterion, filter(None, map(str.strip, text.splitlines()))))
    if len({one.name.casefold() for one in found}) < len(found):
        raise ValueError(_("Two criteria have the same name. Give each its own."))
    if found and sum(one.weight for one in found) != WHOLE:
        raise ValueError(_("The weights do not add up to 100. Change them until they do."))
    return found


def _criterion(line: str) -> Criterion:
    number, _space, name = line.partition(" ")
    name, star = name.strip(), number.endswith("*")
    if name.startswith("*"):
        name, star = name[1:].strip(), True
    number = number.rstrip("*")
    if not (number.isascii() and number.isdigit() and 0 < int(number[:4]) <= WHOLE and name):
        raise ValueError(
            _("Write one criterion a line: its weight, a space, and its name, such as: 40 Works for everyone.")
        )
    return Criterion(name, int(number), star)


def written(given: Sequence[Criterion]) -> str:
    """The same as people type it."""
    return "\n".join(f"{one.weight}{'*' if one.sustainable else ''} {one.name}" for one in given)
