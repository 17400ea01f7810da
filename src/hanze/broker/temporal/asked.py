# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a request asks of a history: the window, the representation, and how it is shown.

Source: clauses 4.5.6 to 4.5.9, 4.5.19, 4.11, 6.3.12 and 6.18.3.2.
"""

from collections.abc import Mapping

import msgspec

from hanze.broker import show
from hanze.broker.exchange import Exchange
from hanze.errors import BadRequestData
from hanze.ngsild import checks, duration
from hanze.ngsild.context import Context
from hanze.ngsild.duration import Duration
from hanze.ngsild.language import temporal
from hanze.ngsild.render.form import Form
from hanze.ngsild.selection import Window

WINDOW = frozenset({"timerel", "timeAt", "endTimeAt", "timeproperty", "lastN"})
AGGREGATION = frozenset({"aggrMethods", "aggrPeriodDuration"})
PARAMETERS = show.SHOWING | WINDOW | AGGREGATION | {"via"}

METHODS = ("totalCount", "distinctCount", "sum", "avg", "min", "max", "stddev", "sumsq")


class Asked(msgspec.Struct, frozen=True):
    """`methods` is empty where no aggregates are asked for; `values`: only values with their times."""

    window: Window
    form: Form
    attributes: tuple[str, ...]
    values: bool
    methods: tuple[str, ...]
    period: Duration


def asked(ex: Exchange, context: Context) -> Asked:
    """What the parameters ask for; InvalidRequest or BadRequestData names what is wrong."""
    params = ex.request.params
    form = show.form(ex, context)
    if any(selector.inner for selector in (*form.pick, *form.omit)):
        raise BadRequestData("pick and omit have no {…} here; a history does not follow relationships.")
    words = ex.options()
    if "format" in params:
        words = frozenset({params["format"]})
    methods, period = _aggregation(params) if "aggregatedValues" in words else ((), duration.parse("PT0S"))
    return Asked(
        window=temporal.parse(params),
        form=form,
        attributes=show.names(params["attrs"], context) if params.get("attrs") else _picked(form),
        values=not words.isdisjoint({"temporalValues", "simplified", "keyValues"}),
        methods=methods,
        period=period,
    )


def _aggregation(params: Mapping[str, str]) -> tuple[tuple[str, ...], Duration]:
    text = params.get("aggrMethods")
    if not text:
        raise BadRequestData(f"aggrMethods is missing; aggregatedValues needs one or more of {', '.join(METHODS)}.")
    methods = tuple(dict.fromkeys(text.split(",")))
    for method in methods:
        if method not in METHODS:
            raise BadRequestData(f"aggrMethods has {checks.shown(method)}; the methods are {', '.join(METHODS)}.")
    return methods, duration.parse(params.get("aggrPeriodDuration", "PT0S"))


def _picked(form: Form) -> tuple[str, ...]:
    """The attributes that a pick leaves, so that no other one is read; none where it picks other members too."""
    names = tuple(selector.name for selector in form.pick)
    return names if all(":" in name for name in names) else ()
