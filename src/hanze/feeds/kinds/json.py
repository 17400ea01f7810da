# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""JSON of any shape over HTTP, by the mapping in the source's file."""

from typing import ClassVar

from hanze.errors import SourceFailed
from hanze.feeds.kinds import answers
from hanze.feeds.kinds.fresh import Mark, fresh
from hanze.feeds.shapes.reading import read
from hanze.feeds.source import Feed, Found, Get, State

MOST_BYTES = 64 << 20


class Json:
    """`look` asks for the feed's URL, only where it changed, and reads it by the feed's mapping."""

    kind: ClassVar[str] = "json"
    every: ClassVar[float] = 300.0

    async def look(self, feed: Feed, state: State, get: Get, now: int) -> tuple[Found, State]:
        if feed.mapping is None:
            raise SourceFailed("The source has no mapping.", "Write [mapping] into its file: type, id and attributes.")
        try:
            feed.mapping.check()
        except ValueError as error:
            raise SourceFailed(
                f"The mapping cannot be used: {error}.", "Mend [mapping] in the file of the source."
            ) from None
        body, mark = await fresh(feed, answers.memory(state, Mark), get, MOST_BYTES)
        if body is None:
            return Found(), answers.remembered(mark)
        return read(answers.json(body, "the answer"), feed.mapping), answers.remembered(mark)
