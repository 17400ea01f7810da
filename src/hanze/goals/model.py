# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The entities of this room: areas of the city, and the values of indicators, each with what it was made of."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from hanze.ngsild.described import Described

ROOM = "goals"


class AreaFacts(msgspec.Struct, frozen=True):
    """A city, a district or a neighbourhood, for which indicators are worked out."""

    name: Annotated[str, Meta(description="What people call it.")]
    code: Annotated[str, Meta(description="Its code in the list of areas that it comes from.")]
    level: Annotated[str, Meta(description="city, district or neighbourhood.")]
    parent: Annotated[str, Meta(description="The code of the larger area that it lies in.")] = ""
    population: Annotated[float | None, Meta(description="So many people live there.")] = None
    surface: Annotated[float | None, Meta(description="Its surface in square kilometres, water included.")] = None
    landUse: Annotated[
        dict[str, dict[str, float]] | None, Meta(description="By year, square kilometres of land by its use.")
    ] = None
    urbanEdge: Annotated[
        dict[str, float] | None, Meta(description="By year, kilometres of border between built and open land.")
    ] = None
    simulated: Annotated[bool | None, Meta(description="True where it is made up, for a demonstration.")] = None


AREA = Described("AdministrativeArea", ROOM, AreaFacts, frozenset({"name", "simulated"}), located=True)


class LandFacts(msgspec.Struct, frozen=True):
    """The land of one of the smallest areas that has one use on the map of a year."""

    name: Annotated[str, Meta(description="The area and the use.")]
    area: Annotated[str, Meta(description="The code of the area.")]
    use: Annotated[str, Meta(description="homes, work, farmland, nature, water or energy.")]
    year: Annotated[int, Meta(description="Of which year the map is.")]
    surface: Annotated[float, Meta(description="Square kilometres.")]


LAND = Described("LandUse", ROOM, LandFacts, frozenset({"name"}), located=True)


class ChangeFacts(msgspec.Struct, frozen=True):
    """What the land of one of the smallest areas became between the maps of two years."""

    name: Annotated[str, Meta(description="The area and the years.")]
    area: Annotated[str, Meta(description="The code of the area.")]
    since: Annotated[int, Meta(description="The year of the earlier map.")]
    until: Annotated[int, Meta(description="The year of the later map.")]
    changes: Annotated[
        dict[str, dict[str, float]],
        Meta(description="From use to use, square kilometres; unmapped where one of the maps shows nothing."),
    ]


CHANGE = Described("LandUseChange", ROOM, ChangeFacts, frozenset({"name"}))


class PlanFacts(msgspec.Struct, frozen=True):
    """A drawn part of the city that may get another use, and what would come of it by the data that are there."""

    name: Annotated[str, Meta(description="What it is called.")]
    use: Annotated[str, Meta(description="The new use: homes, work, farmland, nature, water or energy.")]
    year: Annotated[int, Meta(description="When it would be there.")]
    status: Annotated[str, Meta(description="idea, proposed, decided, built or dropped.")]
    madeBy: Annotated[str, Meta(description="The role of who made it.")]
    description: Annotated[str, Meta(description="What it is about.")] = ""
    leastHomes: Annotated[float | None, Meta(description="At least so many homes come, where that is told.")] = None
    mostHomes: Annotated[float | None, Meta(description="At most so many.")] = None
    simulated: Annotated[bool | None, Meta(description="True where it is made up, for a demonstration.")] = None
    effects: Annotated[
        dict[str, Any] | None, Meta(description="Before and after as ranges, what was assumed, and of what data.")
    ] = None


PLAN = Described("SpatialPlan", ROOM, PlanFacts, frozenset({"name", "description", "simulated"}), located=True)


