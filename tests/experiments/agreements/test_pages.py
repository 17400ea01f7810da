# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An agreement from the first form to its end, by the forms of both sides; and who sees what of it."""

import re
from typing import Any

import msgspec
import pytest

from hanze.access import audit, keys
from hanze.experiments.agreements import keeping
from hanze.experiments.agreements.odrl import jsonld
from hanze.experiments.agreements.odrl.reading import Reader
from hanze.web.outbox import MAILS
from hanze.web.people import people
from hanze.web.people.vaults import PEOPLE
from tests.experiments.agreements.making import ID, TERMS, changed
from tests.experiments.agreements.place import DAY, LAB, Place
from tests.experiments.agreements.test_signing import blocked, seen
from tests.explore.reading import links, text

pytestmark = pytest.mark.anyio

OFFICER, PARTNER = "data-officer", "partner"

DRAFT = "/nl/agreement/draft?types=NoiseLevelObserved+AirQualityObserved"
FORM: dict[str, Any] = {
    "name": "Stille kade & meer <i>", "about": "Wordt het stiller?", "partner": LAB.id, "plain-0": ["name"], "coarse-0": ["LAeq"],
    "level-0": "PT1H", "plain-1": ["no2"], "purpose": "trial", "basis": "none", "area": "HVD01", "starts": "2026-03-01",
    "ends": "2026-09-30", "rate": "60", "sharing": "no", "deletion": "30", "proof": "yes", "publication": "results",
    "credit": "yes", "contact": "data@havendam.example", "price": "0",
}  # fmt: skip


async def test_from_the_first_form_to_a_key_that_reads_and_its_end(place: Place) -> None:
    async with place.somebody(OFFICER) as officer:
        first = await officer.post("/nl/agreement/new", {"types": ["NoiseLevelObserved", "AirQualityObserved"]})  # type: ignore[dict-item]
        assert first.status_code == 303 and first.headers["location"] == DRAFT
        assert "Geluid: zoals het is" in text(await officer.ok(DRAFT))
        made = await officer.post(DRAFT, FORM)
        assert made.status_code == 303
        one = made.headers["location"]
        assert one == "/nl/agreement?id=stille-kade-meer-i"
        async with place.visitor() as nobody:
            assert (await nobody.get(one)).status_code == 404
        assert "Stille kade &amp; meer &lt;i&gt;" in await officer.ok(one)
        assert (await officer.post(one, {"act": "offer"})).status_code == 303
        id = one.partition("=")[2]
        async with place.somebody(PARTNER, LAB.id) as partner:
            assert f"Lezen en tekenen: {FORM['name']}" in text(await partner.ok("/nl/agreements"))
            await sign(partner, id)
            assert blocked_yet(place, id)
            await sign(officer, id)
            page = text(await partner.ok(one))
            assert "Loopt nu" in page and "Noise Lab tekende op 10 maart 2026 (partner)." in page
            await fetched(place, partner, id)
            stop = f"/nl/agreement/stop?id={id}"
            assert (await partner.post(stop, {"act": "end", "why": ""})).status_code == 422
            assert (await partner.post(stop, {"act": "end", "why": "Klaar."})).status_code == 303
        async with place.visitor() as nobody:
            page = text(await nobody.ok(one))
    assert "Eerder beëindigd" in page and ": Klaar." in page and "2" in page
    assert all(key.revoked is not None for key in keys.listed(place.store))


async def sign(who: Any, id: str) -> None:
    page = await who.ok(f"/nl/agreement/sign?id={id}")
    hash = re.findall(r'name="hash" value="(\w{64})"', page)[0]
    assert (await who.post(f"/nl/agreement/sign?id={id}", {"hash": hash})).status_code == 422
    assert (await who.post(f"/nl/agreement/sign?id={id}", {"hash": hash, "agree": "yes"})).status_code == 303


def blocked_yet(place: Place, id: str) -> bool:
    found = keeping.find(place.store, keeping.id_of("havendam", id))
    return found is not None and found.status == "offered"


