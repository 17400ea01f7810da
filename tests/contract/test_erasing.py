# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is erased is gone from what is current, from the history and from the journal, and nothing else is."""

from typing import Any

from hanze.ngsild.entity import CORE
from hanze.ngsild.selection import EntitySelection, Exists, Geo, Path, Window
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING
from tests.contract.conftest import Clock
from tests.contract.making import entity, iri, point, remove, save

ONE, TWO = "urn:ngsi-ld:T:1", "urn:ngsi-ld:T:2"
LOCATION = CORE + "location"
BOX = {"type": "Polygon", "coordinates": [[[4, 51], [5, 51], [5, 53], [4, 53], [4, 51]]]}


def fill(store: Store, clock: Clock) -> None:
    """Two entities that changed, with places, and a consumer that has read nothing yet."""
    store.submit(lambda uow: uow.watch("slow", None)).result()
    for turn in range(2):
        both = [entity(id, a=f"Jan {turn}", b=turn) for id in "12"]
        for one in both:
            one.attributes[LOCATION] = [point(4.5 + turn / 10, 52.0)]
        save(store, *both)
        clock.forward(60)


def erase(store: Store, id: str, attribute: str | None = None) -> int | None:
    return store.submit(lambda uow: uow.erase("", id, attribute)).result()


def history(store: Store, id: str, window: Window | None = None) -> dict[str, int]:
    """How many instances of each attribute there are."""
    found = store.temporal("", id, window or Window(), EVERYTHING)
    return {} if found is None else {name.rpartition("/")[2]: len(kept) for name, kept in found.attributes.items()}


def ids(store: Store, **selection: Any) -> list[str]:
    page = store.query("", EntitySelection(**selection), EVERYTHING, limit=10)
    return [one.id for one in page.entities]


def test_an_entity(store: Store, clock: Clock) -> None:
    fill(store, clock)
    kept = history(store, TWO)
    assert erase(store, ONE) == 6 + 2
    assert store.get("", ONE, EVERYTHING) is None and history(store, ONE) == {}
    assert store.submit(lambda uow: (uow.entity("", ONE), uow.types("", ONE))).result() == (None, None)
    near = Geo("intersects", BOX, LOCATION)
    assert ids(store) == ids(store, q=Exists(Path(iri("a")))) == ids(store, geo=near) == [TWO]
    assert {row.id for row in store.journal(0, 100)} == {TWO}
    assert history(store, TWO) == kept == {"a": 2, "b": 2, "location": 2}
    assert erase(store, ONE) is None


def test_an_attribute(store: Store, clock: Clock) -> None:
    fill(store, clock)
    assert erase(store, ONE, iri("a")) == 2 + 2
    found = store.get("", ONE, EVERYTHING)
    assert found is not None and set(found.attributes) == {iri("b"), LOCATION}
    assert history(store, ONE) == {"b": 2, "location": 2}
    assert ids(store, q=Exists(Path(iri("a")))) == [TWO]
    assert {row.id for row in store.journal(0, 100)} == {TWO}
    assert erase(store, ONE, LOCATION) == 2
    assert ids(store, geo=Geo("intersects", BOX, LOCATION)) == [TWO]


def test_an_attribute_that_it_does_not_have_is_nothing_erased(store: Store, clock: Clock) -> None:
    fill(store, clock)
    save(store, entity("3", c=1))
    before = store.journal(0, 100)
    assert erase(store, ONE, iri("c")) is None and erase(store, ONE, iri("nowhere")) is None
    assert erase(store, "urn:ngsi-ld:T:none") is None
    assert store.journal(0, 100) == before


def test_what_was_deleted_is_erased_too_and_stays_deleted(store: Store, clock: Clock) -> None:
    fill(store, clock)
    remove(store, ONE)
    deletion = store.temporal("", ONE, Window(), EVERYTHING)
    assert deletion is not None and deletion.deleted
    assert erase(store, ONE, iri("a")) == 3 + 3
    found = store.temporal("", ONE, Window(), EVERYTHING)
    assert found is not None and found.deleted == deletion.deleted
    assert history(store, ONE) == {"b": 2, "location": 2}
    assert erase(store, ONE) == 6
    assert history(store, ONE) == {}


def test_a_history_without_an_entity(store: Store, clock: Clock) -> None:
    old = entity("old", a=1)
    store.submit(lambda uow: uow.append_history("", old)).result()
    assert erase(store, old.id) == 2
    assert store.submit(lambda uow: uow.types("", old.id)).result() is None


def test_only_in_its_tenant(store: Store, clock: Clock) -> None:
    fill(store, clock)
    save(store, entity("1", a="north"), tenant="north")
    erase(store, ONE)
    found = store.get("north", ONE, EVERYTHING)
    assert found is not None and found.attributes[iri("a")][0]["value"] == "north"


def test_what_comes_after_begins_anew(store: Store, clock: Clock) -> None:
    fill(store, clock)
    erase(store, ONE)
    save(store, entity("1", a="new"))
    assert history(store, ONE) == {"a": 1}
    assert ids(store) == [TWO, ONE]


def test_in_one_work_with_other_changes(store: Store, clock: Clock) -> None:
    fill(store, clock)

    def work(uow: Any) -> tuple[int | None, int | None]:
        uow.append_history("", entity("1", a="more"))
        return uow.erase("", ONE, iri("a")), uow.erase("", ONE)

    assert store.submit(work).result() == (3 + 3, 4)
    assert history(store, ONE) == {}
