# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The way to a goal, and what residents answered, as data."""

from collections.abc import Iterable
from typing import Any

from starlette.responses import Response

from hanze.explore import data
from hanze.goals.journey import way as ways
from hanze.goals.journey.foreseen import Made
from hanze.goals.journey.way import Way
from hanze.goals.journey.wishes import Wish
from hanze.ngsild import times
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit

WAY = ("subject", "kind", "made", "start", "end", "value", "lowest", "low", "high", "highest", "unit")
WISHES = ("year", "text", "language", "area", "goals", "simulated")


def way(visit: Visit, told: Way) -> Response | Rows:
    """What was measured, all forecasts, and all promises; `made`: when something was foreseen or promised."""
    rows = [
        {
            "kind": "measured",
            "start": times.text(one.period.start),
            "end": times.text(one.period.end),
            "value": one.value,
        }
        for one in told.steps
    ]
    zone = ways.zone_of(visit)
    for made in told.made:
        told_of = ways.periods(told.subject, made.outlook, zone)
        rows += [_foreseen(made, place, one.start, one.end) for place, one in enumerate(told_of)]
    for target in told.targets:
        end = times.text(ways.year_ends(target.year, zone) + 1)
        rows += [
            {
                "kind": "promised" if one.counts else "taken back",
                "made": times.text(one.at),
                "end": end,
                "value": one.target,
            }
            for one in target.promises
        ]
    shared = {"subject": told.subject.code, "unit": told.subject.unit}
    return data.records([{**shared, **row} for row in rows], WAY, visit.format)


def _foreseen(made: Made, place: int, start: int, end: int) -> dict[str, Any]:
    outlook = made.outlook
    return {
        "kind": "foreseen", "made": times.text(made.at), "start": times.text(start), "end": times.text(end),
        "value": outlook.middle[place], "lowest": outlook.lowest[place], "low": outlook.low[place],
        "high": outlook.high[place], "highest": outlook.highest[place],
    }  # fmt: skip


def wishes(visit: Visit, found: Iterable[Wish]) -> Response | Rows:
    """What everyone may read of a year."""
    rows = [
        {
            "year": one.year, "text": one.text, "language": one.language, "area": one.area,
            "goals": " ".join(map(str, one.goals)), "simulated": one.simulated,
        }
        for one in found
    ]  # fmt: skip
    return data.records(rows, WISHES, visit.format)