async def fetched(place: Place, partner: Any, id: str) -> None:
    """A key is seen once, reads what was agreed, is counted, and revoked."""
    path = f"/nl/agreement/keys?id={id}"
    made = await partner.post(path, {"name": "meter"})
    key = re.findall(r"hz_[\w-]+", made.text)[0]
    assert key not in await partner.ok(path) and "meter" in await partner.ok(path)
    assert set(seen(place, key)) == {"urn:ngsi-ld:NoiseLevelObserved:1", "urn:ngsi-ld:AirQualityObserved:1"}
    flushed = place.access.flush()
    assert flushed is not None
    flushed.result()
    assert "Week die begint op" in text(await partner.ok(f"/nl/agreement?id={id}"))
    listed = [one for one in keys.listed(place.store) if one.revoked is None]
    assert (await partner.post(path, {"act": "revoke", "key": listed[0].id})).status_code == 303
    assert blocked(place, key)


async def test_everyone_reads_the_same_page_in_plain_words(place: Place) -> None:
    place.signed()
    async with place.visitor() as citizen, place.somebody(PARTNER, LAB.id) as partner:
        page, other = text(await citizen.ok("/en/agreement?id=quiet")), text(await partner.ok("/en/agreement?id=quiet"))
    for said in (
        "Havendam gives data to Noise Lab.", "Air: nitrogen dioxide. Each measurement as it is.",
        "Only averages and counts over at least an hour, no single measurement.", "There are no personal data in it.",
        "Only in Wijk HVD01.", "from 1 March 2026 up to and including 30 September 2026", "Delete all data by 30 October 2026.",
        "Hand the data on to nobody.", "It runs now", "Havendam signed on 10 March 2026 (data officer).",
    ):  # fmt: skip
        assert said in page and said in other, said
    assert "Keys" not in page and "Keys for your programs" in other


async def test_who_may_do_what(place: Place) -> None:
    place.offered()
    other = place.store.submit(lambda uow: _other(uow)).result()
    one = "/nl/agreement?id=quiet"
    async with (
        place.visitor() as nobody, place.somebody("resident") as resident, place.somebody(PARTNER, other) as stranger,
        place.somebody(PARTNER) as alone, place.somebody("innovation-officer") as innovator,
    ):  # fmt: skip
        for who in (nobody, resident, stranger, alone, innovator):
            assert "nog niet getekend" in text(await who.ok(one))
            assert (await who.get("/nl/agreement/sign?id=quiet")).status_code in (303, 403, 409)
            for path in ("new", "draft?types=AirQualityObserved", "stop?id=quiet", "keys?id=quiet"):
                assert (await who.get(f"/nl/agreement/{path}")).status_code in (303, 403, 409), path
            assert (await who.post(one, {"act": "withdraw"})).status_code in (403, 409)
            answer = await who.post("/nl/agreement/sign?id=quiet", {"agree": "yes", "hash": "x"})
            assert answer.status_code in (403, 409) or "sign-in" in answer.headers["location"]
    assert keeping.proposal(place.store, ID).signatures == {}  # type: ignore[union-attr]


def _other(uow: Any) -> str:
    from hanze.experiments.organisations import keeping as organisations

    organisations.save(uow, msgspec.structs.replace(LAB, id="other", name="Other"), "test")
    return "other"


async def test_who_speaks_for_the_partner_does_not_sign_for_the_city(place: Place) -> None:
    place.offered()
    async with place.somebody(OFFICER, LAB.id) as both:
        assert (await both.get("/nl/agreement/sign?id=quiet")).status_code in (403, 409)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"plain-1": []}, "Kies ten minste één ding"),
    ({"plain-0": ["LAeq"]}, "twee keer gekozen"),
    ({"level-0": ""}, "over welke tijd ten minste"),
    ({"ends": "2026-02-01"}, "De laatste dag komt na de eerste."),
    ({"starts": "morgen"}, "Dit is geen dag."),
    ({"rate": "0"}, "van 1 tot 6.000"),
    ({"deletion": "-3"}, "van 0 tot 3.650"),
    ({"shape": "{", "area": ""}, "Dit is geen vlak."),
    ({"shape": '{"type": "Point", "coordinates": [5, 52]}', "area": ""}, "Dit is geen vlak."),
    ({"shape": '{"type":"Polygon","coordinates":[[[5,52],[5.1,52],[5.1,52.1],[5,52]]]}'}, "op één manier waar"),
    ({"partner": "nobody"}, "Kies een van de antwoorden."),
    ({"plain-1": ["nothing"]}, "Kies een van de antwoorden."),
    ({"contact": "nobody"}, "Dit is geen mailadres."),
]


