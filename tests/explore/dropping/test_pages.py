# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file that is dropped on a page: guessed at, corrected, loaded piece by piece, with what was refused as a file."""

import csv
import io
import os
import re

import msgspec
import pytest

from hanze.access import audit, keys
from hanze.explore.dropping import drops, reading
from hanze.explore.dropping.drops import DROPS
from hanze.feeds import writing
from hanze.ngsild.context import CORE
from hanze.ngsild.selection import Window
from hanze.store.base import UnitOfWork
from hanze.store.scope import EVERYTHING
from hanze.web.people.roles import ROLES
from tests.explore.reading import text
from tests.explore.staff import FEED, SECRET, Town, Visitor
from tests.explore.test_changing import fields

pytestmark = pytest.mark.anyio

AIR = """station;tijd;no2;opmerking
markt;2026-03-10 12:00;31,5;
haven;2026-03-10 12:00;stuk;geen stroom
markt;2026-03-10 13:00;28,0;
"""


async def drop(visitor: Visitor, name: str, body: "bytes | str") -> str:
    """Drops a file; the address of the page of its first rows."""
    content = body.encode() if isinstance(body, str) else body
    answer = await visitor.post("/en/data/drop", {}, files={"file": (name, content)})
    assert answer.status_code == 303, text(answer.text)
    return answer.headers["location"]


async def loaded(visitor: Visitor, look: str) -> str:
    """Loads it; the text of the page that tells how far it is."""
    answer = await visitor.post(look.replace("/look?", "/load?"), {})
    assert answer.status_code == 303, text(answer.text)
    return text(await visitor.ok(answer.headers["location"]))


async def test_a_table_from_guess_to_history(town: Town) -> None:
    async with town.visitor("data-officer") as visitor:
        look = await drop(visitor, "lucht.csv", AIR)
        said = text(await visitor.ok(look))
        assert "markt" in said and "10 March 2026, 12:00" in said
        mapping = look.replace("/look?", "/mapping?")
        told = fields(await visitor.ok(mapping))
        told |= {
            "type": "AirQualityObserved",
            "id": "urn:ngsi-ld:AirQualityObserved:{station}",
            "time": "tijd",
            "zone": "Europe/Amsterdam",
        }
        told |= {
            "decimal": ",",
            "kind 2": "number",
            "name 2": "no2",
            "unit 2": "GQ",
            "name 3": "",
            "provider": "Town hall",
        }
        answer = await visitor.post(mapping, told)
        assert (answer.status_code, answer.headers.get("location")) == (303, look), text(answer.text)
        shown = text(await visitor.ok(look))
        assert "31.5\u00a0µg/m³" in shown and "Some rows cannot be taken" in shown
        done = await loaded(visitor, look)
        assert "All is loaded." in done and "3 of 3 rows" in done
        refused = (await visitor.get(re.sub("/look[?]", "/refused.csv?", look))).text
    rows = list(csv.DictReader(io.StringIO(refused)))
    assert len(rows) == 1 and "stuk" in rows[0]["reason"] and "line 3" in rows[0]["place"]
    id = "urn:ngsi-ld:AirQualityObserved:markt"
    (numbers,) = town.store.numbers("", id, CORE.expand("no2"), None, Window(), EVERYTHING)
    assert (numbers.values.tolist(), numbers.unit) == ([31.5, 28.0], "GQ")
    assert town.value(id, "dataProvider") == "Town hall"
    assert any(
        line.act == "file loaded by page" and line.subject == "lucht.csv" for line in audit.lines(town.store, limit=5)
    )


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("lamps.json", [{"id": "urn:ngsi-ld:Lamp:9", "type": "Lamp", "power": {"type": "Property", "value": 5}}]),
        (
            "lamps.jsonld",
            {"id": "urn:ngsi-ld:Lamp:9", "type": "Lamp", "power": 5, "@context": {"power": CORE.expand("power")}},
        ),
    ],
)
async def test_ngsi_ld_needs_no_mapping(town: Town, name: str, document: object) -> None:
    async with town.visitor("data-officer") as visitor:
        look = await drop(visitor, name, msgspec.json.encode(document))
        html = await visitor.ok(look)
        assert "Correct this" not in html and "everyone will see these" in html
        assert "All is loaded." in await loaded(visitor, look)
    assert town.value("urn:ngsi-ld:Lamp:9", "power") == 5


