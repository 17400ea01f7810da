# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A provider that lies, and browsers that bring what is not theirs: nobody comes in, and the page says so in plain words."""

import hmac
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from hanze.web.people.oidc.vaults import ARRIVALS, IDENTITIES
from hanze.web.people.vaults import PEOPLE, SESSIONS
from tests.web.people.conftest import MINUTE, SECOND, said
from tests.web.people.oidc.conftest import Joined
from tests.web.people.oidc.identity import Identity, pair, reply, text

pytestmark = pytest.mark.anyio

UNUSABLE = "What your organisation answered cannot be used"
OLD = "This took too long, or it was begun in another browser"


async def nobody(joined: Joined, *, status: int = 502, told: str = UNUSABLE) -> None:
    """A browser signs in and is refused; nothing is kept."""
    joined.set(new="resident")
    browser = joined.town.browser()
    answer = await joined.sign_in(browser)
    assert (answer.status_code, told in said(answer)) == (status, True), said(answer)
    outside(joined)
    assert not browser.cookie("hanze-session") and "Back to sign in" in said(answer)


def outside(joined: Joined) -> None:
    """Nobody came in, and no account was made."""
    for vault in (PEOPLE, SESSIONS, IDENTITIES):
        assert joined.town.store.vault(vault).count() == 0


CLAIMS: dict[str, tuple[str, Any]] = {
    "another issuer": ("iss", "https://evil.example"),
    "an issuer with a slash more": ("iss", lambda identity: identity.issuer + "/"),
    "no issuer": ("iss", None),
    "another audience": ("aud", "another-client"),
    "no audience": ("aud", None),
    "several audiences without azp": ("aud", ["hanze", "another-client"]),
    "another party": ("azp", "another-client"),
    "another nonce": ("nonce", "n" * 43),
    "no nonce": ("nonce", None),
    "expired": ("exp", lambda identity: identity.now() - 61),
    "no end": ("exp", None),
    "an end that is a text": ("exp", "2099"),
    "an end that is true": ("exp", True),
    "from the future": ("iat", lambda identity: identity.now() + 61),
    "of long ago": ("iat", lambda identity: identity.now() - 661),
    "no moment": ("iat", None),
    "not yet good": ("nbf", lambda identity: identity.now() + 61),
    "no subject": ("sub", None),
    "an empty subject": ("sub", ""),
    "a subject that is a number": ("sub", 5),
    "an endless subject": ("sub", "x" * 256),
}


@pytest.mark.parametrize("name", CLAIMS)
async def test_an_id_token_with_a_claim_that_is_wrong(joined: Joined, name: str) -> None:
    claim, value = CLAIMS[name]

    def lie(claims: dict[str, Any]) -> None:
        claims[claim] = value(joined.identity) if callable(value) else value
        if claims[claim] is None:
            del claims[claim]

    joined.identity.lie = lie
    await nobody(joined)


def none(identity: Identity, claims: dict[str, Any]) -> str:
    return f"{_part({'alg': 'none'})}.{_part(claims)}."


def none_with_signature(identity: Identity, claims: dict[str, Any]) -> str:
    good = identity.signed(claims).split(".")
    return f"{_part({'alg': 'None', 'kid': pair().kid})}.{good[1]}.{good[2]}"


def shared_secret(identity: Identity, claims: dict[str, Any]) -> str:
    """HS256 with the public key as the secret, which everyone knows."""
    told = f"{_part({'alg': 'HS256', 'kid': pair().kid})}.{_part(claims)}"
    return f"{told}.{text(hmac.digest(pair().as_pem(private=False), told.encode(), 'sha256'))}"


def own_key_inside(identity: Identity, claims: dict[str, Any]) -> str:
    """The key of the attacker stands in the header."""
    evil = pair(9)
    header = {"alg": "RS256", "kid": evil.kid, "jwk": evil.as_dict(private=False)}
    return jwt.encode(header, claims, evil, algorithms=["RS256"])


def another_key(identity: Identity, claims: dict[str, Any]) -> str:
    """Named as the right one."""
    return jwt.encode({"alg": "RS256", "kid": pair().kid}, claims, pair(9), algorithms=["RS256"])


def another_kind(identity: Identity, claims: dict[str, Any]) -> str:
    key = ECKey.generate_key("P-256")
    return jwt.encode({"alg": "ES256", "kid": pair().kid}, claims, key, algorithms=["ES256"])


def changed(identity: Identity, claims: dict[str, Any]) -> str:
    head, _, signature = identity.signed(claims).split(".")
    return f"{head}.{_part({**claims, 'sub': 'somebody-else'})}.{signature}"


def rubbish(identity: Identity, claims: dict[str, Any]) -> str:
    return "a.b.c"


def encrypted(identity: Identity, claims: dict[str, Any]) -> str:
    return "a.b.c.d.e"


