# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An officer enters a number: sees what it makes, keeps it, corrects it, takes it back; and many at once from a table."""

import asyncio
import csv
import re

import pytest

from hanze.access import audit
from hanze.goals.keeping import entered
from hanze.goals.model import ENTERED
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING
from hanze.web.people.roles import ROLES
from tests.explore import reading
from tests.goals import town
from tests.goals.review.conftest import Written

pytestmark = pytest.mark.anyio

VOTES = "/en/goals/enter?indicator=voter-turnout"

ANSWERS = {
    "number-votes": "21400", "number-entitled": "40000", "period": "2026", "area": "C", "grade": "assumed", "source": "Our count",
}  # fmt: skip

OFFICER = "data-officer"


def text(page: str) -> str:
    """What can be read of a page, on one line."""
    return " ".join(reading.text(page).split())


def versions(store: Store, part: str = "votes", area: str = "C") -> list[tuple[float, bool]]:
    found = entered.versions(store, EVERYTHING, entered.id_of(town.CITY, "voter-turnout", part, area))
    return [(one.number, one.counts) for one in found]


@pytest.mark.parametrize("role", ["", *ROLES])
async def test_who_answers_for_data_enters_numbers_and_nobody_else(city: Written, store: Store, role: str) -> None:
    async with city.visitor(role) as mia:
        may = role in (OFFICER, "administrator")
        for path in ("/en/goals/enter", VOTES, "/en/goals/enter.csv"):
            assert (await mia.get(path)).status_code == (200 if may else 403 if role else 303), path
        answer = await mia.post(VOTES, {**ANSWERS, "sure": "yes"})
        assert answer.status_code == (403 if role and not may else 303)
        assert versions(store) == ([(21400, True)] if may else [])


async def test_a_number_is_seen_in_words_before_it_is_kept(city: Written, store: Store) -> None:
    async with city.visitor(OFFICER) as mia:
        page = await mia.ok("/en/goals/enter")
        assert page.index("People who vote") > 0 and "no number yet" in text(page)
        page = await mia.ok(VOTES)
        for asked in (
            "All votes, blank and invalid ones too",
            "People who were called to vote",
            "How sure is it?",
            "Kiesraad",
        ):
            assert asked in text(page), asked
        assert 'value="2025"' in page
        answer = await mia.post(VOTES, ANSWERS)
        seen = text(answer.text)
        assert answer.status_code == 200 and "Is this right?" in seen
        assert "53.5% of those who may vote" in seen and "Havendam, 2026 so far" in seen and "nearly good" in seen
        assert versions(store) == []
        # What was typed can be changed, and is kept as it was seen.
        change = re.search(r'href="([^"]*number-votes[^"]*)"', answer.text)
        assert change is not None
        again = await mia.ok(change[1].replace("&amp;", "&"))
        assert 'value="21400"' in again and 'value="assumed" checked' in again and 'value="Our count"' in again
        answer = await mia.post(VOTES, {**ANSWERS, "sure": "yes"})
        assert answer.headers["location"].endswith("indicator=voter-turnout&kept=yes")
        page = text(await mia.ok(answer.headers["location"]))
        assert "It is kept." in page and "21,400; 40,000" in page and "estimated, with assumptions" in page
    assert versions(store) == [(21400, True)]
    line = next(one for one in audit.lines(store, limit=9) if one.act == "numbers entered")
    assert (line.subject, line.detail) == ("voter-turnout", {"area": "C", "count": 2})
    kept = store.get("", entered.id_of(town.CITY, "voter-turnout", "votes", "C"), EVERYTHING)
    assert kept is not None and "Somebody" not in str(kept)
    assert next(iter(kept.attributes[ENTERED.iri.replace("EnteredNumber", "enteredBy")]))["value"] == OFFICER


