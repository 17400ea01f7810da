# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Walking the nodes of the R*Tree gives what SQLite's own search gives, whatever was added, moved and taken away."""

import random
from pathlib import Path

import apsw
import numpy as np
import pytest
from numpy.typing import NDArray

from hanze.store.sqlite import schema
from hanze.store.sqlite.tree import Boxes, walk

SEARCH = "SELECT gid FROM place WHERE east >= ? AND west <= ? AND north >= ? AND south <= ? ORDER BY gid"


def walked(connection: apsw.Connection, west: float, south: float, east: float, north: float) -> list[int]:
    def fits(boxes: Boxes) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = (
            (boxes[:, 1] >= west) & (boxes[:, 0] <= east) & (boxes[:, 3] >= south) & (boxes[:, 2] <= north)
        )
        return found

    return sorted(gid for gids, _ in walk(connection, fits) for gid in gids.tolist())


@pytest.fixture
def connection() -> apsw.Connection:
    made = apsw.Connection(":memory:")
    schema.migrate(made, Path("memory"))
    return made


def put(connection: apsw.Connection, chance: random.Random, gid: int) -> None:
    x, y, wide = chance.uniform(-180, 180), chance.uniform(-90, 90), chance.choice([0, 0, 0.5, 20])
    sql = "INSERT OR REPLACE INTO place(gid, west, east, south, north, low, high) VALUES (?, ?, ?, ?, ?, 1, 1.5)"
    connection.execute(sql, (gid, x, x + wide, y, y + wide))


@pytest.mark.parametrize("count", [0, 1, 51, 52, 3_000])
def test_a_walk_gives_what_a_search_gives(connection: apsw.Connection, count: int) -> None:
    chance = random.Random(count)
    with connection:
        for number in range(count):
            put(connection, chance, number | chance.randrange(4) << 40)
    boxes = [
        (-180, -90, 200, 110),
        (0, 0, 0, 0),
        *((chance.uniform(-180, 150), chance.uniform(-90, 60)) * 2 for _ in range(20)),
    ]
    for box in ((west, south, east + 30, north + 30) for west, south, east, north in boxes):
        west, south, east, north = box
        expected = [gid for (gid,) in connection.execute(SEARCH, (west, east, south, north))]
        assert walked(connection, *box) == expected


def test_a_tree_that_shrinks_is_read_as_it_is(connection: apsw.Connection) -> None:
    chance = random.Random(2)
    numbers = list(range(5_000))
    with connection:
        for number in numbers:
            put(connection, chance, number)
    chance.shuffle(numbers)
    while numbers:
        left = len(numbers) // 3
        with connection:
            connection.executemany("DELETE FROM place WHERE gid = ?", ((number,) for number in numbers[left:]))
        del numbers[left:]
        assert walked(connection, -180, -90, 200, 110) == sorted(numbers)
