# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of the way to a goal: what was promised, tried, learned and changed, on one line of time; and the list of all goals."""

from functools import partial

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.errors import ResourceNotFound
from hanze.goals.journey import questions, targets
from hanze.goals.journey import subject as subjects
from hanze.goals.journey import way as ways
from hanze.goals.journey.pages import files, picture, sayings
from hanze.goals.journey.pages.targeting import SETTERS
from hanze.goals.journey.subject import Subject
from hanze.goals.pages import goal as goals
from hanze.goals.pages import told
from hanze.goals.subjects import GOALS
from hanze.ngsild.checks import shown
from hanze.web.drawing.times import local
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit

PATH = "goals/journey"


class Row(msgspec.Struct, frozen=True):
    """One goal in the list. `promised`: how many targets count."""

    number: int
    name: str
    address: str
    promised: int


async def answer(visit: Visit) -> Response:
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def _answer(visit: Visit) -> Response | Rows:
    if not visit.asked("number"):
        if visit.format:
            raise ResourceNotFound("Give the number of a goal, from 1 to 17.")
        return HTMLResponse(visit.html("goals/journey/all.html", rows=_rows(visit), question=_question(visit)))
    number = goals.asked(visit)
    offered = subjects.of_goal(told.known(visit), number)
    way = ways.read(visit, _chosen(visit, offered))
    if visit.format:
        return files.way(visit, way)
    return HTMLResponse(visit.html("goals/journey/one.html", **_values(visit, number, offered, way)))


def _rows(visit: Visit) -> list[Row]:
    known = told.known(visit)
    rows = []
    for number, name in GOALS.items():
        codes = [one.code for one in subjects.of_goal(known, number)]
        count = sum(one.counts for one in targets.read(visit.site.store, visit.scope, codes))
        rows.append(Row(number, visit.language.say(name), visit.address(PATH, number=str(number)), count))
    return rows


def _chosen(visit: Visit, offered: list[Subject]) -> Subject:
    """What the address asks for; else what the city promised something for, or what is measured. Errors: ResourceNotFound."""
    asked = visit.asked("show")
    if asked:
        found = next((one for one in offered if one.code == asked), None)
        if found is None:
            raise ResourceNotFound(f"There is no {shown(asked)} at this goal.")
        return found
    promised = targets.read(visit.site.store, visit.scope, [one.code for one in offered])
    counting = {one.subject for one in promised if one.counts}
    city = told.city(visit)
    area = told.code_of(city)
    measured = {
        code
        for (code, _), one in told.found(visit, [one.code for one in offered], [area]).items()
        if one.value is not None
    }
    return min(offered, key=lambda one: (one.code not in counting, one.code not in measured))


def _values(visit: Visit, number: int, offered: list[Subject], way: ways.Way) -> dict[str, object]:
    language = visit.language
    promises = sayings.promises(visit, way)
    happened = visit.site.happened(visit, number)
    return {
        "number": number, "goal": language.say(GOALS[number]), "name": way.subject.name(language),
        "says": way.subject.one.says[language.code] if way.subject.one else "",
        "offered": [(one.code, one.name(language), one.code == way.subject.code) for one in offered], "show": way.subject.code,
        "simulated": way.simulated, "steps": way.steps, "now": sayings.now(visit, way), "aims": sayings.aims(visit, way),
        "line": sayings.line(visit, way), "pictures": picture.pictures(visit, way, promises, happened),
        "table_of": picture.table(visit, way), "foreseen": sayings.foreseen(visit, way), "came": sayings.came(visit, way),
        "promises": promises, "tried": sayings.happened(visit, happened, "tried"),
        "learned": sayings.happened(visit, happened, "learned"), "question": _question(visit),
        "setter": visit.has_role(SETTERS), "asked": {"number": str(number), "show": way.subject.code},
    }  # fmt: skip


def _question(visit: Visit) -> bool:
    """A question to residents can be answered today."""
    today = local(visit.now, visit.site.zone).date()
    return questions.open_one(questions.read(visit.site.store, visit.scope), today) is not None
