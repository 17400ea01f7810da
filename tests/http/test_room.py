# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bodies under way share a room; who finds none waits in line."""

import asyncio

import pytest

from hanze.errors import TooManyRequests
from hanze.http import room
from hanze.http.room import Room

pytestmark = pytest.mark.anyio


async def test_who_comes_first_is_served_first() -> None:
    hall = Room(10)
    served: list[str] = []

    async def come(name: str, size: int) -> None:
        await hall.take(size)
        served.append(name)

    await come("a", 8)
    waiting = []
    for name, size in (("b", 5), ("c", 1), ("d", 10)):
        waiting.append(asyncio.create_task(come(name, size)))
        await asyncio.sleep(0)
    assert served == ["a"], "c would fit, but b was there before"
    hall.give(8)
    await asyncio.gather(*waiting[:2])
    assert served == ["a", "b", "c"]
    hall.give(5)
    await asyncio.sleep(0)
    assert served == ["a", "b", "c"]
    hall.give(1)
    await waiting[2]
    assert served == ["a", "b", "c", "d"]


async def test_who_waits_too_long_is_told_so_and_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "SECONDS", 0.02)
    hall = Room(10)
    await hall.take(10)
    with pytest.raises(TooManyRequests, match="Too many large requests"):
        await hall.take(1)
    hall.give(10)
    await hall.take(10)


async def test_who_leaves_the_line_takes_nothing() -> None:
    hall = Room(10)
    await hall.take(10)
    leaving = asyncio.create_task(hall.take(6))
    staying = asyncio.create_task(hall.take(6))
    await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.sleep(0)
    hall.give(10)
    await staying
    await hall.take(4)


async def test_a_place_that_was_given_to_one_who_left_is_free_again() -> None:
    hall = Room(10)
    await hall.take(10)
    leaving = asyncio.create_task(hall.take(10))
    await asyncio.sleep(0)
    hall.give(10)
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    await asyncio.wait_for(hall.take(10), 1)
