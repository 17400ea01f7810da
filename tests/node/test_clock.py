# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The clock of a demonstration: it never goes back, and jumps only where it is told to, however the node ends."""

import asyncio
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.errors import BadRequestData, ConfigurationError
from hanze.ngsild import times
from hanze.ngsild.times import Clock
from hanze.node.clock import AHEAD_SECONDS, FASTEST, FILE, DemoClock, clock_of
from hanze.node.config import Config, Demo

SECOND = 1_000_000
BEGIN = times.parse("2026-06-01T12:00:00Z")


class Machine:
    """The clock of a machine, which goes as it is told."""

    def __init__(self) -> None:
        self.now = BEGIN

    def __call__(self) -> int:
        return self.now

    def on(self, seconds: float) -> None:
        self.now += round(seconds * SECOND)


@pytest.fixture
def machine() -> Machine:
    return Machine()


def started(folder: Path, machine: Clock) -> DemoClock:
    made = DemoClock(folder, machine)
    made.start()
    return made


def test_at_first_it_is_that_of_the_machine_and_leaves_no_file(tmp_path: Path, machine: Machine) -> None:
    clock = started(tmp_path, machine)
    machine.on(3600)
    assert (clock(), clock.rate) == (machine.now, 1.0)
    clock.keep()
    clock.stop()
    assert list(tmp_path.iterdir()) == []


def test_it_runs_as_fast_as_is_set_from_now_on_without_a_jump(tmp_path: Path, machine: Machine) -> None:
    clock = started(tmp_path, machine)
    machine.on(10)
    for rate, passed in ((600, 5.0), (60, 3.0), (1, 100.0), (3600, 1.0)):
        before = clock()
        clock.set(rate)
        assert clock() == before
        machine.on(passed)
        assert clock() == before + round(rate * passed * SECOND)


def test_while_it_is_fast_it_waits_for_its_file_and_a_machine_that_slept_does_not_let_it_run_away(
    tmp_path: Path, machine: Machine
) -> None:
    clock = started(tmp_path, machine)
    clock.set(600)
    machine.on(8 * 3600)
    assert clock() == BEGIN + AHEAD_SECONDS * 600 * SECOND
    clock.keep()
    assert clock() == BEGIN + AHEAD_SECONDS * 600 * SECOND
    machine.on(1)
    assert clock() == BEGIN + (AHEAD_SECONDS + 1) * 600 * SECOND


def test_after_a_stop_it_goes_on_where_it_was_and_time_passed_meanwhile_as_everywhere(
    tmp_path: Path, machine: Machine
) -> None:
    clock = started(tmp_path, machine)
    clock.set(600)
    machine.on(2)
    clock.stop()
    last = clock()
    machine.on(3600)
    again = DemoClock(tmp_path, machine)
    assert (again(), again.rate) == (last + 3600 * SECOND, 600)
    again.start()
    assert again() == last + 3600 * SECOND
    machine.on(1)
    assert again() == last + (3600 + 600) * SECOND


def test_after_a_kill_it_is_never_behind_what_it_said(tmp_path: Path, machine: Machine) -> None:
    clock = started(tmp_path, machine)
    clock.set(600)
    machine.on(9)
    last = clock()
    assert last <= DemoClock(tmp_path, machine)() <= last + AHEAD_SECONDS * 600 * SECOND


@pytest.mark.parametrize("rate", [1, 600])
def test_it_jumps_to_a_later_moment_also_after_a_kill(tmp_path: Path, machine: Machine, rate: float) -> None:
    clock = started(tmp_path, machine)
    clock.set(rate)
    machine.on(2)
    later = clock() + 3600 * SECOND
    clock.jump(later)
    assert (clock(), clock.rate) == (later, rate)
    clock.jump(later - SECOND)
    assert clock() == later
    machine.on(1)
    assert clock() == later + rate * SECOND
    assert DemoClock(tmp_path, machine)() >= clock()


Step = tuple[str, float]
STEPS = st.lists(
    st.tuples(st.just("set"), st.sampled_from([1.0, 2.5, 600.0, 3600.0]))
    | st.tuples(st.sampled_from(["on", "back", "jump"]), st.floats(0, 30))
    | st.tuples(st.sampled_from(["keep", "kill", "stop", "command"]), st.just(0.0)),
    max_size=30,
)


@settings(max_examples=60)
@given(STEPS)
def test_whatever_happens_it_never_goes_back(tmp_path_factory: pytest.TempPathFactory, steps: list[Step]) -> None:
    folder, machine = tmp_path_factory.mktemp("clock"), Machine()
    clock = started(folder, machine)
    seen = clock()
    for what, amount in steps:
        if what == "set":
            clock.set(amount)
        elif what == "on":
            machine.on(amount)
        elif what == "jump":
            clock.jump(seen + round((amount - 10) * SECOND))
        elif what == "back":
            # While the node runs, the machine's clock is set back.
            machine.on(-amount)
            assert clock() >= seen
            machine.on(amount)
        elif what == "keep":
            clock.keep()
        elif what == "command":
            # A command of its own, beside or after the node, only reads.
            DemoClock(folder, machine)()
        else:
            if what == "stop":
                clock.stop()
            clock = started(folder, machine)
        assert clock() >= seen, what
        seen = clock()


def test_setting_it_while_no_node_runs_counts_from_the_next_start(tmp_path: Path, machine: Machine) -> None:
    DemoClock(tmp_path, machine).set(60)
    machine.on(100)
    idle = DemoClock(tmp_path, machine)
    assert (idle(), idle.rate) == (machine.now, 60)
    idle.start()
    machine.on(1)
    assert idle() == machine.now + 59 * SECOND


@pytest.mark.parametrize("rate", [0, 0.99, -1, FASTEST + 1, float("nan")])
def test_rates_that_cannot_be(tmp_path: Path, machine: Machine, rate: float) -> None:
    with pytest.raises(BadRequestData, match=r"rate is .*; give 1"):
        started(tmp_path, machine).set(rate)


@pytest.mark.anyio
async def test_who_sleeps_wakes_by_it_also_where_it_becomes_faster_or_slower_meanwhile(tmp_path: Path) -> None:
    clock = started(tmp_path, times.system)
    clock.set(600)
    begun, before = time.monotonic(), clock()
    await clock.sleep(60)
    assert clock() >= before + 60 * SECOND
    assert 0.09 <= time.monotonic() - begun < 0.9
    before = clock()
    sleeping = asyncio.create_task(clock.sleep(1800))
    await asyncio.sleep(0.05)
    clock.set(1)
    await asyncio.sleep(1.2)
    assert not sleeping.done()
    clock.set(3600)
    await asyncio.wait_for(sleeping, 5)
    assert clock() >= before + 1800 * SECOND
    clock.stop()


def test_only_a_demonstration_has_it(tmp_path: Path, machine: Machine) -> None:
    assert clock_of(tmp_path, Config(), machine) is machine
    made = clock_of(tmp_path, Config(demo=Demo(clock=True)), machine)
    assert isinstance(made, DemoClock)
    made.set(600)
    with pytest.raises(ConfigurationError, match=r"its data are of times that were not.*clock = true"):
        clock_of(tmp_path, Config(), machine)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, machine: Machine) -> None:
    (tmp_path / FILE).write_text("{")
    with pytest.raises(ConfigurationError, match=r"clock\.json cannot be read"):
        DemoClock(tmp_path, machine)
