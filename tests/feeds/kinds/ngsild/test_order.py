# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Copies and notifications come in any order, and late: in the end the mirror is as the other is, and never goes back in time."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.feeds.kinds.ngsild.order import Order, Sifted
from hanze.feeds.kinds.ngsild.reading import Key, Told
from hanze.ngsild.entity import NULL, Entity, Instance
from hanze.ngsild.operations.nulls import is_null

ID, TYPE, A, B = "urn:x:1", "urn:t", "urn:a", "urn:b"


def told(modified: int = 0, deleted: int | None = None, **values: Any) -> Told:
    """An entity; a value is (value, modified), or (value, modified, observed)."""
    attributes: dict[str, list[Instance]] = {}
    moments: dict[Key, int] = {}
    for name, (value, moment, *observed) in values.items():
        one = {"type": "Property", "value": value}
        attributes[f"urn:{name}"] = [{**one, "observedAt": f"2026-01-01T00:00:{observed[0]:02}Z"} if observed else one]
        if moment:
            moments[(f"urn:{name}", None)] = moment
    return Told(Entity(ID, [TYPE], attributes), max([modified, *moments.values()]), moments, deleted)


def values(entity: Entity | None) -> dict[str, Any] | None:
    return None if entity is None else {name: one[0]["value"] for name, one in entity.attributes.items()}


def test_a_copy_that_was_asked_for_before_a_notification_came_overwrites_nothing_newer() -> None:
    order = Order()
    order.notified(told(a=(2, 20), b=(1, 10)), came=5.0)
    sifted = order.copied(told(a=(1, 10), b=(1, 10), c=(1, 10)), asked=4.0)
    assert (values(sifted.now), sifted.whole) == ({"urn:c": 1}, False)
    newer = order.copied(told(a=(3, 30), b=(1, 10)), asked=4.5)
    assert (values(newer.now), newer.whole) == ({A: 3, B: 1}, True), (
        "a copy may be newer although it was asked for before"
    )
    last = order.copied(told(b=(1, 10)), asked=6.0)
    assert last == Sifted(told(b=(1, 10)).entity, None, True), "one that was asked for later is the whole truth"


def test_where_the_other_tells_no_times_the_moments_of_asking_and_coming_decide() -> None:
    order = Order()
    order.notified(told(a=(2, 0)), came=5.0)
    assert values(order.copied(told(a=(1, 0), b=(1, 0)), asked=4.0).now) == {B: 1}
    assert values(order.copied(told(a=(1, 0), b=(1, 0)), asked=5.5).now) == {A: 1, B: 1}


def test_a_notification_that_was_on_its_way_too_long_joins_the_history_alone() -> None:
    order = Order()
    order.copied(told(a=(3, 30, 3), b=(1, 10, 1)), asked=1.0)
    late = order.notified(told(a=(2, 20, 2), b=(1, 10, 1)), came=2.0)
    assert (values(late.now), values(late.past)) == ({}, {A: 2}), "b is not what it is about"
    assert order.notified(told(a=(2, 20), b=(1, 10)), came=3.0).past is None, (
        "without observedAt there is no place for it"
    )
    assert values(order.notified(told(a=(4, 40, 4), b=(1, 10, 1)), came=4.0).now) == {A: 4}
    assert values(order.notified(told(a=(3, 35, 3)), came=5.0).now) == {}, "notifications overtake each other"


def test_what_was_deleted_comes_back_only_when_it_was_made_again() -> None:
    order = Order()
    assert order.notified(told(deleted=20), came=5.0).now is not None
    assert order.copied(told(a=(1, 10)), asked=4.0).now is None
    assert order.notified(told(a=(1, 15)), came=6.0).now is None
    assert values(order.copied(told(a=(1, 30)), asked=4.0).now) == {A: 1}
    assert order.notified(told(deleted=20), came=7.0).now is None, "the deletion is older than the copy"
    order = Order()
    order.notified(told(deleted=0), came=5.0)
    assert order.copied(told(a=(1, 0)), asked=4.0).now is None
    assert order.copied(told(a=(1, 0)), asked=6.0).whole


def test_an_attribute_that_was_deleted_stays_so_and_one_that_came_again_too() -> None:
    order = Order()
    order.notified(told(20, a=(NULL, 0)), came=5.0)
    assert values(order.copied(told(15, a=(1, 15), b=(1, 10)), asked=4.0).now) == {B: 1}
    order.copied(told(a=(2, 30)), asked=6.0)
    assert values(order.notified(told(20, a=(NULL, 0)), came=7.0).now) == {}


