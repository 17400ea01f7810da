# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole way to the provider and back: what is asked, what is done where it does not answer, and signing out."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from hanze.access import audit
from hanze.web.people.oidc.vaults import ARRIVALS
from tests.web.people.conftest import CITY, Town, said
from tests.web.people.oidc.conftest import START, Joined, own_key
from tests.web.people.oidc.identity import pair, reply

pytestmark = pytest.mark.anyio


async def test_the_page_to_sign_in_offers_it(joined: Joined, town: Town) -> None:
    page = await town.browser().get("/en/sign-in?next=account/name")
    assert "Sign in with Havendam City" in said(page)
    assert 'href="/en/sign-in/organisation?next=account%2Fname"' in page.text


async def test_what_is_asked_of_the_provider(joined: Joined) -> None:
    joined.set(require_acr=("loa3", "loa4"), scopes=("openid", "email"))
    browsers = [joined.town.browser() for _ in range(3)]
    asked = [parse_qs(urlsplit((await one.get(START)).headers["location"]).query) for one in browsers]
    first = asked[0]
    assert first["scope"] == ["openid email"] and first["acr_values"] == ["loa3 loa4"] and first["ui_locales"] == ["en"]
    assert first["redirect_uri"] == [CITY + "/oidc/back"] and "client_secret" not in first
    for name in ("state", "nonce", "code_challenge"):
        found = {one[name][0] for one in asked}
        # 43 signs of base64url are 256 bits; each browser has others.
        assert len(found) == 3 and {len(one) for one in found} == {43}
        assert not any(found & {one[other][0] for one in asked} for other in ("state", "nonce") if other != name)


async def test_the_cookie_of_an_attempt_is_for_this_site_only(joined: Joined) -> None:
    answer = await joined.town.browser().get(START)
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("__host-hanze-attempt=") and "max-age=600" in cookie
    for part in ("httponly", "samesite=lax", "secure", "path=/"):
        assert part in cookie
    assert joined.town.store.vault(ARRIVALS).count() == 0


async def test_our_key_is_published_without_its_secret_half(joined: Joined) -> None:
    answer = await joined.town.browser().get("/oidc/jwks.json")
    assert answer.headers["content-type"] == "application/json"
    (key,) = answer.json()["keys"]
    assert key.keys() == {"kty", "n", "e", "use", "kid"} and key["kid"] == own_key().id


async def test_the_best_algorithm_that_the_provider_knows(joined: Joined) -> None:
    joined.set(new="resident")
    used: list[str] = []

    def lie(claims: dict[str, Any]) -> None:
        used.append(claims["sub"])

    joined.identity.lie = lie
    for known, expected in ((["RS256", "PS256"], "PS256"), (["RS256"], "RS256"), (None, "RS256"), (["ES256"], "RS256")):
        joined.identity.published = {"token_endpoint_auth_signing_alg_values_supported": known}
        joined.set()
        assert (await joined.provider.document()).algorithm == expected
        assert (await joined.sign_in(joined.town.browser())).status_code == 303
    assert len(used) == 4


@pytest.mark.parametrize("algorithm", ["RS256", "PS256"])
async def test_signatures_that_are_believed(joined: Joined, algorithm: str) -> None:
    joined.set(new="resident")
    joined.identity.sign = lambda claims: joined.identity.signed(claims, algorithm)
    assert (await joined.sign_in(joined.town.browser())).status_code == 303


async def test_a_signature_by_a_curve(joined: Joined) -> None:
    joined.set(new="resident")
    key = ECKey.generate_key("P-256", {"kid": "curve"})
    joined.identity.answer_with["/jwks"] = reply({"keys": [pair().as_dict(private=False), key.as_dict(private=False)]})
    joined.identity.sign = lambda claims: jwt.encode(
        {"alg": "ES256", "kid": "curve"}, claims, key, algorithms=["ES256"]
    )  # fmt: skip
    assert (await joined.sign_in(joined.town.browser())).status_code == 303


