# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The writer's verbs on history: what is loaded twice is kept once, and what is removed is gone."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hanze.errors import BadRequestData
from hanze.ngsild.selection import Window
from hanze.ngsild.times import parse
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from tests.contract.conftest import Clock
from tests.contract.making import entity, iri, outcome, prop, remove, save
from tests.store.sqlite.past import HOUR, NO2, NOON, append, hour, seen, temporal, values

ID = "urn:ngsi-ld:T:1"


def current(store: Store) -> Any:
    found = store.get("", ID, EVERYTHING)
    assert found is not None
    return found.attributes[iri("no2")]


def test_provision_gives_a_history_and_no_current_entity(store: Store) -> None:
    assert append(store, ID, no2=[seen(1, 0), seen(2.5, 1)]) == 2
    assert store.get("", ID, EVERYTHING) is None
    assert store.types("", EVERYTHING) == []
    found = temporal(store, ID)
    assert (values(found), found.types, found.deleted) == ([1, 2.5], [iri("T")], None)
    assert [row.kind for row in store.journal(0, 10)] == ["bulk"]


def test_what_is_provided_twice_is_kept_once(store: Store) -> None:
    other = {"datasetId": "urn:d:1"}
    map_ = {"type": "LanguageProperty", "languageMap": {"nl": "a", "en": "b"}, "observedAt": hour(0)}
    turned = {**map_, "languageMap": {"en": "b", "nl": "a"}}
    plain = {"type": "Property", "value": 5}
    given: dict[str, Any] = {"no2": [seen(1, 0), seen(1, 0), seen(1, 0, **other)], "o3": [plain, plain]}
    assert append(store, ID, **given, name=[map_]) == 4
    assert append(store, ID, **given, name=[turned]) == 0
    assert (values(temporal(store, ID)), values(temporal(store, ID), "o3")) == ([1, 1], [5])
    assert append(store, ID, no2=[seen(1, 1)], o3=[{**plain, "value": 6}]) == 2
    assert values(temporal(store, ID), "o3") == [5, 6]


@pytest.mark.parametrize("value", [2, "1", 1.5, True, {"a": 1}])
def test_another_value_of_a_moment_is_a_further_instance(store: Store, clock: Clock, value: Any) -> None:
    append(store, ID, no2=[seen(1, 0), seen(3, 1)])
    clock.forward(60)
    assert append(store, ID, no2=[seen(value, 0), seen(3, 1)]) == 1
    found = temporal(store, ID)
    assert values(found) == [1, value, 3], "both versions are kept, the first one first"
    assert [one.doc["createdAt"][14:16] for one in found.attributes[iri("no2")]] == ["00", "01", "00"]
    assert append(store, ID, no2=[seen(value, 0), seen(1, 0)]) == 0


def end(store: Store, name: str = "no2", **how: Any) -> bool:
    return store.submit(lambda uow: uow.end_history("", ID, iri(name), **how)).result()


def ended(store: Store, name: str = "no2") -> list[tuple[Any, Any]]:
    """Datasets and moments of the marks."""
    found = temporal(store, ID, Window(property="deletedAt")).attributes.get(iri(name), [])
    return [(one.doc.get("datasetId"), one.deleted) for one in found]


def test_an_attribute_that_has_a_history_only_is_marked_as_deleted_once(store: Store, clock: Clock) -> None:
    append(store, ID, no2=[seen(1, 0), seen(2, 1), seen(3, 1, datasetId="urn:d:1")], o3=[seen(1, 0)])
    assert not end(store, "unknown") and not end(store, dataset="urn:d:2")
    clock.forward(60)
    assert end(store) and not end(store)
    assert ended(store) == [(None, "2026-01-01T00:01:00Z")] and ended(store, "o3") == []
    assert values(temporal(store, ID)) == [1, 2, 3]
    assert end(store, every_dataset=True)
    assert ended(store)[1:] == [("urn:d:1", "2026-01-01T00:01:00Z")]
    append(store, ID, no2=[seen(5, 5)])
    assert end(store) and len(ended(store)) == 3
    assert [row.attributes for row in store.journal(0, 10)][-1] == [iri("no2")]
    assert store.get("", ID, EVERYTHING) is None


def test_what_is_or_was_current_is_not_ended_in_its_history(store: Store) -> None:
    assert not end(store)
    save(store, entity("1", no2=seen(1, 0)))
    append(store, ID, o3=[seen(1, 0)])
    assert not end(store) and not end(store, "o3")
    remove(store, ID)
    append(store, ID, no2=[seen(2, 1)])
    assert not end(store) and not end(store, "o3")