def weaker(identity: Identity, claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "RS512", "kid": pair().kid}, claims, pair(), algorithms=["RS512"])


def _part(value: Any) -> str:
    return text(json.dumps(value).encode())


FORGED = (
    none, none_with_signature, shared_secret, own_key_inside, another_key, another_kind, changed, rubbish, encrypted, weaker,
)  # fmt: skip


@pytest.mark.parametrize("forged", FORGED, ids=[one.__name__ for one in FORGED])
async def test_an_id_token_that_the_provider_did_not_sign(
    joined: Joined, forged: Callable[[Identity, dict[str, Any]], str]
) -> None:
    joined.identity.sign = lambda claims: forged(joined.identity, claims)
    await nobody(joined)


async def test_a_right_id_token_lets_in(joined: Joined) -> None:
    """What all of these tests change."""
    joined.set(new="resident")
    assert (await joined.sign_in(joined.town.browser())).headers["location"] == "/en/account"


async def test_an_answer_counts_once(joined: Joined) -> None:
    joined.set(new="resident")
    browser = joined.town.browser()
    brought = await joined.leave(browser)
    held = browser.cookie("hanze-attempt")
    assert (await joined.back(browser, brought)).status_code == 303
    asked = joined.identity.fetched.count("/token")
    # The same answer again, at a browser that has the same cookie still.
    thief = joined.town.browser()
    thief.client.cookies.set("__Host-hanze-attempt", held, domain="city.example", path="/")
    answer = await joined.back(thief, brought)
    assert answer.status_code == 410 and OLD in said(answer) and not thief.cookie("hanze-session")
    assert joined.identity.fetched.count("/token") == asked


async def test_a_code_that_the_provider_took_already(joined: Joined) -> None:
    browser = joined.town.browser()
    brought = await joined.leave(browser)
    joined.identity.codes.clear()
    answer = await joined.back(browser, brought)
    assert answer.status_code == 410 and OLD in said(answer)
    outside(joined)


async def test_an_answer_for_another_browser(joined: Joined) -> None:
    """An attacker who signed in as oneself brings a victim to the last step: the victim must not come in as the attacker."""
    joined.set(new="resident")
    attacker, victim, third = joined.town.browser(), joined.town.browser(), joined.town.browser()
    brought = await joined.leave(attacker)
    await joined.leave(victim)
    held = victim.cookie("hanze-attempt")
    for browser in (victim, third):
        answer = await joined.back(browser, brought)
        assert answer.status_code == 410 and OLD in said(answer) and not browser.cookie("hanze-session")
    # What the victim began is not ended by that.
    assert held and victim.cookie("hanze-attempt") == held
    for state in ("", "x", "\u20ac", brought["state"][:-1]):
        assert (await joined.back(attacker, {**brought, "state": state})).status_code == 410
    assert joined.town.store.vault(ARRIVALS).count() == 0
    assert (await joined.back(attacker, brought)).status_code == 303


async def test_who_comes_back_late(joined: Joined) -> None:
    browser = joined.town.browser()
    brought = await joined.leave(browser)
    joined.town.now += 10 * MINUTE + SECOND
    answer = await joined.back(browser, brought)
    assert answer.status_code == 410 and OLD in said(answer)


async def test_an_answer_of_another_provider(joined: Joined) -> None:
    """Mixed-up providers (RFC 9207): no code goes to one that did not give it."""
    for iss in ("https://evil.example", joined.identity.issuer + "/", ""):
        browser = joined.town.browser()
        brought = await joined.leave(browser)
        answer = await joined.back(browser, {**brought, "iss": iss})
        assert answer.status_code == 502 and UNUSABLE in said(answer)
    browser = joined.town.browser()
    brought = await joined.leave(browser)
    del brought["iss"]
    assert (await joined.back(browser, brought)).status_code == 502
    assert "/token" not in joined.identity.fetched


async def test_a_provider_that_does_not_name_itself_is_taken(joined: Joined) -> None:
    joined.identity.published = {"authorization_response_iss_parameter_supported": None}
    joined.set(new="resident")
    browser = joined.town.browser()
    brought = await joined.leave(browser)
    del brought["iss"]
    assert (await joined.back(browser, brought)).status_code == 303


PUBLISHED: dict[str, dict[str, Any]] = {
    "another issuer": {"issuer": "https://evil.example"},
    "an issuer that is no text": {"issuer": 5},
    "a place without TLS": {"token_endpoint": "http://evil.example/token"},
    "a place that is no address": {"authorization_endpoint": "javascript:alert(1)"},
    "no PKCE": {"code_challenge_methods_supported": ["plain"]},
    "secrets only": {"token_endpoint_auth_methods_supported": ["client_secret_basic"]},
    "no keys": {"jwks_uri": None},
}


