# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Frames on the node's socket: four bytes of length, then MessagePack.

asked      {"verb": name, "arguments": {…}}; the next may follow before the answer, answers keep the order
answered   any number of {"progress": value}, then {"result": value} or {"error": {"class", "detail", "members"}}
"""

from typing import Any

import msgspec

from hanze import errors
from hanze.errors import BadRequestData, HanzeError, TooLarge

MOST_BYTES = 64 << 20


class Asked(msgspec.Struct, frozen=True):
    """What a command asks."""

    verb: str
    arguments: dict[str, Any] = {}


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode
_asked = msgspec.msgpack.Decoder(Asked).decode


def pack(value: Any) -> bytes:
    """A frame; TooLarge where it passes the limit."""
    body = _encode(value)
    if len(body) > MOST_BYTES:
        raise TooLarge(f"A frame of {len(body)} bytes passes the limit of {MOST_BYTES}; send smaller parts.")
    return len(body).to_bytes(4, "big") + body


def length(head: bytes) -> int:
    """How many bytes follow the four of `head`."""
    size = int.from_bytes(head, "big")
    if size > MOST_BYTES:
        raise TooLarge(f"A frame of {size} bytes passes the limit of {MOST_BYTES}; send smaller parts.")
    return size


def unpack(body: bytes) -> Any:
    return _decode(body)


def asked(body: bytes) -> Asked:
    """The question in a frame; BadRequestData where it is none."""
    try:
        return _asked(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadRequestData(
            f"The frame cannot be read ({error}); the command and the node may be of different versions."
        ) from None


def error(problem: HanzeError) -> dict[str, Any]:
    """What an error looks like in a frame."""
    return {"error": {"class": type(problem).__name__, "detail": problem.detail, "members": problem.members}}


def raised(told: dict[str, Any]) -> HanzeError:
    """The error that a frame tells of, of the same class."""
    found = getattr(errors, told["class"], HanzeError)
    kind = found if isinstance(found, type) and issubclass(found, HanzeError) else HanzeError
    made = kind(told["detail"])
    made.members = told["members"]
    return made