async def test_a_correction_is_made_where_the_number_stands_and_can_be_taken_back(city: Written, store: Store) -> None:
    async with city.visitor(OFFICER) as mia:
        await mia.post(VOTES, {**ANSWERS, "sure": "yes"})
        page = await mia.ok(VOTES)
        link = re.search(r'href="([^"]*area=C[^"]*period=2026)"', page)
        assert link is not None
        here = link[1].replace("&amp;", "&")
        page = await mia.ok(here)
        assert 'value="21400"' in page and "Both stay in the history" in page and "Take it back" in page
        seen = text((await mia.post(here, {**ANSWERS, "number-votes": "22000"})).text)
        assert "55.0% of those who may vote" in seen and "Entered before 21,400; 40,000" in seen
        await mia.post(here, {**ANSWERS, "number-votes": "22000", "sure": "yes"})
        assert "(before: 21,400; 40,000)" in text(await mia.ok(VOTES))
        assert versions(store) == [(21400, True), (22000, True)]
        assert (await mia.post(here, {"act": "back"})).status_code == 303
        assert versions(store)[-1] == (22000, False)
        page = await mia.ok(here)
        assert "taken back" in text(page) and "Take it back" not in page
        assert (await mia.post(here, {"act": "back"})).status_code == 404
    assert next(one.act for one in audit.lines(store, limit=9) if "numbers" in one.act) == "numbers taken back"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"number-votes": ""}, "Fill this in."),
        ({"number-votes": "21.400"}, "can be read in two ways. Write 21400 or 21.4000."),
        ({"number-votes": "many"}, "is no number."), ({"number-votes": "-1"}, "-1 is too small. It is 0 or more."),
        ({"period": "2027"}, "2027 has not begun yet."), ({"period": "March"}, "Write it like 2025."),
        ({"area": "X"}, "Choose one of the answers."), ({"grade": "good"}, "Choose one of the answers."),
        ({"source": ""}, "Fill this in."), ({"source": "x" * 301}, "This is too long."),
    ],
)  # fmt: skip
async def test_what_cannot_be_used_is_told_beside_its_field(
    city: Written, store: Store, wrong: dict[str, str], told: str
) -> None:
    async with city.visitor(OFFICER) as mia:
        answer = await mia.post(VOTES, {**ANSWERS, **wrong, "sure": "yes"})
        assert answer.status_code == 422 and told in text(answer.text)
        # Nothing that was typed is lost.
        for name in ("number-entitled", "source"):
            if name not in wrong:
                assert f'value="{ANSWERS[name]}"' in answer.text
    assert versions(store) == []


async def test_the_form_speaks_the_language_of_who_fills_it_in(city: Written) -> None:
    async with city.visitor(OFFICER) as mia:
        page = text(await mia.ok("/nl/goals/enter?indicator=voter-turnout"))
        for said in (
            "Mensen die een oproep kregen",
            "Hoe zeker is het?",
            "Waar komt het vandaan?",
            "gemeten of geteld",
        ):
            assert said in page, said
        answer = await mia.post("/nl/goals/enter?indicator=voter-turnout", {**ANSWERS, "number-votes": "21.400"})
        assert "Schrijf 21400 of 21.4000." in text(answer.text)
        answer = await mia.post("/nl/goals/enter?indicator=voter-turnout", ANSWERS)
        assert "53,5% van wie mag stemmen" in text(answer.text) and "Klopt dit?" in text(answer.text)


async def test_what_needs_residents_is_told_by_them(city: Written) -> None:
    answers = {"number-deaths": "2", "period": "2025", "area": "C", "grade": "measured", "source": "BRON"}
    async with city.visitor(OFFICER) as mia:
        for area, told in (("C", "50.0"), ("N", "200.0")):
            answer = await mia.post("/en/goals/enter?indicator=road-deaths", {**answers, "area": area})
            assert f"{told} deaths per 100,000 residents" in text(answer.text)


async def test_only_what_people_enter_can_be_entered(city: Written) -> None:
    async with city.visitor(OFFICER) as mia:
        for code in ("air-no2-year", "nowhere"):
            assert (await mia.get(f"/en/goals/enter?indicator={code}")).status_code == 404


TABLE = """code,part,area,period,value,grade,source
unemployment,,,2025,4.1,survey,CBS <b>
voter-turnout,votes,Wijk N,2022,600,measured,count
voter-turnout,entitled,N,2022,900,measured,count
"""


async def test_a_table_is_seen_first_and_kept_whole(city: Written, store: Store) -> None:
    async with city.visitor(OFFICER) as mia:
        answer = await mia.post("/en/goals/enter", {}, {"file": ("C:\\numbers.csv", TABLE.encode())})
        page = text(answer.text)
        assert answer.status_code == 200 and "numbers.csv has numbers: 3." in page and "CBS <b>" in page
        assert "<b>" not in answer.text and versions(store, area="N") == []
        hidden = dict(re.findall(r'name="(text|name)" value="([^"]*)"', answer.text))
        sent = {name: value.replace("&lt;", "<").replace("&gt;", ">") for name, value in hidden.items()}
        answer = await mia.post("/en/goals/enter", sent)
        assert answer.status_code == 303 and "Kept: 3." in text(await mia.ok(answer.headers["location"]))
    assert versions(store, area="N") == [(600, True)]
    line = next(one for one in audit.lines(store, limit=9) if one.act == "numbers entered")
    assert (line.subject, line.detail) == ("numbers.csv", {"count": 3})


