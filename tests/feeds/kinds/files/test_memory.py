# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Little is remembered, and yet each version of each file is read, whatever is added, changed, moved in or taken away."""

from collections.abc import Callable, Iterable

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from hanze.feeds.kinds.files.folder import Entry
from hanze.feeds.kinds.files.memory import MOST_SEEN, MOST_WRONG, Memory, newer
from hanze.feeds.source import State


def kept(memory: Memory) -> Memory:
    """As it is after a restart."""
    state: State = msgspec.to_builtins(memory)
    return msgspec.convert(msgspec.json.decode(msgspec.json.encode(state)), Memory)


def read(memory: Memory, entries: Iterable[Entry], most: int = 1000) -> list[str]:
    """Reads all that is to be read; the names, in order."""
    entries = list(entries)
    names = []
    while True:
        found = newer(memory, entries, most)
        for entry in found.files:
            if not memory.known(entry):
                names.append(entry.name)
                memory.keep(entry, "digest", 1, True)
            memory.done(entry)
        if not found.more:
            return names


def entry(name: str, stamp: int) -> Entry:
    return Entry(name, 1, 1, stamp)


def test_files_are_read_once_and_in_the_order_of_their_stamps() -> None:
    files = [entry(f"{number}.csv", 1000 - number) for number in range(500)]
    memory = Memory()
    assert read(memory, files, most=70) == [f"{number}.csv" for number in reversed(range(500))]
    memory = kept(memory)
    assert read(memory, files) == []
    assert read(memory, [*files, entry("new.csv", 2000)]) == ["new.csv"]


def test_what_is_remembered_is_little_however_many_files_there_are() -> None:
    files = [entry(f"2026/01/station-{number:06}.csv", number) for number in range(100_000)]
    memory = Memory()
    assert len(read(memory, files, most=50_000)) == 100_000
    assert len(memory.seen) == MOST_SEEN
    assert len(msgspec.json.encode(memory)) < 25_000
    assert read(kept(memory), files) == []


def test_one_that_changed_is_read_again() -> None:
    memory = Memory()
    read(memory, [entry("a", 1), entry("b", 2)])
    assert read(memory, [entry("a", 3), entry("b", 2)]) == ["a"]
    assert read(memory, [entry("a", 3), entry("b", 2)]) == []


def test_something_old_that_was_moved_in_is_read() -> None:
    memory = Memory()
    files = [entry(f"{number}", 100 + number) for number in range(300)]
    read(memory, files)
    assert "old" in read(kept(memory), [*files, entry("old", 5)])


Step = Callable[[dict[str, int], int], None]

NAMES = st.sampled_from([f"{letter}{number}" for letter in "ab" for number in range(12)])


@given(st.lists(st.tuples(st.sampled_from(["write", "move", "delete", "none"]), NAMES), max_size=60), st.integers(1, 5))
def test_no_version_of_a_file_is_missed(steps: list[tuple[str, str]], most: int) -> None:
    """Each is looked for after each step; a file that is moved in has an old stamp, as no file system should have it."""
    memory, files, seen = Memory(), dict[str, int](), set[Entry]()
    for number, (step, name) in enumerate(steps, 1000):
        if step == "write" or (step == "move" and name not in files):
            files[name] = number if step == "write" else number - 900
        elif step == "delete":
            files.pop(name, None)
        entries = [entry(one, stamp) for one, stamp in files.items()]
        names = read(memory, entries, most)
        seen |= {one for one in entries if one.name in names}
        assert seen >= set(entries)
        memory = kept(memory)


def test_a_file_that_cannot_be_read_is_lined_up_again_until_it_is_gone() -> None:
    memory = Memory()
    files = [entry("a", 1), entry("b", 2)]
    read(memory, files)
    memory.refuse("a", "it is closed")
    assert [one.name for one in newer(memory, files, 10).files] == ["a"]
    assert newer(memory, files[1:], 10).files == []
    assert memory.wrong == {}
    for number in range(MOST_WRONG + 10):
        memory.refuse(str(number), "closed")
    assert len(memory.wrong) == MOST_WRONG


def test_one_that_was_read_in_part_and_is_gone_is_told() -> None:
    memory = Memory()
    memory.keep(entry("a", 1), "digest", 5, False)
    assert newer(memory, [entry("a", 1)], 10).gone == []
    assert newer(memory, [entry("b", 1)], 10).gone == ["a"]
