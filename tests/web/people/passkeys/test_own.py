# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The own passkeys: added, named, removed, taken along, erased; and those that a device may not add."""

import re
from collections.abc import Callable
from typing import Any

import cbor2
import msgspec
import pytest

from hanze.access import audit
from hanze.store.base import UnitOfWork
from hanze.web.people import giving, own, people
from hanze.web.people.oidc.vaults import IDENTITIES
from hanze.web.people.passkeys import kept
from hanze.web.people.vaults import PASSKEYS, PEOPLE
from tests.web.people.conftest import MINUTE, Browser, Town, said
from tests.web.people.passkeys.device import ADDING, PRESENT, Device, added, asked, entered, spread

pytestmark = pytest.mark.anyio

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


async def signed_in(town: Town, mail: str = "r@b.nl") -> Browser:
    await town.person(mail)
    return await town.signed_in(mail, agent="Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0")


def numbers(town: Town) -> list[int]:
    return [row["rowid"] for row in town.store.vault(PASSKEYS).select(order=("rowid",))]


async def test_a_passkey_is_added_named_anew_and_removed(town: Town) -> None:
    browser = await signed_in(town)
    page = await browser.get(ADDING)
    assert "You have no passkey yet." in said(page) and 'value="Firefox on Linux"' in page.text
    device = Device()
    answer = await added(browser, device, "My telephone")
    assert (answer.status_code, answer.headers["location"]) == (303, ADDING)
    town.now += MINUTE
    page = await browser.get(ADDING)
    assert "My telephone added 14:02, not used yet" in said(page)
    assert [one["id"] for one in asked(page)["excludeCredentials"]] == [town.store.vault(PASSKEYS).select()[0]["id"]]
    place = re.search(r'href="(/en/account/passkey\?number=\d+)"', page.text)
    assert place is not None
    answer = await browser.send(place[1], {"name": ""})
    assert answer.status_code == 422 and "Fill this in." in said(answer)
    assert (await browser.send(place[1], {"name": "In my bag"})).headers["location"] == ADDING
    assert "In my bag" in said(await browser.get(ADDING))
    assert (await browser.send(place[1], {"remove": "yes"})).headers["location"] == ADDING
    assert "You have no passkey yet." in said(await browser.get(ADDING))
    assert (await entered(town.browser(), device)).status_code == 422
    acts = [line.act for line in audit.lines(town.store, limit=2)]
    assert acts == ["removed passkey", "added passkey"]
    assert "telephone" not in str([msgspec.structs.asdict(line) for line in audit.lines(town.store, limit=99)])


async def test_a_device_is_asked_for_what_the_page_to_sign_in_needs(town: Town) -> None:
    """A passkey that is found without a name, and opens by a finger, a face or a PIN only."""
    browser = await signed_in(town)
    options = asked(await browser.get(ADDING))
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["rp"] == {"id": "city.example", "name": "Havendam"} and options["attestation"] == "none"
    assert options["user"]["displayName"] == "Anne" and "r@b.nl" not in options["user"]["id"]


def origin(device: Device) -> None:
    device.origin = "https://evil.example"


def party(device: Device) -> None:
    device.party = "evil.example"


def unverified(device: Device) -> None:
    device.flags = PRESENT


@pytest.mark.parametrize("wrong", [origin, party, unverified])
async def test_a_device_that_is_wrong_is_not_added(town: Town, wrong: Callable[[Device], None]) -> None:
    browser, device = await signed_in(town), Device()
    wrong(device)
    answer = await added(browser, device)
    assert answer.status_code == 422 and "did not show" in said(answer) and not numbers(town)
    assert 'value="My telephone"' in answer.text


