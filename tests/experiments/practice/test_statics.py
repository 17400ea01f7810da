# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What does not change by the hour is made up in the same shape; words that change are drawn from the same hour of the week."""

from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from hanze.experiments.practice.hours import HOUR, WEEK, Weeks, weeks
from hanze.experiments.practice.measured import Thing
from hanze.experiments.practice.statics import SIMULATED, Names
from hanze.experiments.practice.words import Word, resampled
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity, Instance

TYPE, NOW = CORE.expand("Bench"), times.parse("2026-03-10T13:02:00Z")
SPAN = weeks(NOW, ZoneInfo("Europe/Amsterdam"))

REAL: dict[str, Any] = {
    "name": "Kade 3", "status": "working", "seats": 4, "weight": 81.25, "cover": True, "tags": ["wood", "old"],
    "maker": {"name": "Firma Kade", "since": 1998}, "checked": {"@type": "DateTime", "@value": "2026-02-03T10:00:00Z"},
}  # fmt: skip


def made(values: dict[str, Any] = REAL, count: int = 3, **others: Instance) -> Entity:
    """The made-up thing of the first of some that are nearly the same."""
    things = []
    for number in range(count):
        told = {**values, "name": f"{values.get('name')} {number}", "seats": 4 + number}
        attributes = {CORE.expand(name): [{"type": "Property", "value": value}] for name, value in told.items()}
        attributes |= {CORE.expand(name): [one] for name, one in others.items()}
        things.append(Thing(Entity(f"urn:ngsi-ld:Bench:{number}", [TYPE], attributes), SPAN, [], {}))
    names = Names(TYPE, "havendam", NOW, None, things, np.random.default_rng(1))
    return names.entity(0, things[0].entity, ())


def value(one: Entity, name: str) -> Any:
    return one.attributes[CORE.expand(name)][0]["value"]


def test_values_keep_their_shape_and_nothing_else() -> None:
    one = made()
    assert one.id == "urn:ngsi-ld:Bench:havendam:practice-001" and one.types == [TYPE]
    assert value(one, "name") == "Practice 001" and value(one, "status") == "working"
    assert isinstance(value(one, "seats"), int) and 4 <= value(one, "seats") <= 6
    assert value(one, "weight") != 81.25 and 60 < value(one, "weight") < 102
    assert isinstance(value(one, "cover"), bool) and value(one, "tags") == ["wood"]
    assert value(one, "maker") == {"name": "Practice 001", "since": 1}
    checked = value(one, "checked")
    assert checked["@type"] == "DateTime" and times.parse(checked["@value"]) < NOW
    assert one.attributes[SIMULATED] == [{"type": "Property", "value": True}]
    # With two things a word is one that tells them apart.
    assert value(made(count=2), "status") == "Practice 001"


def test_places_and_links_are_others_of_the_same_kind() -> None:
    line = [[5.0, 52.0], [5.1, 52.1]]
    one = made(
        refRoad={"type": "Relationship", "object": "urn:ngsi-ld:Road:havendam:kade"},
        location={"type": "GeoProperty", "value": {"type": "LineString", "coordinates": line}},
        area={"type": "GeoProperty", "value": {"type": "Polygon", "coordinates": [[[5, 52], [5.1, 52], [5.1, 52.1], [5, 52]]]}},
        title={"type": "LanguageProperty", "languageMap": {"nl": "Bank", "en": "Bench"}},
    )  # fmt: skip
    assert one.attributes[CORE.expand("refRoad")][0]["object"] == "urn:ngsi-ld:Road:havendam:practice-001"
    place = value(one, "location")
    assert place["type"] == "LineString" and place["coordinates"] != line
    assert value(one, "area")["type"] == "Polygon"
    assert one.attributes[CORE.expand("title")][0]["languageMap"] == {"nl": "Practice 001", "en": "Practice 001"}


def test_words_are_those_of_the_same_hour_of_the_week() -> None:
    """Open from 9 to 17 each day: then it is so too, and nothing is open at night."""
    span = Weeks(0, 8, 0)
    told: list[Word | None] = ["open" if 9 <= hour % 24 < 17 else "closed" for hour in range(span.hours)]
    text: list[Word | None] = [f"note {hour}" for hour in range(span.hours)]
    ((found),) = resampled([{"status": told, "note": text}], span, np.random.default_rng(1))
    assert set(found) == {"status"}, "what is always another text is none of a list"
    moments, values = found["status"]
    assert [values[0], values[1]] == ["closed", "open"] and len(moments) == 2 * 56 + 1
    assert {moment // HOUR % 24 for moment, value in zip(moments[1:], values[1:], strict=True) if value == "open"} == {
        9
    }


def test_hours_are_means_and_weeks_begin_where_their_first_hour_stands() -> None:
    assert SPAN.hours == 26 * WEEK and SPAN.end == NOW - NOW % HOUR
    # A Tuesday, 15 o'clock in the summer of the city.
    assert SPAN.step == 24 + 15
    later = SPAN.since(WEEK + 1)
    assert (later.count, later.step, later.skipped) == (24, SPAN.step, 2 * WEEK)
    moments = np.array([SPAN.start, SPAN.start + 5, SPAN.start + HOUR, SPAN.start - 1, SPAN.end])
    values = SPAN.hourly(moments, np.array([1.0, 2.0, 7.0, 100.0, 100.0]))
    assert values[:2].tolist() == [1.5, 7.0] and np.isnan(values[2:]).all()
