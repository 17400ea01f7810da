# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What expires: unseen at once in every read, out of the store by upkeep, out of the history where it is an instance."""

from typing import Any

import pytest

from hanze.ngsild import operations
from hanze.ngsild.entity import Entity, Instance
from hanze.ngsild.selection import Any_, Compare, EntitySelection, Exists, Geo, Literal, Path, ScopeIs, TypeIs, Window
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING, Grant, Scope
from tests.contract.conftest import Clock
from tests.contract.making import entity, iri, point, prop, save
from tests.contract.test_current import ids, number

SOON, LATER = "2026-01-01T00:01:00Z", "2026-01-01T00:02:00Z"
T = EntitySelection(types=TypeIs(iri("T")))
HERE = Geo("near", {"type": "Point", "coordinates": [4.5, 52.0]}, iri("place"), max_distance=100.0)


def flash(**attributes: Any) -> Entity:
    """An entity of which `a` expires soon, and `b` stays."""
    return entity("1", a=prop(5, expiresAt=SOON), b=prop(6), **attributes)


def sweep(store: Store) -> int:
    return store.submit(lambda uow: uow.expire(100)).result()


def names(store: Store) -> list[str]:
    found = store.get("", "urn:ngsi-ld:T:1", EVERYTHING)
    return [] if found is None else [name.rpartition("/")[2] for name in found.attributes]


def test_an_instance_is_shown_until_it_expires(store: Store, clock: Clock) -> None:
    save(store, flash())
    clock.forward(59.9)
    assert names(store) == ["a", "b"]
    clock.forward(0.1)
    assert names(store) == ["b"]
    page = store.query("", T, EVERYTHING, limit=5, count=True)
    assert [list(one.attributes) for one in page.entities] == [[iri("b")]] and page.count == 1


def test_only_the_instance_of_its_dataset_goes(store: Store, clock: Clock) -> None:
    save(store, entity("1", a=[prop(1), prop(2, datasetId="urn:d:1", expiresAt=SOON)]))
    clock.forward(61)
    for _ in range(2):
        found = store.get("", "urn:ngsi-ld:T:1", EVERYTHING)
        assert found is not None and [one["value"] for one in found.attributes[iri("a")]] == [1]
        sweep(store)


def test_a_part_of_an_instance_goes_alone_and_leaves_no_second_instance_behind(store: Store, clock: Clock) -> None:
    source = iri("source")
    save(store, entity("1", a=prop(1, **{source: [prop("x", expiresAt=SOON)]})))
    clock.forward(61)
    for _ in range(2):
        found = store.get("", "urn:ngsi-ld:T:1", EVERYTHING)
        assert found is not None
        assert found.attributes[iri("a")][0]["value"] == 1 and source not in found.attributes[iri("a")][0]
        sweep(store)
    assert history(store, "a") == [1]


@pytest.mark.parametrize("swept", [False, True])
@pytest.mark.parametrize(
    ("selection", "before", "after"),
    [
        (EntitySelection(q=number("a", "==", 5)), ["1"], []),
        (EntitySelection(q=number("b", "==", 6)), ["1"], ["1"]),
        (EntitySelection(q=Any_((number("a", "==", 5), number("b", "<", 7)))), ["1"], ["1"]),
        (EntitySelection(q=Compare(Path(iri("a")), "!=", (Literal("number", 9),))), ["1"], []),
        (EntitySelection(attributes=(iri("a"),)), ["1"], []),
        (EntitySelection(attributes=(iri("a"), iri("b"))), ["1"], ["1"]),
        (EntitySelection(q=Exists(Path(iri("a")))), ["1"], []),
        (EntitySelection(geo=HERE), ["1"], []),
        (EntitySelection(types=TypeIs(iri("T")), ids=("urn:ngsi-ld:T:1",)), ["1"], ["1"]),
        (EntitySelection(types=TypeIs(iri("U"))), [], []),
        (EntitySelection(types=TypeIs(iri("T")), id_pattern=":2$"), ["2"], ["2"]),
        (EntitySelection(scope_q=ScopeIs(("NL",))), ["1"], ["1"]),
        (T, ["1", "2"], ["1", "2"]),
    ],
)
def test_no_condition_sees_an_expired_instance(
    store: Store, clock: Clock, selection: EntitySelection, before: list[str], after: list[str], swept: bool
) -> None:
    one = flash(place={**point(4.5, 52.0), "expiresAt": SOON})
    one.scopes = ["/NL"]
    save(store, one, entity("2", c=1))
    assert ids(store, selection) == before
    clock.forward(61)
    if swept:
        assert sweep(store) > 0
    assert ids(store, selection, count=True) == after
    assert store.query("", selection, EVERYTHING, limit=0, count=True).count == len(after)


