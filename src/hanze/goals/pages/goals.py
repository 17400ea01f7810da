# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The 17 goals, how the city stands on each, and which neighbourhoods there are."""

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.goals.pages import told, wording
from hanze.goals.pages.told import Score
from hanze.goals.sdsn.marks import Colour
from hanze.web.room import Visit


class Row(msgspec.Struct, frozen=True):
    """One goal. `word` and `trend` are said; `score` is empty where there is none, or too little is known to say how it is."""

    number: int
    name: str
    address: str
    colour: str
    word: str
    score: str
    trend: wording.Trend
    told: int
    of: int


async def answer(visit: Visit) -> Response:
    return HTMLResponse(await visit.site.store.read(lambda: _page(visit)))


def _page(visit: Visit) -> str:
    city = told.city(visit)
    area = told.code_of(city)
    graded = told.graded(visit, [f"goal-{number}" for number in wording.GOALS], [area])
    rows = [row(visit, number, graded.get((f"goal-{number}", area))) for number in wording.GOALS]
    return visit.html("goals/goals.html", rows=rows, simulated=any(one.receipt.simulated for one in graded.values()))


def row(visit: Visit, number: int, score: Score | None) -> Row:
    of = len(told.known(visit).of_goal(number))
    facts, receipt = (None, None) if score is None else (score.facts, score.receipt)
    colour: Colour = score.colour if score else "gray"
    return Row(
        number, visit.language.say(wording.GOALS[number]), visit.address("goals/goal", number=str(number)), colour,
        visit.language.say(wording.COLOURS[colour]),
        "" if facts is None or facts.score is None or colour == "gray" else visit.language.words.fixed(facts.score, 0),
        wording.trend(receipt.change if receipt else None), receipt.told if receipt else 0, receipt.of if receipt else of,
    )  # fmt: skip
