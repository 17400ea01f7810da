# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who guesses is stopped and told, the owner comes in all the same, and nobody learns who has an account."""

import re
import time
from pathlib import Path

import anyio
import pytest

from hanze.web.people.passwords import Passwords
from hanze.web.people.waiting import CALLS, MOST_ADDRESSES, SPAN, Callers
from tests.web.people.conftest import MINUTE, PASSWORD, SECOND, Browser, Town, said

pytestmark = pytest.mark.anyio

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


async def form(browser: Browser) -> dict[str, str]:
    """The token of the page to sign in."""
    found = re.search(r'name="form-token" value="([^"]+)"', (await browser.get("/en/sign-in")).text)
    assert found is not None
    return {"form-token": found[1]}


async def test_a_thousand_attempts_on_one_account(town: Town) -> None:
    await town.person("r@b.nl", password=PASSWORD)
    told, tries = [], 0
    for address in range(20):  # of many addresses, so that only the account can stop it
        browser = town.browser(address=f"192.0.2.{address}")
        token = await form(browser)
        for _ in range(50):
            answer = await browser.post("/en/sign-in", {**token, "mail": "r@b.nl", "password": f"guess {tries}"})
            told.append(answer.status_code)
            tries += 1
            town.now += SECOND
    assert tries == 1000
    assert told[:5] == [422] * 5 and told[5] == 429
    # In 17 minutes: five at once, and one after each wait of 1, 5 and 15 minutes at most.
    assert told.count(422) <= 8 and set(told) == {422, 429}
    answer = await browser.post("/en/sign-in", {**token, "mail": "R@b.nl", "password": PASSWORD})
    assert answer.status_code == 429
    assert re.search(r"too many attempts\. Wait (one minute|\d+ minutes|half an hour), or use a link", said(answer))
    # The owner is not locked out, and has no waiting to do afterwards.
    owner = await town.signed_in("r@b.nl", address="198.51.100.1")
    assert (await owner.get("/en/account")).status_code == 200
    answer = await town.browser().send("/en/sign-in", {"mail": "r@b.nl", "password": PASSWORD})
    assert answer.status_code == 303


async def test_waiting_ends_when_it_was_told_to_and_longer_waits_come(town: Town) -> None:
    await town.person("r@b.nl", password=PASSWORD)
    browser = town.browser()
    token = await form(browser)

    async def attempt(password: str) -> int:
        return (await browser.post("/en/sign-in", {**token, "mail": "r@b.nl", "password": password})).status_code

    assert [await attempt("guess") for _ in range(5)] == [422] * 5
    for minutes in (1, 5, 15, 30, 30):
        assert await attempt(PASSWORD) == 429
        town.now += minutes * MINUTE - SECOND
        assert await attempt(PASSWORD) == 429, minutes
        town.now += SECOND
        assert await attempt("guess") == 422
    town.now += 30 * MINUTE
    assert await attempt(PASSWORD) == 303


async def test_a_restart_forgives_nothing(town: Town, tmp_path: Path) -> None:
    await town.person("r@b.nl", password=PASSWORD)
    browser = town.browser()
    for _ in range(6):
        answer = await browser.send("/en/sign-in", {"mail": "r@b.nl", "password": "guess"})
    assert answer.status_code == 429
    await town.close()
    again = Town(tmp_path)
    answer = await again.browser().send("/en/sign-in", {"mail": "r@b.nl", "password": PASSWORD})
    assert answer.status_code == 429
    await again.close()


async def test_many_at_the_same_time_do_not_slip_through(town: Town) -> None:
    await town.person("r@b.nl", password=PASSWORD)
    browser = town.browser()
    token = await form(browser)
    told: list[int] = []

    async def attempt(number: int) -> None:
        answer = await browser.post("/en/sign-in", {**token, "mail": "r@b.nl", "password": f"guess {number}"})
        told.append(answer.status_code)

    async with anyio.create_task_group() as group:
        for number in range(60):
            group.start_soon(attempt, number)
    assert (told.count(422), told.count(429)) == (5, 55)


async def test_codes_cannot_be_guessed(town: Town) -> None:
    await town.person("m@city.nl", "editor", totp=SECRET)
    browser = town.browser()
    await browser.follow(await town.link("m@city.nl"))
    told = [(await browser.send("/en/sign-in/code", {"code": f"{number:06}"})).status_code for number in range(8)]
    assert told == [422] * 5 + [429] * 3
    assert (await browser.send("/en/sign-in/code", {"code": town.code(SECRET)})).status_code == 429


async def test_an_address_that_tries_many_accounts_waits_too(town: Town) -> None:
    browser = town.browser(address="192.0.2.7")
    token = await form(browser)
    for _ in range(CALLS - 2):
        town.site.callers.take("192.0.2.7", town.now)
    told = [
        (await browser.post("/en/sign-in", {**token, "mail": f"{number}@b.nl", "password": "guess"})).status_code
        for number in range(4)
    ]
    assert told == [422, 422, 429, 429]
    other = town.browser(address="192.0.2.8")
    assert (await other.send("/en/sign-in", {"mail": "x@b.nl", "password": "guess"})).status_code == 422


def test_a_house_has_one_network_and_memory_has_an_end() -> None:
    callers = Callers()
    for number in range(CALLS):
        assert callers.take(f"2001:db8:1:2::{number:x}", 0) == 0
    assert callers.take("2001:db8:1:2:ffff::1", 5) == SPAN - 5
    assert callers.take("2001:db8:1:3::1", 5) == 0
    assert callers.take("2001:db8:1:2:ffff::1", SPAN) == 0
    for number in range(3 * MOST_ADDRESSES):
        callers.take(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}", SPAN + number)
        assert len(callers._seen) <= MOST_ADDRESSES


async def test_nobody_learns_who_has_an_account(town: Town) -> None:
    await town.person("r@b.nl", password=PASSWORD)
    await town.person("link@b.nl")
    await town.person("m@city.nl", "editor", password=PASSWORD)
    answers = []
    for mail in ("r@b.nl", "link@b.nl", "m@city.nl", "nobody@b.nl"):
        told = [await town.browser().send("/en/sign-in", {"mail": mail, "password": "guess"}) for _ in range(6)]
        answers.append([(one.status_code, re.sub(r'value="[^"]*"', "", said(one))) for one in told])
        headers = [sorted(name for name in one.headers if name != "set-cookie") for one in told]
        assert headers == [headers[0]] * 6
    assert all(one == answers[0] for one in answers)


async def test_it_takes_as_long_for_who_has_none() -> None:
    passwords = Passwords()
    hash = await passwords.hashed(PASSWORD)
    taken: dict[str | None, float] = {}
    for _ in range(7):
        for one in (hash, None):
            begin = time.process_time()
            assert not await passwords.matches(one, "guess")
            taken[one] = min(taken.get(one, 9.0), time.process_time() - begin)
    assert 0.5 < taken[None] / taken[hash] < 2.0
    assert taken[None] > 0.004
