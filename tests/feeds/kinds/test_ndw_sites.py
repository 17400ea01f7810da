# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of sites tells where a site is, and which of its values are of all vehicles of a lane."""

import gzip

import pytest

from hanze.errors import SourceFailed
from hanze.feeds.kinds.box import Box
from hanze.feeds.kinds.ndw_sites import Site, decode
from tests.feeds.kinds.datex import mark3, point3, record3, table3

LINE = "<loc:gmlLineString><loc:posList>{}</loc:posList></loc:gmlLineString>"


def place(location: str) -> object:
    return decode(table3(record3("A", location)))["A"].place


def test_a_site_of_v3() -> None:
    small = "<com:lengthCharacteristic><com:vehicleLength>5.6</com:vehicleLength></com:lengthCharacteristic>"
    marks = [
        mark3(1, "flow", "lane1"), mark3(2, "flow", "lane1", more=small), mark3(3, "flow", "lane1", "lorry"),
        mark3(4, "speed", "lane2"),
    ]  # fmt: skip
    assert decode(gzip.compress(table3(record3("A", point3(52.1, 4.3), *marks)))) == {
        "A": Site("Weg A", {"type": "Point", "coordinates": [4.3, 52.1]}, {"1": "lane1", "4": "lane2"})
    }


def test_a_site_of_v2() -> None:
    table = (
        b'<d2LogicalModel xmlns="http://datex2.eu/schema/2/2_0"><measurementSiteTable id="NDW01_MT" version="1">'
        b'<measurementSiteRecord id="A" version="3"><measurementSiteName><values><value lang="nl">N207</value></values>'
        b'</measurementSiteName><measurementSpecificCharacteristics index="1"><measurementSpecificCharacteristics>'
        b"<specificLane>lane1</specificLane><specificMeasurementValueType>trafficFlow</specificMeasurementValueType>"
        b"<specificVehicleCharacteristics><vehicleType>anyVehicle</vehicleType></specificVehicleCharacteristics>"
        b"</measurementSpecificCharacteristics></measurementSpecificCharacteristics><measurementSiteLocation>"
        b"<openlrCoordinate><latitude>1</latitude><longitude>1</longitude></openlrCoordinate><locationForDisplay>"
        b"<latitude>52.1</latitude><longitude>4.3</longitude></locationForDisplay></measurementSiteLocation>"
        b"</measurementSiteRecord></measurementSiteTable></d2LogicalModel>"
    )
    assert decode(table) == {"A": Site("N207", {"type": "Point", "coordinates": [4.3, 52.1]}, {"1": "lane1"})}


def test_a_stretch_of_road_is_a_line() -> None:
    assert place(LINE.format("52.1 4.3 52.2 4.4") + point3(1, 1)) == {
        "type": "LineString",
        "coordinates": [[4.3, 52.1], [4.4, 52.2]],
    }


@pytest.mark.parametrize("bad", ["52.1 4.3", "52.1 x 52.2 4.4", "152 4.3 52.2 4.4", "nan 4 52 4", ""])
def test_a_line_that_is_none_leaves_the_point(bad: str) -> None:
    assert place(LINE.format(bad) + point3(52.1, 4.3)) == {"type": "Point", "coordinates": [4.3, 52.1]}


@pytest.mark.parametrize("bad", ["", point3(95, 4), point3("x", 4), "<loc:latitude>52</loc:latitude>"])
def test_a_site_without_a_place(bad: str) -> None:
    assert place(bad) is None


def test_wanted_sites_only() -> None:
    table = table3(record3("A", point3(52.1, 4.3)), record3("B", point3(51, 5)), record3("C", ""), record3("", ""))
    assert list(decode(table)) == ["A", "B", "C"]
    assert list(decode(table, frozenset({"B", "X"}))) == ["B"]
    assert list(decode(table, box=Box(4, 52, 5, 53))) == ["A"]


@pytest.mark.parametrize("data", [b"<a/>", table3(), b"", b"{}"])
def test_what_is_no_table(data: bytes) -> None:
    with pytest.raises(SourceFailed):
        decode(data)
