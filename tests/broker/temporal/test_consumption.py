# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Histories are read over HTTP: windows, representations, aggregates, pages."""

import time
from typing import Any
from urllib.parse import quote

import pytest

from hanze.ngsild.times import parse
from tests.broker.conftest import Api
from tests.broker.temporal.test_provision import HERE, ID, seen, vehicle
from tests.contract.making import iri

pytestmark = pytest.mark.anyio

ALL = "timerel=after&timeAt=2000-01-01T00:00:00Z"
QUERY = f"/temporal/entities?type=Vehicle&{ALL}"


async def fill(api: Api, count: int = 3, id: str = ID, **more: Any) -> None:
    instances = [seen(n, f"12:{n:02}") for n in range(count)]
    await api.ok("POST", "/temporal/entities", {"id": id, "type": "Vehicle", "speed": instances, **more})


def values(found: Any, name: str = "speed") -> list[Any]:
    return [one["value"] for one in found[name]]


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ("timerel=before&timeAt=2020-08-01T12:01:00Z", [0]),
        ("timerel=after&timeAt=2020-08-01T12:01:00.000Z", [1, 2]),
        ("timerel=between&timeAt=2020-08-01T12:00:00Z&endTimeAt=2020-08-01T12:02:00Z", [0, 1]),
        ("lastN=2", [2, 1]),
        ("", [0, 1, 2]),
    ],
)
async def test_windows(api: Api, window: str, expected: list[int]) -> None:
    await fill(api)
    assert values(await api.ok("GET", f"{HERE}?{window}")) == expected


async def test_an_empty_window_leaves_id_and_type(api: Api) -> None:
    await fill(api)
    assert await api.ok("GET", f"{HERE}?timerel=before&timeAt=2000-01-01T00:00:00Z") == {"id": ID, "type": "Vehicle"}


@pytest.mark.parametrize(
    ("query", "type"),
    [
        ("timerel=after", "BadRequestData"),
        ("timeAt=2020-01-01T00:00:00Z", "BadRequestData"),
        ("timerel=during&timeAt=2020-01-01T00:00:00Z", "BadRequestData"),
        ("timerel=after&timeAt=2020-01-01", "BadRequestData"),
        ("timerel=between&timeAt=2020-01-01T00:00:00Z", "BadRequestData"),
        ("timeproperty=expiresAt", "BadRequestData"),
        ("lastN=0", "BadRequestData"),
        ("lastN=2.5", "BadRequestData"),
        ("options=aggregatedValues", "BadRequestData"),
        ("options=aggregatedValues&aggrMethods=median", "BadRequestData"),
        ("options=aggregatedValues&aggrMethods=avg&aggrPeriodDuration=month", "BadRequestData"),
        ("options=unknown", "InvalidRequest"),
        ("unknown=1", "InvalidRequest"),
        ("pick=speed&omit=speed", "BadRequestData"),
        ("pick=speed&attrs=speed", "BadRequestData"),
        ("pick=owner{name}", "BadRequestData"),
    ],
)
async def test_wrong_questions_are_told(api: Api, query: str, type: str) -> None:
    await fill(api)
    for path in (f"{HERE}?{query}", f"/temporal/entities?type=Vehicle&{query}"):
        answer = await api("GET", path)
        assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (400, type), path


@pytest.mark.parametrize("query", [ALL, f"id={ID}&{ALL}", "type=Vehicle", f"type=Vehicle&{ALL}&orderBy=speed"])
async def test_a_query_says_what_and_when_and_orders_by_id_only(api: Api, query: str) -> None:
    await fill(api)
    assert (await api("GET", f"/temporal/entities?{query}")).status_code == 400


@pytest.mark.parametrize("q", ['owner{name}=="x"', "speed>0|(speed<9;owner{name})"])
async def test_a_query_does_not_follow_relationships(api: Api, q: str) -> None:
    await fill(api)
    when = {"timerel": "after", "timeAt": "2000-01-01T00:00:00Z"}
    asked = {"type": "Query", "entities": [{"type": "Vehicle"}], "q": q, "temporalQ": when}
    for answer in (
        await api("GET", f"{QUERY}&q={quote(q)}"),
        await api("POST", "/temporal/entityOperations/query", asked),
    ):
        assert (answer.status_code, "follow relationships" in answer.json()["detail"]) == (400, True), answer.text


