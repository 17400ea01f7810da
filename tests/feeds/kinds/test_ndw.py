# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Flows, speeds and travel times: recorded answers of NDW, and DATEX II made here for what is not recorded."""

import gzip
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import HanzeError, SourceFailed
from hanze.feeds.kinds import ndw_sites
from hanze.feeds.kinds.ndw import TABLE_AGAIN, TABLE_EVERY, Ndw, decode
from hanze.feeds.source import Feed, Found, Option
from hanze.ngsild.context import CORE
from tests.feeds.kinds.datex import (
    AT,
    basic3,
    mark3,
    measured2,
    measured3,
    point3,
    quantity2,
    quantity3,
    record3,
    site2,
    site3,
    table3,
)
from tests.feeds.kinds.reading import of, value
from tests.feeds.kinds.serving import SHARED, Question, Reply, asking, source

RECORDED = SHARED / "api_fixtures/ndw_amsterdam"
recordings = pytest.mark.skipif(not RECORDED.exists(), reason="shared/data/api_fixtures is not here")

TABLE = ndw_sites.decode(
    table3(
        record3(
            "A", point3(52.1, 4.3), mark3(1, "flow", "lane1"), mark3(2, "speed", "lane1"), mark3(3, "flow", "lane2"),
            mark3(4, "speed", "lane2"), mark3(5, "flow", "lane1", "lorry"),
        )
    )
)  # fmt: skip


def lanes(flow1: Any = 900, speed1: Any = 100, flow2: Any = 300, speed2: Any = 80) -> Found:
    """A road with two lanes, of which the first tells of lorries too."""
    told = [(1, "flow", flow1), (2, "speed", speed1), (3, "flow", flow2), (4, "speed", speed2), (5, "flow", 60)]
    return decode(measured3(site3("A", [quantity3(*one) for one in told])), TABLE)


def told(found: Found) -> dict[str, Any]:
    """The measured values of the only entity."""
    (one,) = found.entities
    return {name: value(one, name) for name in ("intensity", "averageVehicleSpeed") if of(one, name)}


@recordings
def test_the_recorded_flow() -> None:
    found = decode((RECORDED / "trafficspeed.xml.gz").read_bytes())
    (made,) = found.entities
    assert made.id == "urn:ngsi-ld:TrafficFlowObserved:NDW:PZH01_MST_0690_00"
    assert made.types == [CORE.expand("TrafficFlowObserved")]
    assert of(made, "intensity") == {
        "type": "Property", "value": 540, "unitCode": "H10", "observedAt": "2019-01-10T13:59:00Z",
    }  # fmt: skip
    assert found.refused == [] and found.observed == 1_547_128_740_000_000


@recordings
def test_the_recorded_travel_time() -> None:
    (made,) = decode((RECORDED / "traveltime.xml.gz").read_bytes()).entities
    assert of(made, "travelTime") == {
        "type": "Property", "value": 288.403, "unitCode": "SEC", "observedAt": "2019-01-10T14:00:00Z",
    }  # fmt: skip
    assert value(made, "referenceTravelTime") == 272.397


def test_both_versions_say_the_same() -> None:
    two = decode(measured2(site2("A", [quantity2(1, "flow", 240), quantity2(2, "speed", 61.5)])))
    three = decode(measured3(site3("A", [quantity3(1, "flow", 240), quantity3(2, "speed", 61.5)])))
    assert two == three and told(two) == {"intensity": 240, "averageVehicleSpeed": 61.5}
    speed = of(two.entities[0], "averageVehicleSpeed")
    assert speed == {"type": "Property", "value": 61.5, "unitCode": "KMH", "observedAt": AT}


def test_travel_times_of_v3() -> None:
    basic = (
        "<roa:travelTime><roa:duration>120</roa:duration></roa:travelTime>"
        "<roa:normallyExpectedTravelTime><roa:duration>90.5</roa:duration></roa:normallyExpectedTravelTime>"
    )
    (made,) = decode(measured3(site3("A", [basic3(1, basic)]))).entities
    assert value(made, "travelTime") == 120 and value(made, "referenceTravelTime") == 90.5


def test_without_the_table_values_are_not_summed() -> None:
    (made,) = decode(measured3(site3("A", [quantity3(1, "flow", 240), quantity3(3, "flow", 60)]))).entities
    assert [(one["value"], one["datasetId"]) for one in made.attributes[CORE.expand("intensity")]] == [
        (240, "urn:ngsi-ld:Dataset:index:1"), (60, "urn:ngsi-ld:Dataset:index:3"),
    ]  # fmt: skip
    assert of(made, "location") is None


