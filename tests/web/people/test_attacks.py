# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of others, sessions that were planted, ways out of the site, cookies, and what stands in the file."""

import re

import pytest

from hanze.access import audit
from hanze.web.people.vaults import PEOPLE, SESSIONS
from tests.web.people.conftest import CITY, PASSWORD, Town

pytestmark = pytest.mark.anyio

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

FORMS = ("account", "account/signed-in", "account/name", "account/password", "account/second", "account/erase")


def token(html: str) -> str:
    found = re.search(r'name="form-token" value="([^"]+)"', html)
    assert found is not None
    return found[1]


async def test_a_form_of_another_site_does_nothing(town: Town) -> None:
    person = await town.person("r@b.nl", password=PASSWORD)
    browser = await town.signed_in("r@b.nl")
    stranger = await town.signed_in((await town.person("x@b.nl")).mail)
    before = (town.store.vault(PEOPLE).select(), town.store.vault(SESSIONS).select())
    theirs = token((await stranger.get("/en/account/name")).text)
    values = {"name": "Evil", "password": "a password of mine", "sure": "yes", "which": "all", "remove": "yes"}
    for form in FORMS:
        ours = token((await browser.get(f"/en/{form}")).text)
        tries = [
            ({"form-token": ours}, {"origin": "https://evil.example"}),
            ({"form-token": ours}, {"origin": "null"}),
            ({"form-token": ours}, {"origin": "https://city.example.evil.example"}),
            ({"form-token": ours}, {"sec-fetch-site": "cross-site"}),
            ({"form-token": ours}, {"sec-fetch-site": "same-site"}),
            ({}, {}), ({"form-token": ""}, {}), ({"form-token": theirs}, {}), ({"form-token": "x" * 64}, {}),
            ({"form-token": "." + ours.partition(".")[2]}, {}), ({"form-token": "\u20ac.\u20ac"}, {}),
        ]  # fmt: skip
        for field, headers in tries:
            answer = await browser.post(f"/en/{form}", {**values, **field}, **headers)
            assert answer.status_code == 403, (form, field, headers)
            assert "This form was not taken" in answer.text
        assert (await browser.get(f"/en/{form}", params=values)).status_code == 200
    assert (town.store.vault(PEOPLE).select(), town.store.vault(SESSIONS).select()) == before
    assert person.name == "Anne"


async def test_a_token_from_before_signing_in_or_of_an_ended_session_is_old(town: Town) -> None:
    await town.person("r@b.nl", password=PASSWORD)
    browser = town.browser()
    before = token((await browser.get("/en/sign-in")).text)
    await browser.send("/en/sign-in", {"mail": "r@b.nl", "password": PASSWORD})
    assert (await browser.post("/en/account/name", {"form-token": before, "name": "B"})).status_code == 403
    during = token((await browser.get("/en/account")).text)
    await browser.send("/en/sign-in", {"mail": "r@b.nl", "password": PASSWORD})
    assert (await browser.post("/en/account/name", {"form-token": during, "name": "B"})).status_code == 403


async def test_each_page_has_another_token(town: Town) -> None:
    browser = town.browser()
    found = {token((await browser.get("/en/sign-in")).text) for _ in range(5)}
    assert len(found) == 5 and len({one[:4] for one in found}) == 5


async def test_a_session_that_was_planted_is_none(town: Town) -> None:
    await town.person("r@b.nl", password=PASSWORD)
    browser = town.browser()
    planted = "A" * 32
    browser.client.cookies.set("__Host-hanze-session", planted, domain="city.example", path="/")
    answer = await browser.send("/en/sign-in", {"mail": "r@b.nl", "password": PASSWORD})
    given = browser.cookie("hanze-session")
    assert answer.status_code == 303 and given != planted
    # Signing in once more ends the session that the browser had.
    await browser.send("/en/sign-in", {"mail": "r@b.nl", "password": PASSWORD})
    assert browser.cookie("hanze-session") != given
    for old in (planted, given):
        thief = town.browser()
        thief.client.cookies.set("__Host-hanze-session", old, domain="city.example", path="/")
        assert (await thief.get("/en/account")).status_code == 303


