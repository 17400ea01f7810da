# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signing in by passkey: what opens an account, and all that does not."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import cbor2
import pytest

from hanze.access import audit
from hanze.web.people.passkeys.coded import coded
from hanze.web.people.vaults import PASSKEYS, SESSIONS
from tests.web.people.conftest import MINUTE, SECOND, Browser, Town, said
from tests.web.people.passkeys.device import PRESENT, VERIFIED, Device, added, asked, entered, spread

pytestmark = pytest.mark.anyio

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PLACE = "/en/sign-in"


async def owned(town: Town, mail: str = "r@b.nl", *roles: str, step: int = 1) -> Device:
    """A passkey of a person; `step`: by which it counts."""
    await town.person(mail, *roles, totp=SECRET if roles else "")
    device = Device()
    device.step = step
    answer = await added(await town.signed_in(mail, SECRET if roles else ""), device)
    assert answer.status_code == 303, said(answer)
    return device


async def refused(town: Town, browser: Browser, signed: str) -> str:
    """What the page says; nobody is signed in by it."""
    before = town.store.vault(SESSIONS).count()
    answer = await browser.send(PLACE, {"passkey": signed})
    assert answer.status_code == 422 and not browser.cookie("hanze-session")
    assert town.store.vault(SESSIONS).count() == before
    return said(answer)


async def test_a_passkey_opens_the_account_of_its_owner(town: Town) -> None:
    await town.person("x@b.nl", name="Somebody else")
    device, browser = await owned(town), town.browser()
    answer = await entered(browser, device, "/en/sign-in?next=account/passkeys")
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/account/passkeys")
    assert "last used 14:02" in said(await browser.get("/en/account/passkeys"))
    assert "Anne" in said(await browser.get("/en/account"))


async def test_it_is_both_factors_of_who_works_for_the_city(town: Town) -> None:
    device, browser = await owned(town, "m@city.nl", "editor"), town.browser()
    answer = await entered(browser, device)
    assert answer.headers["location"] == "/en/desk"
    assert "Welcome, Anne" in said(await browser.get("/en/desk"))
    line = audit.lines(town.store, limit=1)[0]
    assert (line.act, line.detail) == ("signed in", {"by": "passkey"})


async def test_what_was_asked_names_nobody(town: Town) -> None:
    await owned(town)
    options = asked(await town.browser().get(PLACE))
    assert options.keys() == {"rpId", "challenge", "userVerification", "timeout"}
    assert (options["rpId"], options["userVerification"]) == ("city.example", "required")


def party(device: Device) -> None:
    device.party = "city.example.evil.example"


def origin(device: Device) -> None:
    device.origin = "https://evil.example"


def port(device: Device) -> None:
    device.origin = "https://city.example:8443"


def unverified(device: Device) -> None:
    device.flags = PRESENT


def absent(device: Device) -> None:
    device.flags = VERIFIED


def other_key(device: Device) -> None:
    device.key = Device().key


@pytest.mark.parametrize("wrong", [party, origin, port, unverified, absent, other_key])
async def test_a_device_that_is_wrong_opens_nothing(town: Town, wrong: Callable[[Device], None]) -> None:
    """For another site, without its owner, or without the key."""
    device, browser = await owned(town), town.browser()
    wrong(device)
    signed = device.sign(asked(await browser.get(PLACE)))
    assert "Your device did not show that it is you" in await refused(town, browser, signed)


@pytest.mark.parametrize(
    "told",
    [
        {"type": "webauthn.create"}, {"person": b""}, {"person": b"\xff"}, {"challenge": ""}, {"challenge": "AAAA"},
        {"more": spread()}, {"more": cbor2.dumps({"a": 1 << 70})}, {"more": b"\xff"},
    ],
    ids=lambda told: str(told)[:40],
)  # fmt: skip
async def test_an_answer_to_another_question_opens_nothing(town: Town, told: dict[str, Any]) -> None:
    device, browser = await owned(town), town.browser()
    signed = device.sign(asked(await browser.get(PLACE)), **told)
    await refused(town, browser, signed)


async def test_the_passkey_of_another_person_does_not_open_an_account(town: Town) -> None:
    device, other = await owned(town), await owned(town, "x@b.nl")
    browser = town.browser()
    options = asked(await browser.get(PLACE))
    # It says to be of the owner, but signs with a key of somebody else, or names the passkey of the owner.
    assert "did not show" in await refused(town, browser, other.sign(options, person=device.person))
    other.id = device.id
    assert "did not show" in await refused(town, browser, other.sign(options, person=device.person))


async def test_what_was_signed_counts_once(town: Town) -> None:
    # A device that does not count, so that only the challenge can tell.
    device, browser = await owned(town, step=0), town.browser()
    page = await browser.get(PLACE)
    signed = device.sign(asked(page))
    assert (await browser.send(PLACE, {"passkey": signed})).status_code == 303
    # The same browser as it was before it came in, with the same cookie: who got hold of all that was sent.
    thief = town.browser()
    thief.client.cookies.set("__Host-hanze-form", browser.cookie("hanze-form"), domain="city.example", path="/")
    assert "took too long, or was done already" in await refused(town, thief, signed)
    assert (await thief.send(PLACE, {"passkey": device.sign(asked(await thief.get(PLACE)))})).status_code == 303


