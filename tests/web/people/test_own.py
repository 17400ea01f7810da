# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""My account: seen, changed, taken along, erased."""

import re

import msgspec
import pytest

from hanze.access import audit
from hanze.web.people.vaults import ATTEMPTS, PEOPLE, SESSIONS, TICKETS
from tests.web.people.conftest import MINUTE, PASSWORD, Town, said

pytestmark = pytest.mark.anyio

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


async def test_name_and_language_are_changed_and_what_is_wrong_is_told(town: Town) -> None:
    await town.person("r@b.nl")
    browser = await town.signed_in("r@b.nl")
    answer = await browser.send("/nl/account/name", {"name": " "})
    assert answer.status_code == 422 and "Vul dit in." in said(answer)
    answer = await browser.send("/nl/account/name", {"name": "Sjoerd"})
    assert answer.headers["location"] == "/nl/account"
    row = town.store.vault(PEOPLE).select()[0]
    assert (row["name"], row["language"]) == ("Sjoerd", "nl")
    assert "Sjoerd" in said(await browser.get("/en/account"))


async def test_a_new_password_signs_out_the_others(town: Town) -> None:
    await town.person("r@b.nl", password="the one from before")
    here, there = await town.signed_in("r@b.nl"), await town.signed_in("r@b.nl")
    for short, told in (("short", "This is too short"), ("", "Fill this in."), ("x" * 201, "This is too long")):
        answer = await here.send("/en/account/password", {"password": short})
        assert answer.status_code == 422 and told in said(answer)
    assert (await here.send("/en/account/password", {"password": PASSWORD})).status_code == 303
    assert (await here.get("/en/account")).status_code == 200
    assert (await there.get("/en/account")).status_code == 303
    assert (await there.send("/en/sign-in", {"mail": "r@b.nl", "password": "the one from before"})).status_code == 422
    assert (await there.send("/en/sign-in", {"mail": "r@b.nl", "password": PASSWORD})).status_code == 303
    assert (await there.send("/en/account/password", {"remove": "yes"})).status_code == 303
    assert (await here.send("/en/sign-in", {"mail": "r@b.nl", "password": PASSWORD})).status_code == 422


async def test_a_resident_may_have_a_second_factor_and_give_it_up(town: Town) -> None:
    await town.person("r@b.nl", password=PASSWORD)
    browser = await town.signed_in("r@b.nl")
    page = await browser.get("/en/account/second")
    found = re.search(r'name="secret" value="(\w{32})"', page.text)
    assert found is not None
    assert (await browser.send("/en/account/second", {"secret": found[1], "code": "123"})).status_code == 422
    # A secret that somebody else thought of is none.
    answer = await browser.send("/en/account/second", {"secret": "A" * 24, "code": town.code("A" * 24)})
    assert answer.status_code == 422
    answer = await browser.send("/en/account/second", {"secret": found[1], "code": town.code(found[1])})
    assert answer.status_code == 303
    other = town.browser()
    answer = await other.send("/en/sign-in", {"mail": "r@b.nl", "password": PASSWORD})
    assert answer.headers["location"] == "/en/sign-in/code"
    assert (await browser.send("/en/account/second", {"remove": "yes"})).status_code == 303
    answer = await other.send("/en/sign-in", {"mail": "r@b.nl", "password": PASSWORD})
    assert answer.headers["location"] == "/en/account"


async def test_staff_keeps_a_second_factor(town: Town) -> None:
    await town.person("m@city.nl", "editor", totp=SECRET)
    browser = await town.signed_in("m@city.nl", SECRET)
    page = await browser.get("/en/account/second")
    assert 'name="remove"' not in page.text
    answer = await browser.send("/en/account/second", {}, remove="")
    token = re.search(r'name="form-token" value="([^"]+)"', page.text)
    assert token is not None
    answer = await browser.post("/en/account/second", {"form-token": token[1], "remove": "yes"})
    assert answer.status_code == 422 and "You can take another telephone" in said(answer)
    assert town.store.vault(PEOPLE).select()[0]["totp"] == SECRET