async def test_what_is_asked_for_but_not_there_is_not_found(api: Api) -> None:
    await fill(api)
    for path in (
        "/temporal/entities/urn:x:unknown",
        f"{HERE}?attrs=unknown",
        f"{HERE}?pick=unknown",
        f"{HERE}?omit=id,type,speed",
    ):
        assert (await api("GET", path)).status_code == 404, path
    assert (await api("GET", "/temporal/entities/no-uri")).status_code == 400
    assert (await api("GET", HERE, accept="application/geo+json")).status_code == 406


async def test_values_with_their_times(api: Api) -> None:
    place = {"type": "Relationship", "object": "urn:x:1", "observedAt": "2020-08-01T12:00:00Z"}
    await fill(api, 2, parked=[place], fuel=[seen(1, datasetId="urn:d:1"), seen(2)])
    found = await api.ok("GET", f"{HERE}?options=temporalValues")
    start, later = "2020-08-01T12:00:00Z", "2020-08-01T12:01:00Z"
    assert found["speed"] == {"type": "Property", "values": [[0, start], [1, later]]}
    assert found["parked"] == {"type": "Relationship", "objects": [["urn:x:1", start]]}
    assert {one.get("datasetId"): one["values"] for one in found["fuel"]} == {
        None: [[2, start]],
        "urn:d:1": [[1, start]],
    }
    assert await api.ok("GET", f"{HERE}?format=temporalValues&options=aggregatedValues") == found
    chosen = await api.ok("GET", f"{HERE}?options=temporalValues&datasetId=urn:d:1")
    assert chosen["fuel"] == {"type": "Property", "datasetId": "urn:d:1", "values": [[1, start]]}
    assert "speed" not in chosen


async def test_aggregates(api: Api) -> None:
    await fill(api, 3, fuel=[seen(10, datasetId="urn:d:1")])
    asked = "options=aggregatedValues&aggrMethods=avg,max,totalCount&aggrPeriodDuration=PT2M"
    found = await api.ok("GET", f"{HERE}?{asked}")
    first, second = ("2020-08-01T12:00:00Z", "2020-08-01T12:02:00Z"), ("2020-08-01T12:02:00Z", "2020-08-01T12:04:00Z")
    assert found["speed"] == {
        "type": "Property",
        "avg": [[0.5, *first], [2.0, *second]],
        "max": [[1.0, *first], [2.0, *second]],
        "totalCount": [[2, *first], [1, *second]],
    }
    assert (found["fuel"]["datasetId"], found["fuel"]["avg"][0][0]) == ("urn:d:1", 10.0)
    assert "speed" not in await api.ok("GET", f"{HERE}?{asked}&attrs=fuel")
    assert await api.ok("GET", f"{QUERY}&{asked}&attrs=speed") == [
        {"id": ID, "type": "Vehicle", "speed": found["speed"]}
    ]
    texts = vehicle(id="urn:x:2", name=[seen("a")])
    await api.ok("POST", "/temporal/entities", texts)
    wrong = await api("GET", f"/temporal/entities/urn:x:2?{asked}")
    assert (wrong.status_code, wrong.json()["type"].rpartition("/")[2]) == (400, "InvalidRequest")


