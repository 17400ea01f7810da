# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Kadestad, a small demonstration where cars drive too fast, in which the walks of trials take place: its counters and its time.

Time is put forward by the form of the demonstration, and the counters say what they measured meanwhile by the API.
"""

import asyncio
import contextlib
import os
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyotp
import shapely

from hanze.access import keys
from hanze.compute.pool import Pool
from hanze.experiments import model as experiments
from hanze.feeds import making
from hanze.goals.areas.area import Area
from hanze.goals.catalogue.reading import shipped
from hanze.goals.keeping import areas
from hanze.goals.model import TYPES
from hanze.goals.runner import Goals
from hanze.ngsild import operations, times
from hanze.ngsild.context import CORE
from hanze.node.vaults import VAULTS
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.web.people import giving
from tests.running import Node, hanze, running, until
from tests.walks.person import Person

CITY, CLERK = "kadestad", "kim@kadestad.example"

TRAFFIC, SPEED, NOISE, LEVEL = "TrafficFlowObserved", "averageVehicleSpeed", "NoiseLevelObserved", "LAeq"

STREETS = ("Kade", "Kaai", "Brugstraat", "Molenstraat", "Parklaan", "Veerpad")

COUNTERS = tuple(f"urn:ngsi-ld:{TRAFFIC}:kadestad:{number}" for number in range(len(STREETS)))
TREATED, COMPARED = COUNTERS[:2], COUNTERS[2:]

METER = f"urn:ngsi-ld:{NOISE}:kadestad:0"
"""What it measures is not public."""

SLOWER = 4.0
"""km/h that the measure takes off, from the day on that a walk says."""

DAYS = 200
"""Of history before a walk begins, with a reading each hour."""

INDICATOR = "streets-too-fast"

DAY, HOUR = 86_400_000_000, 3_600_000_000

ZONE = ZoneInfo("Europe/Amsterdam")

PASSWORD = "a sentence of mine"

CONFIG = f"""
[city]
name = "Kadestad"
code = "kadestad"
timezone = "{ZONE}"

[site]
languages = ["nl", "en"]

[access]
public = [%s]

