# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of all challenges, to be filtered by how far they are and by goal; the same as data and as Atom."""

from functools import partial
from typing import get_args

from starlette.responses import HTMLResponse, Response

from hanze.errors import BadRequestData
from hanze.experiments.challenges import atom, keeping, matching
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.matching import Wanted
from hanze.experiments.challenges.pages import shared
from hanze.experiments.challenges.phases import PHASES, WORDS, Phase
from hanze.experiments.model import CHALLENGE
from hanze.experiments.organisations.keeping import Kind, Locality, Size
from hanze.explore import data
from hanze.goals.subjects import GOALS
from hanze.ngsild.checks import shown
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit
from hanze.web.tables import Facet

PATH = "challenges"

FORMATS = ("csv", "json", "parquet", "atom")
COLUMNS = (
    "challenge",
    "name",
    "phase",
    "opens",
    "closes",
    "decided",
    "area",
    "targets",
    "budget",
    "places",
    "simulated",
)


async def answer(visit: Visit) -> Response:
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def _answer(visit: Visit) -> Response | Rows:
    visit.site.access.note_read(visit.principal, "", (CHALLENGE.iri,))
    every = keeping.read(visit.site.store, visit.scope)
    found = [one for one in every if _fits(visit, one)]
    if visit.format == "atom":
        return atom.feed(visit, found)
    if visit.format:
        return data.records([_record(visit, one) for one in found], COLUMNS, visit.format)
    order: tuple[Phase, ...] = ("open", "announced", "judging", "decided", "withdrawn")
    lines = sorted((shared.line(visit, one) for one in found), key=lambda one: order.index(one.phase))
    asked = {name: visit.asked(name) for name in ("phase", "goal", "kind", "size", "place")}
    values = {
        "lines": lines, "any": bool(every), "phases": _phases(visit, every), "goals": _goals(visit, every),
        "opens": visit.address("challenges/new") if visit.has_role(shared.OFFICERS) else "",
        "simulated": any(one.facts.simulated for one in found), "asked": asked,
        "figures": any(one.facts.status == "decided" for one in every),
    }  # fmt: skip
    return HTMLResponse(visit.html("experiments/challenges/list.html", **values))


def _fits(visit: Visit, one: Challenge) -> bool:
    """What the address asks for. Errors: BadRequestData where it asks for what there is not."""
    phase, goal = _one(visit, "phase", PHASES), _one(visit, "goal", tuple(map(str, GOALS)))
    kind, size, place = (
        _one(visit, name, get_args(values)) for name, values in (("kind", Kind), ("size", Size), ("place", Locality))
    )
    wanted = Wanted(kind=kind, size=size, place=place)  # type: ignore[arg-type]
    about = matching.goals(one.facts.targets or ())
    return (
        (not phase or one.phase(shared.today(visit)) == phase)
        and (not goal or int(goal) in about)
        and matching.fits(one.call.rules, (), wanted)
    )


def _one(visit: Visit, name: str, values: tuple[str, ...]) -> str:
    asked = visit.asked(name)
    if asked and asked not in values:
        raise BadRequestData(f"{name} is {shown(asked)}; give one of {', '.join(values)}.")
    return asked


def _phases(visit: Visit, every: list[Challenge]) -> list[Facet]:
    there = [one.phase(shared.today(visit)) for one in every]
    return [
        _facet(visit, "phase", one, visit.language.say(WORDS[one]), there.count(one)) for one in PHASES if one in there
    ]


def _goals(visit: Visit, every: list[Challenge]) -> list[Facet]:
    there = [goal for one in every for goal in matching.goals(one.facts.targets or ())]
    return [
        _facet(visit, "goal", str(number), f"{number}. {visit.language.say(name)}", there.count(number))
        for number, name in GOALS.items()
        if number in there
    ]


def _facet(visit: Visit, name: str, value: str, text: str, count: int) -> Facet:
    here = visit.asked(name) == value
    others = {each: visit.asked(each) for each in ("phase", "goal", "kind", "size", "place") if each != name}
    return Facet(text, count, visit.address(PATH, **others, **({} if here else {name: value})), here)


def _record(visit: Visit, one: Challenge) -> data.Record:
    facts, call = one.facts, one.call
    return {
        "challenge": one.code, "name": facts.name, "phase": one.phase(shared.today(visit)), "opens": facts.opens,
        "closes": facts.closes, "decided": call.decided, "area": facts.area, "targets": " ".join(facts.targets or ()),
        "budget": call.budget, "places": call.places, "simulated": bool(facts.simulated),
    }  # fmt: skip
