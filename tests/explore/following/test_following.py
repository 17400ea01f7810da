# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A person asks to be told, says yes, is told at most once a day, and stops by one click; nobody else learns of it."""

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import msgspec
import pytest
from starlette.applications import Starlette

from hanze.access import Access, Policy, Public
from hanze.explore.following.digest import Digest
from hanze.explore.following.follows import DAY, FOLLOWS, PATIENCE
from hanze.explore.following.pages import PAGES
from hanze.feeds import making
from hanze.feeds.writing import take
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.node.vaults import VAULTS
from hanze.store import sqlite
from hanze.store.base import Store
from hanze.web import site
from hanze.web.outbox import MAILS
from hanze.web.room import Room, Site

pytestmark = pytest.mark.anyio

NOW = times.parse("2026-03-10T13:02:00Z")
PARK, SECRET = "urn:ngsi-ld:Park:1", "urn:ngsi-ld:Secret:1"
CITY = "https://city.example"


class Town:
    """A site with a park that everyone sees and a thing that is not public, and a clock that a test moves."""

    def __init__(self, folder: Path) -> None:
        self.now = NOW
        clock = lambda: self.now  # noqa: E731
        self.store: Store = sqlite.open(folder, clock=clock, vaults=VAULTS)
        access = Access(self.store, clock, Policy(public=(Public(CORE.expand("Park")),)))
        self.site = Site(
            self.store, access, clock, "Havendam", ZoneInfo("Europe/Amsterdam"), os.urandom, address=CITY
        )  # fmt: skip
        app = Starlette(routes=site.routes(self.site, (Room("explore", PAGES),)))
        self.client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=CITY)
        self.digest = Digest(self.site)
        self.set(PARK, "Park", "Oude Park", 21.5)
        self.set(SECRET, "Secret", "Kelder", 1.0)

    def set(self, id: str, type: str, name: str, temperature: float) -> None:
        there = {"name": making.plain(name), "temperature": making.number(temperature, "CEL")}
        self.store.submit(lambda uow: take(uow, "", [making.entity(id, type, there)])).result()

    async def send(self, path: str, **values: str) -> httpx2.Response:
        """Opens a page and sends its form."""
        shown = await self.client.get(path)
        assert shown.status_code == 200, (path, shown.status_code)
        token = re.findall(r'name="form-token" value="([^"]*)"', shown.text)[0]
        return await self.client.post(path, data={"form-token": token, **values}, headers={"origin": CITY})

    async def ask(self, mail: str = "an@example.org", thing: str = PARK, code: str = "en") -> httpx2.Response:
        return await self.send(f"/{code}/follow?thing={thing}", mail=mail)

    async def follows(self, mail: str = "an@example.org", thing: str = PARK, code: str = "en") -> None:
        assert (await self.ask(mail, thing, code)).status_code == 200
        (link,) = re.findall(rf"{CITY}(/{code}/follow/yes\S+)", self.mails()[-1]["text"])
        assert (await self.send(link)).status_code == 200
        self.store.submit(lambda uow: uow.vault(MAILS).delete({})).result()

    def mails(self) -> list[dict[str, Any]]:
        return self.store.vault(MAILS).select()

    @property
    def rows(self) -> list[dict[str, Any]]:
        return self.store.vault(FOLLOWS).select()


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    made = Town(tmp_path)
    yield made
    await made.client.aclose()
    made.store.close()


async def test_nobody_is_told_who_did_not_say_yes(town: Town) -> None:
    answer = await town.ask("An@Example.org", code="nl")
    assert "Kijk in uw mail" in answer.text
    (mail,) = town.mails()
    assert (mail["to"], mail["language"]) == ("an@example.org", "nl")
    assert "Oude Park" in mail["subject"] and f"{CITY}/nl/follow/yes?token=" in mail["text"]
    # To open the link, as programs do that look through mail, is no yes.
    (link,) = re.findall(rf"{CITY}(/nl/follow/yes\S+)", mail["text"])
    assert (await town.client.get(link)).status_code == 200
    town.now += DAY + 1
    town.set(PARK, "Park", "Oude Park", 25)
    await town.digest.look()
    assert len(town.mails()) == 1
    town.now = NOW + PATIENCE
    await town.digest.look()
    assert town.rows == []
    assert (await town.client.get(link)).status_code == 410