async def test_json_of_any_shape(town: Town) -> None:
    things = [
        {"code": f"p{one}", "naam": f"Garage {one}", "vrij": 10 * one, "lat": 52.1, "lon": 4.3} for one in range(1, 5)
    ]
    async with town.visitor("data-officer") as visitor:
        look = await drop(visitor, "garages.json", msgspec.json.encode({"items": things}))
        mapping = look.replace("/look?", "/mapping?")
        told = fields(await visitor.ok(mapping))
        place = next(name for name, value in told.items() if name[:5] == "name " and value == "availableSpotNumber")
        answer = await visitor.post(mapping, {**told, "type": "Garage", place: "free"})
        assert answer.status_code == 303, text(answer.text)
        assert "All is loaded." in await loaded(visitor, look)
    (count, kinds) = town.store.type_details("", CORE.expand("Garage"), EVERYTHING) or (0, {})
    assert count == 4 and CORE.expand("free") in kinds and CORE.expand("location") in kinds


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("a.csv", b"", "is empty"), ("a.exe", b"MZ", "can be dropped"), ("a.json", b"{", "is none"), ("a.csv", b"\0\0\0", ""),
        ("a.parquet", b"PAR1", "can be dropped"), ("a.json", b"[" * 100_000, ""), ("a.csv", b"<html>no</html>", ""),
        ("../../etc/passwd", b"x", "can be dropped"), ("a.ndjson", b"{}\nx", ""), ("<b>.csv", b"\xff\xfe", ""),
    ],
)  # fmt: skip
async def test_what_cannot_be_used_is_told_and_not_kept(town: Town, name: str, body: bytes, told: str) -> None:
    async with town.visitor("data-officer") as visitor:
        answer = await visitor.post("/nl/data/drop", {}, files={"file": (name, body)})
    assert answer.status_code == 422 and told in answer.text
    assert "Traceback" not in answer.text and "<b>" not in answer.text
    assert town.store.vault(DROPS).count() == 0


async def test_a_file_that_is_too_large_and_none_at_all(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    async with town.visitor("data-officer") as visitor:
        large = await visitor.post("/en/data/drop", {}, files={"file": ("a.csv", b"a,b\n" * 50)})
        none = await visitor.post("/en/data/drop", {})
    assert (large.status_code, none.status_code) == (422, 422)
    assert "more than 16 MB" in large.text and "Choose a file" in none.text


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("type", "a b"), ("type", ""), ("id", "urn:x:same"), ("id", "urn:x:{nothing}"), ("zone", "Mars"), ("name 2", "type"),
        ("name 2", "{"), ("kind 2", "colour"), ("name 1", "no2"), ("decimal", "x"), ("lon", "no2"),
    ],
)  # fmt: skip
async def test_a_mapping_that_cannot_be_is_told_and_nothing_is_lost(town: Town, name: str, typed: str) -> None:
    async with town.visitor("data-officer") as visitor:
        look = await drop(visitor, "lucht.csv", AIR)
        mapping = look.replace("/look?", "/mapping?")
        told = fields(await visitor.ok(mapping)) | {
            "time": "tijd",
            "decimal": ",",
            "kind 2": "number",
            "name 2": "no2",
            "provider": "me",
        }
        answer = await visitor.post(mapping, {**told, name: typed})
    assert answer.status_code == 422 and "Traceback" not in answer.text
    assert fields(answer.text)["provider"] == "me"


@pytest.mark.parametrize("role", ["", *ROLES])
async def test_who_may_drop_files(town: Town, role: str) -> None:
    may = role in ("data-officer", "administrator")
    async with town.visitor(role) as visitor:
        answers = [
            await visitor.get("/en/data/drop"),
            await visitor.post("/en/data/drop", {}, files={"file": ("a.csv", AIR.encode())}),
        ]
        assert "Add data from a file" not in await visitor.ok("/en/data") or may
    assert [one.status_code for one in answers] == ([200, 303] if may else [one.status_code for one in answers])
    assert may or {one.status_code for one in answers} <= {401, 403}


async def test_a_file_is_its_owners_only(town: Town) -> None:
    async with town.visitor("data-officer") as one, town.visitor("administrator") as other:
        look = await drop(one, "lucht.csv", AIR)
        for page in ("look", "mapping", "progress", "refused.csv"):
            assert (await other.get(look.replace("/look?", f"/{page}?"))).status_code == 404
        for page in ("mapping", "load"):
            assert (await other.post(look.replace("/look?", f"/{page}?"), {})).status_code == 404
    assert town.store.vault(DROPS).select()[0]["state"] == "new"


