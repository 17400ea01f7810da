# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is told of changes: merged, to those who may see them, from where each client is."""

from pathlib import Path
from typing import Any

import pytest

from hanze.access import Public
from hanze.access.log import entries
from hanze.web.live.hub import Pace
from tests.contract.making import entity, iri, point, remove, save
from tests.web.live.city import city

pytestmark = pytest.mark.anyio

AIR = Public(iri("Air"))


async def test_a_change_is_told_as_it_is_now(tmp_path: Path) -> None:
    async with city(tmp_path, public=(AIR,)) as here:
        client = await here.follow("?types=Air")
        assert client.headers["content-type"] == "text/event-stream"
        save(here.store, entity("1", "Air", no2=31.5, place=point(4.5, 52.9)))
        told = await client.changes()
        assert told.data == {
            "entities": [
                {
                    "id": "urn:ngsi-ld:Air:1", "type": "Air", "no2": 31.5,
                    "place": {"type": "Point", "coordinates": [4.5, 52.9]},
                }
            ],
            "gone": [],
            "at": "2026-01-01T00:00:00Z",
        }  # fmt: skip
        assert told.number == here.store.head()


async def test_changes_of_one_second_are_one_message(tmp_path: Path) -> None:
    async with city(tmp_path, public=(AIR,)) as here:
        clients = [await here.follow("?types=Air") for _ in range(3)]
        for value in range(20):
            save(here.store, entity(str(value % 2), "Air", no2=value))
        seen = []
        for client in clients:
            told = await client.changes()
            while told.number < here.store.head():
                told = await client.changes()
            seen.append(client.text.count("event: changes"))
            assert {id: one["no2"] for id, one in told.entities.items()} == {"0": 18, "1": 19}
        assert max(seen) <= 3, "twenty changes came as a few messages"


async def test_only_what_is_asked_for_comes(tmp_path: Path) -> None:
    async with city(tmp_path, public=(AIR, Public(iri("Tree")), Public(iri("Air"), tenant="other"))) as here:
        air, both, everything = [await here.follow(query) for query in ("?types=Air", f"?types=Tree,{iri('Air')}", "")]
        save(here.store, entity("1", "Tree", height=4))
        save(here.store, entity("2", "Air", no2=1), tenant="other")
        assert [*(await both.changes()).entities] == [*(await everything.changes()).entities] == ["1"]
        await air.silent(0.2)
        other = await here.follow("?tenant=other&types=Air")
        save(here.store, entity("2", "Air", no2=2), tenant="other")
        assert (await other.changes()).entities["2"]["no2"] == 2
        await everything.silent(0.2)


async def test_what_is_restricted_appears_in_no_stream(tmp_path: Path) -> None:
    secret = "hush-hush"
    rules: dict[str, Any] = {
        "public": (Public(iri("Air"), frozenset({iri("no2")})),),
        "restricted": frozenset({iri("Complaint")}),
    }
    async with city(tmp_path, **rules) as here:
        save(here.store, entity("first", "Complaint", text=secret))
        officer = here.key("officer")
        limited = here.key("reader", ["Air"])
        anyone, reader, known, all_of_it = (
            await here.follow(), await here.follow(key=here.key("reader")), await here.follow(key=limited),
            await here.follow("?types=Air,Complaint", officer),
        )  # fmt: skip
        save(here.store, entity("secret", "Complaint", text=secret), entity("1", "Air", no2=3, owner=secret))
        both = entity("both", "Air", no2=9, note=secret)
        both.types.append(iri("Complaint"))
        save(here.store, both)
        remove(here.store, "urn:ngsi-ld:Complaint:secret")
        save(here.store, entity("2", "Air", no2=4))
        for client, shown in ((anyone, {}), (reader, {"owner": secret}), (known, {"owner": secret})):
            told = await client.changes()
            entities = told.entities
            while told.number < here.store.head():
                told = await client.changes()
                entities |= told.entities
            assert entities["1"] == {"id": "urn:ngsi-ld:Air:1", "type": "Air", "no2": 3, **shown}
            assert {*entities} == {"1", "2"}
            assert "Complaint" not in client.text and "both" not in client.text
        assert secret not in anyone.text
        while "urn:ngsi-ld:Air:2" not in all_of_it.text:
            await all_of_it.changes()
        assert "urn:ngsi-ld:Air:both" in all_of_it.text and "urn:ngsi-ld:Complaint:secret" in all_of_it.text


async def test_what_is_not_there_any_more_is_told(tmp_path: Path) -> None:
    async with city(tmp_path, public=(AIR,)) as here:
        save(here.store, entity("old", "Air", no2=1), entity("1", "Air", no2=1))
        client = await here.follow("?types=Air")
        remove(here.store, "urn:ngsi-ld:Air:old")
        told = await client.changes()
        assert (told.gone, told.entities) == (["old"], {}), "the page may show it, though no message told of it"
        save(here.store, entity("1", "Air", no2=2))
        assert [*(await client.changes()).entities] == ["1"]
        remove(here.store, "urn:ngsi-ld:Air:1")
        assert (await client.changes()).gone == ["1"]


