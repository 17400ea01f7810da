# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the readers with one scope see of changes: within an area, and never more than they may know."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hanze.store import sqlite
from hanze.store.base import Store
from hanze.store.scope import Grant, Scope
from hanze.web.live.recent import Changes, Recent
from hanze.web.live.view import View
from tests.contract.conftest import Clock
from tests.contract.making import entity, iri, point, remove, save

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
LOCATION = "https://uri.etsi.org/ngsi-ld/location"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = sqlite.open(tmp_path, clock=Clock())
    yield opened
    opened.close()


class Reader:
    """Takes turns like the hub, and gives what is told."""

    def __init__(self, store: Store, scope: Scope, most: int = 100) -> None:
        self.view = View(store, scope, "")
        self._store = store
        self._most = most
        self._recent = Recent()
        self._recent.begin(store.head())

    def turn(self) -> tuple[str, list[str]]:
        """The JSON of the entities, and the last parts of the ids that are gone."""
        after = self._recent.cursor
        self._recent.forward(self._store.journal(after, 1000))
        changes: Changes = self._recent.since("", after)
        seen = self.view.look(changes)
        self.view.tell(changes, seen, self._most)
        entities, gone = self.view.pick(changes, seen, None, after)
        return b",".join(entities).decode(), [id.rpartition(":")[2] for id in gone]


def place(store: Store, id: str, lon: float, value: int) -> None:
    made = entity(id, "Bus", speed=value)
    made.attributes[LOCATION] = [point(lon, 0.5)]
    save(store, made)


def test_who_leaves_the_area_is_gone_once(store: Store) -> None:
    reader = Reader(store, Scope((Grant(area=SQUARE),)))
    place(store, "1", 0.5, 1)
    place(store, "2", 5.5, 1)
    text, gone = reader.turn()
    assert "Bus:1" in text and "Bus:2" not in text and not gone
    place(store, "1", 1.5, 2)
    assert reader.turn() == ("", ["1"])
    place(store, "1", 1.6, 3)
    assert reader.turn() == ("", []), "where it goes outside is not told"
    remove(store, "urn:ngsi-ld:Bus:1")
    remove(store, "urn:ngsi-ld:Bus:2")
    assert reader.turn() == ("", []), "nor that it ended there"
    place(store, "1", 0.6, 4)
    assert '"speed":4' in reader.turn()[0]
    remove(store, "urn:ngsi-ld:Bus:1")
    assert reader.turn() == ("", ["1"])


def test_what_comes_and_goes_between_two_turns_was_seen_or_not(store: Store) -> None:
    reader = Reader(store, Scope((Grant(types=frozenset({iri("Air")}), without=frozenset({iri("Secret")})),)))
    for type in ("Air", "Tree"):
        save(store, entity("1", type, value=1))
        remove(store, f"urn:ngsi-ld:{type}:1")
    both = entity("2", "Air", value=1)
    both.types.append(iri("Secret"))
    save(store, both)
    remove(store, both.id)
    assert reader.turn() == ("", ["1"]), "the one that they may see"


def test_no_more_is_remembered_than_is_allowed(store: Store) -> None:
    reader = Reader(store, Scope((Grant(area=SQUARE),)), most=3)
    for number in range(5):
        place(store, str(number), 0.5, 1)
    reader.turn()
    for number in range(5):
        place(store, str(number), 1.5, 1)
    assert reader.turn() == ("", ["2", "3", "4"])
