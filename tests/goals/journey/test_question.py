# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The yearly question: asked by the participation officer, answered without an account, looked at, shown or left out."""

from pathlib import Path

import pytest

from hanze.access import audit
from hanze.goals.journey import wishes
from hanze.goals.journey.vaults import DAYS, WISHES
from hanze.goals.journey.wishes import MOST_WAITING, Wish
from hanze.store.base import RetentionRule
from hanze.web.people.waiting import CALLS
from tests.explore.reading import text
from tests.goals.journey.place import NOW, Place

pytestmark = pytest.mark.anyio

PLAN, QUEUE, QUESTION = "/nl/goals/question/plan", "/nl/goals/question/answers", "/nl/goals/question"
ASK = {"year": "2026", "opens": "2026-03-01", "closes": "2026-04-01", "says": "De raad leest mee <i>."}
ANSWER = {"text": "Meer bomen & schaduw <script>", "area": "N", "goals": "13"}
DAY = 86_400_000_000


async def asked(place: Place, **other: str) -> int:
    async with place.visitor("participation-officer") as officer:
        return (await officer.post(PLAN, {**ASK, **other})).status_code


def kept(place: Place) -> list[dict[str, object]]:
    return place.store.vault(WISHES).select(order=("rowid",))


async def test_from_the_question_to_an_answer_that_everyone_reads(place: Place) -> None:
    assert await asked(place) == 303
    async with place.visitor() as resident:
        page = await resident.ok(QUESTION)
        assert "De raad leest mee &lt;i&gt;." in page and "1 april 2026" in text(page)
        answer = await resident.post(QUESTION, ANSWER)
        assert answer.status_code == 303
        page = await resident.ok(answer.headers["location"])
        assert "Dank u wel." in page and "Meer bomen" not in page and "1 antwoord wacht" in page
    async with place.visitor("participation-officer") as officer:
        queue = await officer.ok(QUEUE)
        assert "Meer bomen &amp; schaduw &lt;script&gt;" in queue and "Wijk N" in queue
        assert (await officer.post(QUEUE, {"id": str(kept(place)[0]["id"]), "reason": "show"})).status_code == 303
    async with place.visitor() as other:
        page = await other.ok(QUESTION)
        assert "Meer bomen &amp; schaduw &lt;script&gt;" in page and "Wijk N" in text(page)
        rows = (await other.get(QUESTION + ".json")).json()
    assert rows == [
        {"year": 2026, "text": ANSWER["text"], "language": "nl", "area": "N", "goals": "13", "simulated": False}
    ]
    acts = [line.act for line in audit.lines(place.store, limit=10)]
    assert acts[0] == "show answer" and "ask residents" in acts
    assert ANSWER["text"] not in str(audit.lines(place.store, limit=10))


async def test_nothing_of_the_resident_is_kept(place: Place) -> None:
    await asked(place)
    async with place.visitor("resident") as resident:
        await resident.post(QUESTION, ANSWER)
    (row,) = kept(place)
    assert set(row) == {
        "rowid",
        "id",
        "year",
        "text",
        "language",
        "area",
        "goals",
        "at",
        "state",
        "reason",
        "simulated",
        "ends",
    }
    assert (row["state"], row["area"], row["goals"]) == ("new", "N", [13])
    page = text(await visited(place, "/nl/privacy"))
    assert "jaarlijkse vraag" in page


async def visited(place: Place, path: str) -> str:
    async with place.visitor() as visitor:
        return await visitor.ok(path)


WRONG = (
    ({"text": ""}, "Vul dit in."),
    ({"text": "x" * 501}, "Dit is te lang."),
    ({"area": "nowhere"}, "Kies een van de antwoorden."),
    ({"goals": "18"}, "Kies een van de antwoorden."),
    ({"text": "Bel mij op 06-1234 5678"}, "Laat mailadressen"),
    ({"text": "mail mij: jan@example.nl"}, "Laat mailadressen"),
)


async def test_what_cannot_be_used_is_said_and_not_lost(place: Place) -> None:
    await asked(place)
    async with place.visitor() as resident:
        for wrong, told in WRONG:
            answer = await resident.post(QUESTION, {**ANSWER, **wrong})
            assert answer.status_code == 422 and told in text(answer.text), wrong
            assert ("Meer bomen" in answer.text) == ("text" not in wrong), wrong
    assert kept(place) == []