@pytest.mark.parametrize("swept", [False, True])
def test_a_scope_holds_for_what_is_left(store: Store, clock: Clock, swept: bool) -> None:
    save(store, flash())
    clock.forward(61)
    if swept:
        sweep(store)
    only_a, only_b = (Scope((Grant(attributes=frozenset({iri(name)})),)) for name in "ab")
    wanted = EntitySelection(q=number("b", "==", 6))
    assert store.query("", wanted, only_a, limit=5).entities == []
    assert [list(one.attributes) for one in store.query("", wanted, only_b, limit=5).entities] == [[iri("b")]]


def history(store: Store, name: str) -> list[Any]:
    found = store.temporal("", "urn:ngsi-ld:T:1", Window(property="modifiedAt"), EVERYTHING)
    return [] if found is None else [one.doc.get("value") for one in found.attributes.get(iri(name), ())]


def test_the_history_of_an_instance_evaporates(store: Store, clock: Clock) -> None:
    save(store, flash())
    save(store, entity("1", a=prop(7, expiresAt=LATER), b=prop(6)))
    assert history(store, "a") == [5, 7]
    clock.forward(61)
    sweep(store)
    assert (history(store, "a"), history(store, "b")) == ([7], [6])
    clock.forward(60)
    sweep(store)
    assert (history(store, "a"), history(store, "b")) == ([], [6])
    assert sweep(store) == 0
    gone = store.temporal("", "urn:ngsi-ld:T:1", Window(property="deletedAt"), EVERYTHING)
    assert gone is not None and gone.attributes == {}


def test_the_history_goes_also_where_the_current_value_stays(store: Store, clock: Clock) -> None:
    save(store, flash())
    save(store, entity("1", a=prop(8), b=prop(6)))
    clock.forward(61)
    sweep(store)
    assert history(store, "a") == [8] and names(store) == ["a", "b"]


def test_a_corrected_instance_goes_when_the_correction_says(store: Store, clock: Clock) -> None:
    save(store, flash())
    found = store.temporal("", "urn:ngsi-ld:T:1", Window(property="modifiedAt"), EVERYTHING)
    assert found is not None
    instance = found.attributes[iri("a")][0].number

    def correct(uow: UnitOfWork) -> bool:
        return uow.replace_instance("", "urn:ngsi-ld:T:1", iri("a"), instance, {"expiresAt": LATER})

    assert store.submit(correct).result()
    clock.forward(61)
    sweep(store)
    assert history(store, "a") == [5]
    clock.forward(60)
    sweep(store)
    assert history(store, "a") == []


def test_loaded_history_expires_too(store: Store, clock: Clock) -> None:
    def load(uow: UnitOfWork) -> int:
        loaded = uow.append_history("", entity("1", a=prop(1, expiresAt=SOON, observedAt="2025-01-01T00:00:00Z")))
        template: Instance = {"type": "Property", "expiresAt": LATER}
        moments = [1_700_000_000_000_000, 1_700_000_001_000_000]
        return loaded + uow.observe("", "urn:ngsi-ld:T:1", [iri("T")], iri("c"), template, moments, [3.0, 4.0])

    assert store.submit(load).result() == 3
    clock.forward(61)
    sweep(store)
    assert (history(store, "a"), history(store, "c")) == ([], [3.0, 4.0])
    clock.forward(60)
    sweep(store)
    assert history(store, "c") == [] and names(store) == []