@pytest.mark.parametrize("page", ["password", "second", "passkeys", "erase"])
async def test_who_sits_down_at_an_open_screen_cannot_take_the_account(town: Town, page: str) -> None:
    await town.person("r@b.nl", password=PASSWORD)
    browser = await town.signed_in("r@b.nl")
    shown = await browser.get(f"/en/account/{page}")
    assert shown.status_code == 200
    town.now += 16 * MINUTE
    answer = await browser.get(f"/en/account/{page}")
    assert answer.headers["location"] == f"/en/sign-in?next=account%2F{page}"
    assert "You are signed in as Anne" in said(await browser.get(answer.headers["location"]))
    # A form that was opened in time may take a while; then it is too late for that too.
    town.now += 30 * MINUTE
    token = re.search(r'name="form-token" value="([^"]+)"', shown.text)
    assert token is not None
    answer = await browser.post(f"/en/account/{page}", {"form-token": token[1], "sure": "yes", "password": "x" * 20})
    assert answer.status_code == 303 and "sign-in" in answer.headers["location"]
    assert town.store.vault(PEOPLE).count() == 1
    back = await browser.send(answer.headers["location"], {"mail": "r@b.nl", "password": PASSWORD})
    assert back.headers["location"] == f"/en/account/{page}"
    assert (await browser.get(f"/en/account/{page}")).status_code == 200


async def test_all_that_is_kept_can_be_taken_along(town: Town) -> None:
    person = await town.person("m@city.nl", "administrator", password=PASSWORD, totp=SECRET, name="Mia")
    await town.person("x@b.nl", name="Somebody else")
    browser = await town.signed_in("m@city.nl", SECRET)
    await browser.send("/en/people/invite", {"mail": "new@b.nl", "roles": "resident"})
    town.access.note_read(person.principal, "", ("urn:type",))
    done = town.access.flush()
    assert done is not None
    done.result()
    answer = await browser.get("/en/account.json")
    assert "attachment" in answer.headers["content-disposition"]
    found = msgspec.json.decode(answer.content)
    assert found["account"] == {
        "pseudonym": f"person:{person.id}", "mail": "m@city.nl", "name": "Mia", "roles": ["administrator"], "language": "en",
        "created": "2026-03-10T13:02:00Z", "hasPassword": True, "hasSecondFactor": True,
    }  # fmt: skip
    assert [one["browser"] for one in found["sessions"]] == ["Firefox on Linux"]
    assert [one["act"] for one in found["acts"]] == ["signed in", "invited somebody"]
    assert [one["act"] for one in found["actsAboutYou"]] == ["make account", "made a link to sign in"]
    assert found["reads"][0]["types"] == ["urn:type"]
    row = town.store.vault(PEOPLE).select({"id": person.id})[0]
    for secret in (row["password"], SECRET, town.store.vault(SESSIONS).select()[0]["hash"], "Somebody else", "x@b.nl"):
        assert secret not in answer.text
    assert (await town.browser().get("/en/account.json")).status_code == 303


async def test_an_account_is_erased_and_only_the_pseudonym_stays(town: Town) -> None:
    person = await town.person("rosalinde@b.nl", password=PASSWORD, name="Rosalinde")
    browser, other = await town.signed_in("rosalinde@b.nl"), await town.signed_in("rosalinde@b.nl")
    link = await town.link("rosalinde@b.nl")
    await town.browser().send("/en/sign-in", {"mail": "rosalinde@b.nl", "password": "guess"})
    answer = await browser.send("/en/account/erase", {})
    assert answer.status_code == 422 and town.store.vault(PEOPLE).count() == 1
    answer = await browser.send("/en/account/erase", {"sure": "yes"})
    assert answer.headers["location"] == "/en/"
    for vault in (PEOPLE, SESSIONS, TICKETS, ATTEMPTS):
        assert town.store.vault(vault).count() == 0, vault.name
    for one in (browser, other):
        assert (await one.get("/en/account")).status_code == 303
    assert (await town.browser().get(link)).status_code == 410
    last = audit.lines(town.store, limit=1)[0]
    assert (last.act, last.subject) == ("erased account", f"person:{person.id}")
    told = str([msgspec.structs.asdict(line) for line in audit.lines(town.store, limit=99)])
    assert "osalinde" not in told
    # Who comes back is somebody new.
    assert (await town.person("rosalinde@b.nl")).id != person.id


async def test_the_only_administrator_stays(town: Town) -> None:
    await town.person("m@city.nl", "administrator", totp=SECRET)
    browser = await town.signed_in("m@city.nl", SECRET)
    answer = await browser.send("/en/account/erase", {"sure": "yes"})
    assert answer.status_code == 422 and "only administrator" in said(answer)
    await town.person("n@city.nl", "administrator")
    assert (await browser.send("/en/account/erase", {"sure": "yes"})).status_code == 303
