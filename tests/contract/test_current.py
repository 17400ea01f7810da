# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Current entities: what is written is read, a failed work leaves nothing, tenants do not mix."""

from itertools import pairwise

import pytest

from hanze.errors import HanzeError
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import All, Any_, Compare, EntitySelection, Exists, Literal, Order, Path, ScopeIs, TypeIs
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from tests.contract.conftest import Clock
from tests.contract.making import entity, iri, outcome, point, prop, remove, save

NUMBERS = EntitySelection(types=TypeIs(iri("T")))


def ids(store: Store, selection: EntitySelection, **how: object) -> list[str]:
    page = store.query("", selection, EVERYTHING, limit=1000, **how)  # type: ignore[arg-type]
    return [one.id.rpartition(":")[2] for one in page.entities]


def number(name: str, op: str, value: float) -> Compare:
    return Compare(Path(iri(name)), op, (Literal("number", value),))


def test_what_is_written_is_read(store: Store) -> None:
    one = entity("1", a=5, b="text", place=point(4.5, 52.0))
    save(store, one)
    assert store.get("", one.id, EVERYTHING) == one


def test_an_update_is_seen_in_value_and_index(store: Store) -> None:
    save(store, entity("1", a=1), entity("2", a=2))
    save(store, entity("1", a=3))
    assert ids(store, EntitySelection(types=TypeIs(iri("T")), q=number("a", ">=", 2))) == ["1", "2"]
    assert ids(store, EntitySelection(types=TypeIs(iri("T")), q=number("a", "==", 1))) == []


def test_a_deleted_entity_is_gone_from_every_read(store: Store) -> None:
    one = entity("1", a=1, place=point(4.5, 52.0))
    save(store, one)
    remove(store, one.id)
    assert store.get("", one.id, EVERYTHING) is None
    assert ids(store, NUMBERS) == []
    assert ids(store, EntitySelection(q=number("a", "==", 1))) == []
    assert store.types("", EVERYTHING) == []
    assert store.attributes("", EVERYTHING) == []
    save(store, one)
    assert ids(store, EntitySelection(q=number("a", "==", 1))) == ["1"]


def test_a_failing_work_leaves_nothing_and_spares_the_others(store: Store) -> None:
    def good(uow: UnitOfWork) -> None:
        uow.save("", outcome(None, entity("good", a=1)))

    def bad(uow: UnitOfWork) -> None:
        uow.save("", outcome(None, entity("bad", a=1)))
        raise HanzeError("no")

    def bad_after_a_direct_write(uow: UnitOfWork) -> None:
        uow.save("new-tenant", outcome(None, entity("bad", a=1)))
        raise HanzeError("no")

    works = [good, bad, bad_after_a_direct_write]
    futures = [store.submit(work) for work in works]
    futures[0].result()
    for future in futures[1:]:
        with pytest.raises(HanzeError):
            future.result()
    assert ids(store, EntitySelection()) == ["good"]
    assert not store.has_tenant("new-tenant")
    assert [row.id for row in store.journal(0, 10)] == ["urn:ngsi-ld:T:good"]


def test_a_work_sees_the_works_before_it(store: Store) -> None:
    def add(uow: UnitOfWork) -> int:
        before = uow.entity("", "urn:ngsi-ld:T:1")
        value = before.attributes[iri("a")][0]["value"] + 1 if before else 0
        uow.save("", outcome(before, entity("1", a=value)))
        return int(value)

    futures = [store.submit(add) for _ in range(300)]
    assert [future.result() for future in futures] == list(range(300))
    rows = store.journal(0, 1000)
    assert all(second.seq == first.seq + 1 for first, second in pairwise(rows))
    assert len(rows) == 300


def test_pages_at_any_depth_follow_the_order_of_creation(store: Store) -> None:
    save(store, *(entity(str(n), a=n % 7) for n in range(500)))
    page = store.query("", NUMBERS, EVERYTHING, limit=5, offset=490, count=True)
    assert [one.id for one in page.entities] == [f"urn:ngsi-ld:T:{n}" for n in range(490, 495)]
    assert page.count == 500
    assert store.query("", NUMBERS, EVERYTHING, limit=0, count=True).count == 500
    assert store.query("", NUMBERS, EVERYTHING, limit=5, offset=5000, count=True).entities == []