@pytest.mark.parametrize(
    "onward",
    [
        "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "@evil.example",
        "..//evil.example", "../../evil.example", "%2F%2Fevil.example", "x\r\nset-cookie: a=b", "http:evil.example", "",
        "sign-in?next=sign-in", "a b",
    ],
)  # fmt: skip
async def test_no_way_leads_out_of_the_site(town: Town, onward: str) -> None:
    await town.person("r@b.nl", password=PASSWORD)
    browser = town.browser()
    page = await browser.get("/en/sign-in", params={"next": onward})
    values = {"form-token": token(page.text), "mail": "r@b.nl", "password": PASSWORD}
    answer = await browser.client.post("/en/sign-in", params={"next": onward}, data=values, headers={"origin": CITY})
    place = answer.headers["location"]
    assert answer.status_code == 303 and re.fullmatch(r"/en/[\w/.-]*", place) and ".." not in place, place
    assert answer.next_request is not None and answer.next_request.url.host == "city.example"
    assert "a=b" not in str(answer.headers)


async def test_cookies_go_to_this_site_only_and_no_script_sees_them(town: Town) -> None:
    await town.person("r@b.nl", password=PASSWORD)
    await town.person("m@city.nl", "editor", password=PASSWORD, totp=SECRET)
    for root, prefix in (("https://city.example", "__Host-"), ("http://city.example", "")):
        found = {}
        for mail in ("r@b.nl", "m@city.nl"):
            browser = town.browser(root=root)
            page = await browser.get("/en/sign-in")
            answer = await browser.send("/en/sign-in", {"mail": mail, "password": PASSWORD})
            for one in (*page.headers.get_list("set-cookie"), *answer.headers.get_list("set-cookie")):
                found[one.partition("=")[0]] = one.lower()
        assert set(found) == {f"{prefix}hanze-{name}" for name in ("form", "session", "step")}
        for one in found.values():
            assert "httponly" in one and "samesite=lax" in one and "path=/" in one and "domain" not in one
            assert ("secure" in one) == bool(prefix)


async def test_nothing_in_the_file_opens_a_door(town: Town) -> None:
    """Of tokens and passwords the file has hashes only."""
    invitation, mail = await town.invitation("new@b.nl", "resident"), "m@city.nl"
    await town.person(mail, "administrator", password=PASSWORD, totp=SECRET)
    link = await town.link(mail)
    browser = town.browser()
    await browser.send("/en/sign-in", {"mail": mail, "password": PASSWORD})
    half = browser.cookie("hanze-step")
    await browser.send("/en/sign-in/code", {"code": town.code(SECRET)})
    session = browser.cookie("hanze-session")
    secrets = [PASSWORD, session, half, link.partition("=")[2], invitation.partition("=")[2]]
    kept = b"".join(file.read_bytes() for file in sorted(town.folder.iterdir()) if file.is_file())
    assert mail.encode() in kept and len(kept) > 10_000
    for secret in secrets:
        assert len(secret) >= 20 and secret.encode() not in kept
    told = str([(line.act, line.subject, line.detail) for line in audit.lines(town.store, limit=99)])
    assert not any(secret in told for secret in [*secrets, SECRET, mail])


async def test_a_signed_in_page_has_the_same_strict_rules(town: Town) -> None:
    await town.person("m@city.nl", "administrator", totp=SECRET)
    browser = await town.signed_in("m@city.nl", SECRET)
    for path in ("account", "account/second", "desk", "people", "people/invite", "roles", "account/signed-in"):
        answer = await browser.get(f"/en/{path}")
        assert answer.status_code == 200
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert not re.search(r"<script|style=\"| on[a-z]+=\"|javascript:", answer.text)


async def test_names_cannot_be_markup(town: Town) -> None:
    await town.person("m@city.nl", "administrator", totp=SECRET, name="<script>x</script>")
    browser = await town.signed_in("m@city.nl", SECRET, agent="<b>Firefox on Linux")
    for path in ("account", "desk", "people", "account/signed-in"):
        text = (await browser.get(f"/en/{path}")).text
        assert "<script>" not in text and "<b>Firefox" not in text