async def test_values_in_different_units_are_not_aggregated_together(api: Api) -> None:
    await fill(api, no2=[seen(40, "12:00", unitCode="GQ"), seen(21, "12:01", unitCode="61")])
    asked = "options=aggregatedValues&aggrMethods=avg"
    for path in (f"{HERE}?{asked}", f"{QUERY}&{asked}&attrs=no2"):
        answer = await api("GET", path)
        told = answer.json()
        assert (answer.status_code, told["type"].rpartition("/")[2]) == (400, "InvalidRequest"), answer.text
        assert all(part in told["detail"] for part in ("no2 of " + ID, "61 (ppb)", "GQ (µg/m³)", "timeAt", "datasetId"))
    late = await api.ok("GET", f"{HERE}?{asked}&timerel=after&timeAt=2020-08-01T12:01:00Z")
    assert late["no2"]["avg"][0][0] == 21.0
    assert (await api.ok("GET", f"{HERE}?{asked}&attrs=speed"))["speed"]["avg"][0][0] == 1.0
    counted = await api.ok("GET", f"{HERE}?options=aggregatedValues&aggrMethods=totalCount")
    assert counted["no2"]["totalCount"][0][0] == 2


async def test_an_old_instance_may_be_given_its_unit(api: Api) -> None:
    await fill(api, 1, no2=[seen(40, "12:00"), seen(42, "12:01", unitCode="GQ")])
    asked = f"{HERE}?options=aggregatedValues&aggrMethods=avg"
    assert "no unitCode" in (await api("GET", asked)).json()["detail"]
    old = (await api.ok("GET", HERE))["no2"][0]
    await api.ok("PATCH", f"{HERE}/attrs/no2/{old['instanceId']}", {"no2": [{**seen(40, "12:00"), "unitCode": "GQ"}]})
    assert (await api.ok("GET", asked))["no2"]["avg"][0][0] == 41.0


async def test_deletions_are_found_by_deleted_at(api: Api) -> None:
    await api.ok(
        "POST",
        "/entities",
        {
            "id": ID,
            "type": "Vehicle",
            "speed": seen(1),
            "name": {"type": "LanguageProperty", "languageMap": {"nl": "a"}},
        },
    )
    api.clock.forward(60)
    await api.ok("DELETE", f"/entities/{ID}/attrs/speed")
    await api.ok("DELETE", f"/entities/{ID}/attrs/name")
    found = await api.ok("GET", f"{HERE}?timeproperty=deletedAt")
    assert [one.pop("instanceId")[:20] for name in ("speed", "name") for one in found[name]] == [
        "urn:ngsi-ld:Instance"
    ] * 2
    when = {"deletedAt": "2026-01-01T00:01:00Z"}
    assert found["speed"] == [{"type": "Property", "value": "urn:ngsi-ld:null", **when}]
    assert found["name"] == [{"type": "LanguageProperty", "languageMap": {"@none": "urn:ngsi-ld:null"}, **when}]
    short = await api.ok("GET", f"{HERE}?timeproperty=deletedAt&options=temporalValues")
    assert short["speed"] == {"type": "Property", "values": [["urn:ngsi-ld:null", "2026-01-01T00:01:00Z"]]}
    assert values(await api.ok("GET", f"{HERE}?{ALL}&timeproperty=createdAt")) == [1]
    await api.ok("DELETE", f"/entities/{ID}")
    assert (await api.ok("GET", HERE))["deletedAt"] == "2026-01-01T00:01:00Z"


@pytest.mark.parametrize("limits", [{"instances": 4}])
@pytest.mark.parametrize(
    ("query", "numbers", "content_range"),
    [
        ("", [0, 1, 2, 3], "12:00:00Z-2020-08-01T12:03:00Z/*"),
        ("timerel=after&timeAt=2020-08-01T00:00:00Z", [0, 1, 2, 3], "00:00:00Z-2020-08-01T12:03:00Z/*"),
        ("timerel=before&timeAt=2020-08-01T20:00:00Z", [0, 1, 2, 3], "12:00:00Z-2020-08-01T12:03:00Z/*"),
        ("lastN=6", [8, 7, 6, 5], "12:08:00Z-2020-08-01T12:05:00Z/6"),
        ("lastN=6&timerel=before&timeAt=2020-08-01T20:00:00Z", [8, 7, 6, 5], "20:00:00Z-2020-08-01T12:05:00Z/6"),
        (
            "lastN=6&timerel=between&timeAt=2020-08-01T00:00:00Z&endTimeAt=2020-08-01T13:00:00Z",
            [8, 7, 6, 5],
            "13:00:00Z-2020-08-01T12:05:00Z/6",
        ),
    ],
)
async def test_a_long_history_comes_in_parts(api: Api, query: str, numbers: list[int], content_range: str) -> None:
    await fill(api, 9)
    for path in (f"{HERE}?{query}", f"/temporal/entities?type=Vehicle&{query}"):
        if "timerel" not in query and "?type" in path:
            continue
        answer = await api("GET", path)
        found = answer.json()[0] if "?type" in path else answer.json()
        assert (answer.status_code, values(found)) == (206, numbers)
        assert answer.headers["content-range"] == f"date-time 2020-08-01T{content_range}"