def test_with_the_table_a_road_is_one() -> None:
    found = lanes()
    assert told(found) == {"intensity": 1200, "averageVehicleSpeed": 95.0}
    assert value(found.entities[0], "location") == {"type": "Point", "coordinates": [4.3, 52.1]}
    assert value(found.entities[0], "name") == "Weg A" and found.refused == []


def test_a_lane_that_no_vehicle_passed_has_no_speed() -> None:
    assert told(lanes(flow2=0, speed2=-1)) == {"intensity": 900, "averageVehicleSpeed": 100}
    empty = lanes(flow1=0, speed1=-1, flow2=0, speed2=-1)
    assert told(empty) == {"intensity": 0} and empty.refused == []


def test_a_road_of_which_a_lane_is_missing_has_no_total() -> None:
    found = lanes(speed2=-1)
    assert told(found) == {"intensity": 1200}
    assert [(one.where, "stands for no value" in one.reason) for one in found.refused] == [
        ("site A averageVehicleSpeed 4", True)
    ]
    found = lanes(flow2=-1)
    assert "intensity" not in told(found) and found.refused[0].where == "site A intensity 3"


def test_one_lane_is_the_road() -> None:
    found = decode(measured3(site3("A", [quantity3(1, "flow", 240), quantity3(5, "flow", 60)])), TABLE)
    assert told(found) == {"intensity": 240}

    found = decode(measured3(site3("A", [quantity3(2, "speed", 70), quantity3(6, "speed", 50)])), TABLE)
    speeds = found.entities[0].attributes[CORE.expand("averageVehicleSpeed")]
    assert [(one["value"], "datasetId" in one) for one in speeds] == [(70, False)]


def test_speeds_of_lanes_whose_flows_are_not_told_stay_apart() -> None:
    found = decode(measured3(site3("A", [quantity3(2, "speed", 70), quantity3(4, "speed", 50)])), TABLE)
    speeds = found.entities[0].attributes[CORE.expand("averageVehicleSpeed")]
    assert [one["datasetId"][-1] for one in speeds] == ["2", "4"]


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (quantity2(1, "speed", -1), "stands for no value"),
        (quantity2(1, "speed", "-1.0"), "stands for no value"),
        (quantity2(1, "speed", "fast"), "no number"),
        (quantity2(1, "speed", "nan"), "no number"),
        (quantity2(1, "speed", "1e999"), "no number"),
        (quantity2(1, "speed", ""), "no number"),
        (quantity2(1, "speed", 0, 'numberOfInputValuesUsed="0"'), "of no vehicle"),
        (quantity2(1, "speed", 50, inner="<dataError>true</dataError>"), "an error"),
        (quantity2(1, "speed", 50).replace("speed>", "velocity>"), "has no speed"),
        (
            quantity2(1, "speed", 0, inner="<dataError>true</dataError><reasonForDataError><values><value>Kapot</value>"
            "</values></reasonForDataError>"), "an error: Kapot",
        ),
    ],
)  # fmt: skip
def test_a_bad_value_spoils_no_other(bad: str, why: str) -> None:
    found = decode(measured2(site2("A", [bad, quantity2(2, "flow", 60)]), site2("B", [quantity2(1, "flow", 5)])))
    assert [one.where for one in found.refused] == ["site A averageVehicleSpeed 1"]
    assert why in found.refused[0].reason
    assert [value(one, "intensity") for one in found.entities] == [60, 5]


@pytest.mark.parametrize(("at", "id"), [("yesterday", "A"), ("2026-01-01T12:00:00", "A"), (AT, "")])
def test_a_bad_site_spoils_no_other(at: str, id: str) -> None:
    found = decode(measured2(site2(id, [quantity2(1, "flow", 60)], at), site2("B", [quantity2(1, "flow", 5)])))
    assert [one.where for one in found.refused] == [f"site {id}"] and len(found.entities) == 1


def test_the_moment_of_the_publication_where_the_site_has_none() -> None:
    site = site2("A", [quantity2(1, "flow", 60)]).replace("measurementTimeDefault", "other")
    assert (of(decode(measured2(site)).entities[0], "intensity") or {})["observedAt"] == "2026-01-01T12:01:00Z"


