# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The replaying source and its `get` behave as the contract says, so that the kinds are tried on what will happen."""

import pytest

from hanze.errors import SourceFailed
from tests.feeds.kinds.serving import Answers, Question, Reply, asking, source

pytestmark = pytest.mark.anyio


async def test_answers_and_what_was_asked() -> None:
    def page(asked: Question) -> bytes:
        return b"page " + asked.query["page"].encode()

    async with source({"/a": page, "/same": Reply(status=304)}) as running, asking() as get:
        assert (await get(running.url("/a?page=2"), {"If-None-Match": '"x"'})).body == b"page 2"
        assert (await get(running.url("/same"))).status == 304
        assert running.paths == ["/a", "/same"]
        assert running.asked[0].headers["if-none-match"] == '"x"'


async def test_bad_answers_are_failures_of_the_source() -> None:
    answers: Answers = {
        "/busy": Reply(status=429, headers={"Retry-After": "30"}),
        "/broken": Reply(status=500),
        "/slow": Reply(b"late", after=2),
        "/short": Reply(b"half", promised=4),
        "/long": b"x" * 100,
    }
    async with source(answers) as running, asking(seconds=0.2) as get:
        for path, told in [
            ("/busy", "429"),
            ("/broken", "500"),
            ("/slow", "within"),
            ("/short", "closed"),
            ("/gone", "404"),
            ("/long", "more than"),
        ]:
            with pytest.raises(SourceFailed, match=told) as failed:
                await get(running.url(path), most_bytes=10)
            assert failed.value.wait == (30 if path == "/busy" else 0), path
