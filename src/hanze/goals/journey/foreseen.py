# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forecasts as entities: one for each indicator and area, whose history holds those that were made before."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from hanze.feeds.making import urn
from hanze.goals.keeping.values import moment
from hanze.goals.model import FORECAST, ForecastFacts
from hanze.ngsild import operations, times
from hanze.ngsild.described import VOCABULARY
from hanze.ngsild.selection import Window
from hanze.store.base import Reads, UnitOfWork
from hanze.store.scope import Scope

FACT = VOCABULARY + "forecast"

METHOD = 1
"""Higher whenever the same values would give another forecast."""

Why = Literal["", "flat", "last value", "season", "old"]
"""Why it has no fan: see hanze.goals.journey.forecasting; `old`: the newest value is too old to go on from."""


class Outlook(msgspec.Struct, frozen=True):
    """What was foreseen. By coming periods (`starts`, ISO 8601): the edges of the outer band (`lowest`, `highest`), those of the
    inner one (`low`, `high`) and the middle, all empty where there is no fan. `used`: values, from the period `since` to the
    period `until`. `gain`: the part of the loss of the last value that it saved on the past; `inner`, `outer`: how often what came
    lay in the bands then, of so many `times`; None where nothing was tried. `inputs`: SHA-256 of the values. `code`: the version of
    Hanze."""

    why: Why
    reach: int
    used: int
    since: str
    until: str
    inputs: str
    code: str
    method: int = METHOD
    gain: float | None = None
    inner: float | None = None
    outer: float | None = None
    times: int = 0
    starts: tuple[str, ...] = ()
    lowest: tuple[float, ...] = ()
    low: tuple[float, ...] = ()
    middle: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    highest: tuple[float, ...] = ()


class Made(msgspec.Struct, frozen=True):
    """An outlook and when it was made, microseconds."""

    at: int
    outlook: Outlook


def id_of(city: str, code: str, area: str) -> str:
    return urn(FORECAST.name, city, code, area)


def write(uow: UnitOfWork, city: str, name: str, code: str, area: str, unit: str, outlook: Outlook) -> None:
    """It is the newest one from now on; those before stay in the history."""
    facts = ForecastFacts(name, code, area, unit, msgspec.to_builtins(outlook))
    new = FORECAST.entity(id_of(city, code, area), facts, at=times.text(uow.now))
    before = uow.entity("", new.id)
    uow.save("", operations.create(new, uow.stamp) if before is None else operations.replace(before, new, uow.stamp))


def newest(reads: Reads, scope: Scope, city: str, code: str, area: str) -> int | None:
    """When the newest one was made, microseconds; None where there is none."""
    entity = reads.get("", id_of(city, code, area), scope)
    return None if entity is None else moment(entity)


def every(reads: Reads, scope: Scope, city: str, code: str, area: str) -> Sequence[Made]:
    """All that were made, the newest last."""
    told = reads.temporal("", id_of(city, code, area), Window(), scope)
    kept = [] if told is None else told.attributes.get(FACT, [])
    made = [Made(times.parse(one.doc["observedAt"]), msgspec.convert(one.doc["json"], Outlook)) for one in kept]
    return sorted(made, key=lambda one: one.at)
