# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The second factor: codes of six digits that a telephone shows, each of which counts once (TOTP, RFC 6238)."""

import hmac
import re
from base64 import b32encode

import pyotp
import segno

from hanze.store.base import UnitOfWork
from hanze.web.people.tokens import Chance
from hanze.web.people.vaults import PEOPLE

SECONDS = 30
"""Of one code."""

BYTES = 20
SECRET = re.compile(r"[A-Z2-7]{32}")


def made(chance: Chance) -> str:
    """A new secret, as telephones take it."""
    return b32encode(chance(BYTES)).decode()


def picture(secret: str, city: str, mail: str) -> str:
    """The secret as a QR code: an address (data:) of a picture."""
    address = pyotp.TOTP(secret).provisioning_uri(name=mail, issuer_name=city)
    found: str = segno.make(address, error="m").svg_data_uri(scale=5, border=4, light="#ffffff", dark="#000000")
    return found


def step(secret: str, code: str, now: int) -> int | None:
    """The time step of a code; None where it is wrong. `now`: microseconds of a real clock; a step early or late is good,
    since neither clocks nor people are exact."""
    digits = "".join(code.split())
    here = now // 1_000_000 // SECONDS
    codes = pyotp.TOTP(secret)
    found = None
    for one in (here - 1, here, here + 1):
        if hmac.compare_digest(codes.generate_otp(max(0, one)).encode(), digits.encode()):
            found = one
    return found


def accept(uow: UnitOfWork, id: str, code: str, now: int) -> bool:
    """Whether it is a code of this person that was not used before; it counts no more afterwards."""
    rows = uow.vault(PEOPLE).select({"id": id})
    if not rows or rows[0]["totp"] is None:
        return False
    found = step(rows[0]["totp"], code, now)
    if found is None or found <= (rows[0]["totp_step"] or 0):
        return False
    uow.vault(PEOPLE).update({"id": id}, {"totp_step": found})
    return True
