# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asks Luchtmeetnet for what is new, in few calls: pages of readings first, then the places of stations, over many looks."""

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar
from urllib.parse import quote, urlencode

from msgspec import Meta, Struct

from hanze.errors import BadRequestData, SourceFailed
from hanze.feeds.kinds import answers
from hanze.feeds.kinds.luchtmeetnet import decoding
from hanze.feeds.source import Feed, Found, Get, Refused, State
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity

DATE = CORE.expand("dateObserved")

SECOND = 1_000_000
HOUR = 3600 * SECOND
DAY = 24 * HOUR

MOST_CALLS = 90
CALLS_COUNT = 600 * SECOND
"""The source takes 100 calls in 5 minutes. A look may last, so its calls count for twice as long from its beginning."""

MOST_BYTES = 4 << 20
MOST_PAGES = 1000
"""Pages of one question: a day of all stations has about 250."""

MOST_SINGLE = 10
"""More stations than this are asked for at once with all others, and chosen from what comes."""

MOST_STATIONS = 5000
LIST_AGE = DAY
PLACE_AGE = 7 * DAY
"""How old what is known of the list and of a station's place may become."""


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """`stations`: numbers such as NL10636, else all. `hours`: how far back is asked at first, and again later for readings
    that come late or are revised; the source gives 7 days at once."""

    stations: list[str] = []
    hours: Annotated[float, Meta(ge=1, le=144)] = 3.0


class Window(Struct):
    """A question that is not answered to its end yet: its span and when it was first put, in microseconds; the next station
    of it and page."""

    start: int
    end: int
    begun: int
    station: int = 0
    page: int = 1


class Memory(Struct):
    """`newest`: the newest moment seen. `places`: when the place of a station was asked. `listed`: when the list was.
    `calls`: moments of looks and how many calls they made. `rest`: no call before it. All in microseconds."""

    newest: int | None = None
    window: Window | None = None
    places: dict[str, int] = {}
    listed: int = 0
    calls: list[tuple[int, int]] = []
    rest: int = 0


class Luchtmeetnet:
    """Hourly readings as AirQualityObserved, one entity a station."""

    kind: ClassVar[str] = "luchtmeetnet"
    every: ClassVar[float] = 600.0

    async def look(self, feed: Feed, state: State, get: Get, now: int) -> tuple[Found, State]:
        """The readings since the last look, and the places of some stations. Errors: SourceFailed."""
        chosen = answers.options(feed, Options)
        memory = answers.memory(state, Memory)
        if now < memory.rest:
            return Found(), state
        memory.calls = [(at, made) for at, made in memory.calls if 0 <= now - at < CALLS_COUNT]
        calls = _Calls(feed.url, get, MOST_CALLS - sum(made for _, made in memory.calls))
        look = _Look(calls, chosen, memory, now)
        try:
            await look.readings()
            await look.places()
        except _Spent:
            pass
        except SourceFailed as error:
            if not look.found.entities:
                raise
            look.found.refused.append(Refused(calls.last, error.detail))
            memory.rest = now + int(error.wait * SECOND)
        memory.calls.append((now, calls.made))
        look.found.entities.sort(key=_moment)
        return look.found, answers.remembered(memory)


class _Spent(Exception):
    """No further call may be made in this look."""


class _Calls:
    """The calls of one look. `made`: how many; `last`: what was asked last."""

    def __init__(self, url: str, get: Get, left: int) -> None:
        self._url = url.rstrip("/")
        self._get = get
        self._left = left
        self.made = 0
        self.last = ""

    async def json(self, path: str, **query: object) -> Any:
        """The decoded answer. Errors: SourceFailed, and _Spent where there is no call left."""
        if self.made >= self._left:
            raise _Spent
        self.made += 1
        self.last = path
        asked = f"?{urlencode(query)}" if query else ""
        response = await self._get(f"{self._url}/{path}{asked}", {"Accept": "application/json"}, most_bytes=MOST_BYTES)
        return answers.json(response.body, path)