async def test_news_come_at_most_once_a_day_and_only_where_there_are_some(town: Town) -> None:
    await town.follows()
    town.now += DAY // 2
    town.set(PARK, "Park", "Oude Park", 25.5)
    await town.digest.look()
    assert town.mails() == []
    town.now += DAY // 2
    await town.digest.look()
    await town.digest.look()
    (mail,) = town.mails()
    assert "Oude Park\n- Temperature: 25.5\u00a0°C\n" in mail["text"]
    assert "urn:" not in mail["text"].replace(f"id={PARK}".replace(":", "%3A"), "")
    town.now += 2 * DAY
    await town.digest.look()
    assert len(town.mails()) == 1


async def test_what_one_person_follows_comes_in_one_mail(town: Town) -> None:
    town.set("urn:ngsi-ld:Park:2", "Park", "Nieuwe Park", 20)
    await town.follows()
    await town.follows(thing="urn:ngsi-ld:Park:2")
    await town.follows("bo@example.org", code="nl")
    town.now += DAY
    for number, name in ((1, "Oude Park"), (2, "Nieuwe Park")):
        town.set(f"urn:ngsi-ld:Park:{number}", "Park", name, 3)
    await town.digest.look()
    mails = {mail["to"]: mail["text"] for mail in town.mails()}
    assert set(mails) == {"an@example.org", "bo@example.org"}
    assert "Oude Park" in mails["an@example.org"] and "Nieuwe Park" in mails["an@example.org"]
    assert "Temperatuur" in mails["bo@example.org"] and "Nieuwe Park" not in mails["bo@example.org"]


async def test_one_click_stops_without_a_cookie_or_a_page(town: Town) -> None:
    await town.follows()
    town.now += DAY
    town.set(PARK, "Park", "Oude Park", 3)
    await town.digest.look()
    stop = town.mails()[0]["stop"]
    async with httpx2.AsyncClient(transport=town.client._transport, base_url=CITY) as program:
        # Who looks through mail and opens links stops nothing.
        assert (await program.get(stop)).status_code == 200
        assert len(town.rows) == 1
        answer = await program.post(stop, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert (await program.post(stop, data={"List-Unsubscribe": "One-Click"})).status_code == 200
        assert (await program.post("/en/follow/stop?token=guess", data={})).status_code == 200
    assert town.rows == []
    assert "It has stopped" in (await town.client.get(stop)).text


async def test_other_forms_are_not_taken_from_elsewhere(town: Town) -> None:
    answer = await town.client.post(f"/en/follow?thing={PARK}", data={"mail": "an@example.org"})
    assert answer.status_code == 403
    assert town.rows == [] and town.mails() == []


async def test_what_is_not_public_cannot_be_followed_and_is_no_news(town: Town) -> None:
    for thing in (SECRET, "urn:ngsi-ld:Park:none"):
        assert (await town.client.get(f"/en/follow?thing={thing}")).status_code == 404
    assert (await town.client.get("/en/follow?thing=nothing")).status_code == 400
    await town.follows()
    town.now += DAY
    town.store.submit(lambda uow: uow.erase("", PARK)).result()
    await town.digest.look()
    (mail,) = town.mails()
    assert "not there any more" in mail["text"] and "Oude Park" not in mail["text"]
    assert town.rows == []


async def test_what_is_public_no_more_is_no_news(town: Town) -> None:
    await town.follows()
    town.now += DAY
    town.set(PARK, "Park", "Oude Park", 3)
    closed = Access(town.store, lambda: town.now, Policy())
    await Digest(msgspec.structs.replace(town.site, access=closed)).look()
    (mail,) = town.mails()
    assert "It is not public any more" in mail["text"] and "Temperature" not in mail["text"]
    assert town.rows == []


async def test_nobody_fills_the_box_of_somebody_else(town: Town) -> None:
    for number in range(2, 12):
        town.set(f"urn:ngsi-ld:Park:{number}", "Park", f"Park {number}", 1)
        await town.ask(thing=f"urn:ngsi-ld:Park:{number}")
        await town.ask(thing=f"urn:ngsi-ld:Park:{number}")
    assert len(town.mails()) == 5
    # Who follows it already gets no mail about it either, and the page says the same.
    await town.follows("bo@example.org")
    assert "Look in your mail" in (await town.ask("bo@example.org")).text
    assert town.mails() == []


async def test_an_address_that_cannot_be_is_told_and_nothing_is_lost(town: Town) -> None:
    answer = await town.ask("an at example")
    assert answer.status_code == 422
    assert "This is no mail address" in answer.text and 'value="an at example"' in answer.text
    assert town.rows == []
