# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Challenges: of one browser and one act, for a while, once, and not of another node."""

import os

import pytest

from hanze.web.people.passkeys import challenges
from hanze.web.people.passkeys.challenges import LASTS, Challenges

NOW = 1_773_147_720_000_000


def test_a_challenge_is_good_for_what_it_was_made_for() -> None:
    made = Challenges(os.urandom)
    one = made.make("sign-in", "a cookie", NOW)
    assert made.good(one, "sign-in", "a cookie", NOW) and made.good(one, "sign-in", "a cookie", NOW + LASTS - 1)
    assert not made.good(one, "sign-in", "a cookie", NOW + LASTS)
    assert not made.good(one, "add", "a cookie", NOW)
    assert not made.good(one, "sign-in", "another", NOW)
    assert not Challenges(os.urandom).good(one, "sign-in", "a cookie", NOW)
    assert made.make("sign-in", "a cookie", NOW) != one


def test_who_has_no_cookie_has_no_challenge() -> None:
    made = Challenges(os.urandom)
    assert not made.good(made.make("sign-in", "", NOW), "sign-in", "", NOW)


@pytest.mark.parametrize("at", range(0, 56, 5))
def test_a_changed_challenge_is_none(at: int) -> None:
    made = Challenges(os.urandom)
    one = bytearray(made.make("sign-in", "a cookie", NOW))
    one[at] ^= 1
    assert not made.good(bytes(one), "sign-in", "a cookie", NOW)
    assert not made.good(bytes(one[:at]), "sign-in", "a cookie", NOW)


def test_it_counts_once_and_is_forgotten_when_it_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(challenges, "MOST", 3)
    made = Challenges(os.urandom)
    several = [made.make("sign-in", "a cookie", NOW + n) for n in range(4)]
    assert made.use(several[0], NOW) and not made.use(several[0], NOW)
    assert not made.good(several[0], "sign-in", "a cookie", NOW)
    assert made.use(several[1], NOW) and made.use(several[2], NOW)
    # More than are remembered are not let in, rather than twice.
    assert not made.use(several[3], NOW)
    assert made.use(several[3], NOW + LASTS)
