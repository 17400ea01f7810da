# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A stream by a key of an agreement shows what was agreed, does not tell when something else changed, and ends with it."""

from pathlib import Path

import pytest

from hanze.access import Public, agreed, keys
from hanze.access.agreed import Agreed
from hanze.ngsild.entity import Entity
from hanze.store.scope import Grant
from tests.access.node import Chance
from tests.contract.conftest import START
from tests.contract.making import entity, iri, point, save
from tests.web.live.city import City, Client, Event, city

pytestmark = pytest.mark.anyio

QUIET = "urn:ngsi-ld:Agreement:havendam:quiet"
SQUARE = {"type": "Polygon", "coordinates": [[[4, 52], [5, 52], [5, 53], [4, 53], [4, 52]]]}
NOISE = Grant(types=frozenset({iri("Noise")}), attributes=frozenset({iri("name"), iri("peak")}), area=SQUARE)
LEVEL = Grant(types=frozenset({iri("Noise")}), attributes=frozenset({iri("db")}), level=3_600_000_000)


def bound(here: City, *grants: Grant, seconds: int = 100) -> str:
    made = Agreed(id=QUIET, grants=grants, starts=START, ends=START + seconds * 1_000_000)
    here.store.submit(lambda work: agreed.put(work, made)).result()
    text, _ = here.store.submit(
        lambda work: keys.create(work, Chance(), "operator", "reader", agreement=QUIET)
    ).result()
    here.access.forget_keys()
    return text


def noise(id: str, x: float, **attributes: object) -> Entity:
    made = entity(id, "Noise", **attributes)
    made.attributes["https://uri.etsi.org/ngsi-ld/location"] = [point(x, 52.5)]
    return made


async def test_it_does_not_tell_when_something_changed_that_was_not_agreed(tmp_path: Path) -> None:
    async with city(tmp_path, public=(Public(iri("Park")),)) as here:
        save(here.store, noise("1", 4.5, name="canal", db=50, owner="a"), noise("out", 6.5, name="far", db=50))
        client = await here.follow(key=bound(here, NOISE, LEVEL))
        save(here.store, noise("1", 4.5, name="canal", db=51, owner="a"))
        await client.silent(0.3)
        save(here.store, noise("1", 4.5, name="canal", db=51, owner="b"), noise("out", 6.5, name="farther", db=51))
        await client.silent(0.3)
        save(here.store, noise("1", 4.5, name="quay", db=52, owner="b"))
        event = await client.changes()
        assert event.entities["1"]["name"] == "quay" and set(event.entities["1"]) == {"id", "type", "name"}
        save(here.store, noise("1", 4.5, name="quay", db=53, owner="b"))
        await client.silent(0.3)
        # Of what comes into the area its name is told, and of what leaves it that it is hidden, though its place never is.
        save(here.store, noise("out", 4.6, name="farther", db=51))
        event = await client.changes()
        assert set(event.entities) == {"out"} and "db" not in client.text and "owner" not in client.text
        save(here.store, noise("out", 6.6, name="farther", db=51))
        assert (await client.changes()).entities["out"] == {"id": "urn:ngsi-ld:Noise:out", "type": "Noise"}
        save(here.store, noise("new", 4.6, db=99))
        assert set((await client.changes()).entities) == {"new"}
        assert "99" not in client.text


async def test_what_leaves_the_area_is_gone(tmp_path: Path) -> None:
    async with city(tmp_path) as here:
        save(here.store, noise("1", 6.5, name="far"))
        client = await here.follow(key=bound(here, NOISE))
        save(here.store, noise("1", 6.6, name="far"))
        await client.silent(0.3)
        save(here.store, noise("1", 4.6, name="far"))
        assert set((await client.changes()).entities) == {"1"}
        save(here.store, noise("1", 4.7, name="far"))
        await client.silent(0.3)
        save(here.store, noise("1", 7.5, name="far"))
        assert (await client.changes()).gone == ["1"]


async def test_who_comes_again_is_told_what_he_missed_and_may_see(tmp_path: Path) -> None:
    async with city(tmp_path) as here:
        save(here.store, noise("1", 4.5, name="canal"), noise("2", 4.5, name="dike"))
        key = bound(here, NOISE)
        other = await here.follow(key=key)
        first = await here.follow(key=key)
        number = (await _touch(here, other, "3")).number
        first.close()
        save(here.store, noise("1", 4.5, name="quay"))
        await other.changes()
        save(here.store, noise("1", 4.5, name="quay", owner="x"), noise("2", 4.5, name="dike", owner="x"))
        await other.silent(0.3)
        again = await here.ask(f"?after={number}", key=key)
        await again.next()
        assert set((await again.changes()).entities) == {"1"}


async def _touch(here: City, client: Client, id: str) -> Event:
    save(here.store, noise(id, 4.5, name="new"))
    return await client.changes()


async def test_it_ends_with_the_agreement(tmp_path: Path) -> None:
    async with city(tmp_path, public=(Public(iri("Park")),)) as here:
        save(here.store, noise("1", 4.5, name="canal"))
        key = bound(here, NOISE, seconds=60)
        client, anyone = await here.follow(key=key), await here.follow()
        here.clock.forward(59)
        save(here.store, noise("1", 4.5, name="quay"))
        assert (await client.changes()).entities
        here.clock.forward(1)
        save(here.store, noise("1", 4.5, name="wharf"))
        with pytest.raises(EOFError):
            await client.next(2)
        refused = await here.ask(key=key)
        assert refused.status == 403 and "ended on 2026-01-01T00:01:00Z" in (await refused.body())["detail"]
        assert "wharf" not in client.text
        save(here.store, entity("1", "Park", trees=5))
        assert (await anyone.changes()).entities
