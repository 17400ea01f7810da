# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which file is next: in their order within a share, and none that somebody may still write to."""

import os
from pathlib import Path

import pytest

from hanze.feeds.kinds.files import line
from hanze.feeds.kinds.files.folder import Entry
from hanze.feeds.kinds.files.line import SETTLED, Line
from hanze.feeds.kinds.files.memory import Memory, share


def one_share(count: int) -> list[str]:
    """Names of one share."""
    names = (f"{number}.csv" for number in range(10_000))
    return [name for name in names if share(name) == share("0.csv")][:count]


class Clocks:
    """The clock of the files and that of the event loop."""

    def __init__(self) -> None:
        self.wall = 0.0
        self.loop = 0.0

    def look(self, made: Line, folder: Path, memory: Memory) -> list[str]:
        """The names of what is read now."""
        made.look(folder, lambda name: True, memory, lambda: self.loop)
        found = []
        while (entry := made.next(memory, self.loop)) is not None:
            memory.done(entry)
            found.append(entry.name)
        return found


def test_a_later_file_waits_for_an_earlier_one_that_is_not_settled(tmp_path: Path) -> None:
    clocks = Clocks()
    made, memory = Line(lambda: clocks.wall), Memory()
    first, second = one_share(2)
    for name in (first, second):
        (tmp_path / name).touch()
    assert clocks.look(made, tmp_path, memory) == []
    clocks.loop += SETTLED - 1
    os.utime(tmp_path / first)
    # Its stamp is later than that of the second one now, which was looked at before.
    assert clocks.look(made, tmp_path, memory) == []
    clocks.loop += 1
    assert clocks.look(made, tmp_path, memory) == [second]
    clocks.loop += SETTLED
    assert clocks.look(made, tmp_path, memory) == [first]


def test_no_file_is_passed_over_by_one_that_was_settled_before_it(tmp_path: Path) -> None:
    clocks = Clocks()
    made, memory = Line(lambda: clocks.wall), Memory()
    first, second = one_share(2)
    (tmp_path / second).touch()
    assert clocks.look(made, tmp_path, memory) == []
    # As where files come with the clock of another machine, that is behind.
    stamp = (tmp_path / second).stat().st_ctime_ns
    clocks.loop += SETTLED
    earlier = Entry(first, 0, 0, stamp - 1)
    made._files.extend([earlier, Entry(second, 0, (tmp_path / second).stat().st_mtime_ns, stamp)])
    assert made.next(memory, clocks.loop) is None, "the earlier one has to be settled first"


def test_by_the_clock_of_the_files_one_look_is_enough(tmp_path: Path) -> None:
    clocks = Clocks()
    made, memory = Line(lambda: clocks.wall), Memory()
    (tmp_path / "a.csv").touch()
    stamp = (tmp_path / "a.csv").stat().st_ctime
    clocks.wall = stamp + SETTLED - 0.5
    assert clocks.look(made, tmp_path, memory) == []
    clocks.wall = stamp + SETTLED + 0.5
    assert clocks.look(made, tmp_path, memory) == ["a.csv"]


@pytest.mark.parametrize("seconds", [0.001, 1.0])
def test_a_look_that_takes_long_is_taken_seldom(tmp_path: Path, seconds: float) -> None:
    ticks = iter([100.0, 100.0 + seconds])
    made = Line(lambda: 0.0)
    made.look(tmp_path, lambda name: True, Memory(), lambda: next(ticks))
    assert made.due == pytest.approx(100.0 + seconds + max(line.LOOK, line.REST * seconds))
