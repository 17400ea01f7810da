# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a browser is asked: to make a passkey, or to sign with one (Web Authentication level 3, 5.4 and 5.5)."""

from collections.abc import Iterable
from typing import Any

import msgspec

from hanze.web.people.passkeys.challenges import LASTS
from hanze.web.people.passkeys.coded import coded
from hanze.web.people.passkeys.kept import Passkey
from hanze.web.people.passkeys.party import Party
from hanze.web.people.people import Person

ALGORITHMS = (-8, -7, -257)
"""Signatures that are taken, best first: Ed25519, ECDSA with P-256, RSA (IANA COSE Algorithms)."""


def to_make(party: Party, city: str, person: Person, passkeys: Iterable[Passkey], challenge: bytes) -> str:
    """As JSON. The device must find the passkey without being told its name, since the page to sign in asks no names; those that
    the person has are named, so that one device gets no two."""
    return _json(
        rp={"id": party.id, "name": city},
        user={"id": coded(person.id.encode()), "name": person.mail, "displayName": person.name},
        challenge=coded(challenge),
        pubKeyCredParams=[{"type": "public-key", "alg": one} for one in ALGORITHMS],
        excludeCredentials=[{"type": "public-key", "id": one.id} for one in passkeys],
        authenticatorSelection={"residentKey": "required", "requireResidentKey": True, "userVerification": "required"},
        attestation="none",
        timeout=LASTS // 1000,
    )


def to_sign(party: Party, challenge: bytes) -> str:
    """As JSON. No passkey is named: the person chooses, and nobody learns who has one."""
    return _json(rpId=party.id, challenge=coded(challenge), userVerification="required", timeout=LASTS // 1000)


def _json(**told: Any) -> str:
    return msgspec.json.encode(told).decode()
