# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A partner registers an organisation, invites a colleague, changes it and leaves; what is kept goes with the account."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.applications import Starlette

from hanze.errors import AlreadyExists, BadRequestData
from hanze.experiments.organisations import keeping
from hanze.experiments.organisations.vaults import INVITED, MEMBERS
from hanze.experiments.room import ROOM
from hanze.goals.room import ROOM as GOALS
from hanze.store.base import UnitOfWork
from hanze.web import site
from hanze.web.outbox import MAILS
from hanze.web.people import own, people
from hanze.web.people.vaults import PEOPLE
from tests.experiments.agreements.place import DAY, LAB, Place
from tests.explore.reading import text

pytestmark = pytest.mark.anyio

PATH, JOIN = "/nl/organisation", "/nl/organisation/join"
FORM = {
    "name": "Buurt & Co", "kind": "residents' group", "size": "micro", "locality": "city", "newcomer": "yes",
    "contact": "co@buurt.example",
}  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.store.close()


async def test_registered_joined_by_a_colleague_changed_and_left(place: Place) -> None:
    """In a city that sends no mail, where the link to join is shown."""
    place.site = msgspec.structs.replace(place.site, mails=False)
    place.app = Starlette(routes=site.routes(place.site, (GOALS, ROOM)))
    async with place.somebody("partner") as founder, place.somebody("partner") as colleague:
        assert "Vertel welke dat is" in text(await founder.ok(PATH))
        assert (await founder.post(PATH, FORM)).status_code == 303
        page = text(await founder.ok(PATH))
        assert "Buurt & Co" in page and "co@buurt.example" in page
        invited = await founder.post("/nl/organisation/invite", {"mail": "piet@buurt.example"})
        token = re.findall(r"token=([\w=-]+)", invited.text)[0]
        assert token not in str(place.store.vault(INVITED).select())
        assert "Buurt &amp; Co" in await colleague.ok(f"{JOIN}?token={token}")
        assert (await colleague.post(f"{JOIN}?token={token}", {})).status_code == 303
        assert (await colleague.post(f"{JOIN}?token={token}", {})).status_code == 410
        assert (
            await colleague.post("/nl/organisation/change", {**FORM, "name": "Buurt en Co", "newcomer": ""})
        ).status_code == 303
        (found,) = [one for one in keeping.every(place.store) if one.id != LAB.id]
        assert found.name == "Buurt en Co" and not found.newcomer and len(keeping.members(place.store, found.id)) == 2
        assert (await founder.post(PATH, {"act": "leave"})).status_code == 303
        assert len(keeping.members(place.store, found.id)) == 1
        assert (await founder.get("/nl/organisation/invite")).status_code == 404


async def test_nobody_takes_the_name_of_another_one(place: Place) -> None:
    async with place.somebody("partner") as partner:
        for name in ("Noise Lab", "noise  LAB "):
            answer = await partner.post(PATH, {**FORM, "name": name})
            assert answer.status_code == 422 and "al een organisatie met deze naam" in text(answer.text)
        assert (await partner.post(PATH, {**FORM, "kind": "bank"})).status_code == 422
        assert (await partner.post(PATH, FORM)).status_code == 303
        answer = await partner.post("/nl/organisation/change", {**FORM, "name": "NOISE LAB"})
        assert answer.status_code == 422 and 'value="NOISE LAB"' in answer.text


async def test_who_speaks_for_one_does_not_join_another(place: Place) -> None:
    token = place.store.submit(lambda uow: keeping.invite(uow, place.site.chance, LAB.id, "lab")).result()
    async with place.somebody("partner") as partner:
        await partner.post(PATH, FORM)
        answer = await partner.post(f"{JOIN}?token={token}", {})
        assert answer.status_code == 409 and "spreekt al namens" in text(answer.text)
        place.now += 15 * DAY
        assert (await partner.get(f"{JOIN}?token={token}")).status_code in (303, 410)


async def test_only_partners_open_it(place: Place) -> None:
    async with place.visitor() as nobody, place.somebody("data-officer") as officer:
        for path in (PATH, JOIN, "/nl/organisation/change", "/nl/organisation/invite"):
            assert "sign-in" in (await nobody.get(path)).headers["location"]
            assert (await officer.get(path)).status_code == 403


async def test_where_the_site_sends_mail_the_link_goes_by_mail(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.site = msgspec.structs.replace(place.site, mails=True)
    place.app = Starlette(routes=site.routes(place.site, (GOALS, ROOM)))
    async with place.somebody("partner", LAB.id) as partner:
        answer = await partner.post("/nl/organisation/invite", {"mail": "piet@buurt.example"})
        assert "token=" not in answer.text
    (mail,) = place.store.vault(MAILS).select()
    assert mail["to"] == "piet@buurt.example" and "http://town/nl/organisation/join?token=" in mail["text"]
    place.store.close()


def test_what_is_kept_of_a_person_goes_with_the_account(place: Place) -> None:
    def work(uow: UnitOfWork) -> Any:
        person = people.make(
            uow, place.site.chance, mail="x@y.example", name="X", roles=("partner",), language="nl", by="t"
        )
        keeping.join(uow, LAB.id, person.id, "t")
        return person

    person = place.store.submit(work).result()
    told = own.export(place.store, person, place.site.vaults)["rooms"]
    assert told[MEMBERS.name][0]["organisation"] == LAB.id
    place.store.submit(lambda uow: own.erase(uow, person, "t", place.site.vaults)).result()
    assert place.store.vault(MEMBERS).count() == 0 and place.store.vault(PEOPLE).count() == 0


def test_errors_name_what_is_wrong(place: Place) -> None:
    with pytest.raises(BadRequestData, match="name is empty"):
        place.store.submit(lambda uow: keeping.save(uow, msgspec.structs.replace(LAB, name=" "), "t")).result()
    with pytest.raises(AlreadyExists):
        place.store.submit(lambda uow: keeping.save(uow, msgspec.structs.replace(LAB, id="2"), "t")).result()
