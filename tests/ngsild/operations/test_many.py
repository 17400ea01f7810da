# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An attribute with very many instances: each is found, and they stay in their order, the default one first."""

from hanze.ngsild import operations
from hanze.ngsild.entity import Entity, Instance

NOW = "2026-01-01T00:00:00Z"
NAME = "https://example.org/level"


def entity(*instances: Instance) -> Entity:
    return Entity("urn:x:1", ["https://example.org/T"], {NAME: [*instances]})


def one(value: int, dataset: int | None = None) -> Instance:
    made: Instance = {"type": "Property", "value": value}
    return made if dataset is None else {**made, "datasetId": f"urn:d:{dataset}"}


def shown(after: Entity | None) -> list[tuple[str | None, int]]:
    assert after is not None
    return [(found.get("datasetId"), found["value"]) for found in after.attributes[NAME]]


def test_thirty_thousand_come_and_are_changed() -> None:
    count = 30_000
    before = entity(one(-1, 0), one(-2, 1))
    first = operations.append(before, entity(one(7), *(one(number, number) for number in range(count))), NOW)
    assert shown(first.after) == [(None, 7), *((f"urn:d:{number}", number) for number in range(count))]
    assert len(first.changes) == count + 1
    assert first.after is not None
    again = operations.append(first.after, entity(one(5, count - 1), one(6, 0), one(8)), NOW)
    expected = [(None, 8), ("urn:d:0", 6), *((f"urn:d:{number}", number) for number in range(1, count - 1))]
    assert shown(again.after) == [*expected, (f"urn:d:{count - 1}", 5)]
    # What was there before stays as it was.
    assert shown(before) == [("urn:d:0", -1), ("urn:d:1", -2)]
    assert shown(first.after)[1] == ("urn:d:0", 0)