async def test_a_new_key_of_the_provider_is_fetched_once(joined: Joined) -> None:
    joined.set(new="resident")
    await joined.sign_in(joined.town.browser())
    joined.identity.keys = [pair(), pair(2)]
    joined.identity.sign_by = pair(2)
    joined.passed += 61
    joined.identity.fetched.clear()
    for _ in range(3):
        assert (await joined.sign_in(joined.town.browser())).status_code == 303
    assert joined.identity.fetched.count("/jwks") == 1


async def test_a_key_that_was_taken_back_counts_no_longer(joined: Joined) -> None:
    joined.set(new="resident")
    await joined.sign_in(joined.town.browser())
    joined.identity.keys = [pair(2)]
    assert (await joined.sign_in(joined.town.browser())).status_code == 303
    joined.passed += 3600
    assert (await joined.sign_in(joined.town.browser())).status_code == 502


async def test_one_key_without_a_name_is_meant_and_of_two_none(joined: Joined) -> None:
    joined.set(new="resident")
    joined.identity.sign = lambda claims: jwt.encode({"alg": "RS256"}, claims, pair(), algorithms=["RS256"])
    assert (await joined.sign_in(joined.town.browser())).status_code == 303
    joined.identity.keys = [pair(), pair(2)]
    joined.set()
    assert (await joined.sign_in(joined.town.browser())).status_code == 502


async def test_keys_for_something_else_or_that_are_too_short(joined: Joined) -> None:
    public = pair().as_dict(private=False)
    short = {**public, "n": public["n"][:100]}
    for wrong in (
        {**public, "use": "enc"},
        {**public, "alg": "RS512"},
        {**public, "kid": "x"},
        short,
        {**public, "n": "*"},
    ):
        joined.identity.answer_with["/jwks"] = reply({"keys": [wrong]})
        joined.set(new="resident")
        assert (await joined.sign_in(joined.town.browser())).status_code == 502


async def test_a_level_that_is_asked_for(joined: Joined) -> None:
    joined.set(new="resident", require_acr=("loa3", "loa4"))
    for acr in (None, "loa1", "loa", ["loa3"]):
        joined.identity.person["acr"] = acr
        answer = await joined.sign_in(joined.town.browser())
        assert answer.status_code == 403 and "in a safer way" in said(answer)
    joined.identity.person["acr"] = "loa4"
    assert (await joined.sign_in(joined.town.browser())).status_code == 303


async def test_nobody_comes_in_the_name_of_another(joined: Joined) -> None:
    joined.set(new="resident")
    joined.identity.person["represents"] = {"sub": "somebody"}
    answer = await joined.sign_in(joined.town.browser())
    assert answer.status_code == 403 and "in the name of somebody else" in said(answer)


async def test_several_audiences_with_us_as_the_party(joined: Joined) -> None:
    joined.set(new="resident")
    joined.identity.person |= {"aud": ["other", "hanze"], "azp": "hanze"}
    assert (await joined.sign_in(joined.town.browser())).status_code == 303


async def test_userinfo_is_asked_only_where_something_is_missing(joined: Joined) -> None:
    joined.identity.person["groups"] = ["data"]
    joined.identity.more = {"groups": ["all"]}
    assert (await joined.sign_in(joined.town.browser())).status_code == 303
    assert "/userinfo" not in joined.identity.fetched
    del joined.identity.person["groups"]
    answer = await joined.sign_in(joined.town.browser())
    assert "/userinfo" in joined.identity.fetched and answer.headers["location"] == "/en/desk"