async def test_numbers_that_tell_of_nobody_are_taken(place: Place) -> None:
    await asked(place)
    async with place.visitor() as resident:
        for harmless in ("In 2030 zijn er 1000 bomen in 10 straten", "Buslijn 12 elke 15 minuten, ook @ home"):
            assert (await resident.post(QUESTION, {"text": harmless})).status_code == 303
    assert len(kept(place)) == 2


async def test_the_same_twice_is_one_answer_and_too_many_wait(place: Place) -> None:
    await asked(place)
    async with place.visitor() as resident:
        for _ in range(2):
            assert (await resident.post(QUESTION, ANSWER)).status_code == 303
        assert len(kept(place)) == 1
        answers = [await resident.post(QUESTION, {"text": f"Nummer {number}"}) for number in range(CALLS)]
        assert [one.status_code for one in answers].count(303) == CALLS - 2
        assert (
            answers[-1].status_code == 429
            and "tien minuten" in text(answers[-1].text)
            and f"Nummer {CALLS - 1}" in answers[-1].text
        )
        # Who asks too much here can still sign in.
        assert place.site.callers.take("127.0.0.1", NOW) == 0
        place.now += 601_000_000
        assert (await resident.post(QUESTION, {"text": "Later"})).status_code == 303


async def test_nobody_fills_the_disk(place: Place) -> None:
    await asked(place)
    filled = [Wish(str(number), 2026, f"{number}", "nl", "", (), NOW) for number in range(MOST_WAITING)]
    place.store.submit(lambda uow: [wishes.put(uow, one) for one in filled]).result()
    async with place.visitor() as resident:
        answer = await resident.post(QUESTION, ANSWER)
    assert answer.status_code == 503 and "morgen" in text(answer.text) and len(kept(place)) == MOST_WAITING


async def test_before_and_after_its_days_nothing_is_taken(place: Place) -> None:
    await asked(place)
    async with place.visitor() as resident:
        for day in (-10, 23):
            place.now = NOW + day * DAY
            assert "Uw antwoord" not in await resident.ok(QUESTION)
            assert (await resident.post(QUESTION, ANSWER)).status_code == 409
    assert kept(place) == []


async def test_until_the_end_of_the_last_day_of_the_city(place: Place) -> None:
    await asked(place)
    place.now = NOW + 22 * DAY
    async with place.visitor() as resident:
        assert (await resident.post(QUESTION, ANSWER)).status_code == 303


async def test_it_is_closed_early_and_one_is_open_at_a_time(place: Place) -> None:
    assert await asked(place) == 303
    assert await asked(place, year="2027") == 422
    # The same year may be changed.
    assert await asked(place, closes="2026-03-20") == 303
    async with place.visitor("participation-officer") as officer:
        assert (await officer.post(PLAN, {"stop": "2026"})).status_code == 303
        assert (await officer.post(PLAN, {"stop": "2020"})).status_code == 404
        assert (await officer.post(PLAN, {"stop": "x"})).status_code == 400
        assert "eerder gesloten" in text(await officer.ok(PLAN))
    async with place.visitor() as resident:
        assert (await resident.post(QUESTION, ANSWER)).status_code == 409
    assert await asked(place, year="2027") == 303
    assert "close question" in [line.act for line in audit.lines(place.store, limit=5)]


RUBBISH: tuple[dict[str, str], ...] = (
    {"year": "1"}, {"year": "x"}, {"opens": "2026-02-30"}, {"opens": "20260301"}, {"closes": "2026-02-01"},
    {"closes": "2027-06-01"}, {"says": "x" * 601},
)  # fmt: skip


async def test_rubbish_asks_nothing(place: Place) -> None:
    for wrong in RUBBISH:
        assert await asked(place, **wrong) == 422, wrong
    assert "nog niets gevraagd" in text(await visited(place, QUESTION))


