# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Applications stay closed until the call closes, for the city and its jury too; what is not chosen stays confidential."""

import msgspec
import pytest

from hanze.access import audit
from hanze.errors import Conflict
from hanze.experiments.challenges import keeping, submissions
from hanze.experiments.challenges.vaults import DAYS, SCORES, SUBMISSIONS
from hanze.store.base import RetentionRule
from hanze.web.attachments.vaults import ATTACHMENTS
from hanze.web.people import own, people
from hanze.web.people.roles import ROLES
from hanze.web.people.vaults import PEOPLE
from tests.experiments.challenges.city import CLOSED, DAY, OPEN, City
from tests.goals.journey.place import NOW
from tests.web.attachments.making import photo

pytestmark = pytest.mark.anyio

SECRET = "Bak van anne"

STAFF = tuple(code for code, role in ROLES.items() if role.staff)


async def test_nobody_reads_an_application_before_the_call_closes(city: City) -> None:
    code = await city.published()
    city.moved(OPEN)
    application = await city.applied(code, "anne")
    await city.seated(code, "joost")
    for name, roles in (("chief", STAFF), ("joost", ("resident",)), ("berend", ("partner",))):
        async with city.somebody(name, *roles) as person:
            for path in (
                f"challenge?id={code}", f"challenge.json?id={code}", f"jury/desk?id={code}", f"jury/decide?id={code}",
                f"jury/call?id={code}", f"jury/score?id={code}&application={application}", f"call/apply?id={code}", "call/mine",
                f"call/picture?id={code}&application={application}", "desk", "challenges/desk", "access-log.json",
            ):  # fmt: skip
                answer = await person.get(f"/nl/{path}")
                assert SECRET not in answer.text and "Zonnecel" not in answer.text, (name, path)
    with pytest.raises(Conflict):
        submissions.opened(city.store, city.challenge(code), keeping.day(city.now, city.site.zone))
    assert SECRET not in str(audit.lines(city.store, limit=100))
    # The city sees how many there are, and after the close what they say.
    city.moved(CLOSED)
    async with city.somebody("chief", *STAFF) as person:
        assert SECRET in await person.ok(f"/nl/jury/desk?id={code}")


async def test_the_city_cannot_close_a_call_earlier_to_read(city: City) -> None:
    code = await city.published()
    city.moved(OPEN)
    async with city.somebody("ina", "innovation-officer") as ina:
        edit = f"/nl/challenges/edit?id={code}&step="
        fields = {
            "text": "x", "opens": "2026-03-15", "closes": "2026-03-20", "decided": "2026-05-01", "budget": "1", "places": "1",
            "rights": "x", "routes": "tender",
        }  # fmt: skip
        assert (await ina.post(edit + "call", fields)).status_code == 303
        assert (await ina.post(f"/nl/challenges/draft?id={code}", {"act": "ask"})).status_code == 303
    async with city.somebody("bo", "editor") as bo:
        answer = await bo.post(f"/nl/challenges/draft?id={code}", {"act": "publish"})
        assert answer.status_code == 409
    assert city.challenge(code).facts.closes == "2026-04-10"


async def test_a_late_application_is_refused_with_a_sentence_and_what_was_typed_stays(city: City) -> None:
    code = await city.published()
    city.moved(OPEN)
    async with city.somebody("anne", "partner") as anne:
        city.organise("anne")
        assert (await anne.post(f"/nl/call/apply?id={code}&step=solution", {"name": SECRET})).status_code == 303
        # The last day counts until its end in the city: 10 April, 23:59 in Amsterdam.
        city.now = NOW + 31 * DAY + 8 * 3_600_000_000
        assert (await anne.post(f"/nl/call/apply?id={code}&step=solution", {"name": SECRET + " 2"})).status_code == 303
        city.now += 3_600_000_000
        answer = await anne.post(f"/nl/call/apply?id={code}&step=solution", {"name": "Te laat"})
        assert answer.status_code == 409 and "Te laat" not in str(city.submission("anne")["content"])
        answer = await anne.post(f"/nl/call/apply?id={code}&step=send", {"terms": "yes", "own": "yes"})
        assert answer.status_code == 409 and city.submission("anne")["sent"] is None
    await city.look()
    assert city.submission("anne")["ends"] == city.now


async def test_half_an_application_is_kept_and_not_sent(city: City) -> None:
    code = await city.published()
    city.moved(OPEN)
    async with city.somebody("anne", "partner") as anne:
        city.organise("anne")
        answer = await anne.post(f"/nl/call/apply?id={code}&step=trial", {"cost": "veel", "who": "Wij"})
        assert answer.status_code == 422 and "veel" in answer.text
        assert city.submission("anne")["content"]["who"] == "Wij"
        assert (
            await anne.post(f"/nl/call/apply?id={code}&step=send", {"terms": "yes", "own": "yes"})
        ).status_code == 409
    assert city.submission("anne")["sent"] is None


