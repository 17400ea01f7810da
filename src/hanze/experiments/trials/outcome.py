# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a trial is judged by: something that is measured, an indicator, a table that is loaded, or a short survey."""

from collections.abc import Iterator
from datetime import UTC
from typing import Literal

import msgspec

from hanze.errors import BadRequestData
from hanze.errors import mark as _
from hanze.experiments.told import Told
from hanze.experiments.trials import days
from hanze.experiments.trials.days import Stretch
from hanze.ngsild.context import CORE
from hanze.ngsild.language import q

Together = Literal["mean", "energy", "min", "max", "sum", "last", "count"]
"""How readings of one unit in one period come together; `energy`: decibels, by what they stand for, `count`: how many there are."""

Step = Literal["hour", "day", "week", "month"]

FEWEST_ANSWERS, MOST_ANSWERS = 2, 7


class _Outcome(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    pass


class Measured(_Outcome, tag="measured", frozen=True, kw_only=True):
    """An attribute of the entities of a type, both as the core context names them. `unit`: its code of UN/CEFACT, empty where it
    has none. `where`: only of those for which this holds (the q of NGSI-LD)."""

    type: str
    attribute: str
    unit: str = ""
    where: str = ""
    together: Together = "mean"
    step: Step = "day"


class Indicated(_Outcome, tag="indicator", frozen=True, kw_only=True):
    """The values of an indicator for areas, one for each of its periods."""

    indicator: str


class Loaded(_Outcome, tag="table", frozen=True, kw_only=True):
    """A counter or the log of a service, loaded as a table with these columns. `column`: with numbers; empty where each row is one
    case and the cases are counted."""

    unit_column: str
    time_column: str
    column: str = ""
    unit: str = ""
    together: Together = "sum"
    step: Step = "day"


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What can be answered, and the number that it counts as."""

    text: str
    score: float


class Surveyed(_Outcome, tag="survey", frozen=True, kw_only=True):
    """A short question that is asked again and again: the mean of what the answers count as, of each area and wave."""

    question: str
    answers: tuple[Answer, ...]
    waves: tuple[Stretch, ...]


Outcome = Measured | Indicated | Loaded | Surveyed

Units = Literal["things", "areas", "rows"]
"""What is compared: things by their ids, areas by their codes, or what the table calls them."""

UNITS: dict[type[Outcome], tuple[Units, ...]] = {
    Measured: ("things", "areas"), Indicated: ("areas",), Loaded: ("rows",), Surveyed: ("areas",),
}  # fmt: skip
"""What can be compared by an outcome of this kind."""


class Wrong(msgspec.Struct, frozen=True):
    """`field`: of the plan, with a dot before the field of a part of it."""

    field: str
    told: Told


MISSING = _("Fill this in.")


def wrong(one: Outcome, name: str, starts: str) -> Iterator[Wrong]:
    """What cannot be used of it; `name`: of the field, `starts`: the first day of the trial, empty where that is not known."""
    asked = {
        Measured: ("type", "attribute"), Indicated: ("indicator",), Loaded: ("unit_column", "time_column"), Surveyed: ("question",),
    }  # fmt: skip
    for field in asked[type(one)]:
        if not getattr(one, field).strip():
            yield Wrong(f"{name}.{field}", Told(MISSING))
    if isinstance(one, Measured) and (why := _unreadable(one.where)):
        yield Wrong(f"{name}.where", Told(_("This condition cannot be read: %(why)s"), {"why": why}))
    if isinstance(one, Loaded) and not one.column and one.together not in ("sum", "count"):
        yield Wrong(
            f"{name}.together", Told(_("Cases can only be counted. Name the column with numbers, or count them."))
        )
    if isinstance(one, Surveyed):
        yield from _survey(one, name, starts)


def _unreadable(where: str) -> str:
    """Why a condition is none; empty where it is one."""
    try:
        if where:
            q.parse(where, CORE)
    except BadRequestData as error:
        return error.detail
    return ""


def _survey(one: Surveyed, name: str, starts: str) -> Iterator[Wrong]:
    texts, scores = {each.text.strip() for each in one.answers}, {each.score for each in one.answers}
    if not FEWEST_ANSWERS <= len(one.answers) <= MOST_ANSWERS or len(texts) < len(one.answers) or "" in texts:
        yield Wrong(f"{name}.answers", Told(_("Give 2 to 7 answers, each another one.")))
    elif len(scores) < 2:
        yield Wrong(f"{name}.answers", Told(_("All answers count the same. Give at least two of them another number.")))
    edges = [edge for each in one.waves for edge in (each.since, each.until)]
    if not edges or not all(days.day(edge) for edge in edges):
        yield Wrong(f"{name}.waves", Told(_("Give the first and last day of each wave, such as 2026-03-01.")))
    elif not days.ordered(one.waves, UTC):
        yield Wrong(f"{name}.waves", Told(_("Put the waves in their order; one ends before the next one begins.")))
    elif starts and not (one.waves[0].until < starts <= one.waves[-1].since):
        yield Wrong(
            f"{name}.waves",
            Told(
                _(
                    "Ask at least once before the trial begins, and once after it began: else there is nothing to compare."
                )
            ),
        )
