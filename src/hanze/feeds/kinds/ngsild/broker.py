# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The other broker as it is asked over HTTP: types, pages of entities, entities by their ids, who it is.

What brokers answer differs. Orion-LD and Scorpio give 1000 entities at once, Stellio 100 (with 403 for more); each of them may
be set otherwise. Source: their code and manuals, as of 2024 to 2026; ETSI GS CIM 009 V1.8.1, clauses 5.7 and 6.4.
"""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import msgspec

from hanze.errors import BadRequestData, SourceFailed
from hanze.feeds.called import Line
from hanze.feeds.kinds import answers
from hanze.feeds.kinds.ngsild.memory import Options
from hanze.http.negotiate import JSON, JSON_LD
from hanze.ngsild import duration, times
from hanze.outgoing import Response

API = "/ngsi-ld/v1"
CONTEXT_REL = "http://www.w3.org/ns/json-ld#context"

SIZES = (1000, 100, 20)
"""Entities of one page, tried in turn until the other broker gives as many."""

MOST_BYTES = 16 << 20
"""Of one page; where it is larger, fewer entities are asked for."""

LONGEST_IDS = 1200
"""Characters of the ids in one URL."""

TOO_MANY = frozenset({400, 403, 413, 422})
"""Statuses by which brokers say that a page is too large; 403 may mean something else too, which the smallest page shows."""


class Page(NamedTuple):
    """`asked`: when, in seconds of the event loop. `total`: how many there are in all, None where it was not told."""

    items: list[Any]
    asked: float
    total: int | None


class Broker:
    """Asks on behalf of one source. Errors: SourceFailed."""

    def __init__(self, url: str, chosen: Options, line: Line) -> None:
        base = url.rstrip("/")
        self.root = base if base.endswith(API) else base + API
        self._chosen = chosen
        self._line = line
        self._sizes = list(SIZES)
        self._ahead = 0

    async def call(
        self, method: str, path: str, body: object = None, accept: str = JSON_LD, most_bytes: int = 1 << 20
    ) -> Response:
        """An answer of whatever status; `path` is below the API's root. A body goes as JSON."""
        chosen, headers = self._chosen, {"Accept": accept, "Accept-Encoding": "identity"}
        if body is not None:
            headers["Content-Type"] = JSON
        if chosen.context:
            headers["Link"] = f'<{chosen.context}>; rel="{CONTEXT_REL}"; type="{JSON_LD}"'
        if chosen.tenant:
            headers["NGSILD-Tenant"] = chosen.tenant
        if chosen.token:
            headers["Authorization"] = f"Bearer {chosen.token}"
        data = b"" if body is None else msgspec.json.encode(body)
        return await self._line.call(method, self.root + path, headers, data, most_bytes=most_bytes)

    def failed(self, path: str, response: Response) -> SourceFailed:
        return self._line.failed(self.root + path, response)

    async def json(self, path: str, accept: str = JSON_LD) -> Any:
        """The JSON of a good answer."""
        response = await self.call("GET", path, accept=accept)
        if response.status != 200:
            raise self.failed(path, response)
        return answers.json(response.body, path)

    async def page(self, type: str, offset: int, *, count: bool = False) -> Page:
        """Entities of a type from the one with this number on, as the other broker orders them."""
        while True:
            size = self._sizes[0]
            more = {"count": "true"} if count else {}
            path = self._path({"type": type, "limit": str(size), "offset": str(offset), **more})
            asked = asyncio.get_running_loop().time()
            response = await self.call("GET", path, most_bytes=MOST_BYTES)
            if (response.cut or response.status in TOO_MANY) and self._smaller(size):
                continue
            return Page(await self._items(path, response), asked, _count(response.headers))

    async def by_ids(self, type: str, ids: Iterable[str]) -> list[Page]:
        """Those of these entities that are there."""
        return [await self._some(type, part) for part in _parts(ids)]

    async def _some(self, type: str, ids: list[str]) -> Page:
        path = self._path({"type": type, "id": ",".join(ids), "limit": str(len(ids))})
        asked = asyncio.get_running_loop().time()
        response = await self.call("GET", path, most_bytes=MOST_BYTES)
        return Page(await self._items(path, response), asked, None)

    async def types(self) -> Any:
        """The answer to which types there are."""
        return await self.json("/types")

    async def identity(self) -> tuple[str, float]:
        """Its URI, and for how many seconds it has run; both empty where it tells neither, as Orion-LD does. What time it is
        there is remembered. Source: clause 5.2.39."""
        response = await self.call("GET", "/info/sourceIdentity", accept=JSON)
        try:
            told = msgspec.json.decode(response.body)
            if "contextSourceTimeAt" in told:
                self._ahead = times.parse(told["contextSourceTimeAt"], "contextSourceTimeAt") - self._line.clock()
            return str(told["id"]), duration.parse(str(told["contextSourceUptime"])).micro / 1e6
        except (msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError, BadRequestData):
            return "", 0.0

    def now(self) -> int:
        """Microseconds of its clock, which is as far ahead of the machine's as when it told last; a demonstration is far ahead."""
        return self._line.clock() + self._ahead

    def _path(self, params: Mapping[str, str]) -> str:
        chosen = self._chosen
        own = {"options": "sysAttrs", "q": chosen.q, "scopeQ": chosen.scopeQ}
        given = {**params, **{name: value for name, value in own.items() if value}}
        return f"/entities?{urlencode(given, quote_via=quote, safe=':,')}"

    def _smaller(self, size: int) -> bool:
        """The next pages are smaller; False where they cannot be."""
        if self._sizes[0] == size and len(self._sizes) > 1:
            self._sizes.pop(0)
        return self._sizes[0] < size

    async def _items(self, path: str, response: Response) -> list[Any]:
        if response.cut:
            raise SourceFailed(
                f"{self._sizes[0]} entities of the other broker take more than {MOST_BYTES >> 20} MB.",
                "Ask for less, by the options types, q and scopeQ.",
            )
        if response.status != 200:
            raise self.failed(path, response)
        found = await asyncio.to_thread(answers.json, response.body, "a page of entities")
        if not isinstance(found, list):
            raise SourceFailed("A page of entities is no list.", answers.CHANGED)
        return found


def _count(headers: Mapping[str, str]) -> int | None:
    told = headers.get("ngsild-results-count", "")
    return int(told) if told.isascii() and told.isdigit() else None


def _parts(ids: Iterable[str]) -> list[list[str]]:
    """The ids in lists that a URL can hold."""
    parts: list[list[str]] = []
    room = 0
    for id in ids:
        size = len(quote(id, safe=":")) + 1
        if size > room:
            parts.append([])
            room = LONGEST_IDS
        parts[-1].append(id)
        room -= size
    return parts