def test_what_is_missing_stays_where_something_of_it_came_meanwhile() -> None:
    order = Order()
    order.notified(told(a=(1, 10)), came=5.0)
    assert order.stays(ID, asked=4.0)
    assert not order.stays(ID, asked=6.0)
    order.notified(told(deleted=20), came=7.0)
    assert not order.stays(ID, asked=6.5)


class Other:
    """Another broker with one entity; each change gives a notification. `still`: how many changes one moment has."""

    def __init__(self, *, times: bool, still: int) -> None:
        self.values: dict[str, tuple[int, int]] | None = None
        self.sent: list[Told] = []
        self._times = times
        self._still = still
        self._changes = 0
        self._modified = 0

    def _now(self) -> int:
        self._changes += 1
        return 100 + self._changes // self._still if self._times else 0

    def write(self, name: str) -> None:
        now = self._now()
        self.values = {**(self.values or {}), name: (self._changes, now)}
        self._modified = now
        self.sent.append(self.copy())

    def remove(self, name: str) -> None:
        if self.values and name in self.values:
            self._modified = self._now()
            self.values = {key: value for key, value in self.values.items() if key != name}
            copy = self.copy()
            copy.entity.attributes[f"urn:{name}"] = [{"type": "Property", "value": NULL}]
            self.sent.append(copy)

    def delete(self) -> None:
        if self.values is not None:
            self.sent.append(told(deleted=self._now()))
            self.values = None

    def copy(self) -> Told:
        return told(self._modified, None, **(self.values or {}))


class Mirror:
    """What comes out of the order, as the store takes it."""

    def __init__(self) -> None:
        self.order = Order()
        self.values: dict[str, Any] | None = None
        self.news: list[int] = []

    def notified(self, one: Told, came: float) -> None:
        sifted = self.order.notified(one, came)
        if sifted.now is not None and one.deleted is not None:
            self.values = None
        else:
            self._take(sifted)

    def copied(self, one: Told, asked: float) -> None:
        self._take(self.order.copied(one, asked))

    def _take(self, sifted: Sifted) -> None:
        if sifted.now is None:
            return
        kept = {} if sifted.whole or self.values is None else dict(self.values)
        for name, (one,) in sifted.now.attributes.items():
            if is_null(one):
                kept.pop(name, None)
            else:
                kept[name] = one["value"]
        self.values = kept


STEPS = st.lists(
    st.sampled_from(["write a", "write b", "remove a", "delete", "deliver", "deliver", "ask", "page", "miss"]),
    max_size=40,
)


def run(other: Other, steps: list[str], choose: Callable[[int], int]) -> tuple[Mirror, Other]:
    """Runs the steps, then delivers all that is left. `choose`: which of so many notifications is delivered."""
    mirror, asked, moment = Mirror(), list[tuple[Told | None, float]](), 0.0
    other.write("a")

    def deliver() -> None:
        if other.sent:
            mirror.notified(other.sent.pop(choose(len(other.sent))), moment)

    def page() -> None:
        if asked:
            copy, when = asked.pop(0)
            if copy is not None:
                mirror.copied(copy, when)
            elif not mirror.order.stays(ID, when):
                mirror.values = None

    for step in steps:
        moment += 1
        word, _, name = step.partition(" ")
        if word == "write":
            other.write(name)
        elif word == "remove":
            other.remove(name)
        elif word == "delete":
            other.delete()
        elif word == "deliver":
            deliver()
        elif word == "ask":
            asked.append((other.copy() if other.values is not None else None, moment))
        else:
            page()
    while asked or other.sent:
        moment += 1
        page()
        deliver()
    return mirror, other


@pytest.mark.parametrize(("times", "still"), [(True, 1), (True, 3), (False, 1)])
@given(steps=STEPS)
def test_in_whatever_way_they_interleave_the_mirror_is_right_in_the_end(
    times: bool, still: int, steps: list[str]
) -> None:
    mirror, other = run(Other(times=times, still=still), steps, lambda count: 0)
    wanted = None if other.values is None else {f"urn:{name}": value for name, (value, _) in other.values.items()}
    assert mirror.values == wanted


@given(steps=STEPS, seed=st.integers(0, 1000))
def test_notifications_that_overtake_each_other_do_no_harm_where_the_other_tells_times(
    steps: list[str], seed: int
) -> None:
    chance = random.Random(seed)
    lasting = [step for step in steps if step != "delete"]
    mirror, other = run(Other(times=True, still=1), lasting, chance.randrange)
    assert mirror.values == {f"urn:{name}": value for name, (value, _) in (other.values or {}).items()}
