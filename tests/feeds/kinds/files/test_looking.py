# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What comes into a folder is read once and whole: while others write to it, over restarts, over what cannot be read."""

import asyncio
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hanze.errors import SourceFailed
from hanze.feeds.kinds.files import Files, folder, line, looking, pieces, reading
from hanze.feeds.kinds.files.memory import MOST_SEEN
from hanze.outgoing import Response
from tests.feeds.kinds.files.making import HEADER, TABLE, Watching, quick, readings, reasons, rows, values
from tests.feeds.kinds.reading import value

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick(monkeypatch)
    monkeypatch.setattr(pieces, "PIECE", 10)
    monkeypatch.setattr(looking, "MOST_TOGETHER", 10)


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


async def test_new_files_are_read_in_their_order_and_old_ones_not_again(tmp_path: Path) -> None:
    watching = Watching(tmp_path)
    assert values(await watching.look()) == []
    write(tmp_path / "b.csv", HEADER + rows(2))
    write(tmp_path / "deep/a.csv", HEADER + rows(2, 2))
    assert [number for _, _, number in readings(await watching.look())] == [0, 1, 2, 3]
    assert values(await watching.all()) == []
    write(tmp_path / "c.csv", HEADER + rows(1, 9))
    found: list[float] = []
    async with asyncio.timeout(20):
        while not found:
            found = values(await watching.look())
    assert found == [9]


async def test_it_waits_for_what_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "QUIET", 10.0)
    watching = Watching(tmp_path)
    await watching.look()
    waiting = asyncio.create_task(watching.look())
    await asyncio.sleep(0.1)
    assert not waiting.done()
    write(tmp_path / "a.csv", HEADER + rows(1))
    assert values(await waiting) == [0]


async def test_where_nothing_comes_the_node_hears_of_it(tmp_path: Path) -> None:
    watching = Watching(tmp_path)
    await watching.look()
    found = await watching.look()
    assert (found.entities, found.refused) == ([], [])
    assert found.again is not None


async def test_a_file_that_changed_is_read_again_and_one_that_was_touched_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching = Watching(tmp_path)
    file = write(tmp_path / "a.csv", HEADER + rows(5))
    await watching.all()
    with monkeypatch.context() as patch:
        patch.delattr(reading, "pieces")
        file.touch()
        assert values(await watching.all()) == []
    os.chmod(file, 0o640)
    shutil.copy(file, tmp_path / "beside")
    (tmp_path / "beside").rename(file)
    assert values(await watching.all()) == [], "the same content"
    write(file, HEADER + rows(2, 100))
    assert values(await watching.all()) == [100, 101]


async def test_a_file_that_grows_is_read_from_where_it_ended(tmp_path: Path) -> None:
    watching = Watching(tmp_path)
    file = write(tmp_path / "a.csv", HEADER + rows(15) + "a,2026-01-01T01:00:00,12.3")
    await watching.all()
    with file.open("a") as content:
        content.write("4\n" + rows(2, 7000))
    assert values(await watching.all()) == [12.34, 7000, 7001], "the last row may have been half a row"