[demo]
clock = true
mails = true
"""


class Kade:
    """`clerk`: an administrator; `key`: by which the counters write; `begins`: the first day on which cars drive slower, None
    before a walk says it."""

    def __init__(self, node: Node, clerk: Person, key: str) -> None:
        self.node = node
        self.begins: date | None = None
        self.today = datetime.now(ZONE).date()
        self._key, self._until = key, _now() // HOUR * HOUR
        self._clerk = clerk

    def day(self, after: int) -> str:
        """So many days from today."""
        return (self.today + timedelta(days=after)).isoformat()

    def passes(self, days: int) -> None:
        """So many days go by, until nine in the morning; the counters count."""
        while days > 0:
            step = min(days, 30)
            self.today += timedelta(days=step)
            self._clerk.open("/en/demo/clock")
            self._clerk.send("Set the clock", pace="1", moment=f"{self.today} 09:00")
            assert self._clerk.status == 200, self._clerk.says
            self._measure()
            days -= step

    def _measure(self) -> None:
        end = _micro(datetime(self.today.year, self.today.month, self.today.day, 8, tzinfo=ZONE))
        moments = np.arange(self._until, end, HOUR)
        for number, id in enumerate(COUNTERS):
            self._say(id, SPEED, "KMH", moments, _speeds(number, moments, self.begins))
        self._say(METER, LEVEL, "2N", moments, _levels(moments))
        self._until = end

    def _say(self, id: str, name: str, unit: str, moments: Any, numbers: Any) -> None:
        told = [
            {"type": "Property", "value": round(float(value), 2), "unitCode": unit, "observedAt": times.text(int(moment))}
            for moment, value in zip(moments, numbers, strict=True)
        ]  # fmt: skip
        if told:
            self.node.ok("POST", f"/temporal/entities/{id}/attrs", {name: told}, authorization=f"Bearer {self._key}")

    def invites(self, mail: str, *roles: str) -> str:
        """The address in the mail by which somebody gets an account."""
        self._clerk.open("/en/people/invite")
        self._clerk.send("Make an invitation", mail=mail, roles=list(roles))
        return link(self.letter(mail))

    @contextlib.contextmanager
    def somebody(self, name: str, *roles: str) -> Iterator[Person]:
        """A person of this name who was invited by mail and has come in."""
        with Person(self.node.address) as person:
            come_in(person, self.invites(f"{name.lower()}@kadestad.example", *roles), name)
            yield person

    def letter(self, to: str, subject: str = "") -> str:
        """The newest mail to somebody about this, once it is there."""
        return str(until(partial(self._letter, to, subject), f"there is a mail to {to} about {subject!r}"))

    def _letter(self, to: str, subject: str) -> str:
        page = self.node.client.get("/en/demo/mails").text
        for one in page.split('<article class="mailed"')[1:]:
            if f"To {to}," in one and subject in one:
                return one.partition("</article>")[0]
        return ""


def come_in(person: Person, invitation: str, name: str) -> None:
    """From an invitation to an account; who works for the city also gives the code of a telephone."""
    person.open(invitation)
    person.send("Make my account", name=name, password=PASSWORD)
    if "secret" in {field for form in person.forms for field in form.names}:
        person.send("Go on", code=pyotp.TOTP(person.answers("Go on")["secret"]).now())
    assert f"{name} : My account" in person.says, person.says


def link(letter: str) -> str:
    """The first address in a mail."""
    found = re.search(r'href="http://[^/"]+([^"]+)"', letter)
    assert found is not None, letter
    return found[1].replace("&amp;", "&")


@contextlib.contextmanager
def kade(place: Path) -> Iterator[Kade]:
    assert hanze("init", place, "--name", "Kadestad", "--code", CITY).code == 0
    public = (CORE.expand(TRAFFIC), *(one.iri for one in (*TYPES, *experiments.TYPES)))
    (place / "hanze.toml").write_text(CONFIG % ", ".join(f'"{one}"' for one in public), "utf-8")
    store = sqlite.open(place, clock=_now, vaults=VAULTS)
    store.submit(_past).result()
    asyncio.run(_valued(store))
    made = store.submit(lambda uow: keys.create(uow, os.urandom, "test", "writer", name="meters")).result()
    invitation = store.submit(lambda uow: giving.invite(uow, os.urandom, CLERK, ["administrator"], "test")).result()
    store.close()
    with running(place, open=False) as node, Person(node.address) as clerk:
        come_in(clerk, f"/en/invitation?token={invitation}", "Kim")
        yield Kade(node, clerk, made[0])


def _places() -> list[Area]:
    whole = Area("KAD", "Kadestad", "city", None, shapely.box(5, 52, 5.02, 52.01))
    edges = {"Haven": (5.0, 5.01), "Dorp": (5.01, 5.014), "Veen": (5.014, 5.017), "Hoek": (5.017, 5.02)}
    parts = [
        Area(f"KAD0{number}", name, "neighbourhood", "KAD", shapely.box(west, 52, east, 52.01))
        for number, (name, (west, east)) in enumerate(edges.items(), 1)
    ]
    return [whole, *parts]


async def _valued(store: Store) -> None:
    """How often cars drive too fast, and how the city does on its goals, is worked out."""
    pool, known = Pool(1), shipped()
    told = {INDICATOR: known[INDICATOR]}
    goals = Goals(store, pool, _now, ZONE, CITY, told, lambda: 100.0)
    await goals.look()
    await goals.scores.look()
    await pool.stop()


def _past(uow: UnitOfWork) -> None:
    areas.write(uow, CITY, areas.placed([], _places()).areas, [], {})
    end = _now() // HOUR * HOUR
    moments = np.arange(end - DAYS * DAY, end, HOUR)
    for number, id in enumerate(COUNTERS):
        _thing(uow, id, TRAFFIC, f"Counter {STREETS[number]}", 5.002 + 0.003 * number)
        _observed(uow, id, (TRAFFIC, SPEED, "KMH"), moments, _speeds(number, moments, None))
    _thing(uow, METER, NOISE, "Sound on the Kade", 5.002)
    _observed(uow, METER, (NOISE, LEVEL, "2N"), moments, _levels(moments))


def _thing(uow: UnitOfWork, id: str, type: str, name: str, east: float) -> None:
    told = {"name": making.plain(name), "location": making.point(east, 52.005)}
    if type == TRAFFIC:
        told["speedLimit"] = making.number(30)
    uow.save("", operations.create(making.entity(id, type, told), uow.stamp))


def _observed(uow: UnitOfWork, id: str, names: tuple[str, str, str], moments: Any, numbers: Any) -> None:
    type, name, unit = names
    template = {"type": "Property", "unitCode": unit}
    uow.observe(
        "", id, [CORE.expand(type)], CORE.expand(name), template, moments.tolist(), numbers.astype(float).tolist()
    )


def _speeds(number: int, moments: Any, begins: date | None) -> Any:
    """Each street has its own speed; all go up and down together by day, and each a little by itself."""
    chance = np.random.default_rng(int(moments[0] // HOUR) + number)
    speeds = 33 + number / 2 + 2 * np.sin(moments / DAY * 2 * np.pi) + chance.normal(size=len(moments))
    if begins is not None and COUNTERS[number] in TREATED:
        speeds = speeds - SLOWER * (moments >= _micro(datetime(begins.year, begins.month, begins.day, tzinfo=ZONE)))
    return speeds


def _levels(moments: Any) -> Any:
    return 60 + 3 * np.sin(moments / DAY * 2 * np.pi)


def _micro(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000


def _now() -> int:
    return times.system()