async def test_what_counts_is_what_was_sent(city: City) -> None:
    code = await city.published()
    city.moved(OPEN)
    await city.applied(code, "anne")
    async with city.somebody("anne", "partner") as anne:
        await anne.post(f"/nl/call/apply?id={code}&step=solution", {"name": "Iets anders"})
    row = city.submission("anne")
    assert (row["content"]["name"], row["sent"]["name"]) == ("Iets anders", SECRET)
    city.moved(CLOSED)
    async with city.somebody("chief", *STAFF) as person:
        page = await person.ok(f"/nl/jury/desk?id={code}")
    assert SECRET in page and "Iets anders" not in page


async def test_a_picture_is_as_confidential_as_its_application(city: City) -> None:
    code = await city.published()
    city.moved(OPEN)
    application = await city.applied(code, "anne")
    path = f"/nl/call/picture?id={code}&application={application}"
    async with city.somebody("anne", "partner") as anne, city.somebody("chief", *STAFF) as chief:
        files = {"picture": ("bak.jpg", photo(), "image/jpeg")}
        answer = await anne.post(f"/nl/call/apply?id={code}&step=trial", {"picture-alt": "Een bak"}, files)
        assert answer.status_code == 303, answer.text
        seen = await anne.get(path)
        assert seen.status_code == 200 and seen.headers["content-type"] == "image/jpeg"
        assert (await chief.get(path)).status_code in (404, 409)
    city.moved(CLOSED)
    async with city.somebody("chief", *STAFF) as chief:
        assert (await chief.get(path)).status_code == 200
    async with city.visitor() as anyone:
        assert (await anyone.get(path)).status_code == 404
    # With the application it goes.
    async with city.somebody("anne", "partner") as anne:
        assert (await anne.post(f"/nl/call/apply?id={code}&step=send", {"back": "yes"})).status_code == 303
    assert city.store.vault(ATTACHMENTS).count() == 0 and city.store.vault(SUBMISSIONS).count() == 0


async def test_half_a_year_after_the_decision_nothing_of_it_is_kept(city: City) -> None:
    code = await city.published()
    city.moved(OPEN)
    application = await city.applied(code, "anne")
    await city.seated(code, "joost", "jet")
    city.moved(CLOSED)
    for juror in ("joost", "jet"):
        await city.declared(code, juror)
        await city.judged(code, juror, application, (4, 4))
    assert (await city.decided(code, "not")).status_code == 303
    rules: list[RetentionRule] = []
    city.now += (DAYS - 1) * DAY
    city.store.submit(lambda uow: uow.retain(rules, 1000)).result()
    assert city.store.vault(SUBMISSIONS).count() == 1
    city.now += 2 * DAY
    city.store.submit(lambda uow: uow.retain(rules, 1000)).result()
    assert city.store.vault(SUBMISSIONS).count() == city.store.vault(SCORES).count() == 0
    async with city.somebody("ina", "innovation-officer") as ina:
        desk = await ina.ok(f"/nl/jury/desk?id={code}")
        assert "Wat is ingezonden, is gewist" in desk and "Niemand deed mee" not in desk
        members = await ina.ok(f"/nl/jury/members?id={code}")
        assert "geen jury meer nodig" in members and 'name="mail"' not in members
        fits = await ina.ok(f"/nl/call/fits?id={code}")
        assert "Uw antwoorden" not in fits and "/challenges/tell" in fits


async def test_a_person_takes_all_along_and_is_erased(city: City) -> None:
    code = await city.published()
    city.moved(OPEN)
    await city.applied(code, "anne")
    anne = people.find(city.store.vault(PEOPLE), id=city.id("anne"))
    assert anne is not None
    told = msgspec.json.encode(own.export(city.store, anne, city.site.vaults)).decode()
    assert SECRET in told and "Zonnecel" in told
    city.store.submit(lambda uow: own.erase(uow, anne, anne.principal.name, city.site.vaults)).result()
    assert city.store.vault(SUBMISSIONS).count() == 0


async def test_who_has_no_account_gets_one_by_mail_and_may_do_no_more(city: City) -> None:
    code = await city.published()
    city.moved(OPEN)
    async with city.visitor() as anyone:
        page = await anyone.ok(f"/nl/call/apply?id={code}")
        assert "sign-in" in page
        answer = await anyone.post(f"/nl/call/apply?id={code}", {"mail": "nieuw@firma.example"})
        assert answer.status_code == 200 and "nieuw@firma.example" in answer.text
        # Who has an account is not told apart.
        async with city.somebody("anne", "partner"):
            pass
        again = await anyone.post(f"/nl/call/apply?id={code}", {"mail": "anne@testdam.example"})
        assert again.text.replace("anne@testdam.example", "nieuw@firma.example").count(
            "nieuw@firma.example"
        ) == answer.text.count("nieuw@firma.example")
    new, known = city.mails()[-2:]
    assert "/invitation?token=" in new.text and "/sign-in/link?token=" in known.text
    assert not ROLES["partner"].rights and not ROLES["juror"].rights
