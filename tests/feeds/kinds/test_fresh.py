# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file is asked for with what the source said of it last, as long as the same is asked."""

import pytest

from hanze.feeds.kinds.fresh import Mark, fresh
from hanze.feeds.source import Feed
from tests.feeds.kinds.serving import Reply, asking, source

pytestmark = pytest.mark.anyio

WHEN = "Tue, 24 Nov 2026 20:00:00 GMT"


async def test_marks_go_back_as_they_came() -> None:
    told = {"ETag": 'W/"a"', "Last-Modified": WHEN}
    async with source({"/": Reply(b"one", headers=told), "/other": b"two"}) as running, asking() as get:
        feed = Feed("x", running.url())
        body, mark = await fresh(feed, Mark(), get, 100)
        assert body == b"one"
        running.answers = {"/": Reply(status=304), "/other": b"two"}
        assert await fresh(feed, mark, get, 100) == (None, mark)
        assert running.asked[1].headers["if-none-match"] == 'W/"a"'
        assert running.asked[1].headers["if-modified-since"] == WHEN
        # The mark is of this URL and these options.
        for other in (Feed("x", running.url("/other")), Feed("x", running.url("/other"), options={"a": "b"})):
            assert (await fresh(other, mark, get, 100))[0] == b"two"
            assert "if-none-match" not in running.asked[-1].headers


async def test_a_source_without_marks_is_asked_for_all() -> None:
    async with source({"/": b"one"}) as running, asking() as get:
        feed = Feed("x", running.url())
        _, mark = await fresh(feed, Mark(), get, 100)
        assert (await fresh(feed, mark, get, 100))[0] == b"one"
        assert "if-none-match" not in running.asked[1].headers and "if-modified-since" not in running.asked[1].headers


async def test_the_mark_holds_no_secret() -> None:
    async with source({"/": b"one"}) as running, asking() as get:
        _, mark = await fresh(Feed("x", running.url("/?key=SECRET"), options={"key": "SECRET"}), Mark(), get, 100)
    assert "SECRET" not in repr(mark) and mark.of
