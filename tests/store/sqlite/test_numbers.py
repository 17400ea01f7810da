# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers as arrays: what temporal reads show as documents, without what is no number, and nothing beyond a scope."""

from typing import Any

from hanze.ngsild.selection import Window
from hanze.store.base import Numbers, Store
from hanze.store.scope import EVERYTHING, Grant, Scope
from tests.contract.making import iri
from tests.store.sqlite.past import EVER, HOUR, ID, NOON, append, between, observe, seen


def read(store: Store, window: Window = EVER, scope: Scope = EVERYTHING, dataset: str | None = None) -> list[Numbers]:
    return store.numbers("", ID, iri("no2"), dataset, window, scope)


def told(found: Numbers) -> tuple[str | None, list[float], list[float]]:
    """Unit, hours after noon, values."""
    return found.unit, ((found.moments - NOON) / HOUR).tolist(), found.values.tolist()


def test_in_order_and_within_the_window(store: Store) -> None:
    observe(store, ID, [0, 1, 2, 3], [5, 6.5, 7, 8])
    (found,) = read(store)
    assert told(found) == ("GQ", [0, 1, 2, 3], [5, 6.5, 7, 8])
    assert found.values.dtype == float
    (found,) = read(store, between(1, 3))
    assert told(found) == ("GQ", [1, 2], [6.5, 7])
    assert read(store, between(10, 11)) == []


def test_what_is_no_number_is_left_out(store: Store) -> None:
    odd: list[Any] = ["high", True, False, [1], {"a": 1}, 4, 5.5]
    append(store, ID, no2=[seen(value, hours) for hours, value in enumerate(odd)])
    assert [told(found) for found in read(store)] == [(None, [5, 6], [4, 5.5])]


def test_a_number_with_members_of_its_own_counts(store: Store) -> None:
    append(store, ID, no2=[seen(3, 0, precision={"type": "Property", "value": 1})])
    assert [told(found) for found in read(store)] == [(None, [0], [3])]


def test_units_stay_apart_and_the_newest_comes_last(store: Store) -> None:
    append(store, ID, no2=[seen(1, 0, unitCode="GQ"), seen(2, 1, unitCode="59"), seen(3, 2, unitCode="GQ")])
    assert [told(found) for found in read(store)] == [("59", [1], [2]), ("GQ", [0, 2], [1, 3])]


def test_datasets_stay_apart(store: Store) -> None:
    append(store, ID, no2=[seen(1, 0), seen(2, 0, datasetId="urn:x:other")])
    assert [told(found) for found in read(store)] == [(None, [0], [1])]
    assert [told(found) for found in read(store, dataset="urn:x:other")] == [(None, [0], [2])]


def test_what_a_scope_hides_is_not_there(store: Store) -> None:
    observe(store, ID, [0, 1, 2, 3], [5, 6, 7, 8])
    part = Scope((Grant(since=NOON + HOUR, until=NOON + 3 * HOUR),))
    assert [told(found) for found in read(store, scope=part)] == [("GQ", [1, 2], [6, 7])]
    assert read(store, scope=Scope((Grant(attributes=frozenset({iri("o3")})),))) == []
    assert read(store, scope=Scope((Grant(types=frozenset({iri("Other")})),))) == []


def test_nothing_of_what_is_not_known(store: Store) -> None:
    assert read(store) == []
    observe(store, ID, [0], [5])
    assert store.numbers("", ID, iri("o3"), None, EVER, EVERYTHING) == []
    assert store.numbers("other", ID, iri("no2"), None, EVER, EVERYTHING) == []
