# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stops and parks are entities as a timetable and a city would give them, always the same."""

import pytest
from shapely.geometry import shape

from hanze.feeds.havendam import still, town
from hanze.feeds.havendam.marks import MARK, PROVIDER
from hanze.feeds.kinds import gtfs
from hanze.ngsild import parse
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from tests.feeds.kinds.zips import WHOLE, packed

STOPS, PARKS = (
    [one for one in still.entities() if one.types == [CORE.expand(type)]] for type in (still.STOP, still.PARK)
)


def value(one: Entity, name: str) -> object:
    return one.attributes[CORE.expand(name)][0]["value"]


def test_each_stop_of_the_bus_lines_is_there_once() -> None:
    expected = {(stop.name, stop.point) for line in town.bus_lines() for stop in line.stops}
    found = [(value(one, "name"), tuple(value(one, "location")["coordinates"])) for one in STOPS]  # type: ignore[index]
    assert len(found) == len(expected) and set(found) == expected
    assert len({value(one, "code") for one in STOPS}) == len(STOPS)


def test_most_stops_but_not_all_are_for_everyone() -> None:
    told = [value(one, "wheelChairAccessible") for one in STOPS]
    assert set(told) == {"1", "2"}
    assert 0.5 < told.count("1") / len(told) < 0.9


def test_stops_are_named_as_those_of_a_timetable() -> None:
    table = "stop_id,stop_code,stop_name,stop_lat,stop_lon,wheelchair_boarding\n01,01,Vuurtoren,52.9,4.0,1\n"
    made = gtfs.decode(packed({**WHOLE, "stops.txt": table}), "havendam").entities[-1]
    assert made.types == STOPS[0].types and made.id == STOPS[0].id
    assert set(made.attributes) <= set(STOPS[0].attributes)


def test_each_park_is_there_with_its_shape() -> None:
    assert {value(one, "name"): value(one, "location") for one in PARKS} == {
        one.name: one.geometry for one in town.parks()
    }
    for one in PARKS:
        district = next(each for each in town.districts() if each.name == value(one, "areaServed"))
        middle = shape(value(one, "location")).representative_point()
        assert shape(district.geometry).covers(middle)


@pytest.mark.parametrize("one", still.entities(), ids=lambda one: one.id)
def test_each_says_that_it_is_simulated_and_is_what_the_parser_would_make(one: Entity) -> None:
    assert value(one, "simulated") is True
    assert (value(one, "dataProvider"), value(one, "description")) == (PROVIDER, MARK)
    document: dict[str, object] = {"id": one.id, "type": CORE.compact(one.types[0])}
    document |= {CORE.compact(name): instances[0] for name, instances in one.attributes.items()}
    assert parse.entity(document, CORE) == one


def test_they_are_the_same_each_time() -> None:
    assert still.entities() == still.entities()
    assert len({one.id for one in still.entities()}) == len(still.entities()) == len(STOPS) + len(PARKS)