async def test_what_stands_in_the_id_token_is_not_changed_by_userinfo(joined: Joined) -> None:
    """Only the token is signed."""
    joined.identity.more = {"groups": ["all"], "email": "chief@city.example", "email_verified": True}
    await joined.town.person("chief@city.example", "administrator")
    browser = joined.town.browser()
    assert (await joined.sign_in(browser)).status_code == 303
    assert "anne@city.example" in said(await browser.get("/en/account"))


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/jwks", "/userinfo"])
async def test_a_provider_that_is_down(joined: Joined, path: str) -> None:
    browser = joined.town.browser()
    joined.identity.down = {path}
    answer = await browser.get(START)
    if answer.status_code == 303:
        answer = await joined.back(browser, joined.identity.authorize(answer.headers["location"]))
    assert answer.status_code == 503 and "Your organisation does not answer now" in said(answer)
    assert 'href="/en/sign-in"' in answer.text
    joined.identity.down = set()
    joined.passed += 61
    joined.set(new="resident")
    assert (await joined.sign_in(joined.town.browser())).status_code == 303


async def test_a_provider_with_an_error_of_its_own(joined: Joined) -> None:
    joined.identity.answer_with["/token"] = b"HTTP/1.1 401 X\r\nContent-Length: 0\r\n\r\n"
    assert (await joined.sign_in(joined.town.browser())).status_code == 502
    joined.identity.answer_with["/token"] = b"HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n"
    assert (await joined.sign_in(joined.town.browser())).status_code == 503


@pytest.mark.parametrize("error", ["access_denied", "login_required", "consent_required", "interaction_required"])
async def test_who_says_no(joined: Joined, error: str) -> None:
    browser = joined.town.browser()
    brought = await joined.leave(browser)
    del brought["code"]
    answer = await joined.back(browser, {**brought, "error": error})
    assert answer.status_code == 403 and "You stopped" in said(answer)
    assert not browser.cookie("hanze-attempt")
    # Nothing stays behind: the next try is as good as any.
    joined.set(new="resident")
    assert (await joined.sign_in(joined.town.browser())).status_code == 303


async def test_pages_of_an_error_hold_nothing_of_the_answer(joined: Joined) -> None:
    browser = joined.town.browser()
    brought = await joined.leave(browser, "/nl/sign-in/organisation")
    answer = await joined.back(browser, {**brought, "code": "wrong-code"})
    assert answer.status_code == 410 and 'lang="nl"' in answer.text
    for part in ("wrong-code", brought["state"]):
        assert part not in answer.text


async def test_signing_out_offers_to_do_so_there_too(joined: Joined, town: Town) -> None:
    joined.set(new="resident")
    browser = town.browser()
    await joined.sign_in(browser)
    answer = await browser.send("/en/account", {})
    assert answer.headers["location"] == "/en/sign-in/organisation/out" and not browser.cookie("hanze-session")
    page = await browser.get(answer.headers["location"])
    there = f"{joined.identity.issuer}/end?client_id=hanze&amp;post_logout_redirect_uri=https%3A%2F%2Fcity.example%2F"
    assert f'href="{there}"' in page.text and "Sign out at Havendam City too" in said(page)
    # Where the provider has no such place, or is down, the page says so much.
    for published in ({"end_session_endpoint": None}, {"issuer": "x"}):
        joined.identity.published = published
        joined.set()
        page = await town.browser().get("/en/sign-in/organisation/out")
        assert page.status_code == 200 and "close the browser" in said(page)
    await town.person("local@city.example")
    local = await town.signed_in("local@city.example")
    assert (await local.send("/en/account", {})).headers["location"] == "/en/"


async def test_the_audit_names_no_mail_and_no_subject(joined: Joined) -> None:
    joined.identity.person["groups"] = ["all"]
    await joined.sign_in(joined.town.browser())
    lines = audit.lines(joined.town.store, limit=10)
    assert {one.act for one in lines} == {"make account", "knows account", "gave roles", "signed in"}
    assert not any(part in str(one) for one in lines for part in ("anne@", "u-1", "Anne"))


async def test_without_a_provider_there_is_no_such_page(town: Town) -> None:
    browser = town.browser()
    assert "organisation" not in (await browser.get("/en/sign-in")).text
    for path in (START, START + "/back", START + "/out", "/oidc/back", "/oidc/jwks.json"):
        assert (await browser.get(path)).status_code == 404
