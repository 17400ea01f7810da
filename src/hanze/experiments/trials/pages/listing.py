# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The public register of trials: by state, goal and verdict; what failed stands there as what worked does."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.experiments.model import EXPERIMENT
from hanze.experiments.trials import keeping
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.pages import common, verdicts
from hanze.explore import data
from hanze.goals.pages import told
from hanze.goals.subjects import GOALS
from hanze.web.language import mark as _
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit
from hanze.web.tables import Facet

PATH, FORMATS = common.TRIALS, ("csv", "json", "parquet")

COLUMNS = (
    "trial", "name", "question", "status", "area", "starts", "sunset", "ended", "verdict", "goals", "simulated",
)  # fmt: skip

PHASES: dict[str, tuple[str, frozenset[str]]] = {
    "coming": (_("To come"), frozenset({"preparing", "registered"})),
    "running": (_("Running"), frozenset({"running"})),
    "over": (_("Over"), frozenset({"stopped", "ended", "evaluated", "closed"})),
}
"""By what the address says: what a page calls it, and the states."""


class Line(msgspec.Struct, frozen=True):
    """`verdict`: in one line, empty before it; `about`: its question; `when`: place and days."""

    name: str
    address: str
    about: str
    status: str
    verdict: str
    when: str


async def answer(visit: Visit) -> Response:
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def _answer(visit: Visit) -> Response | Rows:
    visit.site.access.note_read(visit.principal, "", (EXPERIMENT.iri,))
    every = keeping.every(visit.site.store, visit.scope)
    found = [one for one in every if _asked(visit, one)]
    if visit.format:
        return data.records(map(record, found), COLUMNS, visit.format)
    values: dict[str, Any] = {
        "every": every, "lines": lines(visit, found), "facets": _facets(visit, every),
        "opens": visit.address("trials/new") if common.runs(visit) else "", "query": visit.query,
        "simulated": any(one.facts.simulated for one in found),
    }  # fmt: skip
    return HTMLResponse(visit.html("experiments/trials/list.html", **values))


def _asked(visit: Visit, one: Trial) -> bool:
    phase, verdict, goal = visit.asked("phase"), visit.asked("verdict"), visit.asked("goal")
    return (
        (phase not in PHASES or one.status in PHASES[phase][1])
        and (verdict not in common.VERDICTS or one.facts.verdict == verdict)
        and (not goal or goal in map(str, one.facts.goals or ()))
    )


def lines(visit: Visit, found: Sequence[Trial]) -> list[Line]:
    """In the order that is given."""
    areas = told.several(visit, {one.facts.area for one in found if one.facts.area})
    names = {code: one.name for code, one in areas.items()}
    return [_line(visit, one, names.get(one.facts.area, "")) for one in found]


def _line(visit: Visit, one: Trial, area: str) -> Line:
    judged = verdicts.told(visit, one)
    say = visit.language.say
    verdict = "" if judged is None else f"{judged.word}{': ' + judged.size if judged.size else ''}"
    when = [area, *((common.day(visit, one.facts.starts),) if one.facts.starts else ())]
    address = visit.address(common.TRIAL, id=one.code)
    return Line(
        one.facts.name,
        address,
        one.facts.question,
        say(keeping.WORDS[one.status]),
        verdict,
        ", ".join(filter(None, when)),
    )


def _facets(visit: Visit, every: Sequence[Trial]) -> list[tuple[str, list[Facet]]]:
    """Ways to see fewer, of which each leads to something."""
    say = visit.language.say
    goals = sorted({goal for one in every for goal in one.facts.goals or () if goal in GOALS})
    found = [
        (say(_("How far")), _each(visit, "phase", every, ((key, say(text)) for key, (text, _states) in PHASES.items()))),
        (say(_("What came of it")), _each(visit, "verdict", every, ((one, say(verdicts.WORDS[one])) for one in common.VERDICTS))),
        (say(_("Goal")), _each(visit, "goal", every, ((str(one), f"{one}. {say(GOALS[one])}") for one in goals))),
    ]  # fmt: skip
    return [(title, facets) for title, facets in found if facets]


def _each(visit: Visit, name: str, every: Sequence[Trial], offered: Iterable[tuple[str, str]]) -> list[Facet]:
    facets, kept = [], {one: visit.asked(one) for one in ("phase", "verdict", "goal") if one != name}
    for key, text in offered:
        count = sum(_is(one, name, key) for one in every)
        here = visit.asked(name) == key
        if count or here:
            facets.append(Facet(text, count, visit.address(PATH, **kept, **({} if here else {name: key})), here))
    return facets


def _is(one: Trial, name: str, key: str) -> bool:
    if name == "phase":
        return one.status in PHASES[key][1]
    return one.facts.verdict == key if name == "verdict" else key in map(str, one.facts.goals or ())


def record(one: Trial) -> dict[str, object]:
    """A trial as a row of data."""
    facts = one.facts
    return {
        "trial": one.code, "name": facts.name, "question": facts.question, "status": facts.status, "area": facts.area,
        "starts": facts.starts, "sunset": facts.sunset, "ended": facts.ended, "verdict": facts.verdict,
        "goals": " ".join(map(str, facts.goals or ())), "simulated": bool(facts.simulated),
    }  # fmt: skip
