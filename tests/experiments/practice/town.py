# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A city with an agreement that was offered, over weeks of noise and air that are not public."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
from starlette.applications import Starlette

from hanze.compute.pool import Pool
from hanze.experiments.agreements.terms import Attribute, Part, Terms, normal
from hanze.experiments.room import ROOM
from hanze.feeds.havendam.city import City
from hanze.feeds.tables.shaping import Series
from hanze.feeds.writing import take
from hanze.goals.room import ROOM as GOALS
from hanze.ngsild.context import CORE
from hanze.store.base import UnitOfWork
from hanze.web import site
from tests.experiments.agreements.making import changed
from tests.experiments.agreements.place import NOW, Place

WEEKS = 10
WEEK = 7 * 86_400_000_000

TYPES = ("NoiseLevelObserved", "AirQualityObserved")
THINGS = 4

TERMS: Terms = normal(
    changed(
        data=(
            Part("NoiseLevelObserved", (Attribute("LAeq", "P1D"), Attribute("name"), Attribute("location"))),
            Part("AirQualityObserved", (Attribute("no2"), Attribute("pm10"), Attribute("stationType"), Attribute("address"))),
        ),
        area="", since="2026-04-01", until="2026-12-31",
    )
)  # fmt: skip


class Town(Place):
    """What was measured in the first things of two types by Havendam."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        fill(self)

    def measured(self) -> None:
        """Nothing of its own."""

    @asynccontextmanager
    async def calculating(self) -> AsyncIterator[None]:
        """Pages have workers of this loop, until the end."""
        pool = Pool()
        self.app = Starlette(routes=site.routes(msgspec.structs.replace(self.site, compute=pool), (GOALS, ROOM)))
        yield
        await pool.stop()


def fill(place: Place) -> None:
    there = {type: ids()[type][:THINGS] for type in TYPES}
    for one in City().hours(NOW - WEEKS * WEEK, NOW):
        if one.id in there.get(one.type, ()):
            place.store.submit(lambda uow, one=one: _observe(uow, one))  # type: ignore[misc]
    still = [one for one in City().now(NOW) if any(one.id in found for found in there.values())]
    place.store.submit(lambda uow: take(uow, "", still)).result()


def ids() -> dict[str, list[str]]:
    """Of all things, by type."""
    found: dict[str, list[str]] = {}
    for one in City().now(NOW):
        found.setdefault(CORE.compact(one.types[0]), []).append(one.id)
    return found


def _observe(uow: UnitOfWork, one: Series) -> None:
    name, type = CORE.expand(one.attribute), CORE.expand(one.type)
    uow.observe("", one.id, [type], name, one.template, one.moments, one.values)


class Made(msgspec.Struct, frozen=True):
    """A city in which practice data of an agreement were made."""

    town: Town
    terms: Terms
