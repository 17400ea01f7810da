# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values follow the journal: what new readings make due is worked out in a process of its own, and kept; then the scores."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

import msgspec

from hanze.compute.pool import Pool
from hanze.goals.computing.compute import earlier, period
from hanze.goals.computing.job import Job, digest, run
from hanze.goals.indicators.definition import Definition, Part
from hanze.goals.keeping import entered, values
from hanze.goals.keeping.values import Worth
from hanze.goals.model import AREA, ENTERED, VALUE
from hanze.goals.regularly import regularly
from hanze.goals.scorer import Scores
from hanze.ngsild import selection
from hanze.ngsild.context import CORE
from hanze.ngsild.described import LOCATION
from hanze.ngsild.language import q
from hanze.ngsild.times import Clock
from hanze.store.base import JournalRow, Store

CONSUMER = "goals"

LOOK_SECONDS = 30.0
ROWS, AT_ONCE = 2_000, 500
"""Journal rows of one read, and values of one write."""

EVERY_SECONDS = 600.0
"""All periods are worked out no more often, however often something late comes."""

LONGEST_SECONDS = 900.0

COMING = frozenset({"created", "deleted"})
"""Kinds of rows of the journal."""


class Due(msgspec.Struct):
    """What is to be worked out: indicators in the period that runs, those of which one has just ended, those in all periods, and
    those in all periods at once, since people entered something for them."""

    now: set[str] = msgspec.field(default_factory=set)
    ended: set[str] = msgspec.field(default_factory=set)
    always: set[str] = msgspec.field(default_factory=set)
    entered: set[str] = msgspec.field(default_factory=set)


