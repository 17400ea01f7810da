# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the text of an indicator may say: what it means, how it is judged, and the parts that its number is made of.

code = "air-no2-year"
version = 1
dimension = "liveability"
targets = ["3.9", "11.6"]
unit = "ug/m3"
better = "less"
period = "year"
formula = "level"

[name]
en = "Nitrogen dioxide in the air"
nl = "Stikstofdioxide in de lucht"

[[part]]
name = "level"
what = "history"
type = "AirQualityObserved"
attribute = "no2"
unit = "GQ"
complete = 0.75
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from hanze.goals.indicators.reducing import Over, Together

Text = Annotated[str, Meta(min_length=1, max_length=600, description="a text")]
Number = Annotated[float, Meta(description="a number such as 40.0")]

Dimension = Literal["liveability", "sustainability", "inclusivity"]

Period = Literal["now", "day", "week", "month", "year"]

Days = Literal["all", "workdays", "weekend"]

What = Literal["history", "things", "reach", "land", "spread", "open", "entered"]

Spread = Literal["gap", "gini", "share over", "share under"]
"""Over the areas of a city: worst less best, inequality from 0 to 1, residents of areas beyond a limit as a percentage."""

Things = Literal["mean", "sum", "min", "max", "people"]
"""How the numbers of several things in an area become one; `people`: by the residents of the parts of the area."""


class Texts(Struct, frozen=True, forbid_unknown_fields=True):
    """The same in each language of the catalogue; others may be added."""

    en: Text
    nl: Text
    de: Text | None = None

    def __getitem__(self, language: str) -> str:
        """In this language; in English where it is not told in it."""
        return getattr(self, language, None) or self.en


class References(Struct, frozen=True, forbid_unknown_fields=True):
    """The same, or nearly, in lists of others; by code or number only."""

    u4ssc: Annotated[str, Meta(description='a code such as "EN: EN: AQ: 1C"')] = ""
    iso37120: Annotated[str, Meta(description='a number such as "8.2"')] = ""
    jrc: Annotated[str, Meta(description="the name in the European Handbook for SDG Voluntary Local Reviews")] = ""
    cbs: Annotated[str, Meta(description="the name in the Monitor of Well-being of Statistics Netherlands")] = ""


class Scale(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the score is 100 (`best`) and 0 (`worst`), and from where on the colour is green or red; in the unit."""

    best: Number
    worst: Number
    green: Number
    red: Number
    source: Text
    """Who says so."""


class Limit(Struct, frozen=True, forbid_unknown_fields=True):
    """A line in the chart, such as a limit of the law."""

    value: Number
    name: Texts
    source: Text


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """One number that the formula takes."""

    name: Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,30}$", description='small letters, such as "level"')]
    what: Annotated[What, Meta(description='"history", "things", "reach", "land", "spread", "open" or "entered"')]
    """`history`: what things of a type measured; `things`: how many there are, or a sum of one attribute of them; `reach`: the
    share of residents who live within so many metres of one; `land`: the share of land with these uses; `spread`: how another
    indicator differs between the areas; `open`: the share of types of data that everyone may read; `entered`: what people of
    the city enter."""
    type: Annotated[str, Meta(description='a type such as "AirQualityObserved"')] = ""
    attribute: Annotated[str, Meta(description='an attribute such as "no2"')] = ""
    unit: Annotated[str, Meta(description='the UN/CEFACT code that values are taken in, such as "GQ"')] = ""
    where: Annotated[
        str, Meta(description="an NGSI-LD query (q) that the things fulfil, such as 'status==\"open\"'")
    ] = ""
    step: Annotated[Literal["hour", "day"], Meta(description='"hour" or "day"')] = "hour"
    together: Annotated[Together, Meta(description='"mean", "energy", "min", "max", "sum" or "last"')] = "mean"
    hours: Annotated[tuple[int, ...], Meta(description="hours of the local clock, such as [7, 8]")] = tuple(range(24))
    days: Annotated[Days, Meta(description='"all", "workdays" or "weekend"')] = "all"
    over: Annotated[
        Over,
        Meta(description='"mean", "energy", "min", "max", "sum", "above", "below", "share above" or "share below"'),
    ] = "mean"
    limit: Annotated[float | None, Meta(description='the number that "above" and "below" look at')] = None
    complete: Annotated[float, Meta(ge=0, le=1, description="the share of steps that must be there, from 0 to 1")] = (
        0.75
    )
    things: Annotated[Things, Meta(description='"mean", "sum", "min", "max" or "people"')] = "mean"
    metres: Annotated[float, Meta(gt=0, description="a distance in metres, such as 500")] | None = None
    uses: Annotated[tuple[str, ...], Meta(description='uses of land, such as ["nature", "water"]')] = ()
    indicator: Annotated[str, Meta(description='the code of another indicator, such as "air-no2-year"')] = ""
    spread: Annotated[Spread | None, Meta(description='"gap", "gini", "share over" or "share under"')] = None
    ago: Annotated[int, Meta(ge=0, le=100, description="a whole number of periods, 0 for the one that is told")] = 0
    """The same of an earlier period, for what changed since."""
    asks: Texts | None = None
    """What people are asked for who enter it, where the name of the indicator does not say it."""
    least: Annotated[float | None, Meta(description="the smallest number that can be entered")] = None
    most: Annotated[float | None, Meta(description="the largest number that can be entered")] = None
    holds: Annotated[int, Meta(ge=0, le=20, description="a whole number of periods, 0 for its own only")] = 0
    """In so many later periods a number that was entered still counts where nothing newer was."""


class Definition(Struct, frozen=True, forbid_unknown_fields=True):
    """An indicator. `formula`: of its parts, and of `people` (residents) and `surface` (km² of land)."""

    code: Annotated[str, Meta(pattern="^[a-z][a-z0-9-]{1,60}$", description='small letters, such as "air-no2-year"')]
    version: Annotated[int, Meta(ge=1, description="a whole number, higher whenever the number would be another one")]
    dimension: Annotated[Dimension, Meta(description='"liveability", "sustainability" or "inclusivity"')]
    targets: Annotated[
        tuple[Annotated[str, Meta(pattern=r"^([1-9]|1[0-7])\.([1-9][0-9]?|[a-d])$")], ...],
        Meta(min_length=1, description='targets of the SDGs, such as ["3.9", "11.6"]'),
    ]
    unit: Annotated[str, Meta(min_length=1, description='a unit in UCUM, such as "ug/m3", "%" or "1"')]
    better: Annotated[Literal["more", "less"], Meta(description='"more" or "less"')]
    period: Annotated[Period, Meta(description='"now", "day", "week", "month" or "year"')]
    name: Texts
    says: Texts
    """What it tells, for residents; one or two sentences."""
    how: Texts
    """How it is made, and what it leaves out."""
    part: Annotated[tuple[Part, ...], Meta(min_length=1)]
    scale: Scale
    formula: Annotated[
        str, Meta(description="such as 100 * fast / all; where there is one part it may be left out")
    ] = ""
    digits: Annotated[int, Meta(ge=0, le=4, description="decimals that are shown, 0 to 4")] = 1
    words: Texts | None = None
    """What stands after the number where the symbol of the unit does not say it, such as "days in the year"."""
    waits: Texts | None = None
    """The source that a city connects for it, where the node cannot make it from what most cities have."""
    reference: References = References()
    limits: tuple[Limit, ...] = ()

    @property
    def goals(self) -> tuple[int, ...]:
        """The goals of its targets, each once, in order."""
        return tuple(sorted({int(target.split(".")[0]) for target in self.targets}))
