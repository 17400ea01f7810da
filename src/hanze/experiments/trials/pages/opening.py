# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which a trial is opened, for a solution, a challenge, or nothing that was there before."""

from functools import partial

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.access import audit
from hanze.experiments.model import (
    AGREEMENT,
    CHALLENGE,
    EXPERIMENT,
    SOLUTION,
    ChallengeFacts,
    ExperimentFacts,
    SolutionFacts,
)
from hanze.experiments.trials import keeping
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.pages import common, offers
from hanze.explore import places
from hanze.goals.journey.pages import officers
from hanze.goals.pages import told
from hanze.goals.subjects import GOALS
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.base import UnitOfWork
from hanze.store.every import every
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH = "trials/new"

OPENED = "open trial"
"""An act of the audit."""


def _form(visit: Visit) -> Form:
    goals = tuple(Choice(str(number), f"{number}. {visit.language.say(name)}") for number, name in GOALS.items())
    return Form(
        (
            Field(name="name", label=_("Name of the trial"), longest=100),
            Field(
                name="question", label=_("What do you want to learn?"), longest=300,
                help=_("One question that can be answered."),
            ),
            Field(name="description", label=_("What is done?"), kind="area", longest=3000, help=_("In plain words, for everyone.")),
            Field(name="area", label=_("In which area"), kind="choice", required=False, choices=offers.areas(visit)),
            Field(name="goals", label=_("Which goals is it for?"), kind="options", required=False, choices=goals),
            _linked("about", _("What it answers"), visit, CHALLENGE.iri),
            _linked("solution", _("The solution that is tried"), visit, SOLUTION.iri),
            _linked("agreement", _("The data agreement that goes with it"), visit, AGREEMENT.iri),
        ),
        _("Open this trial"),
    )  # fmt: skip


def _linked(name: str, label: str, visit: Visit, type: str) -> Field:
    found = every(visit.site.store, EntitySelection(types=TypeIs(type)), visit.scope)
    there = tuple(Choice(one.id, places.name(one)) for one in found)
    if not there:
        return Field(name=name, label="", kind="hidden", required=False, longest=300)
    return Field(name=name, label=label, kind="choice", required=False, choices=there)


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(lambda: _page(visit, _form(visit).empty(_known(visit))))


def _known(visit: Visit) -> dict[str, str | list[str]]:
    """What follows from the thing that the trial is opened for: a challenge, or a solution of one."""
    id = visit.asked("about")
    entity = visit.site.store.get("", id, visit.scope) if id.startswith("urn:") else None
    if entity is None:
        return {}
    if SOLUTION.iri in entity.types:
        solution = SOLUTION.facts_of(entity, SolutionFacts)
        found = {
            "solution": id,
            "about": solution.inResponseTo,
            "name": solution.name,
            "description": solution.description,
        }
        entity = visit.site.store.get("", solution.inResponseTo, visit.scope) if solution.inResponseTo else None
    else:
        found = {"about": id}
    if entity is None or CHALLENGE.iri not in entity.types:
        return dict(found)
    challenge = CHALLENGE.facts_of(entity, ChallengeFacts)
    return {**found, "area": challenge.area, "goals": [str(goal) for goal in goals_of(visit, challenge)]}


def goals_of(visit: Visit, challenge: ChallengeFacts) -> list[int]:
    """Of its targets, and of the indicator that has to get better."""
    targets = [one.partition(".")[0] for one in challenge.targets or []]
    found = {int(one) for one in targets if one.isdecimal() and int(one) in GOALS}
    one = told.known(visit).indicators.get(challenge.indicator)
    return sorted(found | (set(one.goals) if one else set()))


def _page(visit: Visit, filled: Filled) -> Response:
    values = {"filled": filled, "hidden": not officers.readable(visit, EXPERIMENT)}
    return HTMLResponse(visit.html("experiments/trials/new.html", **values), 200 if filled.good else 422)


async def take(visit: Visit, data: FormData) -> Response:
    form = await visit.site.store.read(lambda: _form(visit))
    filled = form.read(data)
    if not filled.good:
        return await visit.site.store.read(lambda: _page(visit, filled))
    code = await visit.site.store.write(partial(_open, visit, filled))
    return RedirectResponse(visit.address("trial/plan", id=code), 303)


def _open(visit: Visit, filled: Filled, uow: UnitOfWork) -> str:
    code = keeping.free(uow, common.city(visit), filled["name"])
    facts = ExperimentFacts(
        filled["name"], filled["question"], filled["description"], visit.language.code, "preparing", area=filled["area"],
        solution=filled["solution"], agreement=filled["agreement"], inResponseTo=filled["about"],
        goals=list(map(int, filled.all("goals"))) or None, madeBy=common.by(visit).name,
    )  # fmt: skip
    keeping.write(uow, common.city(visit), Trial(code, facts, _location(visit, filled["area"])))
    audit.note(uow, visit.principal.id, OPENED, keeping.id_of(common.city(visit), code))
    return code


def _location(visit: Visit, area: str) -> dict[str, object] | None:
    found = told.several(visit, [area]).get(area) if area else None
    return None if found is None else found.geometry
