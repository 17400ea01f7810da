# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looks at a Luchtmeetnet on loopback: pages, few calls, only what is new, and what goes wrong. Its readings are made by the
published format, for no recording of them is at hand; that it gives 50 a page and sorts them is from public descriptions."""

from typing import Any

import msgspec
import pytest

from hanze.errors import SourceFailed
from hanze.feeds.kinds.luchtmeetnet import Luchtmeetnet
from hanze.feeds.source import Feed, Found, Get, Option, State
from hanze.ngsild import times
from tests.feeds.kinds.reading import value, values
from tests.feeds.kinds.serving import Answers, Question, Reply, Source, asking, source

pytestmark = pytest.mark.anyio

NOW = times.parse("2026-01-01T12:30:00Z")
SECOND = 1_000_000
HOUR = 3600 * SECOND
NO_ROOM = Reply(status=429, headers={"Retry-After": "120"})


class Network:
    """Stations that measure each hour, as the API tells of them. `pages`: how many records one has."""

    def __init__(self, stations: int, pages: int = 50) -> None:
        self.numbers = [f"NL{number:05d}" for number in range(1, stations + 1)]
        self.pages = pages
        self.until = NOW
        self.revised: dict[str, float] = {}
        self.broken: dict[tuple[str, int], Reply | bytes] = {}
        """What stands in place of a page of readings: by station and page."""

    def answers(self) -> Answers:
        return {
            "/open_api/measurements": self._measurements,
            "/open_api/stations": lambda asked: self._page(asked, [{"number": one} for one in self.numbers]),
            **{f"/open_api/stations/{one}": self._station(one) for one in self.numbers},
        }

    def _station(self, number: str) -> bytes:
        place = {"type": "point", "coordinates": [4 + int(number[2:]) / 1000, 52.0]}
        return msgspec.json.encode({"data": {"geometry": place, "location": f"Station {number}"}})

    def _measurements(self, asked: Question) -> Reply | bytes:
        number = asked.query.get("station_number", "")
        if found := self.broken.get((number, int(asked.query["page"]))):
            return found
        start, end = (times.parse(asked.query[name]) for name in ("start", "end"))
        records: list[Any] = []
        for hour in range(-(-start // HOUR) * HOUR, min(end, self.until) + 1, HOUR):
            at = times.text(hour).replace("Z", "+00:00")
            records += [
                {"station_number": one, "formula": "NO2", "value": self.revised.get(at, 20.0), "timestamp_measured": at}
                for one in self.numbers
                if number in ("", one)
            ]
        return self._page(asked, records)

    def _page(self, asked: Question, records: list[Any]) -> bytes:
        page = int(asked.query["page"])
        last = max(1, -(-len(records) // self.pages))
        told = {"current_page": page, "next_page": min(page + 1, last), "last_page": last}
        some = records[(page - 1) * self.pages : page * self.pages]
        return msgspec.json.encode({"pagination": told, "data": some})


def feed(running: Source, **options: Option) -> Feed:
    return Feed("luchtmeetnet", running.url("/open_api/"), options=options)


async def look(running: Source, get: Get, state: State, at: int = NOW, **options: Option) -> tuple[Found, State]:
    found, after = await Luchtmeetnet().look(feed(running, **options), state, get, at)
    return found, msgspec.json.decode(msgspec.json.encode(after))


async def test_the_first_look_gives_readings_and_places() -> None:
    async with source(Network(3, pages=4).answers()) as running, asking() as get:
        found, _ = await look(running, get, {})
        assert not found.refused
        assert values(found, "dateObserved") == [
            at for at in ("2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z", "2026-01-01T12:00:00Z") for _ in range(3)
        ]
        assert [one.id for one in found.entities[:3]] == [
            f"urn:ngsi-ld:AirQualityObserved:NL0000{n}" for n in (1, 2, 3)
        ]
        assert value(found.entities[0], "location") == {"type": "Point", "coordinates": [4.001, 52.0]}
        assert found.observed == times.parse("2026-01-01T12:00:00Z")
        assert [one.query["page"] for one in running.asked if one.path.endswith("measurements")] == ["1", "2", "3"]


async def test_later_looks_ask_for_the_newest_hours_only_and_not_for_places() -> None:
    network = Network(2)
    async with source(network.answers()) as running, asking() as get:
        _, state = await look(running, get, {}, hours=2)
        network.until = NOW + HOUR
        before = len(running.asked)
        network.revised["2026-01-01T11:00:00+00:00"] = 25.0
        found, _ = await look(running, get, state, NOW + HOUR, hours=2)
        (asked,) = running.asked[before:]
        assert (asked.query["start"], asked.query["end"]) == ("2026-01-01T10:00:00Z", "2026-01-01T13:30:00Z")
        assert values(found, "no2") == [20.0, 20.0, 25.0, 25.0, 20.0, 20.0, 20.0, 20.0], "what was revised comes again"


async def test_the_source_is_never_asked_more_often_than_it_allows() -> None:
    """150 stations with 6 hours in pages of 10: 105 pages at first, 15 of stations and 150 places in all."""
    network = Network(150, pages=10)
    async with source(network.answers()) as running, asking() as get:
        state: State = {}
        readings: list[Any] = []
        places: set[str] = set()
        calls: list[tuple[int, int]] = []
        for turn in range(60):
            at = NOW + turn * 100 * SECOND
            before = len(running.asked)
            found, state = await look(running, get, state, at, hours=6)
            calls.append((at, len(running.asked) - before))
            readings += [(one.id, value(one, "dateObserved")) for one in found.entities]
            places |= {one.id for one in found.entities if value(one, "location")}
        for at, _ in calls:
            assert sum(made for other, made in calls if at <= other < at + 300 * SECOND) <= 100
        assert len(places) == 150
        assert len({one for one in readings if one[1]}) == 150 * 7, "a look goes on where the one before was cut"


async def test_chosen_stations_are_asked_for_singly_and_many_of_them_at_once() -> None:
    network = Network(20)
    async with source(network.answers()) as running, asking() as get:
        found, _ = await look(running, get, {}, stations=network.numbers[:2], hours=1)
        assert [one.query.get("station_number") for one in running.asked[:2]] == network.numbers[:2]
        assert "/open_api/stations" not in running.paths
        assert len(values(found, "no2")) == len(values(found, "location")) == 2
        before = len(running.asked)
        found, _ = await look(running, get, {}, stations=network.numbers[:11], hours=1)
        assert [one.query.get("station_number") for one in running.asked[before:]] == [None] * 12
        assert len(values(found, "no2")) == 11


async def test_after_a_long_pause_the_days_between_are_asked_for_one_by_one() -> None:
    network = Network(1)
    async with source(network.answers()) as running, asking() as get:
        _, state = await look(running, get, {}, hours=1)
        # For three days the source itself had nothing, so that it is not the readings that lead on.
        later = NOW + 72 * HOUR
        network.until = NOW + 74 * HOUR
        seen: list[str] = []
        for turn in range(5):
            found, state = await look(running, get, state, later + turn * HOUR // 2, hours=1)
            seen += values(found, "dateObserved")
        hours = range(NOW // HOUR - 1, NOW // HOUR + 75)
        assert sorted(set(seen)) == [times.text(hour * HOUR) for hour in hours]
        empty = Network(1)
        running.answers = empty.answers()
        for turn in range(5):
            _, state = await look(running, get, state, later + (24 * turn + 3) * HOUR, hours=1)
        ends = [one.query["end"] for one in running.asked if "end" in one.query]
        assert ends[-1] == "2026-01-08T14:00:00Z", "an empty day leads on to the next one"


async def test_a_source_that_has_no_room_is_left_alone_and_gone_on_with() -> None:
    network = Network(4, pages=3)
    network.broken["", 3] = NO_ROOM
    async with source(network.answers()) as running, asking() as get:
        found, state = await look(running, get, {})
        assert len(values(found, "no2")) == 6
        (refused,) = found.refused
        assert "429" in refused.reason
        before = len(running.asked)
        nothing, state = await look(running, get, state, NOW + 119 * SECOND)
        assert (nothing, len(running.asked)) == (Found(), before)
        network.broken.clear()
        found, state = await look(running, get, state, NOW + 121 * SECOND)
        assert running.asked[before].query["page"] == "3"
        assert len(values(found, "no2")) == 6


@pytest.mark.parametrize(
    ("answer", "told", "wait"),
    [
        (NO_ROOM, "429", 120),
        (Reply(status=500), "500", 0),
        (b"<html>Sorry</html>", "measurements is not JSON", 0),
        (b'{"data": [{"station_number": "NL1"', "measurements is not JSON", 0),
        (Reply(b'{"data": []}', promised=10), "closed", 0),
        (Reply(b'{"data": []}', after=3), "within", 0),
        (b'{"results": []}', "page 1 of measurements has no member data", 0),
        (b'{"data": [{"station_number": "NL1", "component": "NO2"}]}', "formula is None", 0),
        (b"[" * 100_000, "not JSON", 0),
        (b" " * (5 << 20), "more than 4 MB", 0),
    ],
)
async def test_what_cannot_be_used_fails_with_advice(answer: Reply | bytes, told: str, wait: float) -> None:
    network = Network(1)
    network.broken["", 1] = answer
    async with source(network.answers()) as running, asking(seconds=0.3) as get:
        with pytest.raises(SourceFailed, match=told) as failed:
            await look(running, get, {})
        assert failed.value.advice
        assert failed.value.wait == wait
        assert len(running.asked) == 1


async def test_a_page_that_cannot_be_used_does_not_stop_those_behind_it() -> None:
    network = Network(3, pages=3)
    broken = {"pagination": {"current_page": 2, "next_page": 3, "last_page": 3}, "data": [{"component": "NO2"}]}
    network.broken["", 2] = msgspec.json.encode(broken)
    async with source(network.answers()) as running, asking() as get:
        found, _ = await look(running, get, {})
        assert len(values(found, "no2")) == 6
        assert "Nothing of page 2 of measurements" in found.refused[0].reason


async def test_a_station_that_cannot_be_read_is_asked_again_the_next_day() -> None:
    network = Network(2)
    bad = "/open_api/stations/NL00001"
    async with source({**network.answers(), bad: Reply(status=404)}) as running, asking() as get:
        found, state = await look(running, get, {})
        assert [one.where for one in found.refused] == ["stations/NL00001"]
        found, state = await look(running, get, state, NOW + HOUR)
        assert values(found, "name") == ["Station NL00002"], "the others are not kept waiting"
        running.answers = network.answers()
        found, state = await look(running, get, state, NOW + 23 * HOUR)
        assert values(found, "name") == []
        found, state = await look(running, get, state, NOW + 25 * HOUR)
        assert values(found, "name") == ["Station NL00001"]


async def test_a_reading_of_the_future_does_not_hide_those_that_come() -> None:
    network = Network(1)
    at = "2030-01-01T00:00:00+00:00"
    record = {"station_number": "NL00001", "formula": "NO2", "value": 1, "timestamp_measured": at}
    network.broken["", 1] = msgspec.json.encode({"data": [record]})
    async with source(network.answers()) as running, asking() as get:
        _, state = await look(running, get, {})
        await look(running, get, state, NOW + HOUR)
        assert running.asked[-1].query["start"] == times.text(NOW - 3 * HOUR)


@pytest.mark.parametrize("options", [{"houres": 3}, {"hours": 0}, {"hours": 1000}, {"stations": "NL10636"}])
async def test_wrong_options_are_told_of(options: dict[str, Option]) -> None:
    wrong = Feed("luchtmeetnet", "http://127.0.0.1/", options=options)
    async with asking() as get:
        with pytest.raises(SourceFailed, match="options of the source are wrong") as failed:
            await Luchtmeetnet().look(wrong, {}, get, NOW)
        assert "stations, hours" in failed.value.advice


async def test_a_memory_of_another_release_is_begun_anew() -> None:
    async with source(Network(1).answers()) as running, asking() as get:
        found, _ = await look(running, get, {"newest": "long ago", "else": 1})
        assert len(values(found, "no2")) == 3
