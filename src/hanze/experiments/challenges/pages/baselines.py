# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The baseline of a challenge on its page: the number now, its last year as a small chart, its season, and what could be seen."""

from typing import Any

import msgspec
from markupsafe import Markup

from hanze.experiments.challenges.call import Baseline, Smallest
from hanze.experiments.challenges.pages import shared
from hanze.experiments.challenges.saying import share
from hanze.goals.indicators.definition import Definition
from hanze.goals.pages import numbers, told, wording
from hanze.goals.pages.numbers import Number
from hanze.goals.pages.told import Value
from hanze.web.drawing import chart, rows
from hanze.web.drawing.svg import Size
from hanze.web.drawing.thin import thin
from hanze.web.language import mark as _
from hanze.web.room import Visit

CHARTS = {"phone": Size(358, 220), "wide": Size(740, 240)}

YEAR = 366 * 86_400_000_000


class Shown(msgspec.Struct, frozen=True):
    """What a page says. `was`: the number when the challenge was published; `between`: of the last year; empty where it is not
    known. `pictures`, `table`: None where there is too little to draw."""

    name: str
    address: str
    place: str
    number: Number
    was: str
    between: str
    season: str
    smallest: str
    how: str
    pictures: dict[str, Markup] | None
    table: rows.Table | None
    simulated: bool


def shown(visit: Visit, code: str, area: str, kept: Baseline | None) -> Shown | None:
    """None where no indicator goes with it."""
    one = shared.indicator(visit, code)
    if one is None:
        return None
    there = told.several(visit, [area] if area else []).get(area) or told.city(visit)
    where = area or told.code_of(there)
    value = told.found(visit, [code], [where]).get((code, where))
    pictures, table, between = _course(visit, one, value)
    say = visit.language.say
    small = None if kept is None else kept.smallest
    return Shown(
        one.name[visit.language.code], visit.address("goals/indicator", code=code, area=area),
        there.name if there else visit.site.city, numbers.number(visit, one, value),
        "" if kept is None or kept.value is None else wording.number(visit.language, one, kept.value), between,
        "" if kept is None or kept.season is None else kept.season.said(say, visit.language.words.number),
        _smallest(visit, small), _how(visit, small), pictures, table, value is not None and value.receipt.simulated,
    )  # fmt: skip


def _course(
    visit: Visit, one: Definition, value: Value | None
) -> tuple[dict[str, Markup] | None, rows.Table | None, str]:
    moments, found = told.series(visit, value)
    recent = found[moments >= visit.now - YEAR]
    between = ""
    if len(recent) > 1:
        low, high = (wording.number(visit.language, one, float(end)) for end in (recent.min(), recent.max()))
        between = visit.language.say(_("In the last year it was between %(low)s and %(high)s.")) % {
            "low": low,
            "high": high,
        }
    if len(moments) < 2:
        return None, None, between
    words, unit = visit.language.words, wording.unit(visit.language, one)
    about = chart.About(one.name[visit.language.code], unit)
    thinned = {size: thin(moments, found, chart.columns(room)) for size, room in CHARTS.items()}
    pictures = {
        size: Markup(chart.draw(thinned[size], about, room, words, visit.site.zone, f"baseline-{size}"))
        for size, room in CHARTS.items()
    }
    return pictures, rows.table(thinned["phone"], about.title, unit, words, visit.site.zone), between


def _smallest(visit: Visit, one: Smallest | None) -> str:
    say = visit.language.say
    if one is None:
        return ""
    given: dict[str, Any] = {"weeks": one.weeks, "streets": one.streets}
    if one.effect is None:
        told = say(_("It cannot be told what a trial of %(weeks)s weeks could show.")) % given
        return told if one.why is None else f"{told} {one.why.said(say, visit.language.words.number)}"
    if one.effect >= 1:
        return say(_("A trial of this size is too small to show anything. Take more weeks or more places."))
    text = _(
        "A trial of %(weeks)s weeks in %(streets)s places can show a change of %(share)s or more. A smaller one stays unseen."
    )
    if one.units == 1:
        text = _(
            "A trial of %(weeks)s weeks, everywhere at once, can show a change of %(share)s or more. A smaller one stays unseen."
        )
    elif one.streets == 1:
        text = _(
            "A trial of %(weeks)s weeks in one place can show a change of %(share)s or more. A smaller one stays unseen."
        )
    return say(text) % {**given, "share": share(visit.language, one.effect)}


def _how(visit: Visit, one: Smallest | None) -> str:
    if one is None or one.effect is None:
        return ""
    say = visit.language.say
    text = _(
        "Worked out from %(units)s places that are measured, over %(periods)s periods (%(each)s). With such a change "
        "there is a chance of four in five that it is seen (Burlig, Preonas and Woerman, 2020)."
    )
    if one.units == 1:
        text = _(
            "Worked out from one course over %(periods)s periods (%(each)s), against its own trend. With such a change there is a "
            "chance of four in five that it is seen (Wagner and others, 2002)."
        )
    return say(text) % {"units": one.units, "periods": one.periods, "each": say(one.each)}