@pytest.mark.parametrize(
    "told",
    [
        {"type": "webauthn.get"}, {"fmt": "apple"}, {"fmt": 7}, {"key": b""}, {"key": cbor2.dumps({})}, {"key": b"\xff"},
        {"key": spread()}, {"key": cbor2.dumps({1: 3, 3: -257, -1: b"x", -2: b"y", 9: 1 << 70})},
        {"key": b"\x81" * 5000}, {"key": b"\x9f\x01\xff"}, {"statement": {"sig": cbor2.CBORTag(1, 2)}},
        {"key": cbor2.dumps({1: 2, 3: -7, -1: 1, -2: b"x", -3: b"y"}) + b"\x01"}, {"statement": {"sig": b"x"}},
        {"key": cbor2.dumps({1: 3, 3: -65535, -1: b"\xff" * 256, -2: b"\x01\x00\x01"})},
    ],
    ids=lambda told: str(told)[:40],
)  # fmt: skip
async def test_a_passkey_of_rubbish_is_not_added(town: Town, told: dict[str, Any]) -> None:
    browser = await signed_in(town)
    page = await browser.get(ADDING)
    signed = Device().make(asked(page), **told)
    answer = await browser.send(ADDING, {"name": "x", "passkey": signed})
    assert answer.status_code == 422 and "did not show" in said(answer) and not numbers(town)


async def test_what_a_device_made_counts_once_for_one_person_and_a_while(town: Town) -> None:
    browser, other = await signed_in(town), await signed_in(town, "x@b.nl")
    options = asked(await browser.get(ADDING))
    device = Device()
    values = {"name": "x", "passkey": device.make(options)}
    answer = await other.send(ADDING, values)
    assert answer.status_code == 422 and "took too long" in said(answer)
    assert (await browser.send(ADDING, values)).status_code == 303
    await town.do(lambda uow: uow.vault(PASSKEYS).delete({}))
    answer = await browser.send(ADDING, values)
    assert answer.status_code == 422 and "done already" in said(answer)
    options = asked(await browser.get(ADDING))
    town.now += 5 * MINUTE
    answer = await browser.send(ADDING, {"name": "x", "passkey": device.make(options)})
    assert answer.status_code == 422 and "took too long" in said(answer) and not numbers(town)


async def test_a_passkey_of_somebody_else_is_not_taken_over(town: Town) -> None:
    browser, thief, device = await signed_in(town), await signed_in(town, "x@b.nl"), Device()
    await added(browser, device)
    copy = Device()
    copy.id = device.id
    answer = await added(thief, copy)
    assert answer.status_code == 422 and "This passkey is there already." in said(answer)
    assert (await entered(town.browser(), device)).status_code == 303


async def test_nobody_sees_or_changes_the_passkeys_of_another(town: Town) -> None:
    browser, other = await signed_in(town), await signed_in(town, "x@b.nl")
    await added(browser, Device(), "Secret place")
    [number] = numbers(town)
    assert "Secret place" not in (await other.get(ADDING)).text
    for number_asked in (str(number), f" {number}", "0", "", "x"):
        place = f"/en/account/passkey?number={number_asked}"
        assert (await other.get(place)).status_code == 404
        token = re.search(r'name="form-token" value="([^"]+)"', (await other.get(ADDING)).text)
        assert token is not None
        for values in ({"remove": "yes"}, {"name": "Mine"}):
            assert (await other.post(place, {"form-token": token[1], **values})).status_code == 404
    assert town.store.vault(PASSKEYS).select()[0]["name"] == "Secret place"


async def test_removing_one_signs_out_the_others(town: Town) -> None:
    """The device may be lost, and somebody signed in on it."""
    browser, there = await signed_in(town), await town.signed_in("r@b.nl")
    await added(browser, Device())
    assert (await there.get("/en/account")).status_code == 200
    await browser.send(f"/en/account/passkey?number={numbers(town)[0]}", {"remove": "yes"})
    assert (await there.get("/en/account")).status_code == 303
    assert (await browser.get("/en/account")).status_code == 200


async def promoted(town: Town) -> tuple[Browser, Device]:
    """Somebody with a passkey and no code of a telephone, who came to work for the city."""
    device = Device()
    await added(await signed_in(town, "m@city.nl"), device)
    await town.do(lambda uow: giving.give(uow, "m@city.nl", ["editor"], "operator"))
    browser = town.browser()
    assert (await entered(browser, device)).headers["location"] == "/en/desk"
    return browser, device


