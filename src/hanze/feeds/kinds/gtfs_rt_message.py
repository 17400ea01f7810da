# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes a GTFS Realtime message apart, so that its entities are read one by one: a bad or huge one spoils no other."""

from collections.abc import Iterator
from typing import Any

import msgspec

from hanze.errors import BadRequestData, SourceFailed
from hanze.errors import mark as _

MOST_ENTITIES = 100_000
MOST_ENTITY = 256 << 10
"""Bytes of one entity; what is read of one takes up to 40 times as much memory."""

ADVICE = _("See whether the URL gives GTFS Realtime in protobuf; where it should, tell the keeper of the source.")

_VARINT, _FIXED_64, _BYTES, _FIXED_32 = 0, 1, 2, 5
_HEADER, _ENTITY = 1, 2


class Message(msgspec.Struct):
    """`timestamp`: seconds, 0 where none is told. `full`: it lists all there is. `entities`: each still packed."""

    timestamp: int
    full: bool
    entities: list[bytes]


def message(data: bytes) -> Message:
    """The parts of a feed. Errors: SourceFailed where it is no GTFS Realtime, was cut off or has too many entities."""
    header: bytes | None = None
    entities: list[bytes] = []
    for number, part in _fields(data):
        if number == _HEADER:
            header = part
        elif number == _ENTITY:
            entities.append(part)
            if len(entities) > MOST_ENTITIES:
                raise SourceFailed(f"The feed has more than {MOST_ENTITIES} entities.", ADVICE)
    if header is None:
        raise SourceFailed("What the source gave is no GTFS Realtime: it has no header.", ADVICE)
    try:
        head = _read("FeedHeader", header)
    except BadRequestData as error:
        raise SourceFailed(f"The header of the feed cannot be read: {error.detail}", ADVICE) from None
    if not head.HasField("gtfs_realtime_version"):
        raise SourceFailed("The header of the feed has no gtfs_realtime_version.", ADVICE)
    return Message(head.timestamp, head.incrementality == head.FULL_DATASET, entities)


def entity(part: bytes) -> Any:
    """The FeedEntity of a part. Errors: BadRequestData."""
    if len(part) > MOST_ENTITY:
        raise BadRequestData(f"it has {len(part)} bytes; {MOST_ENTITY} are read at most.")
    return _read("FeedEntity", part)


def _read(kind: str, part: bytes) -> Any:
    try:
        from google.protobuf.message import DecodeError
        from google.transit import gtfs_realtime_pb2
    except ImportError:
        raise SourceFailed(
            "GTFS Realtime is read with gtfs-realtime-bindings, which is not installed.",
            "Install it with: pip install 'hanze[transit]'",
        ) from None
    try:
        return getattr(gtfs_realtime_pb2, kind).FromString(part)
    except DecodeError:
        raise BadRequestData("it is no protobuf of the kind that is awaited.") from None


def _fields(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The fields of a message that hold bytes, by number (protobuf encoding)."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        wire = key & 7
        if wire == _VARINT:
            _, at = _varint(data, at)
        elif wire == _BYTES:
            size, at = _varint(data, at)
            if at + size > len(data):
                raise SourceFailed("What the source gave was cut off, or is no GTFS Realtime.", ADVICE)
            yield key >> 3, data[at : at + size]
            at += size
        elif wire in (_FIXED_64, _FIXED_32):
            at += 8 if wire == _FIXED_64 else 4
        else:
            raise SourceFailed("What the source gave is no GTFS Realtime: it is no protobuf.", ADVICE)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place, byte in enumerate(data[at : at + 10]):
        value |= (byte & 127) << (7 * place)
        if byte < 128:
            return value, at + place + 1
    raise SourceFailed("What the source gave was cut off, or is no GTFS Realtime.", ADVICE)
