# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of the way to a goal: what was, what is likely and what was promised, in words, as a picture and as data."""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from hanze.goals.journey import foreseen, targets
from hanze.goals.journey.foreseen import Outlook
from hanze.goals.keeping import scores
from hanze.goals.model import SCORE, ScoreFacts, TargetFacts
from hanze.ngsild import operations, times
from hanze.store.base import UnitOfWork
from hanze.web.room import Happening, Room, Visit
from tests.explore.reading import text
from tests.goals.journey.making import months
from tests.goals.journey.place import CITY, NOW, SHORT, TREND, WALK, WHOLE, Place

pytestmark = pytest.mark.anyio

DAY = 86_400_000_000
FORBIDDEN = re.compile(r"urn:|\bNone\b|\d{4}-\d\d-\d\dT|\bnan\b|kpiValue|waste-full|innovation-officer")


def promised(place: Place, year: int, value: float, says: str, *, counts: bool = True, subject: str = TREND) -> None:
    facts = TargetFacts("Full waste containers", subject, year, value, "%", says, "nl", "innovation-officer", counts)
    place.store.submit(lambda uow: targets.write(uow, CITY, facts)).result()


async def read(place: Place, path: str) -> str:
    async with place.visitor() as visitor:
        return await visitor.ok(path)


@pytest.mark.parametrize(
    ("language", "likely"),
    [("en", "What is likely for June 2026: about"), ("nl", "Waarschijnlijk in juni 2026: ongeveer")],
)
async def test_a_trend_has_a_fan_and_says_what_it_is_worth(place: Place, language: str, likely: str) -> None:
    place.measured()
    place.foreseen(TREND)
    page = await read(place, f"/{language}/goals/journey?number=12&show={TREND}")
    said = text(page)
    assert likely in said
    assert page.count('class="band"') == 4 and page.count('class="likely"') == 2
    assert ("16 moments of the past" if language == "en" else "16 momenten in het verleden") in said
    assert not FORBIDDEN.search(said)


async def test_what_wanders_has_no_fan_and_the_page_says_why(place: Place) -> None:
    place.measured()
    place.foreseen(WALK)
    page = await read(place, f"/en/goals/journey?number=11&show={WALK}")
    assert 'class="band"' not in page
    assert "none was clearly better than saying that it stays as it is" in text(page)


async def test_a_short_history_says_how_much_is_missing(place: Place) -> None:
    place.measured()
    said = text(await read(place, f"/en/goals/journey?number=11&show={SHORT}"))
    assert "it takes a history of 12 months without a gap, and there are 6." in said


async def test_promises_stay_when_others_take_their_place(place: Place) -> None:
    place.measured()
    place.now = NOW - 300 * DAY
    promised(place, 2030, 25.0, "Een kwart.")
    place.now = NOW - 100 * DAY
    promised(place, 2030, 20.0, "Een vijfde.")
    promised(place, 2050, 5.0, "Bijna niets.")
    place.now = NOW
    said = text(await read(place, "/nl/goals/journey?number=12"))
    # What the city promised something for is shown first.
    assert "Volle afvalcontainers" in said and "20,0% van de tijd in 2030; 5,0% van de tijd in 2050" in said
    assert said.index("Een kwart.") < said.index("Gold tot de volgende.") < said.index("Een vijfde.")
    promised(place, 2030, 20.0, "Een vijfde.", counts=False)
    page = await read(place, "/nl/goals/journey?number=12")
    assert "Teruggenomen." in text(page) and "20,0% van de tijd in 2030;" not in text(page)
    assert page.count('class="target"') == 2 and page.count('class="was-target"') == 4


async def test_without_a_target_the_scale_of_the_indicator_is_the_line(place: Place) -> None:
    place.measured()
    page = await read(place, f"/en/goals/journey?number=12&show={TREND}")
    assert "The city has set no target for this." in text(page) and 'class="limit"' in page
    assert 'class="needed"' not in page


def scored(place: Place, start: int, score: float) -> None:
    """Of goal 12 in a month."""
    facts = ScoreFacts("Goal 12", "goal-12", WHOLE, score, "yellow", _receipt())
    one = SCORE.entity(scores.id_of(CITY, "goal-12", WHOLE), facts, at=times.text(start))

    def work(uow: UnitOfWork) -> None:
        before = uow.entity("", one.id)
        uow.save(
            "", operations.create(one, uow.stamp) if before is None else operations.replace(before, one, uow.stamp)
        )

    place.store.submit(work).result()


