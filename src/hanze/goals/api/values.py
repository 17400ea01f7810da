# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values of indicators as resources of /v1, each with the receipt that says what it was made of."""

from typing import Any

import msgspec

from hanze.errors import ResourceNotFound
from hanze.goals.api.asking import TAG, AreaCode, IndicatorCode, Limit, Offset, areas, known, several
from hanze.goals.computing.scene import WHOLE
from hanze.goals.keeping import history, values
from hanze.goals.model import VALUE, Receipt, ValueFacts
from hanze.http.operation import Caller, Moment, Operation
from hanze.ngsild import times
from hanze.ngsild.entity import Entity


class PeriodValue(msgspec.Struct, frozen=True, rename="camel"):
    """A value in the period from `start` until just before `end`; null where the receipt says why there is none."""

    value: float | None
    start: Moment
    end: Moment
    receipt: Receipt


class AreaValue(PeriodValue, frozen=True, rename="camel"):
    """The value of an area. `unit`: in UCUM."""

    area: str
    unit: str


class AreaValues(msgspec.Struct, frozen=True, rename="camel"):
    """A page of areas with their newest values; an area without one is left out. `total`: how many areas there are."""

    items: list[AreaValue]
    total: int


class PeriodValues(msgspec.Struct, frozen=True, rename="camel"):
    """The values of an area, the oldest period first; the last one may still run. `unit`: in UCUM."""

    unit: str
    items: list[PeriodValue]


class AskedValues(msgspec.Struct, frozen=True, rename="camel"):
    code: IndicatorCode
    limit: Limit = 100
    offset: Offset = 0


class AskedCourse(msgspec.Struct, frozen=True, rename="camel"):
    code: IndicatorCode
    area: AreaCode


def newest(caller: Caller, asked: AskedValues) -> AreaValues:
    """Of the period that runs or, where nothing is known of it yet, of the one before."""
    one, page = known(caller)[asked.code], areas(caller, asked.limit, asked.offset)
    ids = [values.id_of(known(caller).city, one.code, area) for area in page.codes or [WHOLE.area.code]]
    found = [_area_value(each) for each in several(caller, VALUE, ids)]
    return AreaValues(found, page.total)


def course(caller: Caller, asked: AskedCourse) -> PeriodValues:
    """Period by period, each with its receipt."""
    one = known(caller)[asked.code]
    id = values.id_of(known(caller).city, one.code, asked.area)
    found = several(caller, VALUE, [id])
    if not found:
        raise ResourceNotFound(f"There is no value of {one.code} for the area {asked.area!r} that you may see.")
    now = _area_value(found[0])
    past = history.history(caller.store, VALUE, id, scope=caller.scope)
    earlier = [_value(told.facts.get("kpiValue"), start, told.facts.get("receipt")) for start, told in past.items()]
    return PeriodValues(now.unit, [*(each for each in earlier if each.start < now.start), _period(now)])


def _area_value(entity: Entity) -> AreaValue:
    facts = VALUE.facts_of(entity, ValueFacts)
    told = _value(facts.kpiValue, values.moment(entity), facts.receipt)
    return AreaValue(told.value, told.start, told.end, told.receipt, facts.area, facts.unit)


def _period(one: PeriodValue) -> PeriodValue:
    return PeriodValue(one.value, one.start, one.end, one.receipt)


def _value(value: Any, start: int, receipt: Any) -> PeriodValue:
    end = (receipt or {}).get("end", "")
    return PeriodValue(value, times.text(start), end, msgspec.convert(receipt, Receipt))


OPERATIONS = (
    Operation(
        path="/indicators/{code}/values", name="listIndicatorValues", summary="The newest value of an indicator in each area",
        tag=TAG, handler=newest, answer=AreaValues, asked=AskedValues,
    ),
    Operation(
        path="/indicators/{code}/areas/{area}/values", name="listPeriodValues",
        summary="How an indicator went in an area, period by period", tag=TAG, handler=course, answer=PeriodValues,
        asked=AskedCourse,
    ),
)  # fmt: skip
