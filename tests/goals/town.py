# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Havendam with some weeks of history, its areas, two maps of its land, and the values of all indicators; and its pages."""

import asyncio
import os
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import shapely
from starlette.applications import Starlette

from hanze.access import Access, Policy, Public
from hanze.cli.demo.town import ABOUT
from hanze.compute.pool import Pool
from hanze.feeds.havendam import areas as drawn
from hanze.feeds.havendam import city, plan, still
from hanze.feeds.havendam import land as maps
from hanze.feeds.havendam.city import City
from hanze.feeds.provenance import stated
from hanze.feeds.source import Feed
from hanze.feeds.writing import take
from hanze.goals.areas import land, reading
from hanze.goals.catalogue.reading import shipped
from hanze.goals.indicators.known import Known
from hanze.goals.journey import foreseen, questions, targets, wishes
from hanze.goals.journey.foreseen import Outlook
from hanze.goals.journey.wishes import State, Wish
from hanze.goals.keeping import areas, plans
from hanze.goals.keeping import land as kept
from hanze.goals.land import working
from hanze.goals.model import TYPES, PlanFacts, QuestionFacts, TargetFacts
from hanze.goals.plans.effects import Sketch
from hanze.goals.plans.job import Job, reaches, run
from hanze.goals.room import ROOM
from hanze.goals.runner import Goals
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.web import background, site
from hanze.web.room import Site

NOW = times.parse("2026-03-10T13:02:00Z")
DAY = 86_400_000_000
DAYS = 75
CITY = "havendam"
ZONE = ZoneInfo("Europe/Amsterdam")

FEED = Feed(
    CITY, "simulated:", name=CITY, provider="Havendam (simulated)",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
)  # fmt: skip

KNOWN = Known(CITY, shipped)

PLAN = "molenakker-oost"


def filled(folder: Path) -> Store:
    """What the town measured until NOW, with the values of its indicators."""
    store = sqlite.open(folder, clock=lambda: NOW, vaults=ALL_VAULTS)
    _measured(store)
    placed(store, folder)
    planned(store)
    valued(store)
    return store


def planned(store: Store) -> None:
    """The plan of the demonstration, with what would come of it."""
    shape = shapely.geometry.shape(maps.plan()["geometry"])
    facts = PlanFacts("Molenakker Oost", "homes", 2032, "proposed", "administrator", ABOUT, 450, 700, True)
    asked = Job(store.looking(), NOW, reaches(KNOWN.indicators), {PLAN: Sketch(shape, "homes", 450, 700)})
    outcome = run(asked)[PLAN]
    store.submit(lambda uow: plans.write(uow, CITY, PLAN, facts, shape, outcome)).result()


def valued(store: Store) -> None:
    """The values of the indicators, and the scores, are worked out as of NOW."""

    async def look() -> None:
        pool = Pool(1)
        goals = Goals(store, pool, lambda: NOW, ZONE, CITY, KNOWN.indicators, lambda: 100.0)
        await goals.look()
        await goals.scores.look()
        await pool.stop()

    asyncio.run(look())


def _measured(store: Store) -> None:
    town = City()

    def work(uow: UnitOfWork) -> None:
        for one in (*town.hours(NOW - DAYS * DAY, NOW), *town.runs(NOW - DAYS * DAY, NOW)):
            type, name = CORE.expand(one.type), CORE.expand(one.attribute)
            uow.observe("", one.id, [type], name, one.template, one.moments, one.values)
        present = [*town.now(NOW), *town.buses(NOW), *still.entities()]
        take(uow, "", [stated(FEED, entity) for entity in present])

    store.submit(work).result()


def placed(store: Store, folder: Path) -> None:
    """Its areas, and what their land is used for, by two maps."""
    file = folder / "areas.geojson"
    file.write_bytes(msgspec.json.encode(drawn.areas()))
    told = areas.placed([], [area for one in reading.every(file, None) for area in one.areas]).areas
    store.submit(lambda uow: areas.write(uow, CITY, told, [], {})).result()
    known = areas.read(store)
    leaves = [one.area for one in known if one.area.level == "neighbourhood"]
    for one in maps.maps(2026):
        year = one["features"][0]["properties"]["year"]
        file = folder / f"land-{year}.geojson"
        file.write_bytes(msgspec.json.encode(one))
        worked = working.work(leaves, land.read(file), year, kept.lands(store))
        store.submit(lambda uow: areas.use(uow, CITY, known, worked)).result()  # noqa: B023
        known = areas.read(store)


def promised(store: Store) -> None:
    """A target, a forecast, and a question that is open, with one answer that is shown, one that waits and one that is left out."""
    target = TargetFacts("Full waste containers", "waste-full", 2030, 2.0, "%", "Nooit meer vol.", "nl", "editor", simulated=True)
    days = ("2026-03-01", "2026-04-01")
    asked = QuestionFacts("What will we need?", 2026, *days, "Wij lezen alles.", "nl", "editor", simulated=True)
    likely = Outlook(
        "", 2, 24, "2024-02-29T23:00:00Z", "2026-01-31T23:00:00Z", "", "0", 1, 0.3, 0.5, 0.8, 16,
        ("2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z"), (2.0, 1.0), (3.0, 2.5), (4.0, 4.0), (5.0, 5.5), (6.0, 7.0),
    )  # fmt: skip

    def work(uow: UnitOfWork) -> None:
        targets.write(uow, CITY, target)
        questions.write(uow, CITY, asked)
        foreseen.write(uow, CITY, "Full waste containers", "waste-full", "HVD", "%", likely)
        states: tuple[State, ...] = ("shown", "new", "out")
        for state in states:
            reason: wishes.Reason | wishes.Nothing = "insult" if state == "out" else ""
            wishes.put(uow, Wish(state, 2026, f"Havendam {len(state)}", "nl", "HVD0101", (11,), NOW, state, reason, True))

    store.submit(work).result()


def served(store: Store, folder: Path, pool: Pool) -> tuple[Site, Starlette]:
    """Its pages, of which everyone may see what the town measured, its areas, values and scores."""
    types = map(CORE.expand, city.types())
    rules = Policy(public=tuple(map(Public, [*types, *(one.iri for one in TYPES)])))
    ground = folder / "map.geojson"
    ground.write_bytes(msgspec.json.encode(plan.background()))
    shared = Site(
        store, Access(store, lambda: NOW, rules), lambda: NOW, "Havendam", ZONE, os.urandom,
        background=background.read(ground), compute=pool, lent=(KNOWN,),
    )  # fmt: skip
    return shared, Starlette(routes=site.routes(shared, (ROOM,)))