async def test_a_goal_has_the_way_of_its_score(place: Place) -> None:
    for start, score in zip(months("2026-03-10T00:00:00Z", 3), (50.0, 55.0, 61.0), strict=True):
        scored(place, start, score)
    promised(place, 2030, 80.0, "Een acht.", subject="goal-12")
    said = text(await read(place, "/en/goals/journey?number=12"))
    assert "61 of 100 points" in said and "80 of 100 points in 2030" in said


def _receipt() -> dict[str, object]:
    return {
        "plain": 1.0, "low": 1.0, "high": 1.0, "told": 1, "of": 1, "change": None, "compared": 0, "parts": {}, "inputs": "",
        "at": "2026-01-01T00:00:00Z", "code": "0",
    }  # fmt: skip


async def test_earlier_forecasts_stand_beside_what_came(place: Place) -> None:
    place.measured()
    past = [times.text(start) for start in months("2026-02-10T00:00:00Z", 5)]
    told = Outlook(
        "", 3, 20, past[0], past[0], "", "0", 1, 0.4, 0.5, 0.8, 9, tuple(past[1:4]),
        lowest=(0.0, 0.0, 99.0), low=(1.0,) * 3, middle=(30.0,) * 3, high=(98.0,) * 3, highest=(100.0,) * 3,
    )  # fmt: skip
    place.now = NOW - 100 * DAY
    place.store.submit(lambda uow: foreseen.write(uow, CITY, "x", TREND, WHOLE, "%", told)).result()
    place.now = NOW
    place.foreseen(TREND)
    page = await read(place, f"/en/goals/journey?number=12&show={TREND}")
    assert "of 3 numbers that came since, 2 lay in the wide band" in text(page)
    assert page.count('class="old-fan"') == 2


async def test_rooms_tell_what_was_tried_and_learned(tmp_path: Path) -> None:
    def happened(visit: Visit, goal: int) -> Sequence[Happening]:
        return [
            Happening("learned", NOW - DAY, "It worked", visit.address("x")),
            Happening("tried", NOW - 40 * DAY, f"Trial {goal}", visit.address("t")),
        ]  # fmt: skip

    place = Place(tmp_path, Room("goals", (), happened=happened))
    page = await read(place, "/en/goals/journey?number=12")
    said = text(page)
    assert "Trial 12" in said and "It worked" in said and "Nothing was tried yet" not in said
    assert page.count('class="happening"') == 4
    assert "/en/t" in page
    await place.site.compute.stop()
    place.store.close()


async def test_the_same_as_data(place: Place) -> None:
    place.measured()
    place.foreseen(TREND)
    promised(place, 2030, 20.0, "Een vijfde.")
    async with place.visitor() as visitor:
        answer = await visitor.get(f"/en/goals/journey.csv?number=12&show={TREND}")
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        there = (await visitor.get(f"/en/goals/journey.json?number=12&show={TREND}")).json()
    kinds = [row["kind"] for row in rows]
    assert (kinds.count("measured"), kinds.count("foreseen"), kinds.count("promised")) == (24, 4, 1)
    likely = [row for row in rows if row["kind"] == "foreseen"]
    assert all(float(row["lowest"]) <= float(row["low"]) <= float(row["value"]) <= float(row["high"]) for row in likely)
    assert rows[-1]["end"] == "2030-12-31T23:00:00Z" and float(rows[-1]["value"]) == 20.0
    assert len(there) == len(rows)


async def test_an_empty_city_says_what_will_stand_here(place: Place) -> None:
    said = text(await read(place, "/nl/goals/journey?number=4"))
    assert "Er is nog geen getal" in said and "Er is nog niets beloofd" in said and "Er is nog niets geprobeerd" in said
    said = text(await read(place, "/nl/goals/journey"))
    assert "Kwaliteitsonderwijs" in said or "onderwijs" in said


async def test_rubbish_is_told_kindly(place: Place) -> None:
    async with place.visitor() as visitor:
        for asked in ("number=0", "number=18", "number=x", "number=12&show=air-no2-gap'", "number=12&show=goal-3"):
            answer = await visitor.get(f"/en/goals/journey?{asked}")
            assert answer.status_code == 404 and "Traceback" not in answer.text, asked


async def test_what_is_not_public_is_not_told(tmp_path: Path) -> None:
    place = Place(tmp_path, closed=True)
    place.measured()
    place.foreseen(TREND)
    promised(place, 2030, 20.0, "Een geheim.")
    page = await read(place, f"/nl/goals/journey?number=12&show={TREND}")
    assert "Een geheim." not in page and 'class="band"' not in page and 'class="line"' not in page
    await place.site.compute.stop()
    place.store.close()
