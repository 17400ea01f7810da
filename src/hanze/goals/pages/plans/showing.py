# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of a plan: where it lies, before and after for all three dimensions, and who lives there."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import shapely
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from hanze.errors import ResourceNotFound
from hanze.goals.areas.plane import Plane
from hanze.goals.keeping import plans
from hanze.goals.keeping.plans import Plan
from hanze.goals.model import AREA, PLAN, VALUE
from hanze.goals.pages import told
from hanze.goals.pages.plans import comparing
from hanze.goals.pages.plans.asking import PLANNERS, STATUS
from hanze.goals.pages.told import Place
from hanze.goals.pages.uses import NONE, USES, surface
from hanze.goals.plans.assumptions import ASSUMED
from hanze.ngsild import geometry, times
from hanze.ngsild.checks import shown
from hanze.web.drawing import map
from hanze.web.drawing.rows import Table
from hanze.web.drawing.svg import Size
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH = "goals/plan"

MAPS = {"phone": Size(358, 320), "wide": Size(740, 460)}

AROUND = 1_200.0
"""Metres around a plan that its map shows."""

MARGIN = 0.001
"""Degrees that are left free around the city."""


async def answer(visit: Visit) -> Response:
    return HTMLResponse(await visit.site.store.read(partial(_page, visit)))


def _page(visit: Visit) -> str:
    """Errors: ResourceNotFound."""
    visit.site.access.note_read(visit.principal, "", (PLAN.iri, AREA.iri, VALUE.iri))
    code, city = visit.asked("id"), told.known(visit).city
    plan = plans.find(visit.site.store, city, code, visit.scope)
    if plan is None:
        raise ResourceNotFound(f"There is no plan {shown(code)} here.")
    facts, outcome = plan.facts, plan.outcome
    areas = told.several(visit, outcome.effects.areas) if outcome else {}
    lying = [areas[code] for code in outcome.effects.areas if code in areas] if outcome else []
    values: dict[str, Any] = {
        "plan": plan, "facts": facts, "about": _about(visit, plan), "map": _map(visit, plan), "areas": lying, "outcome": outcome,
        "description": visit.language.say(facts.description), "uses": _uses(visit, plan),
        "groups": comparing.groups(visit, plan, lying) if outcome else [],
        "assumed": _assumed(visit), "type": PLAN.iri, "id": plans.id_of(city, code), "when": _when(visit, plan),
        "change": visit.address("goals/plan/draw", id=code) if visit.has_role(PLANNERS) else "",
    }  # fmt: skip
    return visit.html("goals/plans/plan.html", **values)


def _about(visit: Visit, plan: Plan) -> str:
    """Use, year, and how far it is."""
    facts, say = plan.facts, visit.language.say
    told = say(_("%(use)s, in %(year)s. How far it is: %(status)s."))
    return told % {"use": say(USES[facts.use]), "year": facts.year, "status": say(STATUS[facts.status])}


def _when(visit: Visit, plan: Plan) -> str:
    if plan.outcome is None:
        return ""
    return visit.language.when(times.parse(plan.outcome.at), visit.now, visit.site.zone)


def _map(visit: Visit, plan: Plan) -> Mapping[str, Markup]:
    """The plan in its surroundings, with the names of the smallest areas."""
    areas = [map.Area(one.geometry, one.name) for one in _smallest(visit) if one.geometry is not None]
    drawn = map.Plan(
        title=plan.facts.name, areas=[*areas, map.Area(plan.geometry, here=True)], water=visit.site.background.water,
        ways=visit.site.background.ways, view=_view(plan, [one.geometry for one in areas]),
    )  # fmt: skip
    return {size: Markup(map.draw(drawn, room, visit.language.words, f"plan-{size}")) for size, room in MAPS.items()}


def _view(plan: Plan, drawn: Sequence[map.GeoJSON]) -> geometry.Box:
    """Around the plan, as far as the city goes."""
    west, south, east, north = Plane([plan.shape]).near([plan.shape], AROUND).bounds
    if not drawn:
        return west, south, east, north
    left, low, right, high = shapely.total_bounds([shapely.geometry.shape(one) for one in drawn]).tolist()
    return max(west, left - MARGIN), max(south, low - MARGIN), min(east, right + MARGIN), min(north, high + MARGIN)


def _smallest(visit: Visit) -> list[Place]:
    city = told.city(visit)
    return [] if city is None else told.within(visit, city) or [city]


def _uses(visit: Visit, plan: Plan) -> Table | None:
    """What the land is now, and what it would become."""
    if plan.outcome is None or not plan.outcome.effects.uses:
        return None
    say, words = visit.language.say, visit.language.words
    found = plan.outcome.effects
    left = found.surface - sum(found.uses.values())
    sizes = {**found.uses, **({"unmapped": left} if left > NONE else {})}
    new = say(USES[plan.facts.use])
    rows = tuple(
        (say(USES[use]), surface(words, size), new) for use, size in sorted(sizes.items(), key=lambda one: -one[1])
    )
    return Table(say(_("Use of the land of this plan")), (say(_("Now")), say(_("Surface")), say(_("Then"))), rows)


def _assumed(visit: Visit) -> list[tuple[str, str]]:
    """What was assumed, and where it comes from."""
    say, words = visit.language.say, visit.language.words
    return [
        (say(one.says).format(low=words.number(one.range.low), high=words.number(one.range.high)), say(one.source))
        for one in ASSUMED.values()
    ]
