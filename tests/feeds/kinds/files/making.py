# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A watched folder, what is put into it, and looks at it as the runner takes them."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hanze.errors import SourceFailed
from hanze.feeds.kinds.files import Files, line, looking
from hanze.feeds.source import Feed, Found, State
from hanze.feeds.tables import Mapping as Table
from hanze.feeds.tables.mapping import Attribute, Time
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.outgoing import Response

TABLE = Table("Station", "urn:ngsi-ld:Station:{station}", (Attribute("no2", "value", "GQ"),), Time("start"))
HEADER = "station,start,value\n"

Readings = list[tuple[str, str, float]]
"""Station, moment, value."""


def quick(monkeypatch: pytest.MonkeyPatch, *, settled: float = 0.0) -> None:
    """What waits for seconds waits for none."""
    monkeypatch.setattr(line, "SETTLED", settled)
    monkeypatch.setattr(line, "LOOK", 0.01)
    monkeypatch.setattr(line, "REST", 0)
    monkeypatch.setattr(looking, "QUIET", 0.05)


def rows(count: int, first: int = 0, station: str = "a") -> str:
    """So many rows of a table, a second each."""
    return "".join(
        f"{station},{times.text((1_767_225_600 + number) * 1_000_000)},{number}\n"
        for number in range(first, first + count)
    )


async def no_calls(url: str, headers: Mapping[str, str] | None = None, *, most_bytes: int = 0) -> Response:
    raise SourceFailed(f"{url} is away.", "")


class Watching:
    """A node's dealings with one folder: what is found is kept with the state, as JSON, or lost by accident."""

    def __init__(self, folder: Path, *, kind: Files | None = None, **told: Any) -> None:
        self.feed = Feed("files", str(folder), "watched", **{"table": TABLE, **told})
        self.folder = folder
        self.state: State = {}
        self.found: list[Found] = []
        self._kind = kind or Files()

    def restart(self) -> None:
        """The node ends and begins again."""
        self.state = msgspec.json.decode(msgspec.json.encode(self.state))
        self._kind = Files()

    async def look(self, *, lost: bool = False, get: Callable[..., Awaitable[Response]] = no_calls) -> Found:
        """One look; `lost`: before it was kept, the node ended."""
        async with asyncio.timeout(20):
            found, state = await self._kind.look(self.feed, self.state, get, times.system())
        if lost:
            self.restart()
        else:
            self.state = state
            self.found.append(found)
        return found

    async def all(self) -> Found:
        """What there is now, in however many looks: until two find nothing."""
        whole, quiet = Found(), 0
        while quiet < 2:
            found = await self.look()
            whole.entities += found.entities
            whole.series += found.series
            whole.refused += [one for one in found.refused if one not in whole.refused]
            quiet = 0 if found.entities or found.series else quiet + 1
        return whole

    async def news(self) -> Found:
        """The first look that finds something; a busy machine may need several until it sees a file."""
        async with asyncio.timeout(20):
            while not (found := await self.look()).series:
                pass
        return found


def readings(found: Found) -> Readings:
    """What its series say, in order."""
    return [
        (one.id.rpartition(":")[2], times.text(at)[11:19], value)
        for one in found.series
        for at, value in zip(one.moments, one.values, strict=True)
    ]


def values(found: Found) -> list[float]:
    """What the series say, whatever is said twice said once."""
    return sorted({value for _, _, value in readings(found)})


def reasons(found: Found) -> dict[str, str]:
    return {one.where: one.reason for one in found.refused}


NO2 = CORE.expand("no2")
