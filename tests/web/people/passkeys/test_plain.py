# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a device writes is looked at only where it is as simple as its standard wants."""

from typing import Any

import cbor2
import pytest

from hanze.web.people.passkeys import plain
from tests.web.people.passkeys.device import KEY, MORE, spread

KEY_OF_A_DEVICE = {1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)}


def data(flags: int, more: bytes = b"") -> bytes:
    return bytes(32) + bytes([flags]) + bytes(4) + more


def with_key(key: bytes) -> bytes:
    return data(KEY, bytes(16) + b"\0\4" + b"name" + key)


def statement(key: bytes, **told: Any) -> bytes:
    return cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": with_key(key), **told})


@pytest.mark.parametrize(
    "given",
    [
        data(5), data(5 | MORE, cbor2.dumps({"a": [True, None, 1.5, -7, "text", b"bytes"]})),
        with_key(cbor2.dumps(KEY_OF_A_DEVICE)), with_key(cbor2.dumps(KEY_OF_A_DEVICE) + cbor2.dumps({"credProps": {}})),
    ],
)  # fmt: skip
def test_what_devices_write(given: bytes) -> None:
    assert plain.signed(given)


@pytest.mark.parametrize("fmt", ["none", "packed"])
def test_a_new_passkey_as_devices_make_it(fmt: str) -> None:
    assert plain.made(statement(cbor2.dumps(KEY_OF_A_DEVICE), fmt=fmt))


@pytest.mark.parametrize(
    "rest",
    [spread(), b"\x9f\x01\xff", b"\x81" * 20 + b"\x01", b"\x9b" + b"\xff" * 8, b"\x58\xff", b"\xc2\x41\x01", b"\x1c"],
)
def test_what_no_device_writes(rest: bytes) -> None:
    """Tags, no length, too deep, longer than it is."""
    assert not plain.signed(data(5 | MORE, rest))
    assert not plain.signed(with_key(rest))
    assert not plain.made(statement(rest))


@pytest.mark.parametrize(
    "told",
    [{"fmt": "apple"}, {"fmt": 1}, {"attStmt": cbor2.CBORTag(2, b"x")}, {"authData": 1}, {"authData": bytes(36)}],
    ids=str,
)
def test_a_new_passkey_that_no_device_makes(told: dict[str, Any]) -> None:
    assert not plain.made(statement(cbor2.dumps(KEY_OF_A_DEVICE), **told))
    assert not plain.made(cbor2.dumps([1])) and not plain.made(spread())
