# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""For who applies: may I, mails and a feed of calls that fit, and figures of who applied and won."""

from xml.etree import ElementTree

import pytest

from hanze.experiments.challenges.vaults import WATCHERS
from tests.experiments.challenges.city import CLOSED, DAY, OPEN, City
from tests.explore.reading import text

pytestmark = pytest.mark.anyio

ATOM = "{http://www.w3.org/2005/Atom}"


async def test_may_i_apply(city: City) -> None:
    code = await city.published()
    async with city.visitor() as anyone:
        path = f"/en/call/fits?id={code}"
        page = text(await anyone.ok(path))
        assert (
            "Are you a company or a residents' group?" in page
            and "You may have worked for the city before, or not." in page
        )
        yes = {"kind": "yes", "size": "yes", "place": "yes", "own": "yes"}
        assert "Yes, you may apply." in text((await anyone.post(path, yes)).text)
        answer = text((await anyone.post(path, {**yes, "size": "no", "place": "no"})).text)
        assert (
            "No, not as it is now." in answer
            and "A smaller organisation may apply" in answer
            and "a seat in the city" in answer
        )
        assert (await anyone.post(path, {"kind": "yes"})).status_code == 422


async def test_who_may_not_apply_is_told_before_and_when_it_is_sent(city: City) -> None:
    code = await city.published()
    city.moved(OPEN)
    async with city.somebody("groot", "partner") as person:
        city.organise("groot", size="large")
        assert "This call is for small ones" in text(await person.ok(f"/en/call/apply?id={code}"))
    with pytest.raises(AssertionError):
        await city.applied(code, "groot")
    assert city.submission("groot")["sent"] is None


async def test_a_call_that_fits_is_mailed_once_and_stopped_in_one_click(city: City) -> None:
    code = await city.published()
    async with city.visitor() as anyone:
        fields = {"mail": "An@firma.example", "goals": "11", "kind": "company", "size": "micro"}
        assert (await anyone.post("/nl/challenges/tell", fields)).status_code == 200
        asked = city.mails()[-1]
        assert asked.to == "an@firma.example" and not asked.stop
        token = asked.text.split("token=")[1].split()[0]
        # Nothing before the person said yes, nor while the call is only announced.
        city.moved(OPEN)
        await city.look()
        assert len(city.mails()) == 1
        assert (await anyone.post(f"/nl/challenges/tell/yes?token={token}", {})).status_code == 200
        await city.look()
        await city.look()
        (told,) = city.mails()[1:]
        assert told.to == "an@firma.example" and f"challenge?id={code}" in told.text and told.stop
        # A program for mail knows no token of a form.
        answer = await anyone.client.post(
            told.stop.removeprefix("https://testdam.example"), data={"List-Unsubscribe": "One-Click"}
        )
        assert answer.status_code == 200
    assert city.store.vault(WATCHERS).count() == 0


async def test_a_call_that_does_not_fit_is_not_mailed(city: City) -> None:
    await city.published()
    async with city.visitor() as anyone:
        for other in ({"goals": "5"}, {"kind": "knowledge institute"}, {"size": "large"}, {"place": "abroad"}):
            mail = f"{next(iter(other))}@firma.example"
            await anyone.post("/nl/challenges/tell", {"mail": mail, **other})
            token = city.mails()[-1].text.split("token=")[1].split()[0]
            await anyone.post(f"/nl/challenges/tell/yes?token={token}", {})
    city.moved(OPEN)
    await city.look()
    assert len(city.mails()) == 4


async def test_another_cannot_change_what_somebody_is_told(city: City) -> None:
    async with city.visitor() as anyone:
        await anyone.post("/nl/challenges/tell", {"mail": "an@firma.example", "goals": "11"})
        token = city.mails()[-1].text.split("token=")[1].split()[0]
        await anyone.post(f"/nl/challenges/tell/yes?token={token}", {})
        await anyone.post("/nl/challenges/tell", {"mail": "an@firma.example", "goals": "5"})
        rows = city.store.vault(WATCHERS).select({"confirmed": (">", 0)})
        assert [row["wanted"]["goals"] for row in rows] == [[11]]
        # The person says yes to something else, which takes its place.
        await anyone.post("/nl/challenges/tell", {"mail": "an@firma.example", "goals": "7"})
        token = city.mails()[-1].text.split("token=")[1].split()[0]
        await anyone.post(f"/nl/challenges/tell/yes?token={token}", {})
    rows = city.store.vault(WATCHERS).select()
    assert [row["wanted"]["goals"] for row in rows] == [[7]]
    city.now += 3 * DAY
    city.store.submit(lambda uow: uow.retain([], 1000)).result()
    assert city.store.vault(WATCHERS).count() == 1


async def test_the_feed_holds_what_the_address_asks_for(city: City) -> None:
    await city.published()
    await city.published(name="Iets anders", targets="5.1", kinds=[])
    async with city.visitor() as anyone:
        for asked, names in (
            ("", {"Volle bakken", "Iets anders"}), ("?goal=11", {"Volle bakken"}), ("?goal=5", {"Iets anders"}),
            ("?kind=knowledge+institute", {"Iets anders"}), ("?phase=open", set()), ("?size=large", set()),
        ):  # fmt: skip
            answer = await anyone.get(f"/nl/challenges.atom{asked}")
            assert answer.headers["content-type"].startswith("application/atom+xml")
            feed = ElementTree.fromstring(answer.text)
            found = {one.findtext(f"{ATOM}title") for one in feed.findall(f"{ATOM}entry")}
            assert found == names, asked
            assert feed.findtext(f"{ATOM}id") and feed.findtext(f"{ATOM}updated")
        assert (await anyone.get("/nl/challenges.atom?goal=99")).status_code == 400


async def test_figures_hide_few_and_give_the_time_to_an_answer(city: City) -> None:
    code = await city.published(largest="", kinds=[])
    city.moved(OPEN)
    names = [f"c{number}" for number in range(4)] + ["groep", "kennis"]
    kinds = ["company"] * 4 + ["residents' group", "knowledge institute"]
    sent = [await city.applied(code, name, kind=kind) for name, kind in zip(names, kinds, strict=True)]
    await city.seated(code, "joost", "jet")
    city.moved(CLOSED)
    for juror in ("joost", "jet"):
        await city.declared(code, juror)
        for application in sent:
            await city.judged(code, juror, application, (4, 4))
    assert (await city.decided(code, "chosen", *["not"] * 5)).status_code == 303
    async with city.visitor() as anyone:
        rows = (await anyone.get("/nl/challenges/figures.json")).json()
    mine = {(row["dimension"], row["value"]): row for row in rows if row["what"] == code}
    assert (mine["all", "all"]["applied"], mine["all", "all"]["won"], mine["all", "all"]["days"]) == (6, 1, 1)
    # All are of the same size: 6 and zeros tell of nobody. By kind, 1 and 1 are hidden, and what protects them too.
    assert mine["size", "micro"]["applied"] == 6 and mine["kind", "residents' group"]["applied"] is None
    assert [mine["kind", kind]["won"] for kind in dict.fromkeys(kinds)] == [None, None, None]
    assert {row["what"] for row in rows} == {code, "2026"}
