# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A review as a document in one language: all that stands in it, before it becomes a page or a PDF."""

from collections.abc import Mapping

import msgspec

from hanze.goals.pages.wording import Trend
from hanze.goals.review.plain import Block
from hanze.goals.sdsn.marks import Colour


class Figure(msgspec.Struct, frozen=True):
    """A number: `told` in words with its unit, `value` as the store has it, `origin`: its number in the annex."""

    told: str
    value: float
    origin: int


class Fact(msgspec.Struct, frozen=True):
    label: str
    told: str


class Origin(msgspec.Struct, frozen=True):
    """What a figure was made of. `id`: of the entity that holds it, `exact`: all digits, `check`: the command that works it out
    once more."""

    number: int
    id: str
    name: str
    area: str
    period: str
    exact: str
    facts: tuple[Fact, ...]
    check: str


class Text(msgspec.Struct, frozen=True):
    """What people wrote; `by`: what they are for the city, and when it was."""

    blocks: tuple[Block, ...]
    by: str


class Place(msgspec.Struct, frozen=True):
    area: str
    figure: Figure


class Chart(msgspec.Struct, frozen=True):
    """How the number went: SVG for narrow and wide screens, and the same in words."""

    phone: str
    wide: str
    told: str


class Standing(msgspec.Struct, frozen=True):
    """A goal or dimension: how it is with it, in points from 0 to 100; None where that is not known."""

    name: str
    colour: Colour
    word: str
    score: Figure | None
    trend: Trend


class Indicator(msgspec.Struct, frozen=True):
    """`figure`: of the city; None where there is none, and then `why`. `best` and `worst` of its areas, None where they cannot be
    told. `grade`: how sure it is, `source`: who gave the data."""

    code: str
    name: str
    says: str
    figure: Figure | None
    why: str
    period: str
    colour: Colour
    word: str
    trend: Trend
    best: Place | None = None
    worst: Place | None = None
    grade: str = ""
    source: str = ""
    chart: Chart | None = None


class Goal(msgspec.Struct, frozen=True):
    number: int
    standing: Standing
    asks: str
    text: Text | None
    known: tuple[Indicator, ...]
    unknown: tuple[Indicator, ...]


class Chapter(msgspec.Struct, frozen=True):
    """`text`: None where nobody wrote it."""

    key: str
    title: str
    text: Text | None
    sections: tuple["Chapter", ...] = ()


class Document(msgspec.Struct, frozen=True):
    """`language`: a code; `made`: the day in words, `stamp`: the same moment in microseconds. `labels`: what stands around figures,
    by a short name."""

    language: str
    city: str
    year: int
    title: str
    made: str
    stamp: int
    simulated: bool
    labels: Mapping[str, str]
    chapters: tuple[Chapter, ...]
    dimensions: tuple[Standing, ...]
    goals: tuple[Goal, ...]
    origins: tuple[Origin, ...]