async def test_what_cannot_be_used_is_told_beside_its_field_and_not_lost(place: Place) -> None:
    async with place.somebody(OFFICER) as officer:
        for values, told in WRONG:
            answer = await officer.post(DRAFT, {**FORM, **values})
            assert answer.status_code == 422 and told in text(answer.text), (values, text(answer.text))
            assert "Wordt het stiller?" in answer.text and "Stille kade &amp; meer" in answer.text
    assert keeping.proposals(place.store) == []


async def test_it_tells_what_it_is_for_where_that_is_there(place: Place) -> None:
    found = ("urn:ngsi-ld:AirQualityObserved:1", "urn:ngsi-ld:AirQualityObserved:1"), ("no%20uri", "")
    async with place.somebody(OFFICER) as officer:
        for about, kept in found:
            made = await officer.post(f"{DRAFT}&about={about}", FORM)
            code = made.headers["location"].partition("=")[2]
            one = keeping.proposal(place.store, keeping.id_of("havendam", code))
            assert one is not None and one.answers == kept
            await officer.post(f"/nl/agreement?id={code}", {"act": "offer"})
            assert ("AirQualityObserved 1" in text(await officer.ok(f"/nl/agreement?id={code}"))) == bool(kept)


async def test_data_about_persons_are_not_offered(place: Place) -> None:
    place.thing_of("Person", 1, 5.005, age=40)
    async with place.somebody(OFFICER) as officer:
        page = await officer.ok("/nl/agreement/new")
        assert "AirQualityObserved" in page and 'value="Person"' not in page
        for types in ("Person", "people", "Nothing", "", " ".join(f"T{one}" for one in range(9))):
            assert (await officer.get(f"/nl/agreement/draft?types={types}")).status_code == 400
        assert (await officer.post("/nl/agreement/new", {"types": "Person"})).status_code == 422


async def test_terms_that_change_while_they_are_read_are_not_signed(place: Place) -> None:
    place.offered()
    async with place.somebody(PARTNER, LAB.id) as partner:
        page = await partner.ok("/nl/agreement/sign?id=quiet")
        hash = re.findall(r'name="hash" value="(\w{64})"', page)[0]
        place.offered(changed(rate=7))
        answer = await partner.post("/nl/agreement/sign?id=quiet", {"agree": "yes", "hash": hash})
        assert answer.status_code == 422 and "gewijzigd nadat u deze pagina opende" in text(answer.text)
        await sign(partner, "quiet")


async def test_a_change_stands_beside_what_holds(place: Place) -> None:
    place.signed()
    async with place.somebody(OFFICER) as officer, place.somebody(PARTNER, LAB.id) as partner:
        shown = await officer.ok("/nl/agreement/draft?id=quiet")
        assert "geldt al" in text(shown) and 'value="2026-09-30"' in shown
        form = {
            **FORM,
            "name": TERMS.name,
            "ends": "2026-12-31",
            "plain-0": ["no2"],
            "coarse-0": [],
            "plain-1": ["name"],
        }
        form |= {"coarse-1": ["LAeq"], "level-1": "PT1H"}
        assert (await officer.post("/nl/agreement/draft?id=quiet", form)).status_code == 303
        assert "in de maak" in text(await officer.ok("/nl/agreement?id=quiet"))
        assert "in de maak" not in text(await partner.ok("/nl/agreement?id=quiet"))
        await officer.post("/nl/agreement?id=quiet", {"act": "offer"})
        page = text(await partner.ok("/nl/agreement?id=quiet"))
        assert "in de maak" in page and "31 december 2026" in page and "30 september 2026" in page
        await sign(partner, "quiet")
        await sign(officer, "quiet")
    assert keeping.find(place.store, ID).terms.ends == "2026-12-31"  # type: ignore[union-attr]


