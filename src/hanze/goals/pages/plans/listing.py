# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of all plans: a list, and a map of where they lie."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from hanze.explore import data
from hanze.goals.keeping import plans
from hanze.goals.keeping.plans import Plan
from hanze.goals.model import AREA, PLAN
from hanze.goals.pages import told
from hanze.goals.pages.plans import drawing, showing
from hanze.goals.pages.plans.asking import PLANNERS, STATUS
from hanze.goals.pages.uses import USES, surface
from hanze.web.drawing import map
from hanze.web.drawing.svg import Size
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit

PATH = "goals/plans"

FORMATS = ("csv", "json", "geojson", "parquet")
COLUMNS = ("plan", "name", "use", "year", "status", "surface", "simulated")

MAPS = {"phone": Size(358, 320), "wide": Size(492, 420)}


class Line(msgspec.Struct, frozen=True):
    """`about`: use, year and size in one sentence."""

    name: str
    address: str
    status: str
    about: str


async def answer(visit: Visit) -> Response:
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def _answer(visit: Visit) -> Response | Rows:
    visit.site.access.note_read(visit.principal, "", (PLAN.iri, AREA.iri))
    found = plans.read(visit.site.store, visit.scope)
    if visit.format == "geojson":
        return _places(found)
    if visit.format:
        return data.records([_record(one) for one in found], COLUMNS, visit.format)
    values: dict[str, Any] = {
        "lines": [_line(visit, one) for one in found], "map": drawn(visit, found) if found else {},
        "draws": visit.address(drawing.PATH) if visit.has_role(PLANNERS) else "",
        "simulated": any(one.facts.simulated for one in found),
    }  # fmt: skip
    return HTMLResponse(visit.html("goals/plans/list.html", **values))


def _line(visit: Visit, plan: Plan) -> Line:
    facts, say = plan.facts, visit.language.say
    about = [say(USES[facts.use]), str(facts.year)]
    if plan.outcome is not None:
        about.append(surface(visit.language.words, plan.outcome.effects.surface))
    address = visit.address(showing.PATH, id=plan.code)
    return Line(facts.name, address, say(STATUS[facts.status]), ", ".join(about))


def drawn(visit: Visit, found: Sequence[Plan]) -> dict[str, Markup]:
    """Plans on the map of the city; they stand out by their border."""
    areas = [map.Area(one.geometry, one.name) for one in told.places(visit) if one.geometry and not one.facts.parent]
    marked = [map.Area(one.geometry, one.facts.name, here=True) for one in found]
    ground = visit.site.background
    plan = map.Plan(title=visit.site.city, areas=[*areas, *marked], water=ground.water, ways=ground.ways)
    return {size: Markup(map.draw(plan, room, visit.language.words, f"plans-{size}")) for size, room in MAPS.items()}


def _record(plan: Plan) -> dict[str, object]:
    facts = plan.facts
    size = None if plan.outcome is None else plan.outcome.effects.surface
    return {
        "plan": plan.code, "name": facts.name, "use": facts.use, "year": facts.year, "status": facts.status, "surface": size,
        "simulated": bool(facts.simulated),
    }  # fmt: skip


def _places(found: Sequence[Plan]) -> Response:
    features = [{"type": "Feature", "geometry": one.geometry, "properties": _record(one)} for one in found]
    body = msgspec.json.encode({"type": "FeatureCollection", "features": features})
    return Response(body, media_type=data.KINDS["geojson"])