class Receipt(msgspec.Struct, frozen=True):
    """What a value was made of, so that anyone with the same data comes to the same one."""

    definition: str
    """SHA-256 of the text of the indicator."""
    version: int
    inputs: str
    """SHA-256 of all that was asked of the data and answered."""
    coverage: float
    low: float | None
    high: float | None
    things: int
    of: int
    why: str
    grade: str
    """The worst grade of what was entered (hanze.goals.grades), measured where nothing was."""
    at: str
    """When it was worked out, by the clock of the city: later readings of a period that still ran do not count."""
    code: str
    """The version of Hanze."""
    simulated: bool = False
    """Something of it was made up by a computer."""
    since: str = ""
    """The start of the oldest earlier period of which an entered number still counts; empty where none does."""
    queries: list[str] = []
    """What was asked of the data, as queries of the NGSI-LD API."""


class ValueFacts(msgspec.Struct, frozen=True):
    """The value of an indicator for an area, in a period; its history holds those of earlier periods."""

    name: Annotated[str, Meta(description="What the indicator is called, in English.")]
    indicator: Annotated[str, Meta(description="The code of the indicator.")]
    area: Annotated[str, Meta(description="The code of the area.")]
    unit: Annotated[str, Meta(description="The unit in UCUM.")]
    kpiValue: Annotated[float | None, Meta(description="The value; observedAt is the start of its period.")] = None
    receipt: Annotated[
        dict[str, Any] | None,
        Meta(description="What the value was made of: definition, inputs, coverage, where it lies, quality."),
    ] = None


VALUE = Described(
    "KeyPerformanceIndicator", ROOM, ValueFacts, frozenset({"name", "kpiValue"}),
    timed=frozenset({"kpiValue", "receipt"}), common=True,
)  # fmt: skip


class ScoreReceipt(msgspec.Struct, frozen=True):
    """What a score was made of."""

    plain: float | None
    """The score without what inequality takes off."""
    low: float | None
    high: float | None
    told: int
    """So many indicators had a number, out of so many (`of`)."""
    of: int
    change: float | None
    """Points in a year, over the indicators that had a number then and now (`compared`); None where there were none."""
    compared: int
    parts: dict[str, float]
    """By indicator, its place from 0 to 100; for a dimension after what inequality takes off."""
    inputs: str
    """SHA-256 of the values that it was made of, of those that it was compared with, and of their definitions."""
    at: str
    code: str
    simulated: bool = False
    """Something of it was made up by a computer."""
    months: int = 0
    """So many lie between the two that `change` compares."""


class ScoreFacts(msgspec.Struct, frozen=True):
    """How an area stands on a subject, from 0 (bad) to 100 (as it should be), in a month; its history holds earlier months."""

    name: Annotated[str, Meta(description="What the subject is called, in English.")]
    subject: Annotated[str, Meta(description="liveability, sustainability, inclusivity, or a goal such as goal-11.")]
    area: Annotated[str, Meta(description="The code of the area.")]
    score: Annotated[float | None, Meta(description="From 0 to 100; observedAt is the start of its month.")] = None
    colour: Annotated[str, Meta(description="green, yellow, orange, red or gray.")] = ""
    receipt: Annotated[dict[str, Any] | None, Meta(description="What the score was made of.")] = None


SCORE = Described("CityScore", ROOM, ScoreFacts, frozenset({"name"}), timed=frozenset({"score", "colour", "receipt"}))


class ReviewFacts(msgspec.Struct, frozen=True):
    """What people of the city wrote in its yearly review of the goals; its history holds earlier versions."""

    name: Annotated[str, Meta(description="Which text of which review it is, in English.")]
    year: Annotated[int, Meta(description="The year that is looked back on.")]
    part: Annotated[str, Meta(description="The chapter, or a goal such as goal-11.")]
    language: Annotated[str, Meta(description="The language of the text: a code such as nl.")]
    text: Annotated[str, Meta(description="The text: paragraphs, and lists of lines that begin with a dash.")] = ""
    role: Annotated[str, Meta(description="The role of who wrote it.")] = ""


REVIEW = Described("ReviewText", ROOM, ReviewFacts, frozenset({"name"}))


