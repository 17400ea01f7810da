# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signing in by link and by password, with a second factor for who works for the city, and signing out."""

import re

import argon2
import pytest

from hanze.access import audit
from hanze.web.people.vaults import PEOPLE
from tests.web.people.conftest import MINUTE, PASSWORD, SECOND, Town, said

pytestmark = pytest.mark.anyio

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


async def test_a_resident_comes_in_by_an_invitation_and_later_by_password(town: Town) -> None:
    browser = town.browser()
    link = await town.invitation("Anne@Example.org", "resident")
    assert "anne@example.org" in said(await browser.get(link))
    answer = await browser.send(link, {"name": "Anne", "password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/account")
    page = said(await browser.get("/en/account"))
    assert "Anne" in page and "anne@example.org" in page and "resident" in page
    other = town.browser()
    answer = await other.send("/en/sign-in", {"mail": "ANNE@example.org ", "password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/account")
    assert "My account" in said(await other.get("/en/account"))


async def test_an_invitation_works_once_and_not_for_ever(town: Town) -> None:
    link = await town.invitation("a@b.nl", "resident")
    newer = await town.invitation("a@b.nl", "resident")
    browser = town.browser()
    assert (await browser.get(link)).status_code == 410
    await browser.send(newer, {"name": "Anne"})
    assert (await browser.get(newer)).status_code == 410
    late = await town.invitation("c@d.nl", "resident")
    town.now += 14 * 24 * 60 * MINUTE
    assert (await browser.get(late)).status_code == 410


async def test_a_link_is_used_by_a_click_and_not_by_looking(town: Town) -> None:
    await town.person("a@b.nl")
    link = await town.link("a@b.nl")
    scanner, browser, thief = town.browser(), town.browser(), town.browser()
    for _ in range(3):
        assert "a@b.nl" in said(await scanner.get(link))
    assert (await browser.follow(link)).status_code == 303
    assert (await thief.get(link)).status_code == 410
    late = await town.link("a@b.nl")
    town.now += 30 * MINUTE
    assert (await thief.get(late)).status_code == 410


async def test_who_works_for_the_city_makes_a_second_factor_before_anything_else(town: Town) -> None:
    browser = town.browser()
    answer = await browser.send(
        await town.invitation("m@city.nl", "administrator"), {"name": "Mia", "password": PASSWORD}
    )
    assert answer.headers["location"] == "/en/sign-in/code"
    assert not browser.cookie("hanze-session")
    assert (await browser.get("/en/desk")).headers["location"] == "/en/sign-in?next=desk"
    page = await browser.get("/en/sign-in/code")
    assert 'src="data:image/svg+xml' in page.text
    secret = re.search(r'name="secret" value="(\w+)"', page.text)
    assert secret is not None
    wrong = await browser.send("/en/sign-in/code", {"code": "000000", "secret": secret[1]})
    assert wrong.status_code == 422 and secret[1] in wrong.text
    right = await browser.send("/en/sign-in/code", {"code": town.code(secret[1]), "secret": secret[1]})
    assert right.headers["location"] == "/en/desk"
    assert "Welcome, Mia" in said(await browser.get("/en/desk"))
    # The password alone is not enough, before or after.
    other = town.browser()
    answer = await other.send("/en/sign-in", {"mail": "m@city.nl", "password": PASSWORD})
    assert answer.headers["location"] == "/en/sign-in/code"
    assert "data:image" not in (await other.get("/en/sign-in/code")).text
    acts = [(line.act, line.detail.get("by")) for line in audit.lines(town.store, limit=10)]
    assert ("made second factor", None) in acts and ("signed in", "new second factor") in acts


async def test_a_password_of_staff_without_a_second_factor_opens_nothing(town: Town) -> None:
    """Else who has the password could make the second factor too."""
    await town.person("m@city.nl", "editor", password=PASSWORD)
    browser = town.browser()
    answer = await browser.send("/en/sign-in", {"mail": "m@city.nl", "password": PASSWORD})
    assert answer.status_code == 422 and not browser.cookie("hanze-step")


async def test_a_code_counts_once(town: Town) -> None:
    await town.person("m@city.nl", "editor", totp=SECRET)
    first, second = town.browser(), town.browser()
    for browser in (first, second):
        await browser.follow(await town.link("m@city.nl"))
    # Half-way in at the second browser took the place of the first.
    await first.follow(await town.link("m@city.nl"))
    code = town.code(SECRET)
    assert (await first.send("/en/sign-in/code", {"code": f"{code[:3]} {code[3:]}"})).status_code == 303
    third = town.browser()
    await third.follow(await town.link("m@city.nl"))
    assert (await third.send("/en/sign-in/code", {"code": code})).status_code == 422
    # An older one, which is still within the time that clocks may differ, does not count either.
    assert (await third.send("/en/sign-in/code", {"code": town.code(SECRET, -1)})).status_code == 422
    town.now += 30 * SECOND
    assert (await third.send("/en/sign-in/code", {"code": town.code(SECRET)})).status_code == 303


@pytest.mark.parametrize(("away", "status"), [(-2, 422), (-1, 303), (0, 303), (1, 303), (2, 422)])
async def test_clocks_may_differ_by_half_a_minute(town: Town, away: int, status: int) -> None:
    await town.person("m@city.nl", "editor", totp=SECRET)
    browser = town.browser()
    await browser.follow(await town.link("m@city.nl"))
    code = town.code(SECRET, away)
    assert (await browser.send("/en/sign-in/code", {"code": code})).status_code == status


async def test_half_way_in_ends_after_ten_minutes(town: Town) -> None:
    await town.person("m@city.nl", "editor", totp=SECRET)
    browser = town.browser()
    await browser.follow(await town.link("m@city.nl"))
    await browser.get("/en/sign-in/code")
    town.now += 10 * MINUTE
    assert (await browser.get("/en/sign-in/code")).headers["location"] == "/en/sign-in"


async def test_sessions_end_by_themselves(town: Town) -> None:
    await town.person("r@b.nl")
    await town.person("m@city.nl", "editor", totp=SECRET)
    resident, staff = await town.signed_in("r@b.nl"), await town.signed_in("m@city.nl", SECRET)
    town.now += 12 * 60 * MINUTE
    assert (await resident.get("/en/account")).status_code == 200
    assert (await staff.get("/en/account")).status_code == 303
    town.now += 30 * 24 * 60 * MINUTE
    assert (await resident.get("/en/account")).status_code == 303


async def test_signing_out_here_there_and_everywhere(town: Town) -> None:
    await town.person("r@b.nl")
    chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
    here, there = await town.signed_in("r@b.nl"), await town.signed_in("r@b.nl", agent=chrome)
    third = await town.signed_in("r@b.nl")
    page = await here.get("/en/account/signed-in")
    assert "Firefox on Linux" in said(page) and "Chrome on Linux" in said(page)
    assert said(page).count("this one") == 1
    which = re.findall(r'name="which" value="(\w{64})"', page.text)
    assert len(which) == 3
    await town.person("other@b.nl")
    stranger = await town.signed_in("other@b.nl")
    # Nobody ends the session of another person.
    for one in which:
        await stranger.send("/en/account/signed-in", {"which": one})
    assert (await there.get("/en/account")).status_code == 200
    answer = await here.send("/en/account", {})
    assert answer.headers["location"] == "/en/" and not here.cookie("hanze-session")
    assert (await here.get("/en/account")).status_code == 303
    assert (await there.get("/en/account")).status_code == 200
    await there.send("/en/account/signed-in", {"which": "all"})
    assert (await there.get("/en/account")).status_code == 303
    assert (await third.get("/en/account")).status_code == 303


async def test_the_page_that_was_wanted_comes_after_signing_in(town: Town) -> None:
    await town.person("r@b.nl", password=PASSWORD)
    browser = town.browser()
    answer = await browser.get("/en/account/name?x=1&y=2")
    place = answer.headers["location"]
    assert place == "/en/sign-in?next=account%2Fname%3Fx%3D1%26y%3D2"
    answer = await browser.send(place, {"mail": "r@b.nl", "password": PASSWORD})
    assert answer.headers["location"] == "/en/account/name?x=1&y=2"


async def test_a_password_is_hashed_anew_where_parameters_changed(town: Town) -> None:
    weak = argon2.PasswordHasher(1, 8192, 1).hash(PASSWORD)
    person = await town.person("r@b.nl")
    await town.do(lambda uow: uow.vault(PEOPLE).update({"id": person.id}, {"password": weak}))
    await town.browser().send("/en/sign-in", {"mail": "r@b.nl", "password": PASSWORD})
    kept = town.store.vault(PEOPLE).select({"id": person.id})[0]["password"]
    assert kept != weak and "m=19456,t=2,p=1" in kept
    assert (await town.browser().send("/en/sign-in", {"mail": "r@b.nl", "password": PASSWORD})).status_code == 303


async def test_in_a_demonstration_whose_time_runs_faster_people_live_in_their_own(town: Town) -> None:
    await town.person("a@b.nl")
    link, late = await town.link("a@b.nl"), await town.invitation("c@d.nl", "resident")
    town.ahead += 400 * 24 * 60 * MINUTE
    await town.store.write(lambda uow: uow.retain((), 1000))
    browser = town.browser()
    assert (await browser.follow(link)).status_code == 303
    assert "a@b.nl" in said(await browser.get("/en/account"))
    assert (await browser.get(late)).status_code == 200
    town.ahead += 400 * 24 * 60 * MINUTE
    assert (await browser.get("/en/account")).status_code == 200
    town.now += 31 * 24 * 60 * MINUTE
    assert (await browser.get("/en/account")).status_code == 303
    await town.store.write(lambda uow: uow.retain((), 1000))
    assert (await browser.get(late)).status_code == 410
