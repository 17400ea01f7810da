# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small city with eight noise meters in two neighbourhoods, of which a trial makes the first two quieter."""

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from starlette.applications import Starlette

from hanze.access import Access, Policy, Public
from hanze.access.identity import Identity, remember
from hanze.experiments import model as experiments
from hanze.experiments import room as room
from hanze.experiments.model import ExperimentFacts
from hanze.experiments.trials import keeping, running
from hanze.experiments.trials import plan as plans
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.looking.asked import Asked
from hanze.experiments.trials.plan import Plan
from hanze.experiments.trials.running import By
from hanze.feeds import making
from hanze.goals.model import TYPES
from hanze.goals.room import ROOM as GOALS
from hanze.ngsild import operations, times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity, Outcome
from hanze.store.base import UnitOfWork
from hanze.web import site
from hanze.web.people import pages as people_pages
from tests.explore.staff import Visitor
from tests.goals.journey.making import ZONE
from tests.goals.journey.place import CITY, NOW, Place

DAY, HOUR = 86_400_000_000, 3_600_000_000

NOISE, LEVEL = "NoiseLevelObserved", "LAeq"

METERS = tuple(f"urn:ngsi-ld:{NOISE}:testdam:{number}" for number in range(8))
TREATED, COMPARED = METERS[:2], METERS[2:]

BEGAN = times.parse("2026-02-08T23:00:00Z")
"""Midnight of 9 February, by the clocks of the city."""

OFFICER = By("person:ina", "innovation-officer")

PLAN: dict[str, Any] = {
    "hypothesis": "Het wordt stiller in de straat.", "better": "lower", "units": "things", "design": "did",
    "outcome": {"kind": "measured", "type": NOISE, "attribute": LEVEL, "unit": "2N", "together": "mean", "step": "day"},
    "treated": list(TREATED), "compared": list(COMPARED), "since": "2026-01-10", "starts": "2026-02-09", "ends": "2026-04-30",
    "bought": 0.05,
}  # fmt: skip


def plan(**other: Any) -> Plan:
    """The plan of the quiet street; `other`: fields that differ."""
    return plans.read({**PLAN, **other})


class City(Place):
    """Its clock stands at NOW: 10 March 2026. `quieter`: dB that the measure takes off."""

    def __init__(self, folder: Path, *, quieter: float = 4.0, closed: bool = False) -> None:
        super().__init__(folder)
        public = [] if closed else [CORE.expand(NOISE), *(one.iri for one in (*TYPES, *experiments.TYPES))]
        self.access = Access(self.store, lambda: self.now, Policy(public=tuple(map(Public, public))))
        identity = Identity(folder)
        identity.make()
        self.store.submit(lambda uow: remember(uow, identity.key, "test")).result()
        lent = (*self.site.lent, identity, Asked())
        self.site = msgspec.structs.replace(
            self.site, access=self.access, mails=True, address="https://testdam.example", lent=lent
        )
        self.app = Starlette(routes=site.routes(self.site, (GOALS, room.ROOM, people_pages.ROOM)))
        self.store.submit(lambda uow: _measure(uow, quieter)).result()

    def opened(self, code: str = "stil", **facts: Any) -> Trial:
        """A trial that is being prepared."""
        told = {
            "name": "Stille straat",
            "question": "Wordt het stiller?",
            "description": "Minder auto's.",
            "language": "nl",
        }
        made = Trial(code, msgspec.convert({"status": "preparing", "area": "N", **told, **facts}, ExperimentFacts))
        self.store.submit(lambda uow: keeping.write(uow, CITY, made)).result()
        return made

    def fixed(self, one: Plan | None = None, code: str = "stil", why: str = "", **facts: Any) -> None:
        """The same with its plan fixed; as a change where it was fixed before."""
        if keeping.find(self.store, CITY, code) is None:
            self.opened(code, **facts)
        self.store.submit(lambda uow: running.register(uow, CITY, code, one or plan(), OFFICER, why=why)).result()

    def at(self, day: str) -> None:
        """It is noon of this day."""
        self.now = times.parse(f"{day}T11:00:00Z")

    def trial(self, code: str = "stil") -> Trial:
        found = keeping.find(self.store, CITY, code)
        assert found is not None
        return found

    def started(self, one: Plan | None = None, code: str = "stil") -> None:
        """Fixed before it began, and then begun; afterwards it is NOW again."""
        chosen = one or plan()
        self.at("2026-02-01")
        self.fixed(chosen, code)
        self.at(chosen.starts)
        self.store.submit(lambda uow: running.start(uow, CITY, code, chosen, ZONE, OFFICER)).result()
        self.now = NOW

    def judged(self, verdict: str = "worked", code: str = "stil") -> None:
        """Stopped and judged."""
        finding = {"finding": {"relative": -0.06, "relative_low": -0.09, "relative_high": -0.03}}
        self.started(code=code)
        self.store.submit(lambda uow: running.stop(uow, CITY, code, ZONE, "Klaar.", OFFICER)).result()
        self.store.submit(lambda uow: running.judge(uow, CITY, code, verdict, finding)).result()


def _measure(uow: UnitOfWork, quieter: float) -> None:
    """Sixty days of hours; each meter has its own level, all go up and down together."""
    chance = np.random.default_rng(7)
    hours = np.arange(NOW - 60 * DAY, NOW, HOUR)
    hours -= hours % HOUR
    shared = 3 * np.sin(hours / DAY * 2 * np.pi) + chance.normal(size=len(hours))
    for number, id in enumerate(METERS):
        east = 5.002 + 0.001 * number if number < 4 else 5.012 + 0.001 * (number - 4)
        levels = 60 + number + shared + chance.normal(size=len(hours)) / 2
        if id in TREATED:
            levels = levels - quieter * (hours >= BEGAN)
        place = {"name": making.plain(f"Meter {number}"), "location": making.point(east, 52.005)}
        uow.save("", _made(making.entity(id, NOISE, place), uow))
        template = {"type": "Property", "unitCode": "2N"}
        uow.observe("", id, [CORE.expand(NOISE)], CORE.expand(LEVEL), template, hours.tolist(), levels.tolist())


def _made(entity: Entity, uow: UnitOfWork) -> Outcome:
    return operations.create(entity, uow.stamp)


__all__ = ["CITY", "NOW", "ZONE", "City", "Visitor"]