@pytest.mark.parametrize(("after", "status"), [(5 * MINUTE - SECOND, 303), (5 * MINUTE, 422)])
async def test_what_is_asked_counts_for_five_minutes(town: Town, after: int, status: int) -> None:
    device, browser = await owned(town), town.browser()
    options = asked(await browser.get(PLACE))
    town.now += after
    assert (await browser.send(PLACE, {"passkey": device.sign(options)})).status_code == status


async def test_what_is_asked_counts_for_one_browser_and_one_act(town: Town) -> None:
    device, browser, thief = await owned(town), town.browser(), town.browser()
    options = asked(await browser.get(PLACE))
    assert "took too long" in await refused(town, thief, device.sign(options))
    signed_in = await town.signed_in("r@b.nl")
    adding = asked(await signed_in.get("/en/account/passkeys"))
    answer = await signed_in.send(PLACE, {"passkey": device.sign(adding)})
    assert answer.status_code == 422 and "took too long" in said(answer)


async def test_a_challenge_that_nobody_gave_counts_for_nothing(town: Town) -> None:
    """Else a device could sign today for next year."""
    device, browser = await owned(town), town.browser()
    options = asked(await browser.get(PLACE))
    later = (town.now + 365 * 24 * 60 * MINUTE).to_bytes(8, "big")
    for challenge in (later + bytes(48), later, bytes(56), b"x" * 5000):
        signed = device.sign(options, challenge=coded(challenge))
        assert "took too long" in await refused(town, browser, signed)


@pytest.mark.parametrize(("step", "opens"), [(1, True), (5, True), (0, False), (-1, False)])
async def test_a_device_that_does_not_count_on_may_be_a_copy(town: Town, step: int, opens: bool) -> None:
    device = await owned(town)
    assert (await entered(town.browser(), device)).status_code == 303
    device.step = step
    browser = town.browser()
    answer = await entered(browser, device)
    assert (answer.status_code == 303) is opens and bool(browser.cookie("hanze-session")) is opens
    line = audit.lines(town.store, limit=1)[0]
    assert (line.act == "refused passkey that may be a copy") is not opens
    if not opens:
        assert line.detail == {"counted": 2 + step, "before": 2} and line.subject.startswith("person:")
        # The owner, whose device goes on counting, comes in all the same.
        device.step = 10
        assert (await entered(town.browser(), device)).status_code == 303


async def test_nobody_without_the_key_makes_a_warning(town: Town) -> None:
    device = await owned(town)
    await entered(town.browser(), device)
    copy = Device()
    copy.id, copy.person = device.id, device.person
    copy.step = 0
    assert (await entered(town.browser(), copy)).status_code == 422
    assert all("copy" not in line.act for line in audit.lines(town.store, limit=20))


async def test_a_device_that_does_not_count_at_all_opens_the_account(town: Town) -> None:
    """As most telephones do."""
    device = await owned(town, step=0)
    for _ in range(3):
        assert (await entered(town.browser(), device)).status_code == 303


async def test_two_at_once_with_the_same_count_do_not_both_come_in(town: Town) -> None:
    device, first, second = await owned(town), town.browser(), town.browser()
    signed = []
    for browser in (first, second):
        signed.append(device.sign(asked(await browser.get(PLACE))))
        device.step = 0
    answers = [await one.send(PLACE, {"passkey": text}) for one, text in zip((first, second), signed, strict=True)]
    assert sorted(answer.status_code for answer in answers) == [303, 422]


async def test_who_tries_a_passkey_too_often_waits(town: Town) -> None:
    device = await owned(town)
    right, device.key = device.key, Device().key
    statuses = [(await entered(town.browser(address=f"192.0.2.{n}"), device)).status_code for n in range(7)]
    assert statuses == [422] * 5 + [429] * 2
    device.key = right
    device.count += 10
    answer = await entered(town.browser(), device)
    assert answer.status_code == 429 and "Wait one minute" in said(answer)
    town.now += MINUTE
    assert (await entered(town.browser(), device)).status_code == 303


async def test_an_address_that_tries_many_waits(town: Town) -> None:
    browser = town.browser()
    values = {"passkey": Device().sign(asked(await browser.get(PLACE)))}
    told = [(await browser.send(PLACE, values)).status_code for _ in range(102)]
    assert told == [422] * 100 + [429] * 2


async def test_a_passkey_that_was_removed_opens_nothing(town: Town) -> None:
    device, browser = await owned(town), town.browser()
    await town.do(lambda uow: uow.vault(PASSKEYS).delete({}))
    signed = device.sign(asked(await browser.get(PLACE)))
    assert "does not open an account here" in await refused(town, browser, signed)


@pytest.mark.parametrize("text", ["x", "{}", "[]", "null", "[" * 10_000, '{"id": 1}', "x" * 100_000, "\u20ac", "\0"])
async def test_rubbish_opens_nothing_and_is_no_fault(town: Town, text: str) -> None:
    await refused(town, town.browser(), text)


async def test_what_a_device_tells_more_is_no_hindrance(town: Town) -> None:
    device, browser = await owned(town), town.browser()
    signed = device.sign(asked(await browser.get(PLACE)), more=cbor2.dumps({"credProps": {"rk": True}}))
    assert (await browser.send(PLACE, {"passkey": signed})).status_code == 303


def test_the_library_is_there_when_somebody_comes_with_a_passkey_and_not_before() -> None:
    """It takes 13 MB and a quarter of a second of each start."""
    script = "import sys, hanze.node.node; sys.exit('webauthn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], timeout=60).returncode == 0
