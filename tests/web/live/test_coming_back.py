# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A client that was away is told what changed since, in one message, or that it has to ask anew."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from hanze.access import Public
from hanze.web.live import hub, tail
from tests.contract.making import entity, iri, remove, save
from tests.web.live.city import City, Event, city

pytestmark = pytest.mark.anyio

AIR = Public(iri("Air"))


async def first(here: City, query: str = "", **headers: Any) -> Event:
    """The first message of a new stream."""
    client = await here.follow(query, **headers)
    event = await client.next()
    client.close()
    return event


async def test_what_changed_meanwhile_comes_as_one_message(tmp_path: Path) -> None:
    async with city(tmp_path, public=(AIR,)) as here:
        save(here.store, entity("0", "Air", no2=0), entity("1", "Air", no2=0))
        away = here.store.head()
        for value in range(1, 4):
            save(here.store, entity("1", "Air", no2=value), entity("2", "Air", no2=value))
        remove(here.store, "urn:ngsi-ld:Air:2")
        for told in (
            await first(here, f"?after={away}"), await first(here, Last_Event_ID=str(away)),
            await first(here, "?after=0", Last_Event_ID=str(away)),
        ):  # fmt: skip
            assert (told.kind, told.number) == ("changes", here.store.head())
            assert ({id: one["no2"] for id, one in told.entities.items()}, told.gone) == ({"1": 3}, ["2"])


async def test_clients_that_were_away_for_different_times_get_each_their_own(tmp_path: Path) -> None:
    async with city(tmp_path, public=(AIR,)) as here:
        heads = []
        for number in range(1200):
            heads.append(here.store.head())
            save(here.store, entity(str(number), "Air", no2=number))
        waiting = await here.follow()
        clients = [await here.follow(f"?after={heads[number]}") for number in (1199, 700, 300, 1100)]
        for client, number in zip(clients, (1199, 700, 300, 1100), strict=True):
            assert [*(await client.changes()).entities] == [str(one) for one in range(number, 1200)]
        await waiting.silent(0.2)


async def test_nothing_is_missed_between_two_streams(tmp_path: Path) -> None:
    async with city(tmp_path, public=(AIR,)) as here:
        client = await here.follow()
        number, seen = 0, 0
        for value in range(1, 13):
            save(here.store, entity("1", "Air", no2=value))
            if value % 3 == 0:
                client.close()
                client = await here.follow(Last_Event_ID=str(number))
            told = await client.changes()
            number, seen = told.number, told.entities["1"]["no2"]
        assert seen == 12


async def all_trimmed(here: City) -> None:
    here.store.submit(lambda work: work.position("someone", work.head())).result()
    while here.store.submit(lambda work: work.trim()).result().rows:
        pass
    assert not here.store.journal(0, 1)


async def too_many_rows(here: City) -> None:
    for number in range(12):
        save(here.store, entity("1", "Air", no2=number))


async def too_many_entities(here: City) -> None:
    save(here.store, *(entity(str(number), "Air", no2=number) for number in range(7)))


async def too_many_bytes(here: City) -> None:
    save(here.store, entity("1", "Air", text="x" * 5000))


async def nothing(here: City) -> None:
    return


CASES = [(all_trimmed, 0), (too_many_rows, 0), (too_many_entities, 0), (too_many_bytes, 0), (nothing, 99)]


@pytest.mark.parametrize(("happens", "ahead"), CASES, ids=lambda one: getattr(one, "__name__", ""))
async def test_where_it_cannot_be_told_all_is_asked_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, happens: Callable[[City], Awaitable[None]], ahead: int
) -> None:
    monkeypatch.setattr(tail, "MOST_BACK", 10)
    monkeypatch.setattr(hub, "MOST_ENTITIES", 6)
    monkeypatch.setattr(hub, "MOST_BYTES", 4096)
    async with city(tmp_path, public=(AIR,)) as here:
        save(here.store, *(entity(str(number), "Air", no2=number) for number in range(2)))
        away = here.store.head()
        await happens(here)
        client = await here.follow(f"?after={away - 1 + ahead}")
        told = await client.next()
        assert (told.kind, told.number) == ("reset", here.store.head())
        save(here.store, entity("1", "Air", no2=7))
        assert [*(await client.changes()).entities] == ["1"], "and then it goes on"


async def test_too_much_at_once_resets_who_follows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "MOST_ENTITIES", 6)
    async with city(tmp_path, public=(AIR, Public(iri("Tree")))) as here:
        air, tree = await here.follow("?types=Air"), await here.follow("?types=Tree")
        save(here.store, entity("oak", "Tree", height=9), *(entity(str(one), "Air", no2=one) for one in range(7)))
        assert (await air.next()).kind == "reset"
        assert [*(await tree.changes()).entities] == ["oak"], "for these it was not much"


async def test_it_goes_on_behind_what_was_erased(tmp_path: Path) -> None:
    async with city(tmp_path, public=(AIR,)) as here:
        save(here.store, entity("0", "Air", no2=1))
        away = here.store.head()
        save(here.store, entity("1", "Air", no2=1))
        here.store.submit(lambda work: work.erase("", "urn:ngsi-ld:Air:1")).result()
        client = await here.follow(f"?after={away}")
        await client.silent(0.2)
        save(here.store, entity("2", "Air", no2=1))
        told = await client.changes()
        assert ([*told.entities], told.gone) == (["2"], [])