def test_wanted_sites_only() -> None:
    data = measured2(*(site2(id, [quantity2(1, "flow", 60)]) for id in "ABC"))
    found = decode(data, sites=frozenset({"B", "X"}))
    assert [one.id for one in found.entities] == ["urn:ngsi-ld:TrafficFlowObserved:NDW:B"]
    assert [one.where for one in found.refused] == ["site X"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not XML"),
        (b"{}", "not XML"),
        (measured2(), "no siteMeasurements"),
        (measured2(site2("A", [])).replace(b"siteMeasurements", b"siteValues"), "no siteMeasurements"),
        (measured2(site2("A", []))[:-20], "not XML"),
        (gzip.compress(measured2(site2("A", [])), mtime=0)[:-9], "cut off"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + measured2(site2("A", [])), "DOCTYPE"),
    ],
)
def test_what_cannot_be_used(data: bytes, why: str) -> None:
    with pytest.raises(SourceFailed, match=why):
        decode(data)


@given(st.integers(0, 1000), st.integers(0, 40), st.text("<>/=\"' a1-&;:", max_size=12))
def test_rubbish_is_refused_or_a_failure_of_the_source(place: int, lost: int, rubbish: str) -> None:
    for whole in (
        measured2(site2("A", [quantity2(1, "flow", 240)])),
        measured3(site3("A", [quantity3(1, "speed", 4), quantity3(2, "flow", 9)])),
        table3(record3("A", point3(52.1, 4.3), mark3(1, "flow", "lane1"))),
    ):
        at = place * len(whole) // 1000
        data = whole[:at] + rubbish.encode() + whole[at + lost :]
        for read in (decode, ndw_sites.decode):
            try:
                read(data)
            except SourceFailed as failed:
                assert failed.detail and failed.advice


@pytest.mark.anyio
async def test_measurements_are_asked_for_where_they_changed_and_the_table_once_a_day() -> None:
    def answer(asked: Question) -> Reply:
        return Reply(status=304) if "if-none-match" in asked.headers else Reply(measurements, headers={"ETag": "1"})

    two = (site3(id, [quantity3(1, "flow", 60)]) for id in "AB")
    measurements = gzip.compress(measured3(*two))
    table = gzip.compress(table3(record3("A", point3(52.1, 4.3)), record3("B", point3(51, 5))))
    async with source({"/speed": answer, "/table": table}) as running, asking() as get:
        options: dict[str, Option] = {"site_table": running.url("/table"), "box": "4,52,5,53"}
        feed, kind = Feed("ndw", running.url("/speed"), "ndw", options=options), Ndw()
        found, state = await kind.look(feed, {}, get, 0)
        assert [one.id for one in found.entities] == ["urn:ngsi-ld:TrafficFlowObserved:NDW:A"]
        assert value(found.entities[0], "location")["coordinates"] == [4.3, 52.1]
        assert await kind.look(feed, state, get, TABLE_EVERY - 1) == (Found(), state)
        assert running.paths == ["/table", "/speed", "/speed"]
        # The table of yesterday goes on while there is no new one, which is asked for again after a while.
        running.answers = {"/speed": measurements, "/table": Reply(status=500)}
        for later in (TABLE_EVERY, TABLE_EVERY + TABLE_AGAIN - 1, TABLE_EVERY + TABLE_AGAIN):
            found, _ = await kind.look(feed, state, get, later)
            assert len(found.entities) == 1
        assert running.paths[3:] == ["/table", "/speed", "/speed", "/table", "/speed"]
        with pytest.raises(SourceFailed, match="500"):
            await Ndw().look(feed, state, get, 0)


@pytest.mark.anyio
async def test_wrong_options_are_told() -> None:
    async with source({}) as running, asking() as get:
        wrong: list[dict[str, Option]] = [{"sites": "A"}, {"box": "4,52,5,53"}, {"table": "x"}]
        for options in wrong:
            with pytest.raises(SourceFailed, match="option"):
                await Ndw().look(Feed("ndw", running.url(), options=options), {}, get, 0)
        assert running.asked == []


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("reply", "why", "wait"),
    [
        (Reply(status=429, headers={"Retry-After": "20"}), "429", 20),
        (Reply(status=500), "500", 0),
        (Reply(gzip.compress(measured2(site2("A", [])), mtime=0)[:-9]), "cut off", 0),
        (Reply(measured2(site2("A", [])), promised=100), "closed", 0),
        (Reply(measured2(site2("A", [])), after=2), "within", 0),
        (Reply(b"<html><body>Onderhoud</body></html>"), "no siteMeasurements", 0),
    ],
)
async def test_a_source_that_fails(reply: Reply, why: str, wait: float) -> None:
    async with source({"/": reply}) as running, asking(seconds=0.3) as get:
        with pytest.raises(HanzeError, match=why) as failed:
            await Ndw().look(Feed("ndw", running.url(), "ndw"), {}, get, 0)
    assert getattr(failed.value, "wait", None) == wait