async def test_a_large_file_goes_on_where_it_was_after_a_restart(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", HEADER + rows(95))
    watching = Watching(tmp_path)
    seen = []
    for _ in range(20):
        found = await watching.look()
        seen.append(values(found))
        watching.restart()
    assert seen[:2] == [[float(number) for number in range(first, first + 10)] for first in (0, 10)]
    assert [number for part in seen for number in part] == [float(number) for number in range(95)]


async def test_what_was_not_kept_comes_again(tmp_path: Path) -> None:
    for name in "abc":
        write(tmp_path / f"{name}.csv", HEADER + rows(25, 100 * ord(name)))
    watching = Watching(tmp_path)
    kept = []
    for turn in range(30):
        lost = turn % 3 == 1
        found = await watching.look(lost=lost)
        kept += [] if lost else values(found)
    assert kept == [float(100 * ord(name) + number) for name in "abc" for number in range(25)]


async def test_what_could_not_be_written_comes_again_without_a_restart(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", HEADER + rows(25))
    watching = Watching(tmp_path)
    await watching.look()
    state = watching.state
    assert values(await watching.look()) == [float(number) for number in range(10, 20)]
    watching.state = state
    assert values(await watching.look()) == [float(number) for number in range(10, 20)]


async def test_a_file_is_not_read_while_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick(monkeypatch, settled=0.5)
    watching = Watching(tmp_path)
    with (tmp_path / "a.csv").open("w") as content:
        content.write(HEADER)
        for number in range(6):
            content.write(rows(1, number))
            content.flush()
            assert values(await watching.look()) == []
            await asyncio.sleep(0.1)
    await asyncio.sleep(0.5)
    assert values(await watching.all()) == [0, 1, 2, 3, 4, 5]


async def test_by_a_clock_that_is_behind_two_looks_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a share, whose stamps are of another machine."""
    quick(monkeypatch, settled=0.3)
    watching = Watching(tmp_path, kind=Files(wall=lambda: 0.0))
    write(tmp_path / "a.csv", HEADER + rows(3))
    began = asyncio.get_running_loop().time()
    while not watching.state.get("seen"):
        found = await watching.look()
    assert values(found) == [0, 1, 2]
    assert asyncio.get_running_loop().time() - began >= 0.3


async def test_a_file_that_is_exchanged_while_it_is_read_is_read_as_it_then_is(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", HEADER + rows(50))
    watching = Watching(tmp_path)
    assert values(await watching.look()) == [float(number) for number in range(10)]
    write(file, HEADER + rows(3, 1000))
    assert values(await watching.all()) == [1000, 1001, 1002]


async def test_a_file_that_vanished_is_told(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", HEADER + rows(50))
    write(tmp_path / "b.csv", HEADER + rows(3, 1000))
    watching = Watching(tmp_path)
    await watching.look()
    file.unlink()
    found = await watching.all()
    assert values(found) == [1000, 1001, 1002]
    assert reasons(found) == {"a.csv": looking.GONE}
    assert reasons(await watching.all()) == {}
    write(file, HEADER + rows(50))
    assert values(await watching.all()) == [float(number) for number in range(50)]


async def test_one_that_cannot_be_read_is_told_until_it_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests may run as a user whom nothing is closed to.
    opened = folder.opened
    closed = {"a.csv"}

    def some(path: Path, name: str) -> object:
        if name in closed:
            raise PermissionError(13, "Permission denied")
        return opened(path, name)

    monkeypatch.setattr(folder, "opened", some)
    monkeypatch.setattr(line, "AGAIN", 0.05)
    for name in ("a.csv", "b.csv"):
        write(tmp_path / name, HEADER + rows(3, ord(name[0])))
    (tmp_path / "c.csv").symlink_to(tmp_path / "a.csv")
    watching = Watching(tmp_path)
    found = await watching.look()
    assert values(found) == [98, 99, 100], "the other one is read"
    told = reasons(await watching.all())
    assert told["a.csv"] == "it cannot be read (Permission denied); let the user that runs the node read it"
    assert told["c.csv"] == folder.LINK
    closed.clear()
    await asyncio.sleep(0.05)
    assert values(await watching.all()) == [97, 98, 99]
    assert reasons(watching.found[-1]) == {"c.csv": folder.LINK}


async def test_what_is_wrong_with_a_file_is_told_once_and_read_when_it_is_mended(tmp_path: Path) -> None:
    watching = Watching(tmp_path)
    write(tmp_path / "a.csv", HEADER + rows(2) + 'a,2026-01-02,"3\n')
    write(tmp_path / "b.csv", "x,y\n1,2\n")
    write(tmp_path / "c.parquet", "PAR1")
    write(tmp_path / "notes.doc", "no data")
    found = await watching.all()
    told = reasons(found)
    assert values(found) == [0, 1]
    assert sorted(told) == ["a.csv", "b.csv", "c.parquet"]
    assert "line 4" in told["a.csv"]
    assert "has no column 'station'" in told["b.csv"]
    assert reasons(await watching.all()) == {}
    write(tmp_path / "b.csv", HEADER + rows(1, 50))
    assert values(await watching.news()) == [50]


async def test_the_pattern_says_which_files(tmp_path: Path) -> None:
    for name in ("air-1.csv", "noise.csv", "2026/air-2.csv", "air.odd"):
        write(tmp_path / name, HEADER + rows(1, ord(name[4])))
    watching = Watching(tmp_path, options={"pattern": "*air-*"})
    assert values(await watching.all()) == [ord("/"), ord("1")]
    assert sorted(name for name in watching.state["seen"]) == ["2026/air-2.csv", "air-1.csv"]
    told = Watching(tmp_path, options={"pattern": "*.odd"})
    assert "ends in .odd" in reasons(await told.all())["air.odd"]


async def test_another_way_of_reading_reads_all_anew(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", HEADER + rows(2))
    watching = Watching(tmp_path)
    await watching.all()
    (attribute,) = TABLE.attribute
    table = msgspec.structs.replace(TABLE, attribute=(msgspec.structs.replace(attribute, factor=10.0),))
    mended = Watching(tmp_path, table=table)
    mended.state = watching.state
    assert values(await mended.all()) == [0, 10]


async def test_a_folder_that_is_away_fails_and_comes_back(tmp_path: Path) -> None:
    watching = Watching(tmp_path / "share")
    with pytest.raises(SourceFailed, match="share cannot be read") as error:
        await watching.look()
    assert "mounted" in error.value.advice
    write(tmp_path / "share/a.csv", HEADER + rows(2))
    assert values(await watching.all()) == [0, 1]
    (tmp_path / "share").rename(tmp_path / "away")
    with pytest.raises(SourceFailed):
        async with asyncio.timeout(20):
            while True:
                await watching.look()
    (tmp_path / "away").rename(tmp_path / "share")
    assert values(await watching.all()) == [], "it is the same folder"


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"options": {"patern": "x"}}, "unknown field `patern`"),
        ({"table": msgspec.structs.replace(TABLE, id="x")}, r"\[table\]: id is"),
        ({"table": msgspec.structs.replace(TABLE, tenant="north")}, "another tenant"),
    ],
)
async def test_what_is_wrong_with_the_declaration_is_told(tmp_path: Path, told: dict[str, Any], why: str) -> None:
    with pytest.raises(SourceFailed, match=why) as error:
        await Watching(tmp_path, **told).look()
    assert error.value.advice


async def test_many_small_files_come_together_and_little_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST_TOGETHER", 500)
    monkeypatch.setattr(line, "MOST_FILES", 700)
    for number in range(1500):
        write(tmp_path / f"{number}.csv", HEADER + rows(1, number))
    watching = Watching(tmp_path)
    seen: list[float] = []
    while len(seen) < 1500:
        seen += values(await watching.look())
    assert sorted(seen) == [float(number) for number in range(1500)]
    assert len(watching.found) < 12
    assert len(watching.state["seen"]) == MOST_SEEN
    assert len(msgspec.json.encode(watching.state)) < 25_000
    assert values(await watching.all()) == []


async def test_a_context_is_fetched_as_a_source_is_and_a_file_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "AGAIN", 0.0)
    asked: list[str] = []
    there: dict[str, bytes] = {}

    async def get(url: str, headers: Mapping[str, str] | None = None, *, most_bytes: int = 0) -> Response:
        asked.append(url)
        if url not in there:
            raise SourceFailed(f"{url} is away.", "")
        return Response(200, {}, there[url])

    room = {"id": "urn:x:1", "type": "Room", "level": {"type": "Property", "value": 1}, "@context": "https://x.test/c"}
    write(tmp_path / "a.json", msgspec.json.encode([room, {**room, "id": "urn:x:2"}]).decode())
    write(tmp_path / "b.csv", HEADER + rows(1))
    watching = Watching(tmp_path)
    found = await watching.look(get=get)
    assert values(found) == [0], "the other file is read"
    assert reasons(found) == {
        "a.json": "@context https://x.test/c cannot be retrieved: https://x.test/c is away. The file is read when it can be had."
    }
    there["https://x.test/c"] = b'{"@context": {"Room": "https://x.test/Room"}}'
    found = await watching.look(get=get)
    for _ in range(100):
        if found.entities:
            break
        # A look has only so much time, of which a slow machine may leave none.
        found = await watching.look(get=get)
    assert [(one.id, one.types) for one in found.entities] == [
        ("urn:x:1", ["https://x.test/Room"]), ("urn:x:2", ["https://x.test/Room"]),
    ]  # fmt: skip
    assert value(found.entities[0], "level") == 1
    assert set(asked) == {"https://x.test/c"}
