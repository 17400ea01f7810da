# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Havendam with its sound meters, in which a measure makes a street louder, and a partner who reads them by an agreement."""

import os
from pathlib import Path
from typing import Any

import msgspec
from starlette.applications import Starlette

from hanze.access import Policy, Public
from hanze.access.identity import Identity
from hanze.broker.app import NgsiLd
from hanze.broker.contexts import Contexts, no_fetch
from hanze.broker.services import Services
from hanze.compute.pool import Pool
from hanze.experiments.model import TYPES, ExperimentFacts
from hanze.experiments.room import ROOM
from hanze.experiments.trials import keeping, running
from hanze.experiments.trials import plan as plans
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.looking.asked import Asked
from hanze.experiments.trials.running import By
from hanze.explore.following import follows
from hanze.explore.following.pages import PAGES as FOLLOWING
from hanze.feeds import making
from hanze.feeds.havendam import city as town
from hanze.feeds.havendam import noise
from hanze.feeds.havendam.pilots import Effect
from hanze.goals.model import AREA
from hanze.goals.room import ROOM as GOALS
from hanze.http.limits import Limits
from hanze.ngsild import operations, times
from hanze.ngsild.context import CORE
from hanze.store.base import UnitOfWork
from hanze.web import site
from hanze.web.people import people
from hanze.web.room import Room
from tests.experiments.agreements.making import ID, ZONE
from tests.experiments.agreements.place import CITY, DAY, OPEN, Place

STARTS, CODE = "2026-03-02", "stille-brug"
BEGAN = times.parse("2026-03-01T23:00:00Z")
OFFICER = By("person:ina", "innovation-officer")

LOUDER = Effect(attribute="LAeq", roads=("Bruggestraat",), start=BEGAN, size=2.0)
"""Three times as much sound: nearly five decibels."""

MAIL, PARTNER, FOLLOWER = "ina@havendam.example", "lab@noise.example", "an@example.org"


def plan(**other: Any) -> plans.Plan:
    meters = noise.sensors()
    treated = [one.id for one in meters if one.road == "Bruggestraat"]
    told = {
        "hypothesis": "Het wordt stiller.", "better": "lower", "units": "things", "design": "did",
        "outcome": {"kind": "measured", "type": noise.TYPE, "attribute": "LAeq", "unit": "2N", "together": "energy", "step": "day"},
        "treated": treated, "compared": [one.id for one in meters if one.id not in treated and not one.sticks],
        "since": "2026-01-05", "starts": STARTS, "ends": "2026-05-31",
        "exits": {
            "looks": {"first": 14, "every": 14, "most": 6},
            "reasons": [{"kind": "harm", "beyond": "above", "threshold": 0.01, "alpha": 0.05}],
        },
    }  # fmt: skip
    return plans.read({**told, **other})


class Havendam(Place):
    """Its clock stands at noon of the first day. `effects`: what is planted."""

    def __init__(self, folder: Path, *effects: Effect) -> None:
        super().__init__(folder)
        public = [CORE.expand(noise.TYPE), *OPEN, AREA.iri, *(one.iri for one in TYPES)]
        self.access.change(Policy(public=tuple(map(Public, public))))
        self.signed()
        self.at("2026-02-20")
        identity = Identity(folder)
        identity.make()
        lent = (*self.site.lent, identity, Asked())
        self.site = msgspec.structs.replace(self.site, lent=lent, mails=True, compute=Pool(1))
        self.app = Starlette(routes=site.routes(self.site, (GOALS, ROOM, Room("explore", FOLLOWING))))
        self.store.submit(lambda uow: _measure(uow, town.City(1, effects))).result()
        self.store.submit(_people).result()
        self.store.submit(_trial).result()
        self.at(STARTS)
        self.store.submit(lambda uow: running.start(uow, CITY, CODE, plan(), ZONE, OFFICER)).result()

    def at(self, day: str) -> None:
        self.now = times.parse(f"{day}T11:00:00Z")

    def broker(self) -> NgsiLd:
        """The API of the node, for programs with a key."""
        return NgsiLd(
            Services(
                store=self.store, contexts=Contexts(no_fetch), access=self.access, clock=lambda: self.now, limits=Limits(), root=""
            )
        )  # fmt: skip

    def trial(self) -> Trial:
        found = keeping.find(self.store, CITY, CODE)
        assert found is not None
        return found


def _measure(uow: UnitOfWork, city: town.City) -> None:
    """Sound from January to the end of March."""
    for one in noise.sensors():
        told = {"name": making.plain(one.name), "location": making.point(*one.point)}
        uow.save("", operations.create(making.entity(one.id, noise.TYPE, told), uow.stamp))
    for series in city.hours(times.parse("2026-01-04T23:00:00Z"), times.parse("2026-03-31T22:00:00Z")):
        if series.type == noise.TYPE:
            name = CORE.expand(series.attribute)
            uow.observe("", series.id, [CORE.expand(noise.TYPE)], name, series.template, series.moments, series.values)


def _people(uow: UnitOfWork) -> None:
    people.make(uow, os.urandom, mail=MAIL, name="Ina", roles=("innovation-officer",), language="nl", by="test")
    asked = follows.ask(uow, os.urandom, FOLLOWER, keeping.id_of(CITY, CODE), "en")
    assert asked is not None
    follows.confirm(uow, asked.token)


def _trial(uow: UnitOfWork) -> None:
    facts = ExperimentFacts(
        "Stille brug", "Wordt het stiller?", "Ander wegdek.", "nl", "preparing", area="HVD01", agreement=ID,
        madeBy="innovation-officer",
    )  # fmt: skip
    keeping.write(uow, CITY, Trial(CODE, facts))
    running.register(uow, CITY, CODE, plan(), OFFICER)


__all__ = ["CITY", "DAY", "Havendam"]