def correct(store: Store, number: int, doc: dict[str, Any]) -> bool:
    return store.submit(lambda uow: uow.replace_instance("", ID, iri("no2"), number, doc)).result()


def test_an_instance_is_corrected_and_keeps_number_and_creation(store: Store, clock: Clock) -> None:
    append(store, ID, no2=[seen(1, 0, unitCode="GQ", datasetId="urn:d:1"), seen(2, 1)])
    number = temporal(store, ID).attributes[iri("no2")][0].number
    clock.forward(60)
    assert correct(
        store, number, {"type": "Property", "value": 10, "observedAt": hour(2), "unitCode": "urn:ngsi-ld:null"}
    )
    last = temporal(store, ID).attributes[iri("no2")][-1]
    assert last.number == number
    assert last.doc == {
        "type": "Property", "value": 10, "datasetId": "urn:d:1", "observedAt": hour(2),
        "createdAt": "2026-01-01T00:00:00Z", "modifiedAt": "2026-01-01T00:01:00Z",
    }  # fmt: skip
    assert correct(store, number, {"value": "text"})
    assert temporal(store, ID).attributes[iri("no2")][-1].doc["createdAt"] == "2026-01-01T00:00:00Z"
    assert not correct(store, number + 1000, {"value": 1})


def test_the_journal_tells_of_what_is_corrected_and_removed(store: Store) -> None:
    append(store, ID, no2=[seen(1, 0), seen(2, 1)], o3=[seen(3, 0)])
    number = temporal(store, ID).attributes[iri("no2")][0].number

    def told(work: Callable[[UnitOfWork], bool]) -> list[tuple[str, set[str]]]:
        before = store.head()
        store.submit(work).result()
        return [(row.kind, set(row.attributes)) for row in store.journal(before, 10)]

    assert told(lambda uow: uow.replace_instance("", ID, iri("no2"), number, {"value": 7})) == [("bulk", {iri("no2")})]
    assert told(lambda uow: uow.delete_history("", ID, iri("no2"), number=number)) == [("bulk", {iri("no2")})]
    assert told(lambda uow: uow.delete_history("", ID, iri("no2"), number=number)) == []
    assert told(lambda uow: uow.replace_instance("", ID, iri("no2"), number, {"value": 7})) == []
    save(store, entity("1", no2=seen(1, 5)))
    assert told(lambda uow: uow.delete_history("", ID)) == [("bulk", {iri("no2"), iri("o3")})]
    assert told(lambda uow: uow.delete_history("", ID)) == []


@pytest.mark.parametrize("doc", [{"datasetId": "urn:d:2"}, {"type": "Relationship"}, {"value": "urn:ngsi-ld:null"}])
def test_what_an_instance_is_cannot_be_corrected(store: Store, doc: dict[str, Any]) -> None:
    append(store, ID, no2=[seen(1, 0)])
    with pytest.raises(BadRequestData):
        correct(store, temporal(store, ID).attributes[iri("no2")][0].number, doc)
    assert values(temporal(store, ID)) == [1]


def test_loads_are_fast_and_there_after_a_restart(tmp_path: Path, clock: Clock) -> None:
    store = sqlite.open(tmp_path, clock=clock)
    count = 100_000
    moments = [parse("2000-01-01T00:00:00Z") + n * HOUR for n in range(count)]
    readings = [n % 97 / 4 for n in range(count)]
    started = time.perf_counter()
    assert (
        store.submit(lambda uow: uow.observe("", ID, [iri("T")], iri("no2"), NO2, moments, readings)).result() == count
    )
    took = time.perf_counter() - started
    store.close()
    assert count / took > 50_000, f"{count / took:.0f} rows a second, of which any machine should reach a quarter more"
    again = sqlite.open(tmp_path, clock=clock)
    save(again, entity("2", no2=prop(1)))
    found = temporal(again, ID)
    assert values(found) == readings
    numbers = [one.number for one in found.attributes[iri("no2")]]
    other = temporal(again, "urn:ngsi-ld:T:2").attributes[iri("no2")][0].number
    assert len({*numbers, other}) == count + 1
    again.close()


def test_a_saved_entity_and_a_load_go_into_one_work(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.save("", outcome(None, entity("1", no2=seen(1, 0))))
        uow.observe("", ID, [iri("T")], iri("no2"), NO2, [NOON + HOUR], [2])

    store.submit(work).result()
    assert values(temporal(store, ID)) == [1, 2]
    assert current(store)[0]["value"] == 2
