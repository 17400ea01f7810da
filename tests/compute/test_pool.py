# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pool with real processes: what each of its promises says, also when a worker crashes, hangs or eats all memory."""

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from hanze.compute.pool import OF_ONE, Pool
from hanze.errors import BadRequestData, CalculationFailed, Unavailable
from tests.compute import jobs

pytestmark = pytest.mark.anyio

MEMORY = 400 << 20


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    made = Pool(1, MEMORY)
    yield made
    await made.stop()


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.01)


def alive(pid: int) -> bool:
    """It runs; one that is dead and not yet collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


async def test_a_worker_keeps_what_a_function_puts_on_its_shelf_as_long_as_it_lives(pool: Pool) -> None:
    assert [await pool.run(jobs.asked, name, shelf=True) for name in ("a", "a", "b", "a")] == [1, 2, 1, 3]
    other = Pool(1, MEMORY)
    assert await other.run(jobs.asked, "a", shelf=True) == 1
    await other.stop()


async def test_a_function_runs_in_another_process_with_low_priority_and_bounded_memory(pool: Pool) -> None:
    assert await pool.run(jobs.double, 21) == 42
    pid, nice, memory, there = await pool.run(jobs.who)
    assert pid != os.getpid() and nice >= 10 and memory == (MEMORY, MEMORY)
    assert there == ["hanze", "hanze.compute", "hanze.errors"], "a worker imports no more than its function needs"


async def test_none_starts_before_it_is_needed_one_is_used_again_and_ends_when_idle() -> None:
    pool = Pool(2, MEMORY, idle=0.3)
    assert not pool._idle
    first = (await pool.run(jobs.who))[0]
    assert (await pool.run(jobs.who))[0] == first
    await until(lambda: not alive(first))
    assert (await pool.run(jobs.who))[0] != first
    await pool.stop()


async def test_never_more_than_its_number_at_once(tmp_path: Path) -> None:
    pool, file = Pool(2, MEMORY), tmp_path / "times"
    await asyncio.gather(*(pool.run(jobs.note, str(file), str(one), 0.1) for one in range(6)))
    await pool.stop()
    spans = [tuple(map(float, line.split()[1:])) for line in file.read_text().splitlines()]
    most = max(sum(begun <= at < end for begun, end in spans) for at, _ in spans)
    assert (len(spans), most) == (6, 2)


async def test_askers_take_turns(pool: Pool, tmp_path: Path) -> None:
    file = tmp_path / "times"
    async with asyncio.TaskGroup() as group:
        for name, asker in (("a1", "a"), ("a2", "a"), ("a3", "a"), ("b1", "b"), ("c1", "c")):
            group.create_task(pool.run(jobs.note, str(file), name, 0.05, asker=asker))
    order = [line.split()[0] for line in file.read_text().splitlines()]
    assert order == ["a1", "a2", "b1", "c1", "a3"], "who asked for much does not keep the others waiting"


async def test_too_many_are_told_to_come_back(tmp_path: Path) -> None:
    pool = Pool(1, MEMORY, waiting=OF_ONE + 1)
    waiting = [asyncio.create_task(pool.run(jobs.sleep, 60, asker="a")) for _ in range(1 + OF_ONE)]
    await until(lambda: pool.figures()["calculations_waiting"] == OF_ONE)
    with pytest.raises(Unavailable, match="try again in a minute"):
        await pool.run(jobs.double, 1, asker="a")
    waiting.append(asyncio.create_task(pool.run(jobs.sleep, 60, asker="b")))
    await until(lambda: pool.figures()["calculations_waiting"] == OF_ONE + 1)
    with pytest.raises(Unavailable):
        await pool.run(jobs.double, 1, asker="c")
    for one in waiting:
        one.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert await pool.run(jobs.double, 4) == 8, "those who gave up left the line"
    assert pool.figures() == {"calculations": 0, "calculations_waiting": 0, "calculations_failed": 0}
    await pool.stop()


async def test_what_takes_too_long_is_killed(pool: Pool, tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    with pytest.raises(CalculationFailed, match=r"more than 0\.7 seconds"):
        await pool.run(jobs.sleep, 60, str(mark), seconds=0.7)
    assert not alive(int(mark.read_text()))
    assert await pool.run(jobs.double, 2) == 4
    assert pool.figures()["calculations_failed"] == 1


async def test_whose_asker_goes_away_is_killed(pool: Pool, tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    asked = asyncio.create_task(pool.run(jobs.sleep, 60, str(mark)))
    await until(lambda: mark.exists() and mark.read_text())
    asked.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asked
    assert not alive(int(mark.read_text()))
    assert await pool.run(jobs.double, 2) == 4


@pytest.mark.parametrize(
    ("job", "told"),
    [
        (jobs.broken, "on our side"), (jobs.crash, "on our side"), (jobs.leave, "on our side"),
        (jobs.hungry, r"more than the 400 MB that \[compute\] memory allows"),
    ],
)  # fmt: skip
async def test_a_crash_is_a_plain_error_for_its_asker_only(pool: Pool, job: Callable[[], object], told: str) -> None:
    others = [asyncio.create_task(pool.run(jobs.double, one)) for one in range(3)]
    with pytest.raises(CalculationFailed, match=told) as failed:
        await pool.run(job)
    assert "Traceback" not in str(failed.value) and "secret" not in str(failed.value)
    assert await asyncio.gather(*others) == [0, 2, 4]
    assert await pool.run(jobs.double, 5) == 10
    assert pool.figures()["calculations_failed"] == 1


async def test_an_error_that_is_meant_comes_as_it_is(pool: Pool) -> None:
    first = (await pool.run(jobs.who))[0]
    with pytest.raises(BadRequestData, match="give a number") as refused:
        await pool.run(jobs.refuse)
    assert refused.value.members == {"limit": 3}
    assert (await pool.run(jobs.who))[0] == first, "its worker goes on"
    assert pool.figures()["calculations_failed"] == 0


async def test_an_idle_worker_that_was_killed_is_nobodys_error(pool: Pool) -> None:
    pid = (await pool.run(jobs.who))[0]
    os.kill(pid, 9)
    await until(lambda: not alive(pid))
    await asyncio.sleep(0.1)
    assert await pool.run(jobs.double, 1) == 2


async def test_progress_comes_at_most_five_times_a_second(pool: Pool) -> None:
    found: list[tuple[float, float, str]] = []
    begun = time.monotonic()
    assert await pool.run(jobs.count, 100, 0.01, progress=lambda *told: found.append(told)) == "counted"
    most = (time.monotonic() - begun) * 5 + 1
    assert 3 <= len(found) <= most
    assert found == sorted(found) and {one[1:] for one in found} == {(100, "Counting")}


async def test_what_a_job_prints_is_not_taken_for_its_answer(pool: Pool) -> None:
    assert await pool.run(jobs.talk) == b"x" * 5_000_000


async def test_stopping_ends_all_at_once(tmp_path: Path) -> None:
    pool, marks = Pool(2, MEMORY), [tmp_path / "a", tmp_path / "b"]
    asked = [asyncio.create_task(pool.run(jobs.sleep, 60, str(mark))) for mark in marks]
    asked.append(asyncio.create_task(pool.run(jobs.double, 1)))
    await until(lambda: all(mark.exists() and mark.read_text() for mark in marks))
    begun = time.monotonic()
    await pool.stop()
    assert time.monotonic() - begun < 2
    assert not any(alive(int(mark.read_text())) for mark in marks)
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(one) for one in answers] == [CalculationFailed, CalculationFailed, Unavailable]
