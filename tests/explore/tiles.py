# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The smallest map of tiles: one for the whole world, all of it water.

Sources: PMTiles specification, version 3; Mapbox Vector Tile specification 2.1.
"""

import struct

EXTENT = 4096
NONE, MVT = 1, 1
WORLD = (-1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000)
"""Ten millionths of a degree."""


def world_of_water() -> bytes:
    """A .pmtiles archive."""
    tile = _field(3, _layer("water"))
    # One entry: tile 0, once, so long, at the begin of the data.
    root = b"".join(map(_varint, (1, 0, 1, len(tile), 1)))
    metadata = b"{}"
    begin = 127
    parts = [
        begin,
        len(root),
        begin + len(root),
        len(metadata),
        0,
        0,
        begin + len(root) + len(metadata),
        len(tile),
        1,
        1,
        1,
    ]
    header = b"PMTiles\x03" + struct.pack("<11Q", *parts)
    header += struct.pack("<6B", 1, NONE, NONE, MVT, 0, 0) + struct.pack("<4i", *WORLD) + struct.pack("<Bii", 0, 0, 0)
    assert len(header) == begin
    return header + root + metadata + tile


def _layer(name: str) -> bytes:
    """A square as large as the tile."""
    right, down, left = (EXTENT, 0), (0, EXTENT), (-EXTENT, 0)
    steps = [_command(1, 1), 0, 0, _command(2, 3), *(_zigzag(one) for step in (right, down, left) for one in step), 15]
    feature = _number(3, 3) + _field(4, b"".join(map(_varint, steps)))
    return _field(1, name.encode()) + _field(2, feature) + _number(5, EXTENT) + _number(15, 2)


def _command(id: int, count: int) -> int:
    return count << 3 | id


def _zigzag(value: int) -> int:
    return value << 1 ^ value >> 31


def _field(number: int, body: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(body)) + body


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _varint(value: int) -> bytes:
    made = bytearray()
    while value > 127:
        made.append(value & 127 | 128)
        value >>= 7
    return bytes([*made, value])
