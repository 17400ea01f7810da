# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What agreements ask of a scope: nothing from outside a period, also not what is current, and no moment at which something
hidden came in."""

import pytest

from hanze.ngsild import operations
from hanze.ngsild.entity import Entity, Instance
from hanze.ngsild.selection import Compare, EntitySelection, Exists, Literal, Order, Path, TypeIs, Window
from hanze.ngsild.times import text
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING, Grant, Scope
from tests.contract.conftest import START, Clock
from tests.contract.making import iri

HOUR = 3_600_000_000
ID = "urn:ngsi-ld:Noise:1"
TYPE = frozenset({iri("Noise")})
A, B = iri("a"), iri("b")
PERIOD = Scope((Grant(types=TYPE, attributes=frozenset({A}), since=START, until=START + HOUR),))


def observed(value: float, at: int | None = None, **more: object) -> Instance:
    seen = {} if at is None else {"observedAt": text(at)}
    return {"type": "Property", "value": value, **seen, **more}


def keep(store: Store, clock: Clock, at: int, id: str = ID, **attributes: Instance) -> None:
    """As a request at this moment does: the attributes are added, or replace those that are there."""

    def work(uow: UnitOfWork) -> None:
        given = Entity(id, [iri("Noise")], {iri(name): [one] for name, one in attributes.items()})
        before = uow.entity("", id)
        made = operations.create(given, uow.stamp) if before is None else operations.merge(before, given, uow.stamp)
        uow.save("", made)

    clock.now = at
    store.submit(work).result()


def current(store: Store, scope: Scope) -> list[float]:
    found = store.get("", ID, scope)
    assert found is not None
    return [one["value"] for one in found.attributes.get(A, [])]


@pytest.mark.parametrize(
    ("at", "seen"), [(START - 1, []), (START, [5.0]), (START + HOUR - 1, [5.0]), (START + HOUR, [])]
)
def test_what_is_current_and_was_observed_outside_the_period_is_hidden(
    store: Store, clock: Clock, at: int, seen: list[float]
) -> None:
    keep(store, clock, START + 2 * HOUR, a=observed(5.0, at))
    assert current(store, EVERYTHING) == [5.0] and current(store, PERIOD) == seen
    more = Compare(Path(A), ">", (Literal("number", 1),))
    for selection in (
        EntitySelection(q=more), EntitySelection(q=Exists(Path(A))), EntitySelection(attributes=(A,)),
        EntitySelection(types=TypeIs(iri("Noise")), q=Compare(Path(A), "!=", (Literal("number", 1),))),
    ):  # fmt: skip
        assert store.query("", selection, PERIOD, limit=5, count=True).count == len(seen), selection
    assert store.attributes("", PERIOD) == ([A] if seen else [])
    told = store.attribute_details("", A, PERIOD)
    assert (told is not None) is bool(seen)


def test_what_was_said_without_a_moment_counts_from_then_on(store: Store, clock: Clock) -> None:
    keep(store, clock, START - HOUR, a=observed(5.0))
    clock.now = START + 2 * HOUR
    assert current(store, PERIOD) == [5.0]
    keep(store, clock, START + 2 * HOUR, a=observed(6.0))
    assert current(store, PERIOD) == []
    window = Window(relation="before", start=clock.now + HOUR)
    q = Compare(Path(A), ">", (Literal("number", 5),))
    # It is no condition on what was known then, either.
    assert store.temporal_query("", EntitySelection(q=q), window, EVERYTHING, limit=5).entities == []
    assert store.temporal_query("", EntitySelection(q=q), window, PERIOD, limit=5).entities == []


def test_an_order_by_what_is_hidden_by_its_moment_places_nothing(store: Store, clock: Clock) -> None:
    for n, (value, at) in enumerate([(3, START), (2, START + HOUR), (1, START + 1)]):
        keep(store, clock, START + 2 * HOUR, f"urn:x:{n}", a=observed(value, at))
    page = store.query("", EntitySelection(), PERIOD, limit=5, order=[Order(Path(A))])
    assert [one.id[-1] for one in page.entities] == ["2", "0", "1"]


def test_nobody_learns_when_something_hidden_came_in(store: Store, clock: Clock) -> None:
    only = Scope((Grant(attributes=frozenset({A})),))
    keep(store, clock, START, ID, a=observed(1), b=observed(1))
    keep(store, clock, START, "urn:x:2", a=observed(1), b=observed(1))
    keep(store, clock, START + HOUR, "urn:x:2", a=observed(2))
    keep(store, clock, START + 2 * HOUR, ID, b=observed(2))

    def seen(scope: Scope) -> tuple[list[str], list[str], int | None]:
        by = [Order(Path("modifiedAt"), descending=True)]
        late = Compare(Path("modifiedAt"), ">", (Literal("word", text(START + HOUR)),))
        page = store.query("", EntitySelection(), scope, limit=5, order=by)
        found = store.query("", EntitySelection(q=late), scope, limit=5, count=True)
        return [one.id[-1] for one in page.entities], [one.modified for one in page.entities], found.count

    assert seen(EVERYTHING) == (["1", "2"], [text(START + 2 * HOUR), text(START + HOUR)], 1)
    assert seen(only) == (["2", "1"], [text(START + HOUR), text(START)], 0)
    history = store.temporal("", ID, Window(), only)
    assert history is not None and history.modified == text(START)


def test_a_condition_on_the_last_change_sees_no_more_than_the_period(store: Store, clock: Clock) -> None:
    keep(store, clock, START, ID, a=observed(1, START))
    keep(store, clock, START + HOUR, ID, a=observed(2, START + 2 * HOUR))
    then = Compare(Path("modifiedAt"), "==", (Literal("word", text(START)),))
    for scope, count in ((EVERYTHING, 0), (PERIOD, 1)):
        for limit in (1, 5):
            assert len(store.query("", EntitySelection(q=then), scope, limit=limit).entities) == count
        assert store.query("", EntitySelection(q=then), scope, limit=5, count=True).count == count
