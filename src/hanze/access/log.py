# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The access log: per minute and principal what was read, gathered in memory and written with the commits of others.

No addresses of people are kept. What was gathered since the last minute is lost when the process is killed.
"""

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from datetime import datetime, timedelta, tzinfo

import msgspec

from hanze.access.principal import Principal
from hanze.access.vaults import LOG
from hanze.ngsild.selection import Geo, Window
from hanze.ngsild.times import EPOCH, MICROSECOND, text
from hanze.store.base import Store, UnitOfWork

MINUTE = 60_000_000
MOST_GATHERED = 5_000

Read = tuple[int, str, str, tuple[str, ...], tuple[str, ...], str, str, str]
"""Minute, principal, tenant, types, attributes, area, period, agreement."""


Calls = dict[int, tuple[dict[str, Principal], dict[str, int]]]
"""By minute who called, and how often, by the ids of principals."""


class Entry(msgspec.Struct, frozen=True):
    """`minute`: microseconds of its start. Empty types or attributes: not limited to any. `agreement`: by a key of which one;
    `calls`: requests by such a key, also those that were refused; an entry that counts them counts no `reads`."""

    minute: int
    principal: str
    tenant: str
    types: list[str]
    attributes: list[str]
    area: str
    period: str
    reads: int
    agreement: str = ""
    calls: int = 0


class Week(msgspec.Struct, frozen=True):
    """`start`: microseconds of its Monday, in the zone that was asked for. `calls`: requests by the keys of the agreement;
    `reads`: answers, and what subscriptions sent."""

    start: int
    calls: int
    reads: int


class AccessLog:
    """Gathers reads, from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._reads: dict[Read, int] = {}
        self._calls: Calls = {}
        self._minute = 0
        self._counts: dict[str, int] = {}

    def note(
        self, now: int, principal: str, tenant: str, types: Sequence[str], attributes: Sequence[str],
        area: Geo | None, period: Window | None, agreement: str = "",
    ) -> None:  # fmt: skip
        """One read. Cheap: a few microseconds."""
        read = (
            now - now % MINUTE, principal, tenant, tuple(types), tuple(attributes),
            "" if area is None else describe_area(area), "" if period is None else describe_period(period), agreement,
        )  # fmt: skip
        with self._lock:
            reads = self._reads
            reads[read] = reads.get(read, 0) + 1
            many = len(reads) >= MOST_GATHERED
        if many:
            self.flush()

    def call(self, now: int, principal: Principal) -> None:
        """One request by a key of an agreement, whatever it is answered. On the event loop only."""
        minute = now - now % MINUTE
        if minute != self._minute or principal.id not in self._counts:
            self._minute = minute
            with self._lock:
                self._counts = self._calls.setdefault(minute, ({}, {}))[1]
                self._calls[minute][0][principal.id] = principal
            self._counts.setdefault(principal.id, 0)
        self._counts[principal.id] += 1

    def flush(self) -> Future[None] | None:
        """Queues what was gathered as one work; None where there was nothing."""
        with self._lock:
            reads, self._reads = self._reads, {}
            calls, self._calls, self._counts = self._calls, {}, {}
        if not reads and not calls:
            return None
        return self._store.submit(lambda work: _write(work, reads, calls))


def _write(work: UnitOfWork, reads: dict[Read, int], calls: Calls) -> None:
    table = work.vault(LOG)
    for (minute, principal, tenant, types, attributes, area, period, agreement), count in reads.items():
        table.insert(
            {
                "minute": minute, "principal": principal, "tenant": tenant, "types": list(types),
                "attributes": list(attributes), "area": area or None, "period": period or None, "reads": count,
                "agreement": agreement or None,
            }
        )  # fmt: skip
    for minute, (who, counts) in calls.items():
        for id, count in counts.items():
            row = {"minute": minute, "principal": who[id].label, "tenant": "", "agreement": who[id].agreement}
            table.insert({**row, "types": [], "attributes": [], "reads": 0, "calls": count})


def entries(store: Store, *, since: int = 0, limit: int | None = None) -> list[Entry]:
    """What was read since a moment (microseconds), oldest first."""
    rows = store.vault(LOG).select({"minute": (">=", since)}, order=("minute", "rowid"), limit=limit)
    return [
        Entry(
            row["minute"], row["principal"], row["tenant"], row["types"], row["attributes"],
            row["area"] or "", row["period"] or "", row["reads"], row["agreement"] or "", row["calls"] or 0,
        )
        for row in rows
    ]  # fmt: skip


def weeks(store: Store, agreement: str, zone: tzinfo, *, since: int = 0) -> list[Week]:
    """How often data was fetched by the agreement, week by week, the first one first; weeks without any are left out."""
    found: dict[int, list[int]] = {}
    for row in store.vault(LOG).select({"agreement": agreement, "minute": (">=", since)}, order=("minute",)):
        counted = found.setdefault(_monday(row["minute"], zone), [0, 0])
        counted[0] += row["calls"] or 0
        counted[1] += row["reads"]
    return [Week(start, *counted) for start, counted in found.items()]


def _monday(moment: int, zone: tzinfo) -> int:
    day = (EPOCH + timedelta(microseconds=moment)).astimezone(zone).date()
    first = datetime.combine(day - timedelta(days=day.weekday()), datetime.min.time(), zone)
    return (first - EPOCH) // MICROSECOND


def describe_area(area: Geo) -> str:
    """Relation and the box around the geometry: west, south, east, north, with distances in metres."""
    points = list(_points(area.geometry.get("coordinates")))
    if not points:
        return area.relation
    x, y = zip(*points, strict=True)
    box = ", ".join(f"{edge:.4f}" for edge in (min(x), min(y), max(x), max(y)))
    limits = [("within", area.max_distance), ("beyond", area.min_distance)]
    return f"{area.relation} [{box}]" + "".join(
        f" {word} {metres:g} m" for word, metres in limits if metres is not None
    )


def _points(coordinates: object) -> list[tuple[float, float]]:
    if not isinstance(coordinates, list | tuple) or not coordinates:
        return []
    if isinstance(coordinates[0], int | float):
        return [(float(coordinates[0]), float(coordinates[1]))]
    return [point for part in coordinates for point in _points(part)]


def describe_period(window: Window) -> str:
    """The bounds of a window; `..` for the whole history."""
    start = "" if window.start is None else text(window.start)
    end = "" if window.end is None else text(window.end)
    if window.relation == "before":
        return f"..{start or end}"
    return f"{start}..{end}"
