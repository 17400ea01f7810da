# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What agreements ask of a scope: nothing from outside a period, also not what is current, and no moment at which something
hidden came in."""

from typing import Any

import pytest

from hanze.ngsild import duration, operations
from hanze.ngsild.entity import NULL, Entity, Instance
from hanze.ngsild.selection import Compare, EntitySelection, Exists, Literal, Order, Path, TypeIs, Window
from hanze.ngsild.times import text
from hanze.store.base import Store, UnitOfWork
from hanze.store.mask import LOCATION
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
        named = {LOCATION if name == "location" else iri(name): [one] for name, one in attributes.items()}
        given = Entity(id, [iri("Noise")], named)
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


SQUARE = {"type": "Polygon", "coordinates": [[[4.0, 52.0], [5.0, 52.0], [5.0, 53.0], [4.0, 53.0], [4.0, 52.0]]]}
INSIDE, OUTSIDE, BORDER = (4.5, 52.5), (6.0, 52.5), (5.0, 52.5)
NEARBY = Scope((Grant(types=TYPE, attributes=frozenset({A, LOCATION}), area=SQUARE),))
AVERAGES = Scope((Grant(types=TYPE, attributes=frozenset({A}), area=SQUARE, level=HOUR),))


def at(place: tuple[float, float]) -> Instance:
    return {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [*place]}}


def drive(store: Store, clock: Clock, *places: tuple[float, float] | None, id: str = ID) -> None:
    """An hour at each of the places, and in the middle of it three values: 0, 1 and 2 in the first hour, 10, 11 and 12 in the
    second, and so on. None: the place is deleted."""
    for hour, place in enumerate(places):
        start = START + hour * HOUR
        gone: Instance = {"type": "GeoProperty", "value": NULL}
        keep(store, clock, start, id, location=gone if place is None else at(place))
        for n in range(3):
            moment = start + (n + 1) * HOUR // 4
            keep(store, clock, moment, id, a=observed(10 * hour + n, moment))
    clock.now = START + len(places) * HOUR


def told(store: Store, scope: Scope, name: str = A) -> list[Any]:
    found = store.temporal("", ID, Window(), scope)
    assert found is not None
    return [one.doc["value"] for one in found.attributes.get(name, [])]


def test_of_what_moved_the_history_is_shown_of_when_it_was_in_the_area(store: Store, clock: Clock) -> None:
    drive(store, clock, OUTSIDE, INSIDE, OUTSIDE, None, BORDER)
    assert told(store, EVERYTHING) == [10 * hour + n for hour in range(5) for n in range(3)]
    assert told(store, NEARBY) == [10, 11, 12, 40, 41, 42]
    assert [one["coordinates"] for one in told(store, NEARBY, LOCATION)] == [[*INSIDE], [*BORDER]]
    after, ever = Window(relation="after", start=START), Window()
    for value, scope, found in ((11, NEARBY, 1), (21, NEARBY, 0), (1, NEARBY, 0), (31, NEARBY, 0), (21, EVERYTHING, 1)):
        q = Compare(Path(A), "==", (Literal("number", value),))
        page = store.temporal_query("", EntitySelection(q=q), after, scope, limit=5, count=True)
        assert (page.count, len(page.entities)) == (found, found), value
    (whole,) = store.temporal_query("", EntitySelection(), after, NEARBY, limit=5).entities
    assert [one.doc["value"] for one in whole.attributes[A]] == [10, 11, 12, 40, 41, 42]
    (sum_of,) = store.aggregate("", ID, A, None, ever, NEARBY, ["sum", "max"], duration.parse("PT0S"))
    assert sum_of.values == {"sum": 156, "max": 42}
    (numbers,) = store.numbers("", ID, A, None, ever, NEARBY)
    assert [*numbers.values] == [10, 11, 12, 40, 41, 42]


def test_averages_of_what_moved_are_of_when_it_was_in_the_area(store: Store, clock: Clock) -> None:
    drive(store, clock, OUTSIDE, INSIDE, OUTSIDE, INSIDE)

    def sums(scope: Scope) -> list[Any]:
        found = store.aggregate("", ID, A, None, Window(), scope, ["sum"], duration.parse("PT1H"))
        return [one.values["sum"] for one in found]

    everywhere = Scope((Grant(types=TYPE, attributes=frozenset({A}), level=HOUR),))
    assert sums(everywhere) == [3, 33, 63, 93] and sums(AVERAGES) == [33, 93]
    both = Scope((*AVERAGES.grants, *everywhere.grants))
    assert sums(both) == [3, 33, 63, 93]
    for hour, found in enumerate([0, 1, 0, 1]):
        window = Window(relation="between", start=START + hour * HOUR, end=START + (hour + 1) * HOUR)
        page = store.temporal_query("", EntitySelection(), window, AVERAGES, limit=5, aggregated=True)
        assert len(page.entities) == found, hour


def test_where_it_was_before_its_first_place_was_known_it_was_then(store: Store, clock: Clock) -> None:
    keep(store, clock, START, a=observed(1, START - HOUR))
    keep(store, clock, START, location=at(INSIDE))
    keep(store, clock, START + HOUR, location=at(OUTSIDE), a=observed(2, START + HOUR))
    keep(store, clock, START + 2 * HOUR, location=at(INSIDE), a=observed(3, START + 2 * HOUR))
    assert told(store, NEARBY) == [1, 3]