async def test_the_only_way_in_of_who_works_for_the_city_stays(town: Town) -> None:
    browser, _device = await promoted(town)
    first = f"/en/account/passkey?number={numbers(town)[0]}"
    answer = await browser.send(first, {"remove": "yes"})
    assert answer.status_code == 422 and "This is your only way to sign in" in said(answer)
    await added(browser, Device())
    assert (await browser.send(first, {"remove": "yes"})).status_code == 303
    last = f"/en/account/passkey?number={numbers(town)[0]}"
    assert (await browser.send(last, {"remove": "yes"})).status_code == 422
    await town.do(lambda uow: uow.vault(PEOPLE).update({"mail": "m@city.nl"}, {"totp": SECRET}))
    assert (await browser.send(last, {"remove": "yes"})).status_code == 303 and not numbers(town)


async def test_who_comes_by_the_organisation_too_may_remove_the_last_one(town: Town) -> None:
    browser, _device = await promoted(town)
    person = town.store.vault(PEOPLE).select()[0]["id"]
    row = {"hash": "theirs", "person": person, "roles": [], "created": town.now}
    await town.do(lambda uow: uow.vault(IDENTITIES).insert(row))
    answer = await browser.send(f"/en/account/passkey?number={numbers(town)[0]}", {"remove": "yes"})
    assert answer.status_code == 303 and not numbers(town)


async def test_who_reads_the_mail_of_staff_with_a_passkey_makes_no_second_factor(town: Town) -> None:
    """Else mail alone would be enough for who works for the city."""
    await promoted(town)
    thief = town.browser()
    assert (await thief.follow(await town.link("m@city.nl"))).headers["location"] == "/en/sign-in/code"
    page = await thief.get("/en/sign-in/code")
    assert "Sign in with your passkey" in said(page) and "data:image" not in page.text
    token = re.search(r'name="form-token" value="([^"]+)"', (await thief.get("/en/sign-in")).text)
    assert token is not None
    values = {"form-token": token[1], "secret": SECRET, "code": town.code(SECRET)}
    assert (await thief.post("/en/sign-in/code", values)).status_code == 422
    assert not thief.cookie("hanze-session") and town.store.vault(PEOPLE).select()[0]["totp"] is None


async def test_nobody_has_more_than_twenty(town: Town) -> None:
    browser = await signed_in(town)
    for number in range(kept.MOST):
        assert (await added(browser, Device(), f"Key {number}")).status_code == 303
    answer = await added(browser, Device())
    assert answer.status_code == 422 and "You have 20 passkeys already" in said(answer)
    assert len(numbers(town)) == kept.MOST


async def test_they_are_taken_along_without_keys_and_erased(town: Town) -> None:
    browser, device = await signed_in(town), Device()
    await added(browser, device)
    await entered(town.browser(), device)
    answer = await browser.get("/en/account.json")
    moment = "2026-03-10T13:02:00Z"
    assert msgspec.json.decode(answer.content)["passkeys"] == [
        {"name": "My telephone", "created": moment, "used": moment}
    ]
    assert town.store.vault(PASSKEYS).select()[0]["id"] not in answer.text

    def erase(uow: UnitOfWork) -> None:
        person = people.find(uow.vault(PEOPLE), mail="r@b.nl")
        assert person is not None
        own.erase(uow, person, "operator")

    await town.do(erase)
    assert not numbers(town)
    assert (await entered(town.browser(), device)).status_code == 422


async def test_an_administrator_takes_lost_ones_away(town: Town) -> None:
    browser, device = await promoted(town)
    await town.do(lambda uow: giving.reset(uow, "m@city.nl", "operator"))
    assert not numbers(town) and (await browser.get("/en/account")).status_code == 303
    assert (await entered(town.browser(), device)).status_code == 422
    # Now a link leads to a new second factor.
    fresh = town.browser()
    await fresh.follow(await town.link("m@city.nl"))
    assert "data:image" in (await fresh.get("/en/sign-in/code")).text


async def test_a_fresh_proof_may_be_a_passkey(town: Town) -> None:
    browser, device = await signed_in(town), Device()
    await added(browser, device)
    town.now += 16 * MINUTE
    place = (await browser.get("/en/account/password")).headers["location"]
    answer = await entered(browser, device, place)
    assert answer.headers["location"] == "/en/account/password"
    assert (await browser.get("/en/account/password")).status_code == 200
