# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Targets are set and taken back by form, by who may, with a line in the audit and nothing lost."""

import pytest

from hanze.access import audit
from hanze.goals.journey import targets
from hanze.store.scope import EVERYTHING
from tests.explore.reading import text
from tests.goals.journey.place import TREND, Place

pytestmark = pytest.mark.anyio

GOOD = {"subject": TREND, "year": "2030", "target": "20,5", "says": "Nog een vijfde <b>."}
FORM = "/nl/goals/journey/target"


def kept(place: Place) -> list[targets.Target]:
    return targets.read(place.store, EVERYTHING, [TREND, "goal-11"])


@pytest.mark.parametrize("role", ["innovation-officer", "editor"])
async def test_an_officer_sets_a_target_and_changes_it(place: Place, role: str) -> None:
    async with place.visitor(role) as visitor:
        answer = await visitor.post(FORM, GOOD)
        assert answer.status_code == 303 and answer.headers["location"] == f"/nl/goals/journey?number=11&show={TREND}"
        place.now += 1_000_000
        assert "20,5" in await visitor.ok(f"{FORM}?subject={TREND}&year=2030")
        await visitor.post(FORM, {**GOOD, "target": "18"})
        page = await visitor.ok(answer.headers["location"])
    (one,) = kept(place)
    assert [promise.target for promise in one.promises] == [20.5, 18.0]
    assert {promise.role for promise in one.promises} == {role} and one.newest.language == "nl"
    assert "Nog een vijfde &lt;b&gt;." in page
    lines = audit.lines(place.store, limit=10)
    assert [line.act for line in lines if line.act == "set target"] == ["set target"] * 2
    assert lines[0].principal.startswith("person:") and lines[0].detail == {"target": 18.0}


async def test_it_is_taken_back_and_stays_to_be_read(place: Place) -> None:
    async with place.visitor("editor") as visitor:
        await visitor.post(FORM, GOOD)
        place.now += 1_000_000
        answer = await visitor.post(FORM, {"back": f"{TREND}/2030"})
        assert answer.status_code == 303
        assert (await visitor.post(FORM, {"back": f"{TREND}/2031"})).status_code == 404
        assert (await visitor.post(FORM, {"back": "x"})).status_code == 404
        assert (await visitor.post(FORM, {"back": f"{TREND}/x"})).status_code == 400
    (one,) = kept(place)
    assert not one.counts and len(one.promises) == 2
    assert audit.lines(place.store, limit=1)[0].act == "take target back"


async def test_a_goal_has_points(place: Place) -> None:
    async with place.visitor("editor") as visitor:
        answer = await visitor.post(FORM, {**GOOD, "subject": "goal-11", "target": "101"})
        assert answer.status_code == 422 and "Dit gaat van 0 tot 100." in answer.text
        assert (await visitor.post(FORM, {**GOOD, "subject": "goal-11", "target": "75"})).status_code == 303
    assert kept(place)[0].unit == "1"


WRONG = (
    ({"year": "2025"}, "Geef een jaar van nu tot 2100"),
    ({"year": "2101"}, "Geef een jaar"),
    ({"year": "²"}, "Geef een jaar"),
    ({"target": "veel"}, "Dit is geen getal"),
    ({"target": "nan"}, "Dit is geen getal"),
    ({"target": "9" * 400}, "Dit is te lang."),
    ({"target": "-3"}, "Dit gaat van 0 tot 100."),
    ({"subject": "x"}, "Kies een van de antwoorden."),
    ({"says": ""}, "Vul dit in."),
    ({"says": "x" * 301}, "Dit is te lang."),
)


async def test_what_is_wrong_stands_beside_the_field_and_nothing_is_lost(place: Place) -> None:
    async with place.visitor("innovation-officer") as visitor:
        for wrong, told in WRONG:
            answer = await visitor.post(FORM, {**GOOD, **wrong})
            assert answer.status_code == 422 and told in text(answer.text), wrong
            assert ("Nog een vijfde &lt;b&gt;." in answer.text) == ("says" not in wrong), wrong
    assert kept(place) == []


async def test_nobody_else_sets_one(place: Place) -> None:
    for role in ("", "resident", "partner", "participation-officer", "data-officer", "administrator"):
        async with place.visitor(role) as visitor:
            answer = await visitor.post(FORM, GOOD)
            assert answer.status_code in (303, 403) and "sign-in" in answer.headers.get("location", "sign-in"), role
            assert "Leg een streefwaarde vast" not in await visitor.ok("/nl/goals/journey?number=12"), role
    assert kept(place) == []


async def test_a_form_of_another_site_is_refused(place: Place) -> None:
    async with place.visitor("editor") as visitor:
        answer = await visitor.client.post(FORM, data={**GOOD, "form-token": "x.y"})
    assert answer.status_code == 403 and kept(place) == []
