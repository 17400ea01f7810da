# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stops, routes and agencies: recorded zips of Cairns and New York, and zips made here by the published reference."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import HanzeError, SourceFailed
from hanze.feeds.kinds.box import Box
from hanze.feeds.kinds.gtfs import Gtfs, decode
from hanze.feeds.source import Feed, Found, Option, State
from tests.feeds.kinds.reading import of, value
from tests.feeds.kinds.serving import SHARED, Question, Reply, asking, source
from tests.feeds.kinds.zips import AGENCY, ROUTES, STOPS, WHOLE, packed, recorded

recordings = pytest.mark.skipif(not (SHARED / "gtfs").exists(), reason="shared/data/gtfs is not here")


def types(found: Found) -> Counter[str]:
    return Counter(entity.types[0].rpartition("/")[2] for entity in found.entities)


@recordings
def test_cairns() -> None:
    found = decode(recorded("cairns_gtfs.zip"), "cairns")
    assert types(found) == {"GtfsStop": 416, "GtfsRoute": 22, "GtfsAgency": 1}
    assert found.refused == []
    stop = {entity.id: entity for entity in found.entities}["urn:ngsi-ld:GtfsStop:cairns:750000"]
    assert value(stop, "name") == "Cedar Rd (Palm Cove) - Hail and Ride Location"
    assert value(stop, "location") == {"type": "Point", "coordinates": [145.668217, -16.74359]}
    assert of(stop, "hasParentStation") is None


@recordings
def test_new_york() -> None:
    found = decode(recorded("nyc_subway_gtfs.zip"), "mta")
    assert types(found) == {"GtfsStop": 182, "GtfsStation": 91, "GtfsRoute": 2, "GtfsAgency": 1}
    made = {entity.id: entity for entity in found.entities}
    assert value(made["urn:ngsi-ld:GtfsStop:mta:101N"], "hasParentStation") == "urn:ngsi-ld:GtfsStation:mta:101"
    assert "urn:ngsi-ld:GtfsStation:mta:101" in made
    route = made["urn:ngsi-ld:GtfsRoute:mta:1"]
    told = {name: value(route, name) for name in ("shortName", "name", "routeType", "routeColor", "operatedBy")}
    assert told == {
        "shortName": "1", "name": "Broadway - 7 Avenue Local", "routeType": "1", "routeColor": "EE352E",
        "operatedBy": "urn:ngsi-ld:GtfsAgency:mta:MTA%20NYCT",
    }  # fmt: skip
    assert told["operatedBy"] in made


def test_kinds_of_places() -> None:
    found = decode(packed(), "haag")
    ids = [entity.id for entity in found.entities]
    assert ids == [
        "urn:ngsi-ld:GtfsAgency:haag:HTM", "urn:ngsi-ld:GtfsRoute:haag:9", "urn:ngsi-ld:GtfsStation:haag:HS",
        "urn:ngsi-ld:GtfsStop:haag:HS1", "urn:ngsi-ld:GtfsAccessPoint:haag:ent",
    ]  # fmt: skip
    assert found.refused == []
    assert value(found.entities[3], "wheelChairAccessible") == "1"


def test_the_only_agency_needs_no_id() -> None:
    found = decode(
        packed(WHOLE | {"agency.txt": "agency_name\nHTM\n", "routes.txt": "route_id,route_type\n9,0\n"}), "haag"
    )
    agency, route = found.entities[:2]
    assert value(route, "operatedBy") == agency.id
    assert value(agency, "name") == "HTM"


def test_a_bad_row_spoils_no_other() -> None:
    stops = STOPS.encode() + (
        b"a,no place,,4.3,0,,\nb,far,95,4.3,0,,\nc,east,52,oost,0,,\n,no id,52,4.3,0,,\nd,,52,4.3,0,,\n"
        b"HS1,twice,52,4.3,0,,\ne,Caf\xe9,52,4.3,0,,\nf,kind,52,4.3,9,,\nlast,Good,52,4.3,0,,\n"
    )
    found = decode(packed(WHOLE | {"stops.txt": stops, "routes.txt": ROUTES + "10,HTM,10,x,tram\n"}), "haag")
    assert found.entities[-1].id == "urn:ngsi-ld:GtfsStop:haag:last"
    told = {one.where: one.reason for one in found.refused}
    for where, why in {
        "routes.txt line 3": "route_type is 'tram'",
        "stops.txt line 6": "stop_lat is empty",
        "stops.txt line 7": "latitude",
        "stops.txt line 8": "oost",
        "stops.txt line 9": "stop_id is empty",
        "stops.txt line 10": "stop_name is empty",
        "stops.txt line 11": "second time",
        "stops.txt line 12": "not UTF-8",
        "stops.txt line 13": "location_type is '9'",
    }.items():
        assert why in told.pop(where)
    assert not told