@pytest.mark.parametrize("id", [FEED, SECRET])
async def test_what_a_room_owns_or_may_not_be_written_is_not_loaded(town: Town, id: str) -> None:
    """Named by its id alone, under a type that may be written."""
    before = town.thing(id)
    document = [{"id": id, "type": "Lamp", "name": {"type": "Property", "value": "Mine"}}]
    role = "data-officer"
    async with town.visitor(role) as visitor:
        done = await loaded(visitor, await drop(visitor, "x.json", msgspec.json.encode(document)))
    if id == FEED:
        assert "All is loaded" in done or "not loaded whole" in done
        assert town.thing(id) == before
    else:
        # An officer may write what is restricted.
        assert town.value(id, "name") == "Mine"


async def test_a_key_that_may_not_write_what_is_restricted_does_not_do_so_by_a_file(town: Town) -> None:
    """Neither by the type nor by the id of a thing alone."""
    before = town.thing(SECRET)
    key, _ = await town.store.write(lambda uow: keys.create(uow, os.urandom, "test", "writer"))
    for type in ("Lamp", "Complaint"):
        document = [{"id": SECRET, "type": type, "name": {"type": "Property", "value": "Mine"}}]
        async with town.visitor() as visitor:
            visitor.client.headers["x-api-key"] = key
            done = await loaded(visitor, await drop(visitor, "x.json", msgspec.json.encode(document)))
        assert "It was not loaded whole." in done
    assert town.thing(SECRET) == before


async def test_a_load_that_was_interrupted_goes_on_and_loads_nothing_twice(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = (f"2026-03-{1 + row // 1440:02}T{row // 60 % 24:02}:{row % 60:02}:00Z" for row in range(4_500))
    rows = "".join(f"s{row % 7},{moment},{row}\n" for row, moment in enumerate(moments))
    taken = writing.take
    calls = 0

    def break_once(uow: UnitOfWork, tenant: str, entities: object) -> int:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise RuntimeError("the power went")
        return taken(uow, tenant, entities)  # type: ignore[arg-type]

    monkeypatch.setattr("hanze.explore.dropping.loading.take", break_once)
    async with town.visitor("data-officer") as visitor:
        look = await drop(visitor, "s.csv", "station,time,value_x\n" + rows)
        load = look.replace("/look?", "/load?")
        with pytest.raises(RuntimeError):
            await visitor.post(load, {})
        progress = look.replace("/look?", "/progress?")
        answer = await visitor.get(progress)
        assert "2,000 of 4,500 rows" in text(answer.text) and answer.headers["refresh"] == "2"
        # By its address the page knows when it began: 2 000 rows in 10 seconds leave 2 500 for 12.5 seconds.
        town.now += 10_000_000
        began = f"{progress}&since={town.now - 10_000_000}&first=0"
        assert "less than a minute left" in text(await visitor.ok(began))
        assert "about 2 minutes left" in text(await visitor.ok(f"{progress}&since={town.now - 100_000_000}&first=0"))
        assert " left" not in text(await visitor.ok(f"{progress}&since=x&first=-1"))
        # While it seems to be under way nobody else begins it.
        await visitor.post(load, {})
        assert "2,000 of 4,500 rows" in text(await visitor.ok(progress))
        town.now += drops.SILENT + 1
        answer = await visitor.get(progress)
        assert "The loading was interrupted." in text(answer.text) and "refresh" not in answer.headers
        assert "All is loaded." in await loaded(visitor, look)
    # The first piece was not read again: of three, the second one was tried twice.
    assert calls == 4
    (row,) = town.store.vault(DROPS).select()
    assert (row["done"], row["state"]) == (4_500, "done")
    found = [
        town.store.numbers("", f"urn:ngsi-ld:S:s:s{one}", CORE.expand("valueX"), None, Window(), EVERYTHING)[0].values
        for one in range(7)
    ]
    assert sorted(value for values in found for value in values.tolist()) == list(range(4_500))


async def test_a_load_tells_how_far_it_is_with_each_piece(town: Town) -> None:
    rows = "".join(f"s{row},{row}\n" for row in range(5_000))
    seen: list[int] = []
    town.store.on_commit(lambda head: seen.append(town.store.vault(DROPS).select()[0]["done"]))
    async with town.visitor("data-officer") as visitor:
        assert "5,000 of 5,000 rows" in await loaded(visitor, await drop(visitor, "s.csv", "station,level\n" + rows))
    assert {0, 2_000, 4_000} <= set(seen)


async def test_a_file_of_many_megabytes_comes_through(town: Town) -> None:
    body = b"station,level\n" + b"s1,12.5\n" * 1_800_000
    assert 13 << 20 < len(body) < reading.MOST_BYTES
    async with town.visitor("data-officer") as visitor:
        assert "Level" in text(await visitor.ok(await drop(visitor, "s.csv", body)))
