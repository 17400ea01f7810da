# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""That what a device wrote is as simple as its standard wants, before a library that reads more takes it apart.

Devices write CBOR without tags and with lengths (CTAP 2.1, section 8). In CBOR with tags three hundred bytes may say "this list ten
times" so often in each other that writing it out fills a machine.
"""

FORMATS = ("none", "packed")
"""Of statements on who made a device. None is asked for; a device may sign for itself (Web Authentication level 3, 5.4.7)."""

DEEPEST = 8

_HEAD, _KEY, _LENGTH = 37, 0x40, 18
"""Of the data of an authenticator: bytes before what may follow, the flag that a key follows, bytes up to the length of its id."""

_BYTES, _TEXT, _LIST, _MAP, _TAG = 2, 3, 4, 5, 6


def made(attestation: bytes) -> bool:
    """Whether a new passkey (an attestation object) can be looked at."""
    from webauthn.helpers import parse_cbor

    if not _plain(attestation):
        return False
    told = parse_cbor(attestation)
    return isinstance(told, dict) and told.get("fmt") in FORMATS and signed(told.get("authData"))


def signed(data: object) -> bool:
    """The same for the data of an authenticator, as they come with a signature too."""
    if not isinstance(data, bytes) or len(data) < _HEAD:
        return False
    at = _HEAD
    if data[_HEAD - 5] & _KEY:
        at += _LENGTH + int.from_bytes(data[at + _LENGTH - 2 : at + _LENGTH], "big")
    return _plain(data[at:])


def _plain(data: bytes) -> bool:
    """One piece of CBOR or more, with nothing but numbers, texts, bytes, lists and maps."""
    at = 0
    try:
        while at < len(data):
            at = _after(data, at, DEEPEST)
    except (IndexError, ValueError):
        return False
    return at == len(data)


def _after(data: bytes, at: int, deep: int) -> int:
    """Where the piece ends that begins here (RFC 8949, section 3). Errors: IndexError, ValueError where it is not plain."""
    kind, told = data[at] >> 5, data[at] & 31
    if kind == _TAG or told > 27 or deep == 0:
        raise ValueError
    size = 1 << (told - 24) if told > 23 else 0
    value = int.from_bytes(data[at + 1 : at + 1 + size], "big") if size else told
    at += 1 + size
    if kind in (_BYTES, _TEXT):
        return at + value
    for _ in range({_LIST: value, _MAP: 2 * value}.get(kind, 0)):
        at = _after(data, at, deep - 1)
    return at
