# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a value went, as a chart and a table, with links to other periods."""

from typing import Protocol

import msgspec
from markupsafe import Markup

from hanze.explore import course as courses
from hanze.explore.course import Period
from hanze.store.base import Numbers
from hanze.web import terms
from hanze.web.drawing import chart, rows
from hanze.web.drawing.thin import thin
from hanze.web.room import Visit

CHARTS = {"phone": chart.PHONE, "wide": chart.WIDE}
"""A picture for narrow screens and one for the others; the style sheet shows one of them."""


class To(Protocol):
    """The address of the same page with other parameters."""

    def __call__(self, **changed: str) -> str: ...


class Link(msgspec.Struct, frozen=True):
    name: str
    address: str
    here: bool


class Course(msgspec.Struct, frozen=True):
    """How it went at one place: pictures by the width of the screen, the same as a table, and links to other periods;
    `before` and `after` are addresses, empty where there is none. `data`: the parameters of this course."""

    place: str
    pictures: dict[str, Markup]
    table: rows.Table
    spans: list[Link]
    before: str
    after: str
    data: dict[str, str]


def course(
    visit: Visit, title: str, place: str, found: Numbers, period: Period, quantity: terms.Quantity, to: To, data: dict[str, str],
) -> Course:  # fmt: skip
    words, zone = visit.language.words, visit.site.zone
    unit, factor = terms.shown(found.unit, quantity)
    moments, numbers = found.moments, found.values * factor
    about = chart.About(title, unit, start=period.start, end=period.end)
    thinned = {size: thin(moments, numbers, chart.columns(room)) for size, room in CHARTS.items()}
    pictures = {
        size: Markup(chart.draw(thinned[size], about, room, words, zone, f"chart-{size}"))
        for size, room in CHARTS.items()
    }
    table = rows.table(thinned["phone"], title, unit, words, zone)
    before, after = courses.steps(period, visit.now, zone)
    return Course(
        place=place,
        pictures=pictures,
        table=table,
        spans=[
            Link(visit.language.say(text), to(range=span), span == period.span) for span, text in courses.SPANS.items()
        ],
        before=to(until=before) if before else "",
        after=to(until=after) if after is not None else "",
        data=data,
    )