def test_the_history_of_an_expired_entity_stays_as_that_of_a_deleted_one(store: Store, clock: Clock) -> None:
    one = entity("1", a=1)
    one.expires = SOON
    save(store, one)
    clock.forward(61)
    sweep(store)
    assert history(store, "a") == [1]


def test_an_expired_entity_makes_place_for_a_new_one_before_upkeep(store: Store, clock: Clock) -> None:
    one = entity("1", a=1)
    one.expires = SOON
    save(store, one)
    clock.forward(61)

    def create(uow: UnitOfWork) -> None:
        assert uow.entity("", one.id) is None
        uow.save("", operations.create(entity("1", b=2), uow.stamp))

    store.submit(create).result()
    assert names(store) == ["b"]
    assert ids(store, EntitySelection(q=number("a", "==", 1))) == []
    assert ids(store, EntitySelection(q=number("b", "==", 2))) == ["1"]
    assert [row.kind for row in store.journal(0, 10)] == ["created", "deleted", "created"]
    assert sweep(store) == 0


def test_a_write_sees_only_what_is_left(store: Store, clock: Clock) -> None:
    store.submit(lambda uow: uow.watch("reader", None)).result()
    save(store, flash())
    clock.forward(61)

    def change(uow: UnitOfWork) -> None:
        before = uow.entity("", "urn:ngsi-ld:T:1")
        assert before is not None and list(before.attributes) == [iri("b")]
        uow.save("", operations.patch_attribute(before, iri("b"), [{"type": "Property", "value": 9}], uow.stamp))

    store.submit(change).result()
    rows = store.journal(0, 10)
    assert [[one.rpartition("/")[2] for one in row.attributes] for row in rows[1:]] == [["a"], ["b"]]
    assert rows[1].changes[0].after is None
    assert rows[2].entity is not None and list(rows[2].entity.attributes) == [iri("b")]
    assert ids(store, EntitySelection(q=number("a", "==", 5))) == []


def test_what_is_written_too_late_is_told_to_nobody(store: Store, clock: Clock) -> None:
    store.submit(lambda uow: uow.watch("reader", None)).result()
    clock.forward(61)
    save(store, flash())
    assert names(store) == ["b"]
    told = store.journal(0, 10)[0].entity
    assert told is not None and list(told.attributes) == [iri("b")]


def test_a_work_that_fails_puts_back_what_it_swept(store: Store, clock: Clock) -> None:
    save(store, flash())
    clock.forward(61)

    def fail(uow: UnitOfWork) -> None:
        uow.entity("", "urn:ngsi-ld:T:1")
        raise KeyError

    with pytest.raises(KeyError):
        store.submit(fail).result()
    assert [row.kind for row in store.journal(0, 10)] == ["created"]
    assert sweep(store) > 0
    assert names(store) == ["b"]


def test_a_work_that_fails_sets_no_end_to_the_history_of_the_next(store: Store, clock: Clock) -> None:
    def fail(uow: UnitOfWork) -> None:
        uow.save("", operations.create(flash(), uow.stamp))
        raise KeyError

    with pytest.raises(KeyError):
        store.submit(fail).result()
    save(store, entity("1", a=prop(5)))
    clock.forward(61)
    assert sweep(store) == 0
    assert history(store, "a") == [5]


def test_a_limit_is_kept(store: Store, clock: Clock) -> None:
    save(store, *(entity(str(n), a=prop(n, expiresAt=SOON)) for n in range(5)))
    clock.forward(61)
    assert [store.submit(lambda uow: uow.expire(3)).result() for _ in range(3)] == [6, 4, 0]
    assert ids(store, T) == ["0", "1", "2", "3", "4"]
    assert store.attributes("", EVERYTHING) == []
