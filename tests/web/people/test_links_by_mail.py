# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Links by mail: to the owner only, in the language of the page, and the same answer for who has no account."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hanze.web.outbox import MAILS
from hanze.web.people.vaults import TICKETS
from tests.web.people.conftest import CITY, MINUTE, PASSWORD, Town, said

pytestmark = pytest.mark.anyio

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town that sends mail."""
    made = Town(tmp_path, mails=True)
    yield made
    await made.close()


def sent(town: Town) -> list[tuple[str, str]]:
    """To whom and what, oldest first."""
    return [(row["to"], row["text"]) for row in town.store.vault(MAILS).select()]


def link(text: str) -> str:
    found = re.search(rf"{re.escape(CITY)}(/\w\w/\S+\?token=\S+)", text)
    assert found is not None
    return found[1]


async def test_an_address_alone_gives_a_link_that_works(town: Town) -> None:
    await town.person("r@b.nl")
    browser = town.browser()
    answer = await browser.send("/nl/sign-in", {"mail": "R@b.nl", "password": ""})
    assert answer.status_code == 200 and "Als R@b.nl hier een account heeft" in said(answer)
    ((to, text),) = sent(town)
    assert to == "r@b.nl" and "Met deze link logt u in" in text
    assert link(text).startswith("/nl/sign-in/link?") and "evil" not in text
    assert (await browser.follow(link(text))).headers["location"] == "/nl/account"


async def test_who_has_no_account_gets_the_same_answer_and_no_mail(town: Town) -> None:
    await town.person("r@b.nl")
    told = []
    for mail in ("r@b.nl", "x@b.nl"):
        answers = [await town.browser().send("/en/sign-in", {"mail": mail, "password": ""}) for _ in range(8)]
        told.append([(one.status_code, said(one).replace(mail, "")) for one in answers])
    assert told[0] == told[1]
    assert {to for to, _ in sent(town)} == {"r@b.nl"}


async def test_nobody_drowns_in_mail_and_the_owner_keeps_a_link_that_works(town: Town) -> None:
    await town.person("r@b.nl")
    stranger = town.browser(address="192.0.2.1")
    for minute in range(90):
        await stranger.send("/en/sign-in", {"mail": "r@b.nl", "password": ""})
        texts = [text for _, text in sent(town)]
        # Whenever the owner looks, one of the mails lets the owner in.
        token = link(texts[-1]).partition("=")[2]
        assert (await stranger.get(f"/en/sign-in/link?token={token}")).status_code == 200, minute
        town.now += MINUTE
    assert len(sent(town)) <= 12
    owner = town.browser()
    assert (await owner.follow(link(texts[-1]))).status_code == 303
    assert town.store.vault(TICKETS).count({"purpose": "sign-in"}) == 0


async def test_who_asks_in_the_name_of_another_ends_none_of_the_links_of_the_owner(town: Town) -> None:
    await town.person("r@b.nl")
    owner = town.browser()
    await owner.send("/en/sign-in", {"mail": "r@b.nl", "password": ""})
    await town.browser(address="192.0.2.1").send("/en/sign-in", {"mail": "r@b.nl", "password": ""})
    assert (await owner.follow(link(sent(town)[0][1]))).status_code == 303
    # Once the owner came in, the other links are of no use to anybody.
    assert (await owner.get(link(sent(town)[1][1]))).status_code == 410


async def test_the_host_that_a_request_names_stands_in_no_mail(town: Town) -> None:
    await town.person("r@b.nl")
    browser = town.browser()
    token = re.search(r'name="form-token" value="([^"]+)"', (await browser.get("/en/sign-in")).text)
    assert token is not None
    headers = {"host": "evil.example", "origin": "https://evil.example", "x-forwarded-host": "evil.example"}
    values = {"form-token": token[1], "mail": "r@b.nl", "password": ""}
    await browser.client.post("/en/sign-in", data=values, headers=headers)
    ((_, text),) = sent(town)
    assert "evil" not in text and link(text)


async def test_a_password_still_works(town: Town) -> None:
    await town.person("r@b.nl", password=PASSWORD)
    answer = await town.browser().send("/en/sign-in", {"mail": "r@b.nl", "password": PASSWORD})
    assert answer.status_code == 303 and sent(town) == []


async def test_an_invitation_goes_by_mail_and_not_over_the_screen_of_the_administrator(town: Town) -> None:
    await town.person("m@city.nl", "administrator", totp=SECRET)
    browser = await town.signed_in("m@city.nl", SECRET)
    answer = await browser.send("/en/people/invite", {"mail": "new@b.nl", "roles": ["resident"]})
    assert "We have written to new@b.nl" in said(answer) and "token=" not in answer.text
    ((to, text),) = sent(town)
    assert to == "new@b.nl" and "Havendam invites you" in text
    answer = await town.browser().send(link(text), {"name": "New"})
    assert answer.headers["location"] == "/en/account"
