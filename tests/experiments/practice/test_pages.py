# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A developer of a partner, from the page of an agreement to data: makes them, makes a key, copies the call, takes a file."""

import csv
import io
import json
import re
import zipfile

import msgspec
import pytest

from hanze.access import keys
from hanze.experiments.challenges import keeping as challenges
from hanze.experiments.challenges.call import Call
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.model import ChallengeFacts
from hanze.experiments.practice import keeping
from hanze.store.base import UnitOfWork
from tests.experiments.agreements.making import ID
from tests.experiments.agreements.place import LAB
from tests.experiments.practice.town import THINGS, TYPES, Made
from tests.explore.reading import text

pytestmark = pytest.mark.anyio

PAGE = "/nl/practice?agreement=quiet"
CALL = "/en/practice?challenge=stille-kade"


async def test_from_the_page_of_an_agreement_to_a_key(made: Made) -> None:
    async with made.town.somebody("partner", LAB.id) as partner:
        assert PAGE.removeprefix("/nl/") in await partner.ok("/nl/agreement?id=quiet")
        page = text(await partner.ok(PAGE))
        assert "Gemaakt op 10 maart 2026. Ze blijven tot 8 juni 2026." in page and "hooguit 0,15" in page
        assert (await partner.post(PAGE, {"name": ""})).status_code == 422
        answer = await partner.post(PAGE, {"name": "meter"})
        key = re.findall(r"hz_[\w-]{40,}", answer.text)[0]
        line = f'curl -H "X-API-Key: {key}" -H "NGSILD-Tenant: practice-quiet" "http://town/ngsi-ld/v1/entities?type='
        assert line in text(answer.text)
        page = await partner.ok(PAGE)
        assert key not in page and "meter" in page
        listed = next(one for one in keys.listed(made.town.store) if one.name == "meter")
        assert (await partner.post(PAGE, {"act": "revoke", "key": listed.id})).status_code == 303
        assert "meter" not in await partner.ok(PAGE)


async def test_the_same_as_files(made: Made) -> None:
    async with made.town.calculating(), made.town.somebody("partner", LAB.id) as partner:
        told = {
            one: (await partner.get(PAGE.replace("practice?", f"practice.{one}?"))).content
            for one in ("zip", "csv", "json")
        }
    archive = zipfile.ZipFile(io.BytesIO(told["zip"]))
    assert archive.read("history.csv") == told["csv"] and archive.read("entities.json") == told["json"]
    entities = json.loads(told["json"])
    assert len(entities) == 2 * THINGS and {one["type"] for one in entities} == set(TYPES)
    assert all(one["simulated"]["value"] is True for one in entities)
    rows = list(csv.DictReader(io.StringIO(told["csv"].decode())))
    noise = [one["time"] for one in rows if one["attribute"] == "LAeq" and one["id"].endswith("001")]
    assert len(noise) == len({one[:10] for one in noise}), (
        "what the agreement shows by the day is in no file by the hour"
    )
    assert {one["attribute"] for one in rows} == {"LAeq", "no2", "pm10"} and {one["simulated"] for one in rows} == {
        "true"
    }


async def test_it_is_for_the_two_sides_only(made: Made) -> None:
    town = made.town
    async with (
        town.visitor() as nobody, town.somebody("resident") as resident, town.somebody("partner") as alone,
        town.somebody("innovation-officer") as innovator, town.somebody("data-officer") as officer,
    ):  # fmt: skip
        for who in (nobody, resident, alone, innovator):
            for path in (PAGE, PAGE.replace("practice?", "practice.csv?")):
                assert (await who.get(path)).status_code in (303, 403), path
            for form in ({"act": "make"}, {"name": "mine"}):
                answer = await who.post(PAGE, form)
                assert answer.status_code == 403 or "sign-in" in answer.headers["location"]
        await officer.ok(PAGE)
    assert "mine" not in {one.name for one in keys.listed(town.store)}


async def test_what_both_sides_signed_is_not_practised_with_any_more(made: Made) -> None:
    before = keeping.find(made.town.store, ID)
    made.town.signed(made.terms, id=ID + "-2")
    async with made.town.somebody("partner", LAB.id) as partner:
        page = text(await partner.ok("/en/practice?agreement=quiet-2"))
        assert "Both sides have signed it" in page and "Make practice data" not in page
        assert (await partner.post("/en/practice?agreement=quiet-2", {"act": "make"})).status_code == 409
    assert keeping.find(made.town.store, ID) == before


def _challenge(uow: UnitOfWork) -> None:
    """An open one whose indicator is made of noise, and one that no data are of."""
    for code, indicator in (("stille-kade", "noise-lden"), ("stem", "women-council")):
        facts = ChallengeFacts(
            "Stille kade", "Te luid.", "nl", "announced", "", indicator, ["11.6"], "2026-03-01", "2026-04-20"
        )
        challenges.write(uow, Challenge(code, challenges.id_of("havendam", code), facts, Call(), None, None))


async def test_of_a_challenge_each_organisation_gets_the_same_and_its_own_key(made: Made) -> None:
    town = made.town
    town.store.submit(_challenge).result()
    async with town.calculating(), town.somebody("partner", LAB.id) as partner, town.somebody("partner") as alone:
        assert "practice?challenge=stille-kade" in await partner.ok("/en/challenge?id=stille-kade")
        assert (await alone.get(CALL)).status_code == 403
        assert "What you can practise with: Noise." in text(await partner.ok(CALL))
        assert (await partner.post(CALL, {"act": "make"})).status_code == 303
        page = text(await partner.ok(CALL))
        assert "NGSILD-Tenant: practice-stille-kade" in page and "attrs=LAeq" in page and "lastN=24" in page
        nothing = CALL.replace("stille-kade", "stem")
        assert "names no numbers that one can practise with" in text(await partner.ok(nothing))
        assert (await partner.post(nothing, {"act": "make"})).status_code == 409
    async with town.visitor() as citizen:
        assert "practice?" not in await citizen.ok("/en/challenge?id=stille-kade")


async def test_while_they_are_made_the_page_tells_how_far_that_is(made: Made) -> None:
    town = made.town
    one = keeping.find(town.store, ID)
    assert one is not None
    going = msgspec.structs.replace(
        one, state="making", done=3, total=20, beat=town.store.submit(lambda uow: uow.real).result()
    )
    town.store.submit(lambda uow: keeping.put(uow, going)).result()
    try:
        async with town.somebody("partner", LAB.id) as partner:
            answer = await partner.get(PAGE)
            assert answer.headers["refresh"] == "2;url=/nl/practice?agreement=quiet"
            assert "3 van 20 delen geschreven" in text(answer.text)
            assert (await partner.get(PAGE.replace("practice?", "practice.csv?"))).status_code == 404
            town.store.submit(lambda uow: keeping.change(uow, ID, beat=0)).result()
            page = await partner.get(PAGE)
            assert "onderbroken" in text(page.text) and "refresh" not in page.headers
    finally:
        town.store.submit(lambda uow: keeping.put(uow, one)).result()
