# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An attempt: nothing of it can be guessed, and whoever changes the cookie has another one."""

import os

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from hanze.web.people.oidc import attempt as attempts
from hanze.web.people.oidc.attempt import LASTS, Attempt


def test_the_challenge_is_that_of_the_standard() -> None:
    """RFC 7636, appendix B."""
    assert attempts.s256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    made = attempts.begun(os.urandom, 5, "nl", "")
    assert made.challenge == attempts.s256(made.verifier)


def test_what_is_made_of_a_secret_tells_nothing_of_the_rest() -> None:
    made = attempts.begun(os.urandom, 5, "nl", "account")
    assert len({made.secret, made.state, made.nonce, made.verifier, made.challenge}) == 5
    assert {len(one) for one in (made.state, made.nonce, made.verifier)} == {43}
    later = msgspec.structs.replace(made, begun=6)
    assert {later.state, later.nonce, later.verifier}.isdisjoint({made.state, made.nonce, made.verifier})


def test_it_ends_after_ten_minutes_and_does_not_begin_in_the_future() -> None:
    made = attempts.begun(os.urandom, 1000, "nl", "")
    assert not made.late(1000) and not made.late(1000 + LASTS)
    assert made.late(1000 + LASTS + 1) and made.late(999)


def test_a_cookie_holds_it() -> None:
    made = attempts.begun(os.urandom, 5, "nl", "account?x=é")
    packed = attempts.packed(made)
    assert attempts.read(packed) == made and packed.replace("-", "").replace("_", "").isalnum()
    assert attempts.begun(os.urandom, 5, "nl", "x" * 1001).onward == ""


@given(st.text())
def test_any_other_cookie_is_none(text: str) -> None:
    found = attempts.read(text)
    assert found is None or found.secret


def test_one_without_a_secret_is_none() -> None:
    assert attempts.read(attempts.packed(Attempt("", 5, "nl"))) is None
