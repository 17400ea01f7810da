# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages on which a challenge is written, in three steps, and a public one is changed."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.errors import HanzeError, ResourceNotFound
from hanze.experiments.challenges import baseline, drafts, keeping, phases
from hanze.experiments.challenges.baseline import Job
from hanze.experiments.challenges.call import Baseline
from hanze.experiments.challenges.drafts import Draft
from hanze.experiments.challenges.pages import asking, shared
from hanze.experiments.challenges.pages.asking import STEPS, TITLES
from hanze.experiments.challenges.vaults import DRAFTS
from hanze.goals.keeping import plans
from hanze.goals.model import AREA, PLAN, VALUE, AreaFacts, ValueFacts
from hanze.goals.pages import told
from hanze.goals.pages.told import Place
from hanze.store.base import UnitOfWork
from hanze.web.forms import Filled
from hanze.web.room import Visit

NEW, EDIT = "challenges/new", "challenges/edit"

OVERVIEW = "challenges/draft"

SECONDS = 20.0


class Before(msgspec.Struct, frozen=True):
    """What is there already. `code`: empty for a new one; `changed`: it is public, and `what` says what changes."""

    code: str
    draft: Draft
    changed: bool = False
    what: str = ""


async def new(visit: Visit) -> Response:
    return await visit.site.store.read(lambda: _page(visit, _begun(visit), None))


async def edit(visit: Visit) -> Response:
    return await visit.site.store.read(lambda: _page(visit, _before(visit), None))


def _step(visit: Visit) -> str:
    return next((one for one in STEPS if one == visit.asked("step")), STEPS[0])


def _begun(visit: Visit) -> Before:
    """A new challenge, of what it is opened for (`about`): the value of an indicator, an area, a plan."""
    draft, about = asking.usual(visit), visit.asked("about")
    entity = visit.site.store.get("", about, visit.scope) if about else None
    if entity is None:
        return Before("", draft)
    if VALUE.iri in entity.types:
        value = VALUE.facts_of(entity, ValueFacts)
        draft = msgspec.structs.replace(draft, indicator=value.indicator, area=value.area)
    elif AREA.iri in entity.types:
        draft = msgspec.structs.replace(draft, area=AREA.facts_of(entity, AreaFacts).code)
    elif PLAN.iri in entity.types:
        plan = plans.plan_of(entity)
        draft = msgspec.structs.replace(draft, description=plan.facts.description)
    return Before("", msgspec.structs.replace(draft, about=about))


def _before(visit: Visit) -> Before:
    """A draft, or a public challenge that is to be changed. Errors: ResourceNotFound, Conflict where it has closed."""
    code, store = visit.asked("id"), visit.site.store
    kept = drafts.find(store.vault(DRAFTS), code)
    public = store.get("", keeping.id_of(shared.city(visit), code), visit.scope) if code else None
    if kept is not None:
        return Before(code, kept.draft, public is not None, kept.what)
    if public is None:
        raise ResourceNotFound("There is no such challenge here.")
    one = keeping.challenge_of(public)
    phases.demand("change", one.phase(shared.today(visit)))
    return Before(code, drafts.of(one), True)


def _page(visit: Visit, before: Before, filled: Filled | None, status: int = 200) -> Response:
    step, places = _step(visit), told.places(visit)
    if filled is None:
        made = asking.form(visit, step, places, changed=before.changed)
        filled = made.empty(asking.answers(before.draft, before.what))
    code = before.code
    steps = [
        (visit.language.say(title), visit.address(EDIT, id=code, step=one) if code else "", one == step)
        for one, title in TITLES.items()
    ]
    about = {} if code else {"about": visit.asked("about")}
    values: dict[str, Any] = {
        "filled": filled, "steps": steps, "number": STEPS.index(step) + 1, "of": len(STEPS), "changed": before.changed,
        "name": before.draft.name, "action": visit.address(EDIT if code else NEW, id=code, step=step, **about),
        "back": visit.address(OVERVIEW, id=code) if code else visit.address("challenges"),
    }  # fmt: skip
    return HTMLResponse(visit.html("experiments/challenges/write.html", **values), status)


async def take(visit: Visit, data: FormData) -> Response:
    """Keeps the answers of one step, and goes on to the next one."""
    step = _step(visit)
    before, places = await visit.site.store.read(
        lambda: (_before(visit) if visit.asked("id") else _begun(visit), told.places(visit))
    )
    filled = asking.order(asking.form(visit, step, places, changed=before.changed).read(data))
    if not filled.good:
        return await visit.site.store.read(lambda: _page(visit, before, filled, 422))
    named = shared.indicator(visit, filled["indicator"])
    draft = asking.draft(step, filled, before.draft, named.targets if named else ())
    if step == STEPS[0]:
        location = _location(places, draft.area)
        draft = msgspec.structs.replace(draft, baseline=await _baseline(visit, draft), location=location)
    what = filled["what"] if before.changed and step == STEPS[-1] else before.what
    code = await visit.site.store.write(partial(_keep, visit, before.code, draft, what))
    place = STEPS.index(step) + 1
    onward = visit.address(EDIT, id=code, step=STEPS[place]) if place < len(STEPS) else visit.address(OVERVIEW, id=code)
    return RedirectResponse(onward, 303)


def _location(places: Sequence[Place], area: str) -> dict[str, Any] | None:
    """That of the area; of a whole city nothing is drawn."""
    return next((one.geometry for one in places if one.code == area), None)


async def _baseline(visit: Visit, draft: Draft) -> Baseline | None:
    """None where no number goes with it, or working it out takes too long: then the page says nothing of it."""
    one = shared.indicator(visit, draft.indicator)
    if one is None:
        return None
    store, call = visit.site.store, draft.call
    job = Job(
        store.looking(), visit.now, getattr(visit.site.zone, "key", "UTC"), shared.city(visit), one, draft.area, call.weeks,
        call.streets,
    )  # fmt: skip
    try:
        return await visit.site.compute.run(baseline.run, job, seconds=SECONDS, asker=visit.asker)
    except HanzeError:
        return None


def _keep(visit: Visit, code: str, draft: Draft, what: str, uow: UnitOfWork) -> str:
    code = code or drafts.free(uow, shared.city(visit), draft.name)
    drafts.put(uow, code, draft, shared.person(visit).id, visit.principal.name, what)
    return code
