# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Walks the R*Tree of places by its own nodes, whole levels at a time as arrays.

SQLite's interface gives one place after the other, each a call of its own; that takes ten times as long where thousands are
found. A node is a blob: two bytes for the depth of the tree (in the root), two for the number of cells, then the cells,
all big-endian: the number of a node or of a place in eight bytes, and for each dimension its least and its greatest
value as 32-bit floats. Source: the comments of SQLite's ext/rtree/rtree.c; sqlite.org/rtree.html, section 6.
"""

from collections.abc import Callable, Iterator

import apsw
import msgspec
import numpy as np
from numpy.typing import NDArray

ROOT = "SELECT data FROM place_node WHERE nodeno = 1"

NODES = "SELECT CAST(group_concat(data, '') AS BLOB) FROM json_each(?) j CROSS JOIN place_node ON nodeno = j.value"
"""One row for many nodes: each row that Python steps to costs a turn at the interpreter's lock."""

NODES_AT_ONCE = 2_000

WORDS = 8
"""32-bit words of a cell: two for its number, six for west, east, south, north, low and high."""

Numbers = NDArray[np.int64]
Boxes = NDArray[np.float32]
"""Rows of west, east, south, north, low, high."""


def once(numbers: Numbers) -> Numbers:
    """The numbers in ascending order, each once; np.unique takes ten times as long for the few thousand of a query."""
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def walk(connection: apsw.Connection, fits: Callable[[Boxes], NDArray[np.bool_]]) -> Iterator[tuple[Numbers, Boxes]]:
    """Numbers and boxes of the places whose box fits, part by part; a box around others fits where one of these may.

    All statements must see the same state, so the connection has a transaction under way.
    """
    root = connection.execute(ROOT).get
    assert isinstance(root, bytes)
    yield from _below(connection, fits, _cells(root, len(root)), int.from_bytes(root[:2], "big"), len(root))


def _below(
    connection: apsw.Connection,
    fits: Callable[[Boxes], NDArray[np.bool_]],
    cells: NDArray[np.int32],
    depth: int,
    size: int,
) -> Iterator[tuple[Numbers, Boxes]]:
    cells = cells[fits(cells[:, 2:].view(np.float32))]
    numbers = cells[:, 0].astype(np.int64) << 32 | cells[:, 1].view(np.uint32)
    if not depth:
        yield numbers, cells[:, 2:].view(np.float32)
        return
    for start in range(0, len(numbers), NODES_AT_ONCE):
        asked = msgspec.json.encode(numbers[start : start + NODES_AT_ONCE].tolist()).decode()
        below = connection.execute(NODES, (asked,)).get
        assert isinstance(below, bytes)
        yield from _below(connection, fits, _cells(below, size), depth - 1, size)


def _cells(nodes: bytes, size: int) -> NDArray[np.int32]:
    """The cells of nodes of so many bytes each, as rows of words in the machine's order."""
    words = np.frombuffer(nodes, ">i4").reshape(-1, size // 4)
    most = (size // 4 - 1) // WORDS
    used = np.arange(most) < (words[:, :1] & 0xFFFF)
    return words[:, 1 : 1 + most * WORDS].reshape(len(words), most, WORDS)[used].astype(np.int32)
