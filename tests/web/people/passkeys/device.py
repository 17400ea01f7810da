# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A device that keeps passkeys, and may do wrong what a device can do wrong."""

import hashlib
import html
import os
import re
from typing import Any

import cbor2
import httpx2
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from hanze.web.people.passkeys.coded import coded, raw
from tests.web.people.conftest import CITY, Browser

PRESENT, VERIFIED, KEY, MORE = 1, 4, 64, 128
"""Flags of what a device says (Web Authentication level 3, 6.1)."""


def asked(page: httpx2.Response) -> dict[str, Any]:
    """What a page asks a device."""
    found = re.search(r'data-options="([^"]+)"', page.text)
    assert found is not None, page.text
    options: dict[str, Any] = msgspec.json.decode(html.unescape(found[1]))
    return options


def spread(deep: int = 3) -> bytes:
    """CBOR that says by tags "what was said before" ten times, and that again: 10^`deep` numbers when it is written out. With 12,
    which fill a machine, it is less than 500 bytes; the tests take fewer, so that they fail and not the machine."""
    parts = [bytes((0xD8, 28, 0x81, 1))]
    parts += [bytes((0xD8, 28, 0x8A)) + bytes((0xD8, 29, one)) * 10 for one in range(deep - 1)]
    return bytes((0x98, deep)) + b"".join(parts)


class Device:
    """One passkey. `origin`, `party`: where it says that it was asked; `flags`: what it says of its owner."""

    def __init__(self, origin: str = CITY, party: str = "city.example", flags: int = PRESENT | VERIFIED) -> None:
        self.origin, self.party, self.flags = origin, party, flags
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)
        self.person = b""
        self.count = 0
        self.step = 1

    def make(self, options: dict[str, Any], **told: Any) -> str:
        """Answers `create`; `told`: what of it is otherwise."""
        self.person = raw(options["user"]["id"])
        client = self._client("webauthn.create", options, told)
        numbers = self.key.public_key().public_numbers()
        x, y = (one.to_bytes(32, "big") for one in (numbers.x, numbers.y))
        key = told.get("key", cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y}))
        about = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + key
        data = self._data(KEY) + about
        statement = cbor2.dumps(
            {"fmt": told.get("fmt", "none"), "attStmt": told.get("statement", {}), "authData": data}
        )
        return self._json(clientDataJSON=client, attestationObject=statement)

    def sign(self, options: dict[str, Any], **told: Any) -> str:
        """Answers `get`."""
        client = self._client("webauthn.get", options, told)
        more = told.get("more", b"")
        data = self._data(MORE if more else 0) + more
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        person = told.get("person", self.person)
        return self._json(clientDataJSON=client, authenticatorData=data, signature=signed, userHandle=person)

    def _client(self, type: str, options: dict[str, Any], told: dict[str, Any]) -> bytes:
        challenge = told.get("challenge", options["challenge"])
        return msgspec.json.encode({"type": told.get("type", type), "challenge": challenge, "origin": self.origin})

    def _data(self, more: int) -> bytes:
        self.count += self.step
        return hashlib.sha256(self.party.encode()).digest() + bytes([self.flags | more]) + self.count.to_bytes(4, "big")

    def _json(self, **parts: bytes) -> str:
        response = {name: coded(part) for name, part in parts.items()}
        told = {"id": coded(self.id), "rawId": coded(self.id), "type": "public-key", "response": response}
        return msgspec.json.encode(told).decode()


ADDING = "/en/account/passkeys"


async def added(browser: Browser, device: Device, name: str = "My telephone") -> httpx2.Response:
    """Adds the device to the account that is signed in."""
    page = await browser.get(ADDING)
    return await browser.send(ADDING, {"name": name, "passkey": device.make(asked(page))})


async def entered(browser: Browser, device: Device, place: str = "/en/sign-in") -> httpx2.Response:
    """Signs in by the device."""
    page = await browser.get(place)
    return await browser.send(place, {"passkey": device.sign(asked(page))})
