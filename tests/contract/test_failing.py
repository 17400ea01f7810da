# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A work that raises leaves nothing of whatever it did, and the works beside it are as if it had never been."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from hanze.errors import InvalidRequest
from hanze.ngsild.duration import parse as duration
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, Window
from hanze.store.base import RetentionRule, Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from tests.contract.conftest import START, VAULT, Clock
from tests.contract.making import entity, iri, outcome, prop, remove, save

SECONDS = 10
MIN = 60_000_000
OLD, GONE = "urn:ngsi-ld:T:old", "urn:ngsi-ld:T:gone"

DEEDS: dict[str, Callable[[UnitOfWork], object]] = {
    "save": lambda uow: uow.save("", outcome(uow.entity("", OLD), entity("old", a=9, c=1))),
    "save elsewhere": lambda uow: uow.save("north", outcome(None, entity("new", a=1))),
    "delete": lambda uow: uow.save("", outcome(uow.entity("", OLD), None)),
    "select": lambda uow: uow.select("", EntitySelection(), 10, EVERYTHING),
    "append": lambda uow: uow.append_history("", entity("old", a=prop(1, observedAt="2025-01-01T00:00:00Z"))),
    "append new": lambda uow: uow.append_history("", entity("past", a=1)),
    "observe": lambda uow: uow.observe("", OLD, [iri("T")], iri("a"), {"type": "Property"}, [START, START + 1], [1, 2]),
    "delete history": lambda uow: uow.delete_history("", OLD, iri("a"), every_dataset=True),
    "end history": lambda uow: uow.end_history("", OLD, iri("a")),
    "replace": lambda uow: uow.replace_instance("", OLD, iri("a"), 1, prop(7)),
    "erase": lambda uow: uow.erase("", OLD),
    "erase attribute": lambda uow: uow.erase("", OLD, iri("a")),
    "expire": lambda uow: uow.expire(10),
    "retain": lambda uow: uow.retain([RetentionRule(None, None, 1)], 10),
    "trim": lambda uow: uow.trim(),
    "tenant": lambda uow: uow.tenant("east"),
    "drop tenant": lambda uow: uow.drop_tenant("south"),
    "vault": lambda uow: uow.vault(VAULT).insert({"name": "Tom"}),
    "vault update": lambda uow: uow.vault(VAULT).update({"name": "Rex"}, {"age": 4}),
    "vault delete": lambda uow: uow.vault(VAULT).delete({"name": "Rex"}),
    "position": lambda uow: uow.position("slow", 3),
    "watch": lambda uow: uow.watch("quick", None),
    "forget": lambda uow: uow.forget("slow"),
    "touch": lambda uow: uow.touch(),
}


class No(Exception):
    pass


def fill(store: Store, clock: Clock) -> None:
    store.submit(lambda uow: uow.watch("slow", [])).result()
    store.submit(lambda uow: uow.vault(VAULT).insert({"name": "Rex", "age": 3})).result()
    save(store, entity("old", a=1, b=prop(1, expiresAt="2026-01-01T00:01:00Z")), entity("gone", a=1))
    save(store, entity("1", a=1), tenant="south")
    remove(store, GONE)
    clock.forward(3 * 86_400)


def told(store: Store) -> dict[str, Any]:
    """What can be read, numbers of instances included."""
    return {
        "entities": {
            tenant: store.query(tenant, EntitySelection(), EVERYTHING, limit=50) for tenant in store.tenants()
        },
        "histories": [store.temporal("", id, Window(), EVERYTHING) for id in (OLD, GONE, "urn:ngsi-ld:T:past")],
        "types": store.types("", EVERYTHING),
        "attributes": store.attributes("", EVERYTHING),
        "journal": store.journal(0, 100),
        "consumers": store.consumers(),
        "head": store.head(),
        "vault": store.vault(VAULT).select(),
    }


def together(store: Store, *works: Callable[[UnitOfWork], object]) -> list[BaseException | None]:
    """Runs works that have gathered into one transaction; what each one raised."""
    begun, go_on = threading.Event(), threading.Event()

    def hold(uow: UnitOfWork) -> None:
        begun.set()
        go_on.wait(SECONDS)

    store.submit(hold)
    begun.wait(SECONDS)
    futures = [store.submit(work) for work in works]
    go_on.set()
    return [future.exception(SECONDS) for future in futures]


@pytest.mark.parametrize("deed", DEEDS)
def test_a_work_that_raises(store: Store, clock: Clock, deed: str) -> None:
    fill(store, clock)
    before = told(store)

    def bad(uow: UnitOfWork) -> None:
        uow.save("", outcome(None, entity("bad", z=1)))
        DEEDS[deed](uow)
        uow.save("", outcome(uow.entity("", "urn:ngsi-ld:T:bad"), entity("bad", z=2)))
        raise No

    assert isinstance(store.submit(bad).exception(SECONDS), No)
    assert told(store) == before


@pytest.mark.parametrize("deed", DEEDS)
def test_the_works_beside_it(store: Store, clock: Clock, twin: tuple[Store, Clock], deed: str) -> None:
    """They end as they do without it: what they read, what they give, and the numbers that they are given."""
    fill(store, clock)
    seen: list[object] = []

    def good(uow: UnitOfWork) -> None:
        old = uow.entity("", OLD)
        uow.save("", outcome(None, entity("first", a=1)))
        seen.append((old, uow.types("", GONE), uow.head()))

    def bad(uow: UnitOfWork) -> None:
        DEEDS[deed](uow)
        raise No

    def later(uow: UnitOfWork) -> None:
        seen.append((uow.entity("", OLD), uow.head()))
        DEEDS[deed](uow)

    raised = together(store, good, bad, later)
    assert [type(one) for one in raised] == [type(None), No, type(None)]
    found, kept = told(store), seen[-2:]

    # The same without the one in the middle, in a store of its own.
    other, its_clock = twin
    fill(other, its_clock)
    seen.clear()
    assert together(other, good, later) == [None, None]
    assert (told(other), seen) == (found, kept)


def test_a_question_that_fails_half_way_leaves_no_old_state_to_the_next(store: Store) -> None:
    """The error is kept, and with it all that was under way, as it is while it is told."""
    seen = [
        {"type": "Property", "value": word, "observedAt": f"2026-01-0{n}T00:00:00Z"} for n, word in enumerate("abc", 1)
    ]
    store.submit(lambda uow: uow.append_history("", Entity("urn:x:1", [iri("T")], {iri("a"): seen}))).result()
    with pytest.raises(InvalidRequest) as kept:
        store.aggregate("", "urn:x:1", iri("a"), None, Window(), EVERYTHING, ("avg",), duration("P1D"))
    save(store, entity("2"))
    assert kept.value.__traceback__ is not None
    assert store.get("", "urn:ngsi-ld:T:2", EVERYTHING) is not None and store.journal(store.head() - 1, 5)
    assert store.query("", EntitySelection(), EVERYTHING, limit=5, count=True).count == 1