def test_less_by_choice() -> None:
    near = decode(packed(), "haag", Box(4.32245, 52.0, 4.32255, 53.0))
    assert types(near) == {"GtfsAgency": 1, "GtfsRoute": 1, "GtfsStop": 1}
    more = {"agency.txt": AGENCY + "RET,RET,,\n", "routes.txt": ROUTES + "A,RET,A,x,1\n"}
    ours = decode(packed(WHOLE | more), "haag", agencies=frozenset({"RET"}))
    assert [entity.id for entity in ours.entities[:2]] == [
        "urn:ngsi-ld:GtfsAgency:haag:RET",
        "urn:ngsi-ld:GtfsRoute:haag:A",
    ]


def test_a_changed_format_is_told() -> None:
    for files, told in [
        ({"agency.txt": AGENCY, "routes.txt": ROUTES}, "no stops.txt"),
        (WHOLE | {"stops.txt": STOPS.replace("stop_id", "id")}, "stops.txt has no column stop_id"),
        (
            {"agency.txt": "agency_name\n", "routes.txt": "route_id,route_type\n", "stops.txt": "stop_id\n1\n"},
            "stop_name|stop_lon",
        ),
    ]:
        with pytest.raises(SourceFailed, match=told):
            decode(packed(files), "haag")


rows = st.lists(st.lists(st.text(max_size=6), max_size=8).map(",".join), max_size=6).map("\n".join)


@given(rows, rows, rows)
def test_rubbish_is_refused_or_a_failure_of_the_source(agency: str, routes: str, stops: str) -> None:
    files = {"agency.txt": AGENCY + agency, "routes.txt": ROUTES + routes, "stops.txt": STOPS + stops}
    try:
        found = decode(packed({name: text.encode("utf-8", "replace") for name, text in files.items()}), "haag")
    except SourceFailed as failed:
        assert failed.detail and failed.advice
    else:
        assert len(found.entities) >= 5


@pytest.mark.anyio
async def test_a_zip_is_asked_for_where_it_changed() -> None:
    zips = {'"1"': packed(), '"2"': packed(WHOLE | {"stops.txt": "\n".join(STOPS.splitlines()[:2])})}
    now = '"1"'

    def answer(asked: Question) -> Reply:
        if asked.headers.get("if-none-match") == now:
            return Reply(status=304)
        return Reply(zips[now], headers={"ETag": now})

    async with source({"/gtfs.zip": answer}) as running, asking() as get:
        feed = Feed("gtfs", running.url("/gtfs.zip"), "haag")
        first, state = await Gtfs().look(feed, {}, get, 0)
        assert len(first.entities) == 5 and first.gone == []
        same, state = await Gtfs().look(feed, state, get, 0)
        assert same == Found()
        now = '"2"'
        less, state = await Gtfs().look(feed, state, get, 0)
        assert less.gone == ["urn:ngsi-ld:GtfsAccessPoint:haag:ent", "urn:ngsi-ld:GtfsStop:haag:HS1"]
        other, _ = await Gtfs().look(Feed("gtfs", feed.url, "haag", options={"agencies": ["x"]}), state, get, 0)
        assert other.gone == ["urn:ngsi-ld:GtfsAgency:haag:HTM", "urn:ngsi-ld:GtfsRoute:haag:9"]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("reply", "told", "wait"),
    [
        (Reply(status=429, headers={"Retry-After": "60"}), "429", 60),
        (Reply(status=500), "500", 0),
        (Reply(packed()[:-100]), "cut off", 0),
        (Reply(packed()[:300], promised=500), "closed", 0),
        (Reply(packed(), after=2), "within", 0),
        (Reply(b"<html>Moved</html>"), "no zip", 0),
        (Reply(b""), "no zip", 0),
    ],
)
async def test_a_source_that_fails(reply: Reply, told: str, wait: float) -> None:
    before: State = {"listed": ["urn:ngsi-ld:GtfsStop:haag:HS1"]}
    async with source({"/": reply}) as running, asking(seconds=0.3) as get:
        with pytest.raises(HanzeError, match=told) as failed:
            await Gtfs().look(Feed("gtfs", running.url(), "haag"), before, get, 0)
    assert getattr(failed.value, "wait", None) == wait


@pytest.mark.anyio
async def test_a_wrong_option_is_told() -> None:
    async with source({}) as running, asking() as get:
        wrong: list[dict[str, Option]] = [{"agencies": "HTM"}, {"box": "here"}, {"agency": ["HTM"]}]
        for options in wrong:
            with pytest.raises(SourceFailed, match="option"):
                await Gtfs().look(Feed("gtfs", running.url(), options=options), {}, get, 0)
        assert running.asked == []