async def test_what_is_left_out_is_counted_by_reason_and_a_person_is_erased(place: Place) -> None:
    await asked(place)
    async with place.visitor() as resident:
        for number in range(3):
            await resident.post(QUESTION, {"text": f"Antwoord {number}"})
    ids = [str(row["id"]) for row in kept(place)]
    async with place.visitor("participation-officer") as officer:
        await officer.post(QUEUE, {"id": ids[0], "reason": "insult"})
        await officer.post(QUEUE, {"id": ids[1], "reason": "person"})
        answer = await officer.post(QUEUE, {"id": ids[2], "reason": ""})
        assert answer.status_code == 422 and "Kies waarom" in text(answer.text)
        # A decision can be taken anew, but what is erased is gone.
        await officer.post(QUEUE, {"id": ids[0], "reason": "show"})
        assert (await officer.post(QUEUE, {"id": ids[1], "reason": "show"})).status_code == 404
        await officer.post(QUEUE, {"id": ids[0], "reason": "double"})
        assert (await officer.post(QUEUE, {"id": "nobody", "reason": "show"})).status_code == 404
        out = text(await officer.ok(QUEUE + "?state=out"))
    assert "De tekst is gewist." in out and "Antwoord 0" in out
    assert [row["text"] for row in kept(place)] == ["Antwoord 0", "", "Antwoord 2"]
    page = text(await visited(place, QUESTION))
    assert (
        "Antwoord" not in page.replace("Antwoorden", "")
        and "het stond er al" in page
        and "het ging over een persoon" in page
    )


async def test_what_is_not_shown_is_gone_after_its_days(place: Place) -> None:
    await asked(place)
    async with place.visitor() as resident:
        await resident.post(QUESTION, {"text": "Wacht"})
        await resident.post(QUESTION, {"text": "Blijft"})
    place.store.submit(lambda uow: wishes.decide(uow, str(kept(place)[1]["id"]), "")).result()
    place.now += (DAYS + 1) * DAY
    rules: list[RetentionRule] = []
    place.store.submit(lambda uow: uow.retain(rules, 1000)).result()
    assert [row["text"] for row in kept(place)] == ["Blijft"]


async def test_the_answers_of_all_years_stay(place: Place) -> None:
    await asked(place, year="2025", opens="2025-03-01", closes="2025-04-01")
    await asked(place)
    for year, many in ((2025, 60), (2026, 1)):
        made = [
            Wish(f"{year}-{number}", year, f"Uit {year}: {number}", "nl", "", (), NOW, "shown")
            for number in range(many)
        ]
        place.store.submit(lambda uow: [wishes.put(uow, one) for one in made]).result()  # noqa: B023
    page = text(await visited(place, QUESTION + "?year=2025"))
    assert "Uit 2025: 59" in page and "Uit 2025: 0" not in page.splitlines() and "Uit 2026: 0" not in page
    assert "Uit 2025: 0" in text(await visited(place, QUESTION + "?year=2025&from=50")).splitlines()
    assert "Uit 2026: 0" in text(await visited(place, QUESTION + "?year=rubbish&from=-1"))


async def test_nobody_else_asks_or_looks(place: Place) -> None:
    await asked(place)
    async with place.visitor() as resident:
        await resident.post(QUESTION, ANSWER)
    acts = ((PLAN, {**ASK, "stop": "2026"}), (QUEUE, {"id": str(kept(place)[0]["id"]), "reason": "show"}))
    for role in ("", "resident", "innovation-officer", "editor", "data-officer", "administrator"):
        async with place.visitor(role) as visitor:
            for path, fields in acts:
                answer = await visitor.post(path, fields)
                assert answer.status_code in (303, 403) and "sign-in" in answer.headers.get("location", "sign-in"), role
                assert "Meer bomen" not in (await visitor.get(path)).text, role
    assert kept(place)[0]["state"] == "new"


async def test_where_questions_are_not_public_the_officer_is_told(tmp_path: Path) -> None:
    place = Place(tmp_path, closed=True)
    await asked(place)
    async with place.visitor("participation-officer") as officer:
        assert "niet openbaar gemaakt" in text(await officer.ok(PLAN))
    assert "Uw antwoord" not in await visited(place, QUESTION)
    await place.site.compute.stop()
    place.store.close()