def test_conditions_combine(store: Store) -> None:
    save(store, *(entity(str(n), a=n, even=n % 2 == 0, word="x" * n) for n in range(20)))
    q = All((number("a", ">", 3), Any_((number("a", "<", 6), number("a", ">=", 18)))))
    assert ids(store, EntitySelection(types=TypeIs(iri("T")), q=q)) == ["4", "5", "18", "19"]
    even = Compare(Path(iri("even")), "==", (Literal("boolean", True),))
    assert ids(store, EntitySelection(q=All((q, even)))) == ["4", "18"]
    assert ids(store, EntitySelection(q=Exists(Path(iri("nothing"))))) == []
    assert len(ids(store, EntitySelection(q=Exists(Path(iri("a")))))) == 20
    assert ids(store, EntitySelection(attributes=(iri("nothing"), iri("a")), ids=("urn:ngsi-ld:T:7",))) == ["7"]
    assert ids(store, EntitySelection(types=TypeIs(iri("T")), id_pattern=":1[0-2]$")) == ["10", "11", "12"]


def test_text_numbers_and_booleans_do_not_mix(store: Store) -> None:
    save(store, entity("n", v=5), entity("t", v="5"), entity("b", v=True), entity("long", v="y" * 500))
    everything = [("n", number("v", ">", 0)), ("n", number("v", "==", 5))]
    for expected, q in everything:
        assert ids(store, EntitySelection(q=q)) == [expected]
    text = Compare(Path(iri("v")), ">", (Literal("text", "4"),))
    assert ids(store, EntitySelection(q=text)) == ["t", "long"]
    long = Compare(Path(iri("v")), "==", (Literal("text", "y" * 500),))
    assert ids(store, EntitySelection(q=long)) == ["long"]


def test_several_types_and_scopes(store: Store) -> None:
    both = Entity("urn:x:both", [iri("A"), iri("B")], {iri("a"): [prop(1)]}, ["/Europe/NL"], "", "")
    save(store, both, entity("1", "A", a=1), entity("2", "B", a=2))
    a_and_b = All((TypeIs(iri("A")), TypeIs(iri("B"))))
    assert ids(store, EntitySelection(types=a_and_b)) == ["both"]
    assert ids(store, EntitySelection(types=Any_((TypeIs(iri("A")), TypeIs(iri("B")))))) == ["both", "1", "2"]
    assert ids(store, EntitySelection(scope_q=ScopeIs(("Europe", "#")))) == ["both"]
    assert store.types("", EVERYTHING) == sorted([iri("A"), iri("B")])
    details = store.type_details("", iri("A"), EVERYTHING)
    assert details == (2, {iri("a"): ["Property"]})
    assert store.attribute_details("", iri("a"), EVERYTHING) == (3, ["Property"], [iri("A"), iri("B")])


def test_order(store: Store) -> None:
    save(store, entity("1", a=2, n="b"), entity("2", a=10, n="a"), entity("3", n="c"))
    by_a = Order(Path(iri("a")), descending=True)
    assert ids(store, NUMBERS, order=[by_a]) == ["2", "1", "3"]
    assert ids(store, NUMBERS, order=[Order(Path(iri("n")))]) == ["2", "1", "3"]
    assert ids(store, NUMBERS, order=[Order(Path("id"), descending=True)]) == ["3", "2", "1"]


def test_tenants_do_not_mix(store: Store) -> None:
    save(store, entity("1", a=1))
    save(store, entity("1", a=2), tenant="other")
    assert store.tenants() == ["", "other"]
    mine, other = (store.get(tenant, "urn:ngsi-ld:T:1", EVERYTHING) for tenant in ("", "other"))
    assert mine is not None and other is not None
    assert (mine.attributes[iri("a")][0]["value"], other.attributes[iri("a")][0]["value"]) == (1, 2)
    assert store.query("other", EntitySelection(q=number("a", "==", 1)), EVERYTHING, limit=5).entities == []
    assert store.submit(lambda uow: uow.drop_tenant("other")).result()
    assert store.get("other", "urn:ngsi-ld:T:1", EVERYTHING) is None
    assert store.get("", "urn:ngsi-ld:T:1", EVERYTHING) is not None


def test_what_expires_is_unseen_at_once_and_deleted_later(store: Store, clock: Clock) -> None:
    one = entity("1", a=1)
    one.expires = "2026-01-01T00:01:00Z"
    save(store, one)
    assert store.get("", one.id, EVERYTHING) is not None
    clock.forward(61)
    assert store.get("", one.id, EVERYTHING) is None
    assert ids(store, NUMBERS) == []
    assert store.submit(lambda uow: uow.expire(100)).result() == 1
    assert store.submit(lambda uow: uow.expire(100)).result() == 0
    assert [row.kind for row in store.journal(0, 10)] == ["created", "deleted"]