async def test_the_city_sees_keys_and_revokes_them_but_makes_none(place: Place) -> None:
    place.signed()
    text_of_key = place.key()
    async with place.somebody(OFFICER) as officer:
        path = "/nl/agreement/keys?id=quiet"
        page = await officer.ok(path)
        assert "Intrekken" in page and "Een sleutel maken" not in page and text_of_key not in page
        assert (await officer.post(path, {"name": "mine"})).status_code == 409
        (key,) = keys.listed(place.store)
        assert (await officer.post(path, {"act": "revoke", "key": key.id})).status_code == 303
    assert blocked(place, text_of_key)


async def test_the_city_stops_it_for_a_while(place: Place) -> None:
    place.signed()
    text_of_key = place.key()
    async with place.somebody(OFFICER) as officer:
        stop = "/nl/agreement/stop?id=quiet"
        assert (await officer.post(stop, {"act": "suspend", "why": "Er klopt iets niet."})).status_code == 303
        assert blocked(place, text_of_key)
        page = await officer.ok("/nl/agreement?id=quiet")
        assert "Voorlopig gestopt" in text(page) and "Laten doorgaan" in page
        assert (await officer.post(stop, {"act": "resume"})).status_code == 303
    assert not blocked(place, text_of_key)
    assert "suspended agreement" in [line.act for line in audit.lines(place.store, limit=9)]


async def test_the_same_as_odrl_and_as_data(place: Place) -> None:
    place.signed()
    async with place.visitor() as citizen:
        page = await citizen.ok("/nl/agreement?id=quiet")
        answer = await citizen.get(links(page)["ODRL"])
        assert (
            answer.headers["content-type"] == "application/ld+json"
            and "attachment" in answer.headers["content-disposition"]
        )
        assert Reader(jsonld.read(answer.json())).policy().id == ID
        told = (await citizen.get("/nl/agreement.json?id=quiet")).json()
        assert told["terms"]["partnerName"] == "Noise Lab" and set(told["signatures"]) == {"city", "partner"}
        rows = (await citizen.get("/nl/agreements.json")).json()
    assert [row["state"] for row in rows] == ["it runs now"]


async def test_it_begins_and_ends_by_the_clock_of_the_city(place: Place) -> None:
    place.signed()
    async with place.visitor() as citizen:
        for days, word in ((-20, "Getekend, begint later"), (0, "Loopt nu"), (250, "Voorbij")):
            place.now += days * DAY
            assert word in text(await citizen.ok("/nl/agreement?id=quiet"))
            place.now -= days * DAY


async def test_without_agreements_the_page_says_what_will_stand_here(place: Place) -> None:
    async with place.visitor() as citizen, place.somebody(OFFICER) as officer:
        assert "Nog geen afspraken" in text(await citizen.ok("/nl/agreements"))
        assert "/nl/agreement/new" in links(await officer.ok("/nl/agreements")).values()


async def test_the_partner_is_written_when_it_is_offered_and_both_sides_when_it_holds(place: Place) -> None:
    place.drafted()
    async with place.somebody(OFFICER) as officer, place.somebody(PARTNER, LAB.id) as partner:
        city, lab = mails_of(place, OFFICER), mails_of(place, PARTNER)
        for _ in range(2):
            assert (await officer.post("/nl/agreement?id=quiet", {"act": "offer"})).status_code == 303
        told = written(place)
        assert set(told) == {*lab, LAB.contact} and all(len(several) == 1 for several in told.values())
        [mail] = told[LAB.contact]
        assert "http://town/nl/agreement/sign?id=quiet" in mail["text"] and TERMS.name in mail["subject"]
        await sign(partner, "quiet")
        assert written(place) == told
        await sign(officer, "quiet")
    told = written(place)
    assert {to: len(several) for to, several in told.items()} == {
        **dict.fromkeys((*lab, LAB.contact), 2),
        **dict.fromkeys(city, 1),
    }
    [mail] = told[city[0]]
    assert mail["subject"] == f"Door beide kanten getekend: {TERMS.name}" and "/nl/agreement?id=quiet" in mail["text"]


def mails_of(place: Place, role: str) -> list[str]:
    return [one.mail for one in people.every(place.store.vault(PEOPLE)) if role in one.roles]


def written(place: Place) -> dict[str, list[Any]]:
    """What stands in the outbox, by whom it is for."""
    found: dict[str, list[Any]] = {}
    for row in place.store.vault(MAILS).select():
        found.setdefault(row["to"], []).append(row)
    return found