@pytest.mark.parametrize("name", PUBLISHED)
async def test_a_provider_that_publishes_what_is_wrong(joined: Joined, name: str) -> None:
    joined.identity.published = PUBLISHED[name]
    answer = await joined.town.browser().get("/en/sign-in/organisation")
    assert answer.status_code == 502 and UNUSABLE in said(answer)


async def test_a_redirect_leads_the_node_nowhere(joined: Joined) -> None:
    """Neither the answer for a code nor anything else is fetched from where a provider points to."""
    elsewhere = b"HTTP/1.1 302 X\r\nLocation: http://127.0.0.1:%d/userinfo\r\nContent-Length: 0\r\n\r\n"
    for path, status in (("/token", 502), ("/jwks", 503), ("/.well-known/openid-configuration", 503)):
        browser = joined.town.browser()
        joined.identity.answer_with = {}
        brought = await joined.leave(browser)
        # What was fetched before is too old.
        joined.passed += 3600
        joined.identity.answer_with = {path: elsewhere % joined.identity.port}
        assert (await joined.back(browser, brought)).status_code == status
    assert "/userinfo" not in joined.identity.fetched
    outside(joined)


async def test_userinfo_of_somebody_else_is_not_used(joined: Joined) -> None:
    joined.set(new="resident")
    joined.identity.more = {"sub": "somebody-else", "groups": ["all"]}
    answer = await joined.sign_in(joined.town.browser())
    assert answer.headers["location"] == "/en/account" and "/userinfo" in joined.identity.fetched
    (person,) = joined.town.store.vault(PEOPLE).select()
    assert person["roles"] == ["resident"]


async def test_answers_that_are_too_long_or_no_json(joined: Joined) -> None:
    for body in (
        b"x" * (300 << 10),
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"id_token": 5}',
        b'{"id_token":"a.b.c"}',
        b"[" * 9000,
    ):
        head = f"HTTP/1.1 200 X\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        joined.identity.answer_with = {"/token": head + body}
        await nobody(joined)


def ours(caplog: pytest.LogCaptureFixture) -> str:
    """What the node says, and not the browser of the test."""
    return "\n".join(one.getMessage() for one in caplog.records if one.name.startswith("hanze"))


async def test_what_the_provider_says_of_an_error_is_on_no_page_and_in_no_log(
    joined: Joined, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    evil = "<script>evil</script> %s"
    browser = joined.town.browser()
    brought = await joined.leave(browser)
    back = {"state": brought["state"], "iss": brought["iss"], "error": evil, "error_description": evil}
    answer = await joined.back(browser, back)
    assert answer.status_code == 502 and "evil" not in answer.text
    joined.identity.answer_with = {"/token": reply({"error": evil, "error_description": evil}, 400)}
    answer = await joined.sign_in(joined.town.browser())
    assert answer.status_code == 502 and "evil" not in answer.text + ours(caplog)
    assert "an unknown error" in caplog.text


async def test_no_secret_stands_in_a_log(joined: Joined, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    made: list[str] = []

    def sign(claims: dict[str, Any]) -> str:
        made.append(joined.identity.signed({**claims, "aud": "x"}))
        return made[-1]

    joined.identity.sign = sign
    browser = joined.town.browser()
    brought = await joined.leave(browser)
    held = browser.cookie("hanze-attempt")
    assert (await joined.back(browser, brought)).status_code == 502
    assert "In the ID token aud is not as it must be." in caplog.text
    for secret in (*made, *made[0].split("."), brought["code"], brought["state"], held, "anne@city.example"):
        assert secret not in ours(caplog)


async def test_a_stranger_makes_the_node_fetch_no_keys_on_and_on(joined: Joined) -> None:
    joined.identity.sign_by = pair(9)
    await nobody(joined)
    joined.identity.fetched.clear()
    for _ in range(5):
        assert (await joined.sign_in(joined.town.browser())).status_code == 502
    assert joined.identity.fetched.count("/jwks") == 0


async def test_who_tries_on_and_on_waits(joined: Joined) -> None:
    browser = joined.town.browser()
    for _ in range(100):
        assert (await joined.back(browser, {"state": "x", "code": "y"})).status_code == 410
    answer = await joined.back(browser, {"state": "x", "code": "y"})
    assert answer.status_code == 429 and "too many attempts" in said(answer)


async def test_the_way_onward_stays_on_the_site(joined: Joined) -> None:
    joined.set(new="resident")
    for onward in ("//evil.example", "https://evil.example", "/\\evil.example", "sign-in/organisation"):
        answer = await joined.sign_in(joined.town.browser(), f"/en/sign-in/organisation?next={onward}")
        assert answer.headers["location"] == "/en/account"
    answer = await joined.sign_in(joined.town.browser(), "/nl/sign-in/organisation?next=account/name%3Fx=1")
    assert answer.headers["location"] == "/nl/account/name?x=1"