async def test_what_went_out_of_sight_is_told_once_to_those_who_knew_it(tmp_path: Path) -> None:
    async with city(tmp_path, public=(AIR,), restricted=frozenset({iri("Secret")})) as here:
        client = await here.follow()
        save(here.store, entity("1", "Air", no2=1))
        assert [*(await client.changes()).entities] == ["1"]
        hidden = entity("1", "Air", no2=2)
        hidden.types.append(iri("Secret"))
        save(here.store, hidden)
        assert (await client.changes()).gone == ["1"]
        late = await here.follow()
        for value in range(3, 6):
            changed = entity("1", "Air", no2=value)
            changed.types.append(iri("Secret"))
            save(here.store, changed)
            await client.silent(0.12)
        remove(here.store, hidden.id)
        await client.silent(0.2)
        await late.silent(0.01)


async def test_a_type_that_an_entity_lost_is_told_to_those_who_want_it(tmp_path: Path) -> None:
    async with city(tmp_path, public=(AIR, Public(iri("Tree")))) as here:
        air, tree = await here.follow("?types=Air"), await here.follow("?types=Tree")
        save(here.store, entity("1", "Air", no2=1))
        assert [*(await air.changes()).entities] == ["1"]
        changed = entity("1", "Air", no2=1)
        changed.types[:] = [iri("Tree")]
        save(here.store, changed)
        assert (await air.changes()).gone == ["1"]
        told = await tree.changes()
        assert (told.entities["1"]["type"], told.gone) == ("Tree", [])


async def test_what_expires_is_gone(tmp_path: Path) -> None:
    async with city(tmp_path, public=(AIR,)) as here:
        client = await here.follow()
        save(here.store, entity("1", "Air", no2=1))
        await client.changes()
        ending = entity("1", "Air", no2=2)
        ending.expires = "2026-01-01T00:00:10Z"
        save(here.store, ending)
        await client.changes()
        here.clock.forward(11)
        here.store.submit(lambda work: work.expire(10)).result()
        assert (await client.changes()).gone == ["1"]


async def test_each_message_is_noted_for_the_access_log(tmp_path: Path) -> None:
    async with city(tmp_path, public=(AIR,)) as here:
        client = await here.follow("?types=Air")
        save(here.store, entity("1", "Air", no2=1))
        await client.changes()
        flushed = here.access.flush()
        assert flushed is not None
        flushed.result()
        (entry,) = entries(here.store)
        assert (entry.principal, entry.types, entry.reads) == ("anyone", [iri("Air")], 1)


async def test_a_revoked_key_ends_its_stream(tmp_path: Path) -> None:
    async with city(tmp_path, public=(AIR,)) as here:
        key = here.key("reader")
        client, anyone = await here.follow(key=key), await here.follow()
        here.revoke(key)
        with pytest.raises(EOFError):
            await client.next()
        assert (await here.ask(key=key)).status == 401
        save(here.store, entity("1", "Air", no2=1))
        assert (await anyone.changes()).entities


async def test_a_silent_stream_says_that_it_lives(tmp_path: Path) -> None:
    async with city(tmp_path, public=(AIR,), pace=Pace(message=0.05, still=0.2)) as here:
        client = await here.follow()
        save(here.store, entity("1", "Tree", height=1))
        told = await client.next()
        while told.number < here.store.head():
            told = await client.next()
        assert told.kind == "still" and ":\n" in client.text, "a comment, and how far it is"


WRONG: list[tuple[str, dict[str, Any], int]] = [
    ("?types=Nowhere", {}, 404),
    ("?types=Complaint", {}, 404),
    ("?types=Air,,Tree", {}, 400),
    ("?types=a%20b", {}, 400),
    ("?type=Air", {}, 400),
    ("?after=ten", {}, 400),
    ("?after=-1", {}, 400),
    ("", {"Last_Event_ID": "x"}, 400),
    ("?tenant=a%20b", {}, 400),
    ("?tenant=nowhere", {}, 404),
    ("", {"NGSILD_Tenant": "nowhere"}, 404),
    ("", {"Accept": "text/html"}, 406),
    ("", {"X_API_Key": "hz_wrong"}, 401),
]


async def test_what_cannot_be_followed_is_a_problem(tmp_path: Path) -> None:
    async with city(tmp_path, public=(AIR,), restricted=frozenset({iri("Complaint")})) as here:
        save(here.store, entity("1", "Complaint", text="x"))
        for query, headers, status in WRONG:
            answer = await here.ask(query, **headers)
            assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json"), query
            assert (await answer.body())["detail"].endswith(".")
        hidden, missing = [await (await here.ask(f"?types={type}")).body() for type in ("Complaint", "Nowhere")]
        assert hidden["detail"].replace("Complaint", "Nowhere") == missing["detail"]
        assert not here.live.hub.figures()["streams"]
        head = await here.ask(method="HEAD")
        assert (head.status, head.headers["content-type"]) == (200, "text/event-stream")