@pytest.mark.parametrize("limits", [{"instances": 4}])
async def test_parts_put_together_are_the_whole(api: Api) -> None:
    await fill(api, 11, fuel=[seen(n, f"13:{n:02}") for n in range(3)])
    await fill(api, 2, "urn:x:2")
    start, whole = "2020-01-01T00:00:00Z", dict[str, set[int]]()
    for part in range(9):
        answer = await api(
            "GET", f"/temporal/entities?type=Vehicle&timerel=after&timeAt={start}&options=temporalValues"
        )
        for entity in answer.json():
            for name in ("speed", "fuel"):
                found = entity.get(name, {"values": []})["values"]
                whole.setdefault(entity["id"] + name, set()).update(value for value, _ in found)
        if answer.status_code == 200:
            break
        assert answer.json()[0]["fuel"] == {"type": "Property", "values": []} or part > 1
        start = answer.headers["content-range"].partition("/")[0][-20:]
    assert whole == {f"{ID}speed": set(range(11)), f"{ID}fuel": {0, 1, 2}, "urn:x:2speed": {0, 1}, "urn:x:2fuel": set()}


@pytest.mark.parametrize("limits", [{"instances": 4}])
async def test_the_entity_after_a_page_does_not_cut_it(api: Api) -> None:
    await fill(api, 2, "urn:x:1")
    await fill(api, 9, "urn:x:2")
    answer = await api("GET", f"{QUERY}&limit=1")
    assert (answer.status_code, [values(one) for one in answer.json()]) == (200, [[0, 1]])
    assert 'rel="next"' in answer.headers["link"]
    last = await api("GET", f"{QUERY}&limit=1&offset=1")
    assert last.status_code == 206 and 'rel="next"' not in last.headers["link"]


async def test_pages_of_entities(api: Api) -> None:
    for n in range(5):
        await fill(api, 1, f"urn:x:{4 - n}")
    first = await api("GET", f"{QUERY}&limit=2&offset=2&count=true&orderBy=id&attrs=speed")
    assert [one["id"] for one in first.json()] == ["urn:x:2", "urn:x:3"]
    assert first.headers["ngsild-results-count"] == "5"
    links = first.headers["link"]
    assert "/temporal/entities?attrs=speed&count=true&limit=2&offset=0&" in links and 'rel="next"' in links
    counted = await api("GET", f"{QUERY}&limit=0&count=true")
    assert (counted.json(), counted.headers["ngsild-results-count"]) == ([], "5")
    assert (await api("GET", f"{QUERY}&limit=100000")).status_code == 403


async def test_q_geo_and_datasets(api: Api) -> None:
    place = {
        "type": "GeoProperty",
        "value": {"type": "Point", "coordinates": [4.5, 52.5]},
        "observedAt": "2020-08-01T12:00:00Z",
    }
    await fill(api, 3, location=[place])
    await fill(api, 9, "urn:x:2")

    async def ids(query: str) -> list[str]:
        return [one["id"] for one in await api.ok("GET", f"{QUERY}&{query}")]

    assert await ids("q=speed%3E5") == ["urn:x:2"]
    assert await ids("q=speed==1") == [ID, "urn:x:2"]
    near = "georel=near;maxDistance==1000&geometry=Point&coordinates=[4.5,52.5]"
    assert await ids(near) == [ID]
    assert await ids("datasetId=urn:d:9") == []
    assert await ids("idPattern=x:2$") == ["urn:x:2"]


