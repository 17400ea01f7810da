# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which a plan is drawn or changed."""

import hashlib
from functools import partial

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.access import audit
from hanze.errors import CalculationFailed, ResourceNotFound, Unavailable
from hanze.goals.keeping import plans
from hanze.goals.keeping.plans import Plan
from hanze.goals.model import PlanFacts
from hanze.goals.pages import told
from hanze.goals.pages.plans import asking, showing
from hanze.goals.pages.told import Place
from hanze.goals.plans.effects import Sketch
from hanze.goals.plans.job import Job, Outcome, reaches, run
from hanze.ngsild.checks import shown
from hanze.store.base import UnitOfWork
from hanze.web import background
from hanze.web.forms import Filled
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH = "goals/plan/draw"

MADE, CHANGED = "plan drawn", "plan changed"
"""Acts of the audit."""

SECONDS = 20.0
"""So long a person waits for what would come of it; else the node works it out later."""

LATE = _("Somebody changed this plan meanwhile. Look at its page, and change it again.")


async def answer(visit: Visit) -> Response:
    """The form, filled with what is there. Errors: ResourceNotFound."""
    return await visit.site.store.read(partial(_answer, visit))


def _answer(visit: Visit) -> Response:
    before, places = _before(visit), told.places(visit)
    asked = asking.form(places, there=before is not None)
    return _page(
        visit, asked.empty({"status": "idea"} if before is None else asking.answers(before, _seen(before))), places
    )


def _before(visit: Visit) -> Plan | None:
    """The plan that is changed; None for a new one. Errors: ResourceNotFound."""
    code = visit.asked("id")
    if not code:
        return None
    found = plans.find(visit.site.store, told.known(visit).city, code, visit.scope)
    if found is None:
        raise ResourceNotFound(f"There is no plan {shown(code)} here.")
    return found


def _seen(plan: Plan) -> str:
    """What the plan was when the form was made: two people may change it at the same time."""
    facts = msgspec.structs.replace(plan.facts, effects=None)
    return hashlib.sha256(msgspec.json.encode((facts, plan.geometry))).hexdigest()


def _page(visit: Visit, filled: Filled, places: list[Place], status: int = 200) -> Response:
    shapes = [
        shapely.geometry.shape(one.geometry) for one in places if one.geometry is not None and not one.facts.parent
    ]
    code = visit.asked("id")
    values = {
        "filled": filled, "code": code, "action": visit.address(PATH, id=code),
        "back": visit.address(showing.PATH, id=code) if code else visit.address("goals/plans"),
        "box": ",".join(f"{side:.5f}" for side in shapely.total_bounds(shapes).tolist()) if shapes else "",
        "background": background.address(visit.site.background),
    }  # fmt: skip
    return HTMLResponse(visit.html("goals/plans/draw.html", **values), status)


async def take(visit: Visit, data: FormData) -> Response:
    """Keeps the plan, with what would come of it where that is soon known."""
    store = visit.site.store
    before, places = await store.read(lambda: (_before(visit), told.places(visit)))
    filled = asking.form(places, there=before is not None).read(data)
    shape = await _shape(filled, places, before)
    if shape is None or not filled.good:
        return await store.read(partial(_page, visit, filled, places, 422))
    facts = asking.facts(visit, filled)
    outcome = await _outcome(visit, facts, shape)
    if outcome is not None and places and not outcome.effects.surface:
        filled.fail("corners", _("This lies outside of the city. First comes east, then north."))
        return await store.read(partial(_page, visit, filled, places, 422))
    code = await store.write(partial(_keep, visit, facts, shape, outcome, filled["seen"]))
    if not code:
        return await store.read(partial(_page, visit, filled.fail("", LATE), places, 409))
    return RedirectResponse(visit.address(showing.PATH, id=code), 303)


async def _shape(filled: Filled, places: list[Place], before: Plan | None) -> BaseGeometry | None:
    file = filled.files.get("file")
    body = b"" if file is None else await file.read(asking.MOST_BYTES + 1)
    if len(body) > asking.MOST_BYTES:
        filled.fail("file", _("The file has more than 4 MB. Make its lines simpler, or leave parts out."))
        return None
    return asking.shape(filled, body, places, before)


async def _outcome(visit: Visit, facts: PlanFacts, shape: BaseGeometry) -> Outcome | None:
    """None where it takes too long; the node works it out later (hanze.goals.plans.runner)."""
    sketch = Sketch(shape, facts.use, facts.leastHomes, facts.mostHomes)
    job = Job(visit.site.store.looking(), visit.now, reaches(told.known(visit).indicators), {"plan": sketch})
    try:
        return (await visit.site.compute.run(run, job, seconds=SECONDS, asker=visit.asker))["plan"]
    except (CalculationFailed, Unavailable):
        return None


def _keep(
    visit: Visit, facts: PlanFacts, shape: BaseGeometry, outcome: Outcome | None, seen: str, uow: UnitOfWork
) -> str:
    """The code of the plan; empty where it was changed by somebody else, and nothing is written."""
    city, code = told.known(visit).city, visit.asked("id")
    if code:
        entity = uow.entity("", plans.id_of(city, code))
        if entity is None or _seen(before := plans.plan_of(entity)) != seen:
            return ""
        facts = msgspec.structs.replace(facts, simulated=before.facts.simulated)
    else:
        code = plans.free(uow, city, facts.name)
    plans.write(uow, city, code, facts, shape, outcome)
    audit.note(uow, visit.principal.id, CHANGED if visit.asked("id") else MADE, plans.id_of(city, code))
    return code
