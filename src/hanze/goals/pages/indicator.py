# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of one indicator in an area: the number in a sentence, how it went, how areas differ, and where it comes from."""

from collections.abc import Sequence
from functools import partial

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from hanze.errors import BadRequestData
from hanze.goals.indicators.definition import Definition
from hanze.goals.model import VALUE
from hanze.goals.pages import files, maps, numbers, roots, told, wording
from hanze.goals.pages.numbers import Row
from hanze.goals.pages.told import Place, Value
from hanze.ngsild.checks import shown
from hanze.web.drawing import chart, map, rows
from hanze.web.drawing.chart import Limit
from hanze.web.drawing.svg import Size
from hanze.web.drawing.thin import thin
from hanze.web.language import mark as _
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit
from hanze.web.steps import SETTERS

PATH = "goals/indicator"

CHARTS = {"phone": chart.PHONE, "wide": Size(740, 320)}
MAPS = {"phone": map.PHONE, "wide": Size(492, 420)}


ALL = "all"
YEARS = {"1": _("1 year"), "3": _("3 years"), "10": _("10 years"), ALL: _("All years")}
YEAR = 366 * 86_400_000_000


async def answer(visit: Visit) -> Response:
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def _answer(visit: Visit) -> Response | Rows:
    one = told.known(visit)[visit.asked("code")]
    asked = visit.asked("area")
    area = told.place(visit, asked) if asked else told.city(visit)
    where = told.code_of(area)
    value = told.found(visit, [one.code], [where]).get((one.code, where))
    if visit.format and visit.asked("table") == "course":
        return files.course(visit, one, value)
    below = numbers.rows(visit, one, told.within(visit, area)) if area else []
    if visit.format:
        return files.areas(visit, one, [*_own(visit, one, area), *below])
    return HTMLResponse(visit.html("goals/indicator.html", **_values(visit, one, area, value, below)))


def _own(visit: Visit, one: Definition, area: Place | None) -> list[Row]:
    return numbers.rows(visit, one, [area]) if area else []


def _values(
    visit: Visit, one: Definition, area: Place | None, value: Value | None, below: Sequence[Row]
) -> dict[str, object]:
    code = visit.language.code
    upper = told.place(visit, area.facts.parent) if area is not None and area.facts.parent else None
    return {
        "one": one, "name": one.name[code], "says": one.says[code], "how": one.how[code],
        "waits": one.waits[code] if one.waits and (value is None or value.value is None) else "",
        "goals": [(number, visit.language.say(wording.GOALS[number])) for number in one.goals],
        "dimension": visit.language.say(wording.DIMENSIONS[one.dimension]),
        "area": area, "place": area.name if area else visit.site.city, "upper": upper,
        "number": numbers.number(visit, one, value), "value": value, "type": VALUE.iri,
        "between": numbers.between(visit, one, value), "course": _course(visit, one, value),
        "rows": below, "spread": numbers.spreading(visit, one, below), "map": _map(visit, one, below),
        "roots": roots.roots(visit, one.code, area),
        "worked": "" if value is None else visit.language.when(value.at, visit.now, visit.site.zone),
        "covered": "" if value is None else visit.language.words.fixed(100 * value.receipt.coverage, 0) + "%",
        "enter": visit.address("goals/enter", indicator=one.code, area=area.code if area else "") if _enters(visit, one) else "",
        "asked": {"code": one.code, "area": area.code if area else ""}, "grades": wording.GRADES,
    }  # fmt: skip


def _enters(visit: Visit, one: Definition) -> bool:
    """The visitor may enter a number for it."""
    return visit.has_role(SETTERS) and any(part.what == "entered" for part in one.part)


def _course(visit: Visit, one: Definition, value: Value | None) -> dict[str, object] | None:
    """The chart of all periods, the running one too, and the same as a table; None where there are fewer than two."""
    moments, values = told.series(visit, value)
    if len(moments) < 2:
        return None
    spans, begin = _spans(visit, int(moments[0]))
    moments, values = moments[moments >= begin], values[moments >= begin]
    words, unit = visit.language.words, wording.unit(visit.language, one)
    about = chart.About(one.name[visit.language.code], unit, _limits(visit, one, float(values.max(initial=0.0))))
    thinned = {size: thin(moments, values, chart.columns(room)) for size, room in CHARTS.items()}
    pictures = {
        size: Markup(chart.draw(thinned[size], about, room, words, visit.site.zone, f"course-{size}"))
        for size, room in CHARTS.items()
    }
    shown = rows.table(thinned["phone"], about.title, unit, words, visit.site.zone)
    return {"pictures": pictures, "table": shown, "spans": spans}


def _spans(visit: Visit, first: int) -> tuple[list[tuple[str, str, bool]], int]:
    """How many years may be looked at (text, address, whether it is so now), and from when on. Errors: BadRequestData."""
    chosen = visit.asked("years") or ALL
    if chosen not in YEARS:
        raise BadRequestData(f"years is {shown(chosen)}; give one of {', '.join(YEARS)}.")
    here = {"code": visit.asked("code"), "area": visit.asked("area")}
    offered = [years for years in YEARS if years == ALL or visit.now - int(years) * YEAR > first]
    links = [
        (visit.language.say(YEARS[years]), visit.address(PATH, **here, years=years) + "#course", years == chosen)
        for years in offered
    ]
    return links if len(links) > 1 else [], first if chosen == ALL else visit.now - int(chosen) * YEAR


def _limits(visit: Visit, one: Definition, highest: float) -> tuple[Limit, ...]:
    """The lines below the highest number, and the first one above it: what lies far away would press the course flat."""
    order = sorted(one.limits, key=lambda line: line.value)
    seen = sum(line.value <= highest for line in order) + 1
    return tuple(Limit(line.value, line.name[visit.language.code]) for line in order[:seen])


def _map(visit: Visit, one: Definition, below: Sequence[Row]) -> dict[str, Markup]:
    """The areas in shades of their numbers; empty where none has one."""
    drawn = [map.Area(row.area.geometry, row.area.name, row.value) for row in below if row.area.geometry is not None]
    if not any(area.value is not None for area in drawn):
        return {}
    ground, name = visit.site.background, one.name[visit.language.code]
    plan = map.Plan(
        title=name, areas=drawn, water=ground.water, ways=ground.ways, what=name, unit=wording.unit(visit.language, one)
    )
    return maps.pictures(plan, MAPS, visit.language.words, "areas")