async def test_members_are_picked_and_omitted(api: Api) -> None:
    await fill(api, 1, fuel=[seen(5)])
    assert set(await api.ok("GET", f"{HERE}?pick=id,speed")) == {"id", "speed"}
    assert set(await api.ok("GET", f"{HERE}?omit=type,speed")) == {"id", "fuel"}
    assert await api.ok("GET", f"{QUERY}&pick=id") == [{"id": ID}]
    assert set((await api.ok("GET", f"{QUERY}&pick=speed"))[0]) == {"speed"}
    stamped = await api.ok("GET", f"{HERE}?options=sysAttrs&attrs=speed")
    assert (stamped["createdAt"], stamped["speed"][0]["modifiedAt"]) == ("2026-01-01T00:00:00Z",) * 2


async def test_queries_by_post(api: Api) -> None:
    await fill(api, 3)
    body = {
        "type": "Query", "entities": [{"type": "Vehicle"}, {"type": "Bus"}], "q": "speed>0",
        "temporalQ": {"timerel": "after", "timeAt": "2020-08-01T00:00:00Z", "lastN": 1},
    }  # fmt: skip
    found = await api.ok("POST", "/temporal/entityOperations/query", body)
    assert [values(one) for one in found] == [[2]]
    body["aggrParams"] = {"aggrMethods": ["avg", "max"], "aggrPeriodDuration": "P1D"}
    body["temporalQ"] = {"timerel": "after", "timeAt": "2020-08-01T00:00:00Z"}
    found = await api.ok("POST", "/temporal/entityOperations/query", body)
    assert found[0]["speed"]["avg"] == [[1.0, "2020-08-01T00:00:00Z", "2020-08-02T00:00:00Z"]]


@pytest.mark.parametrize(
    "more",
    [
        {"temporalQ": {"timerel": "after", "timeAt": "2020-08-01T00:00:00Z", "lastN": "1"}},
        {"temporalQ": {"timerel": "after", "timeAt": "2020-08-01T00:00:00Z", "lastN": 0}},
        {"temporalQ": {"timerel": "after", "timeAt": 5}},
        {"temporalQ": []},
        {},
        {"temporalQ": {"timerel": "after", "timeAt": "2020-08-01T00:00:00Z", "aggrMethods": "bogus"}},
        {"temporalQ": {"timerel": "after", "timeAt": "2020-08-01T00:00:00Z", "aggrMethods": [1]}},
    ],
)
async def test_wrong_queries_by_post_are_told(api: Api, more: dict[str, Any]) -> None:
    answer = await api(
        "POST", "/temporal/entityOperations/query", {"type": "Query", "entities": [{"type": "Vehicle"}], **more}
    )
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (400, "BadRequestData")


async def test_a_year_of_hours_is_aggregated_quickly(api: Api) -> None:
    start, hour = parse("2018-12-31T23:00:00Z"), 3_600_000_000
    moments = [start + n * hour for n in range(10_000)]
    readings = [n % 97 / 4 for n in range(10_000)]
    api.store.submit(
        lambda uow: uow.observe("", ID, [iri("Vehicle")], iri("no2"), {"type": "Property"}, moments, readings)
    ).result()
    window = "timerel=between&timeAt=2018-12-31T23:00:00Z&endTimeAt="
    for end, period, count in (("2019-12-31T23:00:00Z", "P1M", 12), ("2021-01-01T00:00:00Z", "PT0S", 1)):
        began = time.perf_counter()
        found = await api.ok(
            "GET",
            f"{HERE}?{window}{end}&options=aggregatedValues&aggrMethods=avg&aggrPeriodDuration={period}&attrs=no2",
        )
        took = time.perf_counter() - began
        assert len(found["no2"]["avg"]) == count and took < 0.25, f"{took * 1000:.0f} ms"