class EnteredFacts(msgspec.Struct, frozen=True):
    """A number that people of the city entered for an indicator and an area; its history holds that of each period, and what was
    entered before it was corrected: of a period the newest counts."""

    name: Annotated[str, Meta(description="What the indicator is called, in English.")]
    indicator: Annotated[str, Meta(description="The code of the indicator.")]
    part: Annotated[str, Meta(description="The name of the part of the indicator.")]
    area: Annotated[str, Meta(description="The code of the area.")]
    number: Annotated[float, Meta(description="The number; observedAt is the start of its period.")]
    grade: Annotated[
        str,
        Meta(description="How sure it is: measured, survey, larger, assumed, personal or unknown, as U4SSC grades."),
    ]
    source: Annotated[str, Meta(description="Where it comes from, in the words of who entered it.")]
    enteredBy: Annotated[str, Meta(description="The role of who entered it.")]
    simulated: Annotated[bool, Meta(description="True where a computer made it up, as in a demonstration.")] = False
    counts: Annotated[bool, Meta(description="False where it was taken back.")] = True


ENTERED = Described(
    "EnteredNumber", ROOM, EnteredFacts, frozenset({"name", "simulated"}),
    timed=frozenset({"number", "grade", "source", "enteredBy", "simulated", "counts"}),
)  # fmt: skip


class TargetFacts(msgspec.Struct, frozen=True):
    """What the city promises to reach in a year, for an indicator or for a goal; its history holds what was promised before."""

    name: Annotated[str, Meta(description="What the subject is called, in English.")]
    subject: Annotated[str, Meta(description="The code of an indicator, or a goal such as goal-11.")]
    year: Annotated[int, Meta(description="By the end of this year.")]
    target: Annotated[
        float,
        Meta(description="The value to reach, for a goal points from 0 to 100; observedAt is when it was promised."),
    ]
    unit: Annotated[str, Meta(description="The unit in UCUM; 1 for points.")]
    says: Annotated[str, Meta(description="The promise in a sentence.")]
    language: Annotated[str, Meta(description="The language of the sentence: a code such as nl.")]
    promisedBy: Annotated[str, Meta(description="The role of who set it.")]
    counts: Annotated[bool, Meta(description="False from when it was taken back.")] = True
    simulated: Annotated[bool, Meta(description="True where a computer made it up, as in a demonstration.")] = False


TARGET = Described(
    "CityTarget", ROOM, TargetFacts, frozenset({"name", "simulated"}),
    timed=frozenset({"target", "says", "language", "promisedBy", "counts", "simulated"}),
)  # fmt: skip


class ForecastFacts(msgspec.Struct, frozen=True):
    """What was likely to come of an indicator, as of a moment; its history holds earlier forecasts."""

    name: Annotated[str, Meta(description="What the indicator is called, in English.")]
    indicator: Annotated[str, Meta(description="The code of the indicator.")]
    area: Annotated[str, Meta(description="The code of the area.")]
    unit: Annotated[str, Meta(description="The unit in UCUM.")]
    forecast: Annotated[
        dict[str, Any] | None,
        Meta(description="The fan by periods, and how it did on the past; observedAt is when it was made."),
    ] = None


FORECAST = Described("CityForecast", ROOM, ForecastFacts, frozenset({"name"}), timed=frozenset({"forecast"}))


class QuestionFacts(msgspec.Struct, frozen=True):
    """The question to residents what will be needed, in one year. What they answer are no entities."""

    name: Annotated[str, Meta(description="The question, in English.")]
    year: Annotated[int, Meta(description="Of which year it is.")]
    opens: Annotated[str, Meta(description="The first day on which it can be answered, such as 2026-03-01.")]
    closes: Annotated[str, Meta(description="The last day.")]
    says: Annotated[str, Meta(description="What the city adds to it.")] = ""
    language: Annotated[str, Meta(description="The language of what it adds: a code such as nl.")] = ""
    askedBy: Annotated[str, Meta(description="The role of who asks.")] = ""
    stopped: Annotated[bool, Meta(description="True where it was closed before its last day.")] = False
    simulated: Annotated[bool, Meta(description="True where a computer made it up, as in a demonstration.")] = False


QUESTION = Described("YearlyQuestion", ROOM, QuestionFacts, frozenset({"name", "simulated"}))

TYPES = (AREA, VALUE, SCORE, REVIEW, ENTERED, TARGET, FORECAST, QUESTION, LAND, CHANGE, PLAN)
