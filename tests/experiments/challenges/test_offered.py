# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same as resources of /v1, on the line of a goal, on a desk; and where the city made nothing public."""

import os
from pathlib import Path

import httpx2
import msgspec
import pytest

from hanze.experiments import room
from hanze.explore.following import follows
from hanze.explore.following.digest import Digest
from hanze.http.limits import Limits
from hanze.http.openapi import About, Contact
from hanze.http.resources import Resources
from tests.experiments.challenges.city import CLOSED, OPEN, City
from tests.explore.reading import text

pytestmark = pytest.mark.anyio

ABOUT = About("Testdam", "Its data.", Contact("Testdam", "http://city/", "a@example.org"), "/v1", room.TAGS)


def asking(city: City) -> httpx2.AsyncClient:
    app = Resources(
        city.store, city.access, lambda: city.now, Limits(), ABOUT, room.ROOM.operations, city.site.lent
    )  # fmt: skip
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://city/v1")


async def test_resources_tell_the_call_and_nothing_of_applications(city: City) -> None:
    code = await city.published()
    city.moved(OPEN)
    await city.look()
    await city.applied(code, "anne")
    async with asking(city) as client:
        (listed,) = (await client.get("/challenges")).json()["items"]
        assert (listed["code"], listed["phase"], listed["targets"]) == (code, "open", ["11.6", "12.5"])
        whole = (await client.get(f"/challenges/{code}")).json()
        assert whole["call"]["criteria"][1] == {"name": "Weinig energie", "weight": 40, "sustainable": True}
        assert whole["decision"] is None and "anne" not in msgspec.json.encode(whole).decode()
        assert (await client.get("/challenges/nothing")).status_code == 404


async def test_a_goal_tells_of_its_challenges(city: City) -> None:
    await city.published()
    async with city.visitor() as anyone:
        assert "Volle bakken" in await anyone.ok("/nl/goals/journey?number=11")
        assert "Volle bakken" not in await anyone.ok("/nl/goals/journey?number=5")


async def test_a_desk_says_what_waits(city: City) -> None:
    code = await city.published()
    city.moved(OPEN)
    application = await city.applied(code, "anne")
    await city.seated(code, "joost")
    async with city.visitor() as anyone:
        await anyone.post(f"/nl/challenge?id={code}", {"question": "Mag het?"})
    async with city.somebody("ina") as ina, city.somebody("joost") as joost, city.somebody("anne") as anne:
        assert "Answer questions (1): Volle bakken" in text(await ina.ok("/en/desk"))
        assert "Judge applications: Volle bakken" not in text(await joost.ok("/en/desk"))
        assert "Send your application" not in text(await anne.ok("/en/desk"))
    city.moved(CLOSED)
    async with city.somebody("joost") as joost:
        assert "Judge applications: Volle bakken" in text(await joost.ok("/en/desk"))
        await city.declared(code, "joost")
        await city.judged(code, "joost", application, (3, 3))
        assert "Judge applications: Volle bakken" not in text(await joost.ok("/en/desk"))
    async with city.somebody("ina") as ina:
        page = text(await ina.ok("/en/desk"))
        assert "Follow the jury, and decide: Volle bakken" in page and "late" not in page
        city.moved(CLOSED + 30)
    async with city.somebody("ina") as ina:
        assert "late" in text(await ina.ok("/en/desk"))


async def test_who_follows_a_challenge_is_told_in_sentences(city: City) -> None:
    code = await city.published()
    found = await city.store.write(
        lambda uow: follows.ask(uow, os.urandom, "an@x.example", city.challenge(code).id, "en")
    )
    assert found is not None
    await city.store.write(lambda uow: follows.confirm(uow, found.token))
    digest = Digest(city.site, tellers=room.ROOM.tidings)
    told: list[str] = []
    for day in (1, OPEN, OPEN + 2, CLOSED, CLOSED + 2):
        city.moved(day)
        await city.look()
        before = len(city.mails())
        await digest.look()
        told += [mail.text for mail in city.mails()[before:]]
    city.moved(CLOSED + 3)
    async with city.somebody("ina") as ina:
        await ina.post(f"/nl/challenge/withdraw?id={code}", {"why": "Het geld is op."})
    for day in (CLOSED + 4, CLOSED + 6):
        city.moved(day)
        await digest.look()
    told += [mail.text for mail in city.mails()[len(told) :]]
    assert (
        len(told) == 3
        and "It is open: people can apply until 10 April 2026." in told[0]
        and "It has closed." in told[1]
    )
    assert "The city withdrew it: Het geld is op." in told[2]
    assert all(
        f"/en/challenge?id={code}" in one and "innovation-officer" not in one and "Toestand" not in one for one in told
    )


async def test_where_challenges_are_not_public_nobody_reads_or_is_mailed_one(tmp_path: Path) -> None:
    city = City(tmp_path, closed=True)
    async with city.visitor() as anyone:
        await anyone.post("/nl/challenges/tell", {"mail": "an@firma.example"})
        token = city.mails()[-1].text.split("token=")[1].split()[0]
        await anyone.post(f"/nl/challenges/tell/yes?token={token}", {})
    async with city.somebody("ina", "innovation-officer") as ina:
        await ina.post("/nl/challenges/new", {"name": "Geheim", "problem": "x", "weeks": "1", "streets": "1"})
        assert "Challenges were not made public" in text(await ina.ok("/en/challenges/draft?id=geheim"))
    await city.look()
    assert len(city.mails()) == 1
    await city.site.compute.stop()
    city.store.close()
