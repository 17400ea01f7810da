# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether what a browser sends was signed by a passkey, for this site and this challenge, by a person who was asked.

The library is imported when somebody comes with a challenge that is good: it takes a while, and memory.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from hanze.web.people.passkeys import plain
from hanze.web.people.passkeys.asking import ALGORITHMS
from hanze.web.people.passkeys.coded import coded, raw
from hanze.web.people.passkeys.party import Party

T = TypeVar("T")

LONGEST = 20_000
"""Characters of what a browser sends."""


class Came(msgspec.Struct, frozen=True):
    """What a browser sent, not yet believed. `id`: of the passkey, `person`: whose it is as the device says, `parts`: of the answer
    of the device, by their names in the standard."""

    id: str
    challenge: bytes
    person: str
    parts: dict[str, bytes]

    @property
    def told(self) -> dict[str, Any]:
        """Written anew, so that all who read it read the same."""
        parts = {name: coded(part) for name, part in self.parts.items()}
        return {"id": self.id, "rawId": self.id, "type": "public-key", "response": parts}


class Made(msgspec.Struct, frozen=True):
    """A new passkey: its id, the public key (COSE) and what the device counts."""

    id: str
    key: bytes
    count: int


class _Response(msgspec.Struct):
    clientDataJSON: str
    attestationObject: str = ""
    authenticatorData: str = ""
    signature: str = ""
    userHandle: str = ""


class _Credential(msgspec.Struct):
    id: str
    response: _Response


class _Client(msgspec.Struct):
    challenge: str


def read(text: str) -> Came | None:
    """None where it is nothing of the kind."""
    try:
        found = msgspec.json.decode(text, type=_Credential)
        parts = {name: raw(part) for name, part in msgspec.structs.asdict(found.response).items()}
        client = msgspec.json.decode(parts["clientDataJSON"], type=_Client)
        return Came(found.id, raw(client.challenge), parts["userHandle"].decode(), parts)
    except (ValueError, RecursionError):
        return None


def made(came: Came, party: Party) -> Made | None:
    """The passkey that was made; None where anything is not as it was asked."""
    from webauthn import verify_registration_response
    from webauthn.helpers.cose import COSEAlgorithmIdentifier

    def verify() -> Made | None:
        if not plain.made(came.parts["attestationObject"]):
            return None
        found = verify_registration_response(
            credential=came.told, expected_challenge=came.challenge, expected_rp_id=party.id, expected_origin=party.origin,
            require_user_verification=True, supported_pub_key_algs=[COSEAlgorithmIdentifier(one) for one in ALGORITHMS],
        )  # fmt: skip
        return Made(coded(found.credential_id), found.credential_public_key, found.sign_count)

    return _tried(verify)


def counted(came: Came, party: Party, key: bytes) -> int | None:
    """What the device counts (0: nothing), where it signed with the key; else None."""
    from webauthn import verify_authentication_response

    def verify() -> int | None:
        if not plain.signed(came.parts["authenticatorData"]):
            return None
        # The count is held against the one that is kept only where that is written, so that of two at once one is refused.
        found = verify_authentication_response(
            credential=came.told, expected_challenge=came.challenge, expected_rp_id=party.id, expected_origin=party.origin,
            credential_public_key=key, credential_current_sign_count=0, require_user_verification=True,
        )  # fmt: skip
        return found.new_sign_count

    return _tried(verify)


def _tried(verify: Callable[[], T | None]) -> T | None:
    """The library says no by errors of its own, and on rubbish by those of whatever it uses."""
    try:
        return verify()
    except Exception:
        return None
