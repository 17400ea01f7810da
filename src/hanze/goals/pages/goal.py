# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of one goal: how the city stands, why, where it is best and worst, what is done, and what a visitor can do."""

from collections.abc import Sequence

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.errors import ResourceNotFound
from hanze.goals.indicators.definition import Definition
from hanze.goals.keeping import scores
from hanze.goals.pages import goals, numbers, told, wording
from hanze.goals.pages.numbers import Number
from hanze.goals.pages.told import Place, Score
from hanze.ngsild.checks import shown
from hanze.web.room import Visit

PATH = "goals/goal"


class Line(msgspec.Struct, frozen=True):
    """An indicator of the goal."""

    name: str
    address: str
    number: Number
    waits: str


class End(msgspec.Struct, frozen=True):
    """The best or the worst neighbourhood."""

    name: str
    address: str
    score: str
    colour: str
    word: str


async def answer(visit: Visit) -> Response:
    return HTMLResponse(await visit.site.store.read(lambda: _page(visit)))


def asked(visit: Visit) -> int:
    """The goal that the address names. Errors: ResourceNotFound."""
    given = visit.asked("number")
    if not given.isascii() or not given.isdigit() or int(given) not in wording.GOALS:
        raise ResourceNotFound(f"There is no goal {shown(given)}; give a number from 1 to 17.")
    return int(given)


def _page(visit: Visit) -> str:
    goal, known = asked(visit), told.known(visit)
    city = told.city(visit)
    area = told.code_of(city)
    subject = f"goal-{goal}"
    found = told.found(visit, [one.code for one in known.of_goal(goal)], [area])
    lines = _lines(visit, known.of_goal(goal), area, found)
    ends = _ends(visit, subject, told.within(visit, city)) if city else []
    values = {
        "row": goals.row(visit, goal, told.graded(visit, [subject], [area]).get((subject, area))),
        "asks": visit.language.say(wording.ASKS[goal]),
        "known": [line for line in lines if line.number.told],
        "unknown": [line for line in lines if not line.number.told],
        "ends": ends,
        "simulated": any(one.receipt.simulated for one in found.values()),
        "follow": visit.address("follow", thing=scores.id_of(known.city, subject, area)),
    }
    return visit.html("goals/goal.html", **values)


def _lines(visit: Visit, definitions: Sequence[Definition], area: str, found: told.Found) -> list[Line]:
    """The worst first, for there something has to be done."""
    code = visit.language.code
    lines = [
        Line(
            one.name[code], visit.address("goals/indicator", code=one.code),
            numbers.number(visit, one, found.get((one.code, area))), one.waits[code] if one.waits else "",
        )
        for one in definitions
    ]  # fmt: skip
    order = ("red", "orange", "yellow", "green", "gray")
    return sorted(lines, key=lambda line: (order.index(line.number.colour), line.name.casefold()))


def _ends(visit: Visit, subject: str, areas: Sequence[Place]) -> list[End]:
    """The best and the worst of the areas of which enough is known; empty where they do not differ."""
    found = told.graded(visit, [subject], [area.code for area in areas])
    scored = [(one.facts.score, area, one) for area in areas if (one := found.get((subject, area.code))) is not None]
    there = [(score, area, one) for score, area, one in scored if score is not None and one.colour != "gray"]
    if len(there) < 2:
        return []
    best, worst = max(there, key=lambda one: one[0]), min(there, key=lambda one: one[0])
    return [] if best[0] == worst[0] else [_end(visit, area, one) for _, area, one in (best, worst)]


def _end(visit: Visit, area: Place, score: Score) -> End:
    return End(
        area.name, visit.address("goals/area", code=area.code), visit.language.words.fixed(score.facts.score or 0.0, 0),
        score.colour, visit.language.say(wording.COLOURS[score.colour]),
    )  # fmt: skip
