# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Indicators as resources of /v1: what each says, how it is made, how it is judged."""

import msgspec

from hanze.goals.api.asking import TAG, IndicatorCode, known
from hanze.goals.computing.job import digest
from hanze.goals.indicators.definition import Definition, Dimension, Limit, Part, Period, References, Scale, Texts
from hanze.http.operation import Caller, Nothing, Operation


class Indicator(msgspec.Struct, frozen=True, rename="camel"):
    """A number about the city. `targets`: of the SDGs; `unit`: in UCUM; `better`: more or less; `period`: of one number."""

    code: str
    version: int
    name: Texts
    says: Texts
    dimension: Dimension
    goals: list[int]
    targets: list[str]
    unit: str
    better: str
    period: Period


class Indicators(msgspec.Struct, frozen=True, rename="camel"):
    """All indicators, by code."""

    items: list[Indicator]


class Defined(Indicator, frozen=True, rename="camel"):
    """An indicator with all that its text says. `definition`: SHA-256 of it, as receipts have it; `formula`: of the parts, and of
    people (residents) and surface (km² of land), null where there is one part; `waits`: the source that it waits for."""

    how: Texts
    definition: str
    parts: list[Part]
    formula: str | None
    scale: Scale
    limits: list[Limit]
    reference: References
    waits: Texts | None


class Asked(msgspec.Struct, frozen=True, rename="camel"):
    code: IndicatorCode


def indicators(caller: Caller, asked: Nothing) -> Indicators:
    """Those that come with Hanze and those of the city itself. They are no data, so that everyone may read them."""
    return Indicators([Indicator(*_facts(one)) for one in known(caller).indicators.values()])


def indicator(caller: Caller, asked: Asked) -> Defined:
    """With its parts, formula, scale and sources."""
    one = known(caller)[asked.code]
    return Defined(
        *_facts(one), one.how, digest(one), list(one.part), one.formula or None, one.scale, list(one.limits), one.reference,
        one.waits,
    )  # fmt: skip


def _facts(one: Definition) -> tuple[str, int, Texts, Texts, Dimension, list[int], list[str], str, str, Period]:
    return (
        one.code, one.version, one.name, one.says, one.dimension, list(one.goals), list(one.targets), one.unit, one.better,
        one.period,
    )  # fmt: skip


OPERATIONS = (
    Operation(
        path="/indicators", name="listIndicators", summary="Which indicators there are", tag=TAG,
        handler=indicators, answer=Indicators,
    ),
    Operation(
        path="/indicators/{code}", name="getIndicator", summary="How an indicator is made and judged", tag=TAG,
        handler=indicator, answer=Defined, asked=Asked,
    ),
)  # fmt: skip
