# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A city of a few square areas with numbers that a test chooses, and its whole site."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from starlette.applications import Starlette

from hanze.compute.pool import Pool
from hanze.explore import room as explore
from hanze.feeds.making import urn
from hanze.goals.keeping import scores, values
from hanze.goals.keeping.values import Worth
from hanze.goals.model import AREA, SCORE, AreaFacts, Receipt, ScoreFacts, ScoreReceipt
from hanze.goals.room import ROOM
from hanze.ngsild import operations, times
from hanze.ngsild.entity import Entity
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.web import site
from tests.goals.town import CITY, KNOWN, NOW, served

DAY = 86_400_000_000
YEAR = times.parse("2025-12-31T23:00:00Z")
"""The start of the year that runs, in the zone of the city."""

YEAR_BEFORE = times.parse("2024-12-31T23:00:00Z")
MONTH = times.parse("2026-02-28T23:00:00Z")

NO2, NOISE, GREEN, OPEN = "air-no2-year", "noise-lden", "green-reach", "open-data"

LEVELS = {"C": "city", "D": "district", "N": "neighbourhood"}


def square(column: float, row: float, side: float = 0.01) -> dict[str, object]:
    west, south = 4.0 + column * side, 52.0 + row * side
    ring = [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def area(
    code: str, name: str, parent: str = "", *, column: float = 0, row: float = 0, people: float | None = 1000
) -> Entity:
    """Its level follows from the first letter of its code."""
    facts = AreaFacts(name, code, LEVELS[code[0]], parent, people, 1.25)
    return AREA.entity(urn(AREA.name, CITY, code), facts, location=square(column, row))


def worth(
    code: str, area: str, value: float | None, low: float | None = None, high: float | None = None, *,
    why: str = "", start: int = YEAR, end: int = NOW + DAY,
) -> Worth:  # fmt: skip
    """A value; without ends it is sure."""
    one = KNOWN[code]
    low, high = value if low is None else low, value if high is None else high
    receipt = Receipt("d", 1, "i", 1.0, low, high, 1, 1, why, "measured", "2026-03-10T13:02:00Z", "0")
    return Worth(code, one.name.en, one.unit, area, start, end, value, receipt)


def score(
    subject: str, area: str, value: float | None, colour: str, parts: Mapping[str, float], *,
    change: float | None = None, ends: tuple[float, float] | None = None, told: int = 9,
) -> Entity:  # fmt: skip
    low, high = ends or (value, value)
    receipt = ScoreReceipt(value, low, high, told, 12, change, 3, dict(parts), "i", "2026-03-10T13:02:00Z", "0")
    facts = ScoreFacts(subject, subject, area, value, colour, msgspec.to_builtins(receipt))
    return SCORE.entity(scores.id_of(CITY, subject, area), facts, at=times.text(MONTH))


def made(folder: Path, entities: Iterable[Entity] = (), worths: Iterable[Worth] = ()) -> Store:
    """A store with these; what is over stands in the history."""
    store = sqlite.open(folder, clock=lambda: NOW, vaults=ALL_VAULTS)

    def work(uow: UnitOfWork) -> None:
        for one in entities:
            uow.save("", operations.create(one, uow.stamp))
        values.write(uow, CITY, worths)

    store.submit(work).result()
    return store


def whole(store: Store, folder: Path, pool: Pool) -> Starlette:
    """The site with what is measured and what it means."""
    shared, _ = served(store, folder, pool)
    return Starlette(routes=site.routes(shared, (explore.ROOM, ROOM)))
