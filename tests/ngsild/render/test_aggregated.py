# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Aggregates of histories."""

from typing import Any

import msgspec

from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.ngsild.render import PLAIN, Aggregate, Form, Selector, aggregated
from tests.ngsild.making import ONE, iri

T1, T2, T3 = "2020-08-01T12:03:00Z", "2020-08-01T13:03:00Z", "2020-08-01T14:03:00Z"
E = Entity("urn:x:1", [iri("T")], {}, ["/NL"])


class Period(msgspec.Struct, frozen=True):
    start: int
    end: int
    values: dict[str, Any]


def period(start: str, end: str, **values: Any) -> Period:
    return Period(times.parse(start), times.parse(end), values)


HOURS = [period(T1, T2, avg=100.0, max=120), period(T2, T3, avg=40.0, max=40)]
SPEED = Aggregate(iri("speed"), None, "Property", HOURS)


def test_each_method_has_its_values_with_their_periods() -> None:
    assert aggregated(E, [SPEED], ["avg", "max"], CORE, PLAIN) == {
        "id": "urn:x:1",
        "type": "T",
        "scope": "/NL",
        "speed": {
            "type": "Property",
            "avg": [[100.0, T1, T2], [40.0, T2, T3]],
            "max": [[120, T1, T2], [40, T2, T3]],
        },
    }


def test_datasets_stand_apart() -> None:
    other = Aggregate(iri("speed"), ONE, "Property", HOURS[:1])
    assert aggregated(E, [SPEED, other], ["avg"], CORE, PLAIN)["speed"] == [
        {"type": "Property", "avg": [[100.0, T1, T2], [40.0, T2, T3]]},
        {"type": "Property", "datasetId": ONE, "avg": [[100.0, T1, T2]]},
    ]


def test_a_period_without_a_value_for_the_method_is_left_out() -> None:
    one = Aggregate(iri("speed"), None, "Property", [period(T1, T2, max=1), period(T2, T3, avg=2.0)])
    assert aggregated(E, [one], ["avg"], CORE, PLAIN)["speed"]["avg"] == [[2.0, T2, T3]]


def test_what_has_no_period_or_is_not_picked_is_left_out() -> None:
    empty = Aggregate(iri("level"), None, "Property", [])
    assert "level" not in aggregated(E, [SPEED, empty], ["avg"], CORE, PLAIN)
    assert list(aggregated(E, [SPEED], ["avg"], CORE, Form(pick=(Selector("id"),)))) == ["id"]
