# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small city with two neighbourhoods, three indicators with a history, and people of each role who are signed in to it."""

import os
from pathlib import Path

import numpy as np
import shapely
from starlette.applications import Starlette

from hanze.access import Access, Policy, Public
from hanze.compute.pool import Pool
from hanze.goals.areas.area import Area
from hanze.goals.catalogue.reading import shipped
from hanze.goals.indicators.known import Known
from hanze.goals.journey import foreseen
from hanze.goals.journey.foreseeing import ended, outlook
from hanze.goals.keeping import areas, values
from hanze.goals.model import TYPES
from hanze.goals.room import ROOM
from hanze.ngsild import times
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.store import sqlite
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING
from hanze.web import site
from hanze.web.room import Room, Site
from tests.explore import staff
from tests.goals.journey.making import ZONE, kept, months

NOW = times.parse("2026-03-10T13:02:00Z")
CITY, WHOLE = "testdam", "C"

TREND, WALK, SHORT = "waste-full", "parking-full", "shared-bikes-empty"
"""Indicators: one of which a trend is foreseen, one that wanders about, one with too short a history."""


class Place(staff.Town):
    """`closed`: nothing is public."""

    def __init__(self, folder: Path, *rooms: Room, closed: bool = False) -> None:
        self.now = NOW
        self.store: Store = sqlite.open(folder, clock=lambda: self.now, vaults=ALL_VAULTS)
        rules = Policy(public=() if closed else tuple(Public(one.iri) for one in TYPES))
        self.access = Access(self.store, lambda: self.now, rules)
        self.site = Site(
            self.store,
            self.access,
            lambda: self.now,
            "Testdam",
            ZONE,
            os.urandom,
            lent=(Known(CITY, shipped),),
            vaults=tuple(ALL_VAULTS),
            compute=Pool(1),
        )
        self.app = Starlette(routes=site.routes(self.site, (ROOM, *rooms)))
        shapes = {"N": shapely.box(5, 52, 5.01, 52.01), "S": shapely.box(5.01, 52, 5.02, 52.01)}
        made = [Area(code, f"Wijk {code}", "neighbourhood", None, shape) for code, shape in shapes.items()]
        made.append(Area(WHOLE, "Testdam", "city", None, shapely.box(5, 52, 5.02, 52.01)))
        self.store.submit(lambda uow: areas.write(uow, CITY, areas.placed([], made).areas, [], {})).result()

    def measured(self) -> None:
        """Two years of the trend and of the walk, and half a year of the third."""
        past = months("2026-02-10T00:00:00Z", 24)
        chance = np.random.default_rng(4)
        kept(self.store, CITY, TREND, WHOLE, past, 60 - np.arange(24) + chance.normal(size=24) / 4)
        kept(self.store, CITY, WALK, WHOLE, past, 50 + chance.normal(size=24).cumsum())
        kept(self.store, CITY, SHORT, WHOLE, past[-6:], range(6))

    def foreseen(self, code: str) -> None:
        """The forecast of this month is made."""
        one = shipped()[code]
        starts, numbers = ended(self.store, EVERYTHING, values.id_of(CITY, code, WHOLE))
        made = outlook(one, starts, numbers, ZONE, self.now)
        assert made is not None
        self.store.submit(lambda uow: foreseen.write(uow, CITY, one.name.en, code, WHOLE, one.unit, made)).result()
