# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can happen to the files of a node while it does not run; each harm is drawn from a random source."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

SECTOR, PAGE = 512, 4096
WAL_HEAD, FRAME = 32, 24 + PAGE


class Harm(NamedTuple):
    """`hidden`: nothing but a sum over each page could tell of it, which SQLite does not keep."""

    name: str
    file: str
    do: Callable[[Path, random.Random], None]
    hidden: bool = False


def flip(path: Path, chance: random.Random) -> None:
    """A bit here and there."""
    data = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def cut(path: Path, chance: random.Random) -> None:
    """The end is gone."""
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(len(data))])


def cut_last(path: Path, chance: random.Random) -> None:
    """The last frames of the log are gone."""
    size = path.stat().st_size
    with open(path, "r+b") as file:
        file.truncate(max(0, size - FRAME * chance.randint(1, 30)))


def sector(path: Path, chance: random.Random) -> None:
    """A sector of the disk holds something else."""
    _overwrite(path, chance, SECTOR, chance.randbytes(SECTOR))


def page(path: Path, chance: random.Random) -> None:
    """A page holds something else."""
    _overwrite(path, chance, PAGE, chance.randbytes(PAGE))


def zeroed(path: Path, chance: random.Random) -> None:
    """A page holds nothing."""
    _overwrite(path, chance, PAGE, bytes(PAGE))


def _overwrite(path: Path, chance: random.Random, step: int, data: bytes) -> None:
    place = chance.randrange(max(1, path.stat().st_size // step)) * step
    with open(path, "r+b") as file:
        file.seek(place)
        file.write(data)


def head(path: Path, chance: random.Random) -> None:
    """The first bytes, which say what the file is."""
    with open(path, "r+b") as file:
        file.seek(chance.randrange(WAL_HEAD))
        file.write(chance.randbytes(chance.randint(1, 40)))


def inner(path: Path, chance: random.Random) -> None:
    """A frame in the middle of the log."""
    frames = (path.stat().st_size - WAL_HEAD) // FRAME
    with open(path, "r+b") as file:
        file.seek(WAL_HEAD + chance.randrange(frames) * FRAME + chance.randrange(FRAME - 20))
        file.write(chance.randbytes(20))


def empty(path: Path, chance: random.Random) -> None:
    path.write_bytes(b"")


def gone(path: Path, chance: random.Random) -> None:
    path.unlink(missing_ok=True)


def folder(path: Path, chance: random.Random) -> None:
    """A folder of this name, with something in it."""
    path.unlink(missing_ok=True)
    path.mkdir()
    (path / "something").write_text("else")


def rubbish(path: Path, chance: random.Random) -> None:
    """A file of this name that is something else."""
    path.unlink(missing_ok=True)
    path.write_bytes(chance.randbytes(chance.randint(1, 20_000)))


DATABASE = "hanze.db"
LOG = DATABASE + "-wal"

ANY = (flip, cut, sector, page, zeroed, head)
INSTEAD = (empty, gone, folder, rubbish)


def _each(file: str, *harms: Callable[[Path, random.Random], None], hidden: bool = False) -> tuple[Harm, ...]:
    return tuple(Harm(f"{do.__name__} {file}", file, do, hidden) for do in harms)


HARMS = (
    *_each(LOG, *ANY, *INSTEAD, cut_last, inner),
    *_each(DATABASE, cut, page, zeroed, head, empty, folder, rubbish),
    *_each(DATABASE, flip, sector, hidden=True),
    *_each(DATABASE + "-shm", flip, cut, empty, gone, rubbish),
    *_each("hanze.toml", flip, cut, rubbish, folder),
    *_each("hanze.lock", rubbish, empty, folder),
    *_each("hanze.sock", rubbish, folder),
)
