# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forecasts are made once a month, when the values are there, and those before stay."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest

from hanze.compute.pool import Pool
from hanze.feeds import record
from hanze.feeds.record import SOURCES, Record
from hanze.feeds.source import Progress
from hanze.goals.catalogue.reading import shipped
from hanze.goals.journey import foreseen
from hanze.goals.journey.foreseen import Made
from hanze.goals.journey.runner import SILENT, Foreseeing
from hanze.goals.runner import CONSUMER
from hanze.ngsild import times
from hanze.store import sqlite
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING
from tests.contract.conftest import Clock
from tests.goals.journey.making import ZONE, kept, months

pytestmark = pytest.mark.anyio

CITY, CODES = "testdam", ("waste-full", "parking-full", "air-no2-year")
DAY = 86_400_000_000


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    opened = sqlite.open(tmp_path, clock=clock, vaults=[SOURCES])
    yield opened
    opened.close()


@pytest.fixture
async def foreseeing(store: Store, clock: Clock) -> AsyncIterator[Foreseeing]:
    clock.now = times.parse("2026-03-10T12:00:00Z")
    pool = Pool(1)
    yield Foreseeing(store, pool, clock, ZONE, CITY, {code: shipped()[code] for code in CODES})
    await pool.stop()


def worked_in(store: Store) -> None:
    """The values follow from all that came."""
    store.submit(lambda uow: uow.position(CONSUMER, uow.head())).result()


def made(store: Store, code: str) -> list[Made]:
    return list(foreseen.every(store, EVERYTHING, CITY, code, "city"))


async def test_a_forecast_a_month_and_those_before_stay(store: Store, clock: Clock, foreseeing: Foreseeing) -> None:
    kept(store, CITY, "waste-full", "city", months("2026-02-10T00:00:00Z", 24), np.arange(24.0))
    kept(store, CITY, "parking-full", "city", months("2026-02-10T00:00:00Z", 8), np.arange(8.0))
    worked_in(store)
    assert await foreseeing.look() == 1
    assert [len(made(store, code)) for code in CODES] == [1, 0, 0]
    clock.now += DAY
    worked_in(store)
    assert await foreseeing.look() == 0
    # A month later the value of March is there.
    clock.now = times.parse("2026-04-01T12:00:00Z")
    kept(store, CITY, "waste-full", "city", months("2026-03-10T00:00:00Z", 1), [30.0])
    worked_in(store)
    assert await foreseeing.look() == 1
    first, second = made(store, "waste-full")
    assert (first.outlook.used, second.outlook.used) == (24, 25)
    assert (first.at, second.at) == (times.parse("2026-03-10T12:00:00Z"), clock.now)
    assert first.outlook.starts[0] == "2026-02-28T23:00:00Z"
    assert second.outlook.starts[0] == "2026-03-31T22:00:00Z"


async def test_after_a_restart_nothing_is_made_twice(store: Store, clock: Clock, foreseeing: Foreseeing) -> None:
    kept(store, CITY, "waste-full", "city", months("2026-02-10T00:00:00Z", 24), np.arange(24.0))
    worked_in(store)
    await foreseeing.look()
    pool = Pool(1)
    again = Foreseeing(store, pool, clock, ZONE, CITY, {code: shipped()[code] for code in CODES})
    worked_in(store)
    assert await again.look() == 0
    await pool.stop()
    assert len(made(store, "waste-full")) == 1


async def test_it_waits_for_values_that_are_on_their_way(store: Store, clock: Clock, foreseeing: Foreseeing) -> None:
    kept(store, CITY, "waste-full", "city", months("2026-02-10T00:00:00Z", 24), np.arange(24.0))
    # Nobody has worked out values yet.
    assert await foreseeing.look() == 0
    filling = Record(looked=clock.now, progress=Progress(3, 18))

    def tell(told: Record) -> None:
        store.submit(lambda uow: record.write(uow, "havendam", "havendam", {}, told)).result()

    tell(filling)
    worked_in(store)
    assert await foreseeing.look() == 0
    tell(msgspec.structs.replace(filling, progress=None))
    kept(store, CITY, "waste-full", "city", months("2026-01-10T00:00:00Z", 1), [99.0])
    assert await foreseeing.look() == 0
    worked_in(store)
    assert await foreseeing.look() == 1


async def test_a_source_that_fell_silent_holds_nothing_up(store: Store, clock: Clock, foreseeing: Foreseeing) -> None:
    kept(store, CITY, "waste-full", "city", months("2026-02-10T00:00:00Z", 24), np.arange(24.0))
    silent = Record(looked=clock.now - SILENT, progress=Progress(3, 18))
    store.submit(lambda uow: record.write(uow, "old", "csv", {}, silent)).result()
    worked_in(store)
    assert await foreseeing.look() == 1