class _Look:
    """One look: what it found so far, and the memory that goes along."""

    def __init__(self, calls: _Calls, chosen: Options, memory: Memory, now: int) -> None:
        self.found = Found()
        self._calls = calls
        self._chosen = chosen
        self._memory = memory
        self._now = now

    async def readings(self) -> None:
        """Goes on with the question that was not answered to its end, or asks for what is new."""
        window = self._memory.window
        if window is None or self._now - window.begun > DAY:
            window = self._memory.window = self._fresh()
        stations = self._chosen.stations
        single = stations if len(stations) <= MOST_SINGLE else []
        kept = {decoding.identity(number) for number in stations}
        for number in (single or [""])[window.station :]:
            while True:
                document = await self._page(window, number)
                self._take(self._decoded(document, window.page, number), kept)
                after = decoding.following(document)
                if after is None or after > MOST_PAGES:
                    break
                window.page = after
            window.station, window.page = window.station + 1, 1
        if window.end < self._now - HOUR:
            # Where the source had nothing for the whole window, the next one must not begin there again.
            self._seen(window.end)
        self._memory.window = None

    async def places(self) -> None:
        """Asks where stations stand, the longest unknown first."""
        memory = self._memory
        if self._chosen.stations:
            known = {number: memory.places.get(number, 0) for number in self._chosen.stations}
        else:
            if self._now - memory.listed >= LIST_AGE:
                known = {number: memory.places.get(number, 0) for number in await self._list()}
                memory.listed = self._now
            else:
                known = memory.places
        memory.places = known
        for number in sorted(known, key=lambda one: known[one]):
            if self._now - known[number] < PLACE_AGE:
                return
            if not await self._place(number):
                return

    async def _place(self, number: str) -> bool:
        """Asks for one place; False where the source failed, so that it is asked no more in this look."""
        path = f"stations/{quote(number, safe='')}"
        try:
            self.found.entities.append(decoding.decode_station(await self._calls.json(path), path, number))
        except (SourceFailed, BadRequestData) as error:
            self.found.refused.append(Refused(path, error.detail))
            self._memory.places[number] = self._now - PLACE_AGE + DAY
            if isinstance(error, SourceFailed):
                self._memory.rest = self._now + int(error.wait * SECOND)
                return False
            return True
        self._memory.places[number] = self._now
        return True

    async def _list(self) -> Iterable[str]:
        numbers: dict[str, None] = {}
        page: int | None = 1
        while page is not None and len(numbers) < MOST_STATIONS:
            document = await self._calls.json("stations", page=page, order_by="number")
            some, refused = decoding.decode_stations(document, f"page {page} of stations")
            self.found.refused += refused
            numbers.update(dict.fromkeys(some))
            page = decoding.following(document) if some else None
        return numbers

    async def _page(self, window: Window, number: str) -> Any:
        whose = {"station_number": number} if number else {}
        return await self._calls.json(
            "measurements",
            **whose,
            start=_whole(window.start),
            end=_whole(window.end),
            page=window.page,
            order_by="timestamp_measured",
            order_direction="asc",
        )

    def _fresh(self) -> Window:
        back = int(self._chosen.hours * HOUR)
        newest = self._memory.newest
        if newest is None:
            return Window(self._now - back, self._now, self._now)
        # After a long pause the history is gone through a day at a time.
        return Window(newest - back, min(self._now, newest + DAY), self._now)

    def _decoded(self, document: Any, page: int, number: str) -> Found:
        """The readings of a page; one that cannot be used among others that can does not stop those behind it."""
        try:
            return decoding.decode_measurements(document, f"page {page} of measurements", number)
        except SourceFailed as error:
            if page == 1 and not self.found.entities:
                raise
            return Found(refused=[Refused(self._calls.last, error.detail)])

    def _take(self, page: Found, kept: set[str]) -> None:
        self.found.entities += [one for one in page.entities if not kept or one.id in kept]
        self.found.refused += page.refused
        if page.observed is not None:
            self.found.observed = max(page.observed, self.found.observed or 0)
            self._seen(page.observed)

    def _seen(self, moment: int) -> None:
        # A reading of the future, which is a mistake, must not hide those that come until then.
        self._memory.newest = max(self._memory.newest or 0, min(moment, self._now))


def _whole(moment: int) -> str:
    return times.text(moment // SECOND * SECOND)


def _moment(entity: Entity) -> str:
    """When the readings of an entity are of; nothing for a place, which so comes first."""
    readings = entity.attributes.get(DATE)
    return readings[0]["observedAt"] if readings else ""
