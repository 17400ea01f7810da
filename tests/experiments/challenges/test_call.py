# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A call from its first word to the decision, by forms only."""

import pytest

from hanze.access import audit
from hanze.experiments.challenges import deciding, keeping
from hanze.store.scope import EVERYTHING
from tests.experiments.challenges.city import CLOSED, OPEN, City
from tests.explore.reading import text
from tests.goals.journey.place import TREND

pytestmark = pytest.mark.anyio


async def test_from_a_problem_to_a_decision(city: City) -> None:
    city.measured()
    code = await city.published(indicator=TREND)
    one = city.challenge(code)
    assert one.facts.status == "announced" and one.baseline is not None and one.baseline.smallest is not None
    city.moved(OPEN)
    assert await city.look() == 1
    first, second = await city.applied(code, "anne"), await city.applied(code, "berend")
    await city.seated(code, "joost", "jet")
    city.moved(CLOSED)
    await city.look()
    for juror in ("joost", "jet"):
        assert (await city.declared(code, juror)).status_code == 303
        assert (await city.judged(code, juror, first, (5, 3))).status_code == 303
        assert (await city.judged(code, juror, second, (2, 4))).status_code == 303
    async with city.somebody("ina", "innovation-officer") as ina:
        page = text(await ina.ok(f"/nl/jury/decide?id={code}"))
        # 60 * 5/5 + 40 * 3/5, and 60 * 2/5 + 40 * 4/5.
        assert "84,0" in page and "56,0" in page
        fields = {
            "choice0": "chosen",
            "why0": "Het werkt voor iedereen.",
            "choice1": "not",
            "why1": "Te duur voor dit.",
        }
        assert (await ina.post(f"/nl/jury/decide?id={code}", fields)).status_code == 303
    one = city.challenge(code)
    told = deciding.decision(one)
    assert told is not None and one.facts.status == "decided" and told.ordered
    assert [(line.label, line.chosen, line.total) for line in told.lines] == [("A", True, 84.0), ("B", False, 56.0)]
    (solution,) = keeping.solutions(city.store, [told.lines[0].solution], EVERYTHING).values()
    assert (solution.name, solution.offeredBy, solution.builtOn) == (
        "Bak van anne",
        "Firma anne",
        ["OpenWasteMap", "LoRa sensor"],
    )
    async with city.visitor() as anyone:
        page = await anyone.ok(f"/nl/challenge?id={code}")
        assert "Het werkt voor iedereen." in page and "Firma anne" in page and "84,0" in page
        assert "berend" not in page and "Te duur voor dit." in page
        rows = (await anyone.get(f"/nl/challenge.json?id={code}")).json()
    assert [(row["application"], row["criterion"], row["score"]) for row in rows][:2] == [
        ("A", "Werkt voor bewoners", 5.0), ("A", "Weinig energie", 3.0),
    ]  # fmt: skip
    assert "berend" not in str(rows)
    letters = {mail.to: mail.text for mail in city.mails()[-2:]}
    assert "gekozen" in letters["anne@testdam.example"] or "chosen" in letters["anne@testdam.example"]
    assert "Te duur voor dit." in letters["berend@testdam.example"]
    acts = {line.act for line in audit.lines(city.store, limit=100)}
    assert {
        "challenge published",
        "application sent",
        "juror invited",
        "application judged",
        "challenge decided",
    } <= acts
