# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Challenges: what a device signs is new, of one browser, good for five minutes and once."""

import hashlib
import hmac
from typing import Literal

from hanze.web.people.tokens import Chance

Act = Literal["add", "sign-in"]

LASTS = 5 * 60_000_000
"""Microseconds."""

_TIME, _SALT = 8, 16
"""Bytes; the mark of the node follows them."""

MOST = 100_000
"""Challenges that worked and are remembered, of five minutes; beyond that nobody comes in by passkey for a while."""


class Challenges:
    """Those of one node. They need no place in the store: what they are for stands in them, marked with a secret that is gone
    when the node stops, and with it all that are open. `chance`: random bytes."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._secret = chance(32)
        self._used: dict[bytes, int] = {}
        """From a challenge to when it ends, the oldest first."""

    def make(self, act: Act, browser: str, now: int) -> bytes:
        """`browser`: a secret in a cookie of it, `now`: of a real clock, microseconds."""
        begun = (now + LASTS).to_bytes(_TIME, "big") + self._chance(_SALT)
        return begun + self._mark(begun, act, browser)

    def good(self, challenge: bytes, act: Act, browser: str, now: int) -> bool:
        """It was made for this, has not ended, and was not used."""
        begun, mark = challenge[: _TIME + _SALT], challenge[_TIME + _SALT :]
        if not browser or not hmac.compare_digest(self._mark(begun, act, browser), mark):
            return False
        return now < int.from_bytes(begun[:_TIME], "big") and challenge not in self._used

    def use(self, challenge: bytes, now: int) -> bool:
        """Counts no more from now on; False where that was so already. Call it for what a device signed well only, so that
        strangers fill nothing."""
        for one in [one for one, end in self._used.items() if end <= now]:
            del self._used[one]
        if challenge in self._used or len(self._used) >= MOST:
            return False
        self._used[challenge] = int.from_bytes(challenge[:_TIME], "big")
        return True

    def _mark(self, begun: bytes, act: Act, browser: str) -> bytes:
        told = b"\0".join((act.encode(), browser.encode(errors="replace"), begun))
        return hmac.digest(self._secret, told, hashlib.sha256)
