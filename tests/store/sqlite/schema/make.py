# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes the present schema version with data in it, once, before the version is released:

    .venv/bin/python -m tests.store.sqlite.schema.make

Later programs must read from it what stands in the JSON beside it. The data are as varied as the tables allow.
"""

import io
import tempfile
from pathlib import Path
from typing import Any

import apsw
import apsw.shell
import msgspec

from hanze.ngsild import operations
from hanze.ngsild.entity import CORE, Entity, Instance
from hanze.ngsild.selection import Compare, EntitySelection, Geo, Literal, ScopeIs, TypeIs, Window
from hanze.ngsild.selection import Path as Member
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from hanze.store.sqlite import schema
from hanze.store.vault import Column, Vault
from tests.contract.conftest import START, Clock
from tests.contract.making import iri

HEADER = "-- SPDX-FileCopyrightText: 2026 The Hanze contributors\n-- SPDX-License-Identifier: EUPL-1.2\n"
FOLDER = Path(__file__).parent
HOUR = 3_600_000_000
ROOM, HOUSE, GONE, PAST = (
    "urn:ngsi-ld:Room:1",
    "urn:ngsi-ld:House:1",
    "urn:ngsi-ld:Room:gone",
    "urn:ngsi-ld:Room:past",
)
DELFT = {"type": "Point", "coordinates": [4.357, 52.012]}
SQUARE = {"type": "Polygon", "coordinates": [[[4, 52], [5, 52], [5, 53], [4, 53], [4, 52]]]}
NOTES = Vault(
    name="notes",
    columns=(
        Column("title", required=True), Column("number", "integer"), Column("weight", "real"), Column("more", "json"),
        Column("raw", "blob"),
    ),
    unique=(("title",),),
    index=(("number",),),
    retention=("number", 30),
)  # fmt: skip


def attributes() -> dict[str, list[Instance]]:
    """Every kind, datasets, parts, times."""
    return {
        iri("no2"): [
            {"type": "Property", "value": 12.5, "unitCode": "GQ", "observedAt": "2026-01-01T00:00:00Z"},
            {"type": "Property", "value": 13, "datasetId": "urn:d:2", "observedAt": "2026-01-01T00:00:00Z"},
        ],
        iri("name"): [{"type": "Property", "value": "Zuidpoort"}],
        iri("open"): [{"type": "Property", "value": True, iri("by"): [{"type": "Relationship", "object": "urn:p:1"}]}],
        iri("list"): [{"type": "Property", "value": [1, "two", {"three": 3}]}],
        iri("long"): [{"type": "Property", "value": "x" * 300}],
        iri("in"): [{"type": "Relationship", "object": HOUSE, "objectType": [iri("House")]}],
        iri("label"): [{"type": "LanguageProperty", "languageMap": {"nl": "Kamer", "en": "Room"}}],
        iri("kind"): [{"type": "VocabProperty", "vocab": iri("Kitchen")}],
        iri("extra"): [{"type": "JsonProperty", "json": {"@id": 1}}],
        iri("row"): [{"type": "ListProperty", "valueList": [3, 1, 2]}],
        iri("seen"): [{"type": "Property", "value": 1, "expiresAt": "2027-01-01T00:00:00Z"}],
        CORE + "location": [{"type": "GeoProperty", "value": DELFT}],
    }


def fill(store: Store, clock: Clock) -> None:
    """Entities, histories, tenants, a journal with consumers, and a vault."""

    def begin(uow: UnitOfWork) -> None:
        uow.watch("maps", [iri("Room")])
        uow.watch("all", None)
        room = Entity(ROOM, [iri("Room")], attributes(), ["/Delft/Zuid"], expires="2030-01-01T00:00:00Z")
        few = {name: found for name, found in attributes().items() if name in (iri("name"), iri("no2"))}
        for entity in (room, Entity(HOUSE, [iri("House")], few, ["/Delft"]), Entity(GONE, [iri("Room")], few)):
            uow.save("", operations.create(entity, uow.stamp))
        house = Entity(
            HOUSE, [iri("House"), iri("Place")], {CORE + "location": [{"type": "GeoProperty", "value": SQUARE}]}
        )
        uow.save("north", operations.create(house, uow.stamp))
        uow.vault(NOTES).insert(
            {"title": "one", "number": START, "weight": 1.5, "more": {"a": [1]}, "raw": b"\x00\xff"}
        )
        uow.vault(NOTES).insert({"title": "two"})

    def go_on(uow: UnitOfWork) -> None:
        room = uow.entity("", ROOM)
        gone = uow.entity("", GONE)
        assert room is not None and gone is not None
        change = Entity(
            ROOM, [], {iri("no2"): [{"type": "Property", "value": 14.5, "observedAt": "2026-01-01T01:00:00Z"}]}
        )
        uow.save("", operations.append(room, change, uow.stamp))
        uow.save("", operations.delete(gone))
        moments = [START + n * HOUR for n in range(2, 8)]
        uow.observe("", ROOM, [iri("Room")], iri("no2"), {"type": "Property", "unitCode": "GQ"}, moments, [*range(6)])
        seen = {"type": "Property", "value": {"deep": 1}, "observedAt": "2025-12-31T00:00:00Z"}
        uow.append_history("", Entity(PAST, [iri("Room")], {iri("name"): [seen]}))
        uow.delete_history("", HOUSE, iri("name"))
        uow.position("maps", 3)

    store.submit(begin).result()
    clock.forward(3600)
    store.submit(go_on).result()


def told(store: Store) -> dict[str, Any]:
    """What can be read of it, as plain parts."""
    north = ("north", HOUSE)
    known = [("", ROOM), ("", HOUSE), ("", GONE), ("", PAST), north]
    selections = {
        "type": EntitySelection(types=TypeIs(iri("Room"))),
        "q": EntitySelection(q=Compare(Member(iri("open")), "==", (Literal("boolean", True),))),
        "geo": EntitySelection(geo=Geo("within", SQUARE, CORE + "location")),
        "scope": EntitySelection(scope_q=ScopeIs(("Delft", "#"))),
    }
    window = Window(relation="after", start=START)
    found = {
        "entities": [store.get(tenant, id, EVERYTHING) for tenant, id in known],
        "histories": [store.temporal(tenant, id, Window(), EVERYTHING) for tenant, id in known],
        "queries": {
            name: store.query("", selection, EVERYTHING, limit=10, count=True) for name, selection in selections.items()
        },
        "temporal": store.temporal_query("", selections["type"], window, EVERYTHING, limit=10, count=True),
        "deleted": store.temporal("", GONE, Window(property="deletedAt"), EVERYTHING),
        "types": {tenant: store.types(tenant, EVERYTHING) for tenant in store.tenants()},
        "attributes": store.attributes("", EVERYTHING),
        "journal": [
            msgspec.structs.replace(row, weight=0, attributes=sorted(row.attributes)) for row in store.journal(0, 100)
        ],
        "consumers": store.consumers(),
        "head": store.head(),
        "vault": store.vault(NOTES).select(),
    }
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(found))
    return plain


def text(connection: apsw.Connection) -> str:
    """The database as SQL."""
    out = io.StringIO()
    shell = apsw.shell.Shell(db=connection, stdout=out, stderr=out)
    shell.process_command(".dump")  # type: ignore[no-untyped-call]
    lines = [line for line in out.getvalue().splitlines() if line and not line.startswith("-- ")]
    return HEADER + "\n".join(lines) + "\n"


def main() -> None:
    """Writes both files of the present version."""
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        store = sqlite.open(Path(folder), clock=clock, vaults=[NOTES])
        fill(store, clock)
        name = f"version-{schema.VERSION}"
        lines = (f'"{part}": {msgspec.json.encode(found).decode()}' for part, found in told(store).items())
        (FOLDER / f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
        store.close()
        connection = apsw.Connection(str(Path(folder) / sqlite.FILE))
        (FOLDER / f"{name}.sql").write_text(text(connection))
        connection.close()


if __name__ == "__main__":
    main()
