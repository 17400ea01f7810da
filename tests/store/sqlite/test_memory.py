# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What writer and readers remember has limits that hold, and nothing is wrong where it is forgotten."""

from pathlib import Path
from typing import Any

import pytest

from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import Window
from hanze.store import sqlite
from hanze.store.base import UnitOfWork
from hanze.store.scope import EVERYTHING
from hanze.store.sqlite import SqliteStore, current, kept, names, tape
from hanze.store.sqlite.work import Work
from tests.contract.conftest import Clock
from tests.contract.making import entity, iri, outcome, prop, remove, save

FEW = 20
BYTES = 5_000


@pytest.fixture
def forgetful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SqliteStore:
    monkeypatch.setattr(current, "MOST_CACHED", BYTES)
    monkeypatch.setattr(current, "BIGGEST_CACHED", BYTES)
    monkeypatch.setattr(current, "MOST_KINDS", FEW)
    monkeypatch.setattr(names, "MOST_CACHED", FEW)
    monkeypatch.setattr(tape, "MOST_SHAPES", FEW)
    monkeypatch.setattr(kept, "MOST_SHAPES", FEW)
    return sqlite.open(tmp_path, clock=Clock())


def remembered(uow: UnitOfWork) -> dict[str, int]:
    """How much of each the writer remembers."""
    assert isinstance(uow, Work)
    memory = uow.names._memory
    return {
        "entities": sum(len(doc) for (_, _, doc, _), _ in uow.current._cache._found.values()),
        "kinds": len(uow.current._kinds),
        "shapes": len(uow.tape._shapes),
        "tenants": len(memory.tenants),
        "numbers": len(memory.numbers),
        "iris": len(memory.iris),
        "made": sum(len(one) for one in memory.made.values()),
        "changes": len(uow.current.touched) + len(uow.current._log) + len(uow.tape.history) + len(uow.tape.journal),
        "read": len(uow.current._ahead),
    }


def value(n: int, turn: int) -> dict[str, Any]:
    return prop(n * turn, datasetId=f"urn:d:{n}", unitCode=f"U{turn}")


def test_many_entities_names_shapes_and_tenants(forgetful: SqliteStore) -> None:
    """Each entity in a tenant of its own, with an attribute, a dataset and a unit of its own."""
    for turn in (1, 2):
        for n in range(100):
            attributes: dict[str, Any] = {f"a{n}": [value(n, turn)]}
            save(forgetful, entity(str(n), f"T{n}", **attributes), tenant=f"t{n}")
        held = forgetful.submit(remembered).result()
        assert held.pop("changes") == held.pop("read") == 0
        assert 0 < held.pop("entities") <= BYTES
        assert all(0 < count <= FEW for count in held.values()), held
    for n in range(100):
        found = forgetful.get(f"t{n}", f"urn:ngsi-ld:T{n}:{n}", EVERYTHING)
        assert found is not None and found.attributes[iri(f"a{n}")] == [value(n, 2)]
        history = forgetful.temporal(f"t{n}", found.id, Window(), EVERYTHING)
        assert history is not None
        assert [one.doc["unitCode"] for one in history.attributes[iri(f"a{n}")]] == ["U1", "U2"]
        assert forgetful.type_details(f"t{n}", iri(f"T{n}"), EVERYTHING) == (1, {iri(f"a{n}"): ["Property"]})
    assert {row.attributes[0] for row in forgetful.journal(0, 500)} == {iri(f"a{n}") for n in range(100)}
    forgetful.close()


def test_a_large_entity_is_not_kept(forgetful: SqliteStore) -> None:
    save(forgetful, entity("large", a="x" * (2 * BYTES)))
    assert forgetful.submit(remembered).result()["entities"] <= BYTES
    save(forgetful, entity("large", a="y" * (2 * BYTES)))
    found = forgetful.get("", "urn:ngsi-ld:T:large", EVERYTHING)
    assert found is not None and found.attributes[iri("a")][0]["value"] == "y" * (2 * BYTES)
    forgetful.close()


def test_one_work_with_more_than_is_remembered(forgetful: SqliteStore) -> None:
    def work(uow: UnitOfWork) -> None:
        for turn in (1, 2):
            for n in range(100):
                before = uow.entity("", f"urn:ngsi-ld:T:{n}")
                attributes: dict[str, Any] = {f"a{n}": [value(n, turn)]}
                uow.save("", outcome(before, entity(str(n), **attributes)))

    forgetful.submit(work).result()
    assert forgetful.attributes("", EVERYTHING) == sorted(iri(f"a{n}") for n in range(100))
    assert len(forgetful.journal(0, 500)) == 200
    forgetful.close()


@pytest.mark.parametrize("cached", [True, False])
def test_what_a_work_expects_is_what_it_is_without_that(forgetful: SqliteStore, cached: bool) -> None:
    large = entity("large", a="x" * (2 * BYTES))
    save(forgetful, entity("1", a=1), entity("'\"é", a=2), entity("gone", a=3), large)
    remove(forgetful, "urn:ngsi-ld:T:gone")
    asked = [f"urn:ngsi-ld:T:{name}" for name in ("1", "'\"é", "gone", "large", "none", "1", "large")]

    def read(uow: UnitOfWork) -> list[Entity | None]:
        return [uow.entity("", id) for id in asked]

    def expected(uow: UnitOfWork) -> list[Entity | None]:
        assert isinstance(uow, Work)
        if not cached:
            uow.current._cache.clear()
        uow.expect("no-tenant", asked)
        uow.expect("", asked)
        assert all(row is None or len(row[2]) <= BYTES for row in uow.current._ahead.values())
        return read(uow)

    def changed(uow: UnitOfWork) -> list[Entity | None]:
        expected(uow)
        for id in ("1", "none", "gone"):
            uow.save("", outcome(uow.entity("", f"urn:ngsi-ld:T:{id}"), entity(id, a=9)))
        return expected(uow)

    known = forgetful.submit(read).result()
    assert known == [entity("1", a=1), entity("'\"é", a=2), None, large, None, entity("1", a=1), large]
    assert forgetful.submit(expected).result() == known
    nine = [entity(id, a=9) for id in ("1", "gone", "none")]
    assert forgetful.submit(changed).result() == [nine[0], known[1], nine[1], large, nine[2], nine[0], large]
    assert [forgetful.get("", one.id, EVERYTHING) for one in nine] == nine
    assert forgetful.submit(remembered).result()["read"] == 0
    forgetful.close()
