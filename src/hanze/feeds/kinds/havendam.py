# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Havendam, the invented town, as a source: its present each five minutes, and its history by the hour.

It asks nobody, so the feed's URL is only a name. Each look tells what is due of the present, and a month of the history; stops and
parks are told once, and again where they changed.
"""

import asyncio
from typing import Annotated, ClassVar

import msgspec

from hanze.errors import ConfigurationError, SourceFailed
from hanze.errors import mark as _
from hanze.feeds.havendam import diary, schedule, still
from hanze.feeds.havendam.city import City
from hanze.feeds.havendam.clock import STEP
from hanze.feeds.havendam.diary import Diary, Span
from hanze.feeds.kinds import answers
from hanze.feeds.source import Feed, Found, Get, Progress, State
from hanze.feeds.tables.shaping import Series
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity

MEND = _("Mend [options] in the file of the source.")


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`seed`: another one is another course of things. `months`: of history at the first start. `pilots`: planted effects, as
    hanze.feeds.havendam.schedule reads them."""

    seed: int = 1
    months: Annotated[int, msgspec.Meta(ge=0, le=240)] = 18
    pilots: list[str] = []


class Havendam:
    """`look` works out what the town tells."""

    kind: ClassVar[str] = "havendam"
    every: ClassVar[float] = STEP / 1e6

    async def look(self, feed: Feed, state: State, get: Get, now: int) -> tuple[Found, State]:
        before = _opened(answers.options(feed, Options), answers.memory(state, Diary), now)
        city = City(before.seed, before.effects)
        after, steps = diary.present(before, now)
        span = None
        # At first the present alone, so that the town is there at once.
        if before.told is not None:
            after, span = diary.piece(after)
        fresh = bool(steps) and before.still != still.digest()
        after = msgspec.structs.replace(after, still=still.digest() if fresh else before.still)
        # It is arithmetic on arrays, during which others have their turn.
        entities = await asyncio.to_thread(_present, city, steps, fresh or diary.missed(before, steps))
        series = [] if span is None else await asyncio.to_thread(_past, city, span)
        entities += still.entities() if fresh else []
        found = Found(entities, observed=steps[-1] * STEP if steps else None, series=series)
        found.again = now if after.spans else after.end
        found.progress = Progress(after.pieces - diary.left(after), after.pieces) if after.spans else None
        return found, answers.remembered(after)


def _opened(options: Options, kept: Diary, now: int) -> Diary:
    """The diary as the options want it now. Errors: SourceFailed where they do not fit to what has been told."""
    try:
        given = schedule.read(options.pilots)
        if kept.told is None:
            kept = diary.begun(options.seed, now)
        effects = schedule.revised(kept.effects, given, kept.end)
    except ConfigurationError as error:
        raise SourceFailed(error.detail, MEND) from None
    if kept.seed != options.seed:
        raise SourceFailed(
            f"The option seed is {options.seed}, and what is here was told with {kept.seed}.",
            f"Write seed = {kept.seed}, or make another node for another town.",
        )
    return diary.back(msgspec.structs.replace(kept, effects=effects), options.months)


def _present(city: City, steps: list[int], every: bool) -> list[Entity]:
    """`every`: of all bus trips, not only of those that drive."""
    moments = [step * STEP for step in steps]
    return [one for moment in moments for one in (*city.now(moment), *city.buses(moment, under_way=not every))]


def _past(city: City, span: Span) -> list[Series]:
    return [_expanded(one) for one in (*city.hours(*span), *city.runs(*span))]


def _expanded(one: Series) -> Series:
    return msgspec.structs.replace(one, type=CORE.expand(one.type), attribute=CORE.expand(one.attribute))
