# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Only news becomes a change; what is late or revised is kept in the history, and nothing that is known comes twice."""

from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from hanze.feeds import making
from hanze.feeds.tables.shaping import Series
from hanze.feeds.writing import MOST_ROWS, take, works
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import Window
from hanze.ngsild.times import system
from hanze.store import sqlite
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING

ID = "urn:ngsi-ld:Station:1"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = sqlite.open(tmp_path, clock=system)
    yield made
    made.close()


def reading(value: float | None, hour: int, **more: str) -> Entity:
    at = f"2026-01-01T{hour:02}:00:00Z"
    texts = {name: making.plain(text) for name, text in more.items()}
    return making.entity(ID, "Station", {"no2": making.number(value, "GQ", at), **texts})


def taken(store: Store, *entities: Entity) -> int:
    return store.submit(lambda uow: take(uow, "", entities)).result()


def now(store: Store) -> dict[str, object]:
    found = store.get("", ID, EVERYTHING)
    assert found is not None
    return {name.rpartition("/")[2]: one[0]["value"] for name, one in found.attributes.items()}


def past(store: Store) -> list[tuple[str, object]]:
    found = store.temporal("", ID, Window(), EVERYTHING)
    assert found is not None
    return [(one.doc["observedAt"][11:13], one.doc["value"]) for one in found.attributes[CORE.expand("no2")]]


def test_what_is_known_is_no_news(store: Store) -> None:
    assert taken(store, reading(1.0, 1, name="Quay")) == 1
    head = store.head()
    assert taken(store, reading(1.0, 1, name="Quay"), reading(None, 1)) == 0
    assert store.head() == head
    assert taken(store, reading(1.0, 1, name="Old quay")) == 1
    assert past(store) == [("01", 1.0)]
    assert now(store) == {"no2": 1.0, "name": "Old quay"}


def test_what_is_late_joins_the_history_alone(store: Store) -> None:
    assert taken(store, reading(3.0, 3)) == 1
    assert taken(store, reading(2.0, 2, name="Quay")) == 1
    assert now(store) == {"no2": 3.0, "name": "Quay"}
    assert past(store) == [("02", 2.0), ("03", 3.0)]
    assert taken(store, reading(2.0, 2)) == 0
    assert past(store) == [("02", 2.0), ("03", 3.0)]


def test_what_is_revised_is_kept_in_both_versions(store: Store) -> None:
    taken(store, reading(3.0, 3))
    assert taken(store, reading(3.5, 3)) == 1
    assert now(store) == {"no2": 3.5}
    assert past(store) == [("03", 3.0), ("03", 3.5)]
    taken(store, reading(4.0, 4))
    assert taken(store, reading(3.7, 3)) == 1
    assert now(store) == {"no2": 4.0}
    assert [value for _, value in past(store)] == [3.0, 3.5, 3.7, 4.0]


def test_readings_of_one_entity_come_in_one_go(store: Store) -> None:
    assert taken(store, *(reading(float(hour), hour) for hour in range(5))) == 5
    assert past(store) == [(f"{hour:02}", float(hour)) for hour in range(5)]


def test_a_type_or_scope_that_comes_in_is_news(store: Store) -> None:
    taken(store, reading(1.0, 1))
    other = reading(1.0, 1)
    other.types = [CORE.expand("Place")]
    assert taken(store, other) == 1
    found = store.get("", ID, EVERYTHING)
    assert found is not None
    assert found.types == [CORE.expand("Station"), CORE.expand("Place")]
    assert taken(store, other) == 0


def test_history_in_bulk_comes_in_transactions_that_are_never_long(store: Store) -> None:
    lengths = (MOST_ROWS // 2, MOST_ROWS // 2, 1, MOST_ROWS * 2 + 1)
    series = [
        Series(
            f"{ID}{number}", CORE.expand("Station"), CORE.expand("no2"), {"type": "Property"},
            array("q", range(length)), array("d", [1.0] * length),
        )
        for number, length in enumerate(lengths)
    ]  # fmt: skip
    found = [store.submit(work).result() for work in works("", [], series, take)]
    assert found == [MOST_ROWS, 1, MOST_ROWS, MOST_ROWS, 1]