async def test_a_table_with_a_fault_is_refused_whole_and_each_fault_is_told(city: Written, store: Store) -> None:
    wrong = TABLE.replace("2025", "2031").replace("survey", "<script>").replace(",600,", ",x,")
    async with city.visitor(OFFICER) as mia:
        for fields, files in (({}, {"file": ("a.csv", wrong.encode())}), ({"text": wrong, "name": "a.csv"}, None)):
            answer = await mia.post("/en/goals/enter", fields, files)
            page = text(answer.text)
            assert answer.status_code == 422 and "Faults in the table: 3." in page and "<script>" not in answer.text
            assert "2 period 2031 has not begun yet." in page and "3 value 'x' is no number." in page
        answer = await mia.post("/nl/goals/enter", {}, {"file": ("a.csv", wrong.encode())})
        assert "2031 is nog niet begonnen." in text(answer.text)
        assert (await mia.post("/en/goals/enter", {}, {"file": ("a.csv", b"")})).status_code == 422
        assert (await mia.post("/en/goals/enter", {})).status_code == 422
        large = {"file": ("a.csv", b"x" * (5 << 20))}
        assert (await mia.post("/en/goals/enter", {}, large)).status_code == 413
    assert not store.types("", EVERYTHING).count(ENTERED.iri)


async def test_an_empty_table_can_be_taken_along(city: Written) -> None:
    async with city.visitor(OFFICER) as mia:
        answer = await mia.get("/nl/goals/enter.csv")
        assert answer.headers["content-disposition"] == 'attachment; filename="numbers.csv"'
        rows = list(csv.DictReader(answer.text.removeprefix("\ufeff").splitlines(), delimiter=";"))
        assert [row["name"] for row in rows if row["code"] == "women-council"] == [
            "Zetels van vrouwen",
            "Alle zetels van de raad",
        ]
        assert (await mia.get("/en/goals/enter.csv")).text.startswith("\ufeffcode,part,")


async def test_the_step_of_the_first_indicator_leads_there_and_back(city: Written, store: Store) -> None:
    async with city.visitor(OFFICER) as mia:
        page = await mia.ok("/en/start/indicator")
        assert "Nothing has a number yet." in text(page) and "not done" not in page
        assert (await mia.post("/en/start/indicator", {"indicator": "air-no2-year"})).status_code == 422
        answer = await mia.post("/en/start/indicator", {"indicator": "voter-turnout"})
        form = answer.headers["location"]
        answer = await mia.post(form, ANSWERS)
        assert re.search(r'action="[^"]*then=start"', answer.text)
        answer = await mia.post(form, {**ANSWERS, "sure": "yes"})
        page = text(await mia.ok(answer.headers["location"]))
        assert "It is kept." in page and "First indicator done" in page
        await asyncio.to_thread(town.valued, store)
        page = text(await mia.ok("/en/start/indicator"))
        assert "These have a number already" in page and "People who vote 53.5% of those who may vote" in page


async def test_pages_tell_a_number_with_the_year_for_which_it_was_entered(city: Written, store: Store) -> None:
    async with city.visitor(OFFICER) as mia, city.visitor() as somebody:
        await mia.post(VOTES, {**ANSWERS, "period": "2022", "sure": "yes"})
        await asyncio.to_thread(town.valued, store)
        page = await mia.ok("/en/goals/indicator?code=voter-turnout")
        assert "53.5% of those who may vote" in text(page) and "Havendam, 2022" in text(page)
        assert "2026 so far" not in text(page)
        link = re.search(r'href="([^"]*)">Enter a number', page)
        assert link is not None and "Both stay" not in await mia.ok(link[1].replace("&amp;", "&"))
        assert "estimated, with assumptions" in text(page)
        assert "Enter a number" not in await somebody.ok("/en/goals/indicator?code=voter-turnout")
        assert "Enter a number" not in await mia.ok("/en/goals/indicator?code=air-no2-year")
        assert "2022" in text(await mia.ok("/en/goals/enter"))