class Goals:
    """The values of one city. `open`: the percentage of types that everyone may read."""

    def __init__(
        self, store: Store, pool: Pool, clock: Clock, zone: ZoneInfo, city: str, definitions: Mapping[str, Definition],
        open: Callable[[], float | None], sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        monotonic: Callable[[], float] = lambda: asyncio.get_running_loop().time(),
    ) -> None:  # fmt: skip
        self._store, self._pool, self._clock = store, pool, clock
        self._zone, self._city, self._definitions = zone, city, definitions
        self._open, self._sleep, self._monotonic = open, sleep, monotonic
        self.scores = Scores(store, pool, clock, zone, city, definitions)
        self._asked = asked(definitions.values())
        self._due = Due()
        self._wholly: float | None = None
        self._at: int | None = None
        """What this process has read of the journal; it stands in the store when all that it made due is done."""
        self._starts: dict[str, int] = {}
        """Of each indicator, the period of which values were worked out last."""
        self._said: dict[tuple[str, str, int], bytes] = {}
        """What was kept last of a period that runs, by indicator, area and start."""

    async def run(self) -> None:
        """Until it is cancelled."""
        await regularly(self._both, LOOK_SECONDS, self._sleep, "indicators")

    async def _both(self) -> None:
        await self.look()
        await self.scores.look()

    async def look(self) -> int:
        """Works out what is due; how many values were news."""
        if self._at is None:
            await self._store.read(self._began)
        head = await self._read()
        self._turned()
        due, news, now = self._due, 0, self._monotonic()
        if due.always and (self._wholly is None or now - self._wholly >= EVERY_SECONDS):
            news += await self._worked(due.always, None)
            self._wholly, due.always = now, set()
        if due.entered:
            news += await self._worked(due.entered, None)
            due.entered = set()
        if due.now:
            news += await self._worked(due.now, [self._clock()])
            due.now, due.ended = set(), set()
        if not due.always and head != self._store.position(CONSUMER):
            await self._store.write(lambda uow: uow.position(CONSUMER, head))
        return news

    def _began(self) -> None:
        """What became due while nobody looked: an indicator that is new or another one, and periods that ended."""
        now = self._clock()
        for code, one in self._definitions.items():
            kept, running = values.newest(self._store, code), period(one, now, self._zone)
            last = earlier(one, running, 1, self._zone)
            if kept is None or kept.definition != digest(one) or kept.start < last.start:
                self._due.always.add(code)
            else:
                self._starts[code] = kept.start

    async def _read(self) -> int:
        """Notes what the journal makes due; the number up to which it was read."""
        begun = self._store.position(CONSUMER) if self._at is None else self._at
        if begun is None:
            self._due.always |= self._definitions.keys()
            self._at = self._store.head()
            return self._at
        after = begun
        while rows := await self._store.read(lambda: self._store.journal(after, ROWS)):  # noqa: B023
            if rows[0].seq > after + 1:
                self._due.always |= self._definitions.keys()
            for row in rows:
                self._note(row)
            self._at = after = rows[-1].seq
        return after

    def _note(self, row: JournalRow) -> None:
        if row.tenant or VALUE.iri in row.types:
            return
        if AREA.iri in row.types:
            self._due.always |= self._definitions.keys()
            return
        if ENTERED.iri in row.types:
            self._due.entered.update(built_on(entered.code_of(row.id), self._definitions.values()))
            return
        for type in row.types:
            for attributes, code in self._asked.get(type, ()):
                # That something came or went is news to whoever looks at it, whatever is known of it.
                if attributes is None or row.kind in COMING or not attributes.isdisjoint(row.attributes):
                    (self._due.always if row.kind == "bulk" else self._due.now).add(code)

    def _turned(self) -> None:
        """A period that is over is worked out once more, and from then on stands in the history."""
        now = self._clock()
        for code, one in self._definitions.items():
            start = period(one, now, self._zone).start
            if self._starts.setdefault(code, start) != start:
                self._starts[code] = start
                self._due.now.add(code)
                self._due.ended.add(code)

    async def _worked(self, codes: Iterable[str], moments: Sequence[int] | None) -> int:
        """`moments`: of the periods; None: all that there are."""
        job = Job(
            self._store.looking(), self._zone.key, self._clock(), self._definitions, sorted(codes), moments,
            before=frozenset(self._due.ended), open=self._open(),
        )  # fmt: skip
        return await self._keep(await self._pool.run(run, job, seconds=LONGEST_SECONDS, asker=CONSUMER, shelf=True))

    async def _keep(self, worths: Sequence[Worth]) -> int:
        now = self._clock()
        past = await self._write([one for one in worths if one.end <= now], now)
        told = {(one.code, one.area, one.start): (one, values.told(one)) for one in worths if one.end > now}
        # One reading leaves most of them as they are, and whoever writes them has other things to do.
        fresh = {key: (one, said) for key, (one, said) in told.items() if self._said.get(key) != said}
        running = await self._write([one for one, _ in fresh.values()], now)
        self._said.update((key, said) for key, (_, said) in fresh.items())
        if past or running:
            self.scores.follow(past=past > 0)
        return past + running

    async def _write(self, worths: Sequence[Worth], now: int) -> int:
        news = 0
        # All periods of an area together, so that its history is read once.
        order = sorted(worths, key=lambda one: (one.code, one.area, one.start))
        for first in range(0, len(order), AT_ONCE):
            part = order[first : first + AT_ONCE]
            # Of a period that runs the history says nothing.
            over = [one for one in part if one.end <= now]
            pasts = await self._store.read(lambda: values.pasts(self._store, self._city, over))  # noqa: B023
            news += await self._store.write(lambda uow: values.write(uow, self._city, part, pasts))  # noqa: B023
        return news


def asked(definitions: Iterable[Definition]) -> dict[str, list[tuple[frozenset[str] | None, str]]]:
    """By type: the attributes that an indicator looks at, None for any, with its code; those that build on it as well."""
    every = list(definitions)
    found: dict[str, list[tuple[frozenset[str] | None, str]]] = {}
    for one in every:
        codes = built_on(one.code, every)
        for part in one.part:
            if part.type:
                looked = _looked(part)
                found.setdefault(CORE.expand(part.type), []).extend((looked, code) for code in codes)
    return found


def _looked(part: Part) -> frozenset[str] | None:
    """Where things are, what is taken of them, and what they are chosen by; None for any where that stands elsewhere."""
    query = q.parse(part.where, CORE) if part.where else None
    if selection.linked(query):
        return None
    named = {name for name in selection.asked(query) if ":" in name}
    return frozenset({LOCATION, *named, *({CORE.expand(part.attribute)} if part.attribute else ())})


def built_on(code: str, definitions: Iterable[Definition]) -> list[str]:
    """An indicator, where it is there, and those that build on it."""
    return [one.code for one in definitions if one.code == code or any(part.indicator == code for part in one.part)]
