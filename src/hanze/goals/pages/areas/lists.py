# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Areas and their numbers as data: what the pages of areas show, values in the unit of their indicators, times in UTC."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from starlette.responses import Response

from hanze.explore import data
from hanze.goals.indicators import apart, judging
from hanze.goals.pages import told, wording
from hanze.goals.pages.areas.lines import number
from hanze.goals.pages.told import Found, Place, Score, Value
from hanze.ngsild import times
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit

PLACES = ("code", "name", "level", "parent", "population", "surface", *wording.DIMENSIONS)
LINES = (
    "indicator", "name", "dimension", "area", "period", "value", "unit", "low", "high", "colour", "city", "verdict", "why",
)  # fmt: skip
PAIRS = ("about", "name", "dimension", "unit", "one", "oneLow", "oneHigh", "other", "otherLow", "otherHigh", "verdict")

Record = dict[str, Any]


def places(visit: Visit, found: Sequence[Place]) -> Response | Rows:
    """A row or a Feature for each area, with its scores."""
    graded = told.graded(visit, wording.DIMENSIONS, [one.code for one in found])
    records = [_place(one, graded) for one in found]
    if visit.format != "geojson":
        return data.records(records, PLACES, visit.format)
    features = [
        {"type": "Feature", "geometry": one.geometry, "properties": record}
        for one, record in zip(found, records, strict=True)
    ]
    body = msgspec.json.encode({"type": "FeatureCollection", "features": features})
    return Response(body, media_type=data.KINDS["geojson"])


def _place(one: Place, graded: Mapping[tuple[str, str], Score]) -> Record:
    facts = one.facts
    scores = {key: graded[key, one.code].facts.score for key in wording.DIMENSIONS if (key, one.code) in graded}
    return {
        "code": facts.code, "name": facts.name, "level": facts.level, "parent": facts.parent or None,
        "population": facts.population, "surface": facts.surface, **scores,
    }  # fmt: skip


def lines(visit: Visit, area: Place, city: Place | None, found: Found) -> Response | Rows:
    """A row for each indicator, also those without a number. `verdict`: beside the city, the number of which is `city`."""
    return data.records(_lines(visit, area, city, found), LINES, visit.format)


def _lines(visit: Visit, area: Place, city: Place | None, found: Found) -> Iterator[Record]:
    for one in told.known(visit).indicators.values():
        value, other = found.get((one.code, area.code)), found.get((one.code, city.code)) if city else None
        first, second = number(value), number(other)
        yield {
            "indicator": one.code, "name": one.name[visit.language.code], "dimension": one.dimension, "area": area.code,
            "unit": one.unit, "colour": judging.colour(one, first.value if first else None), **_told(value),
            "city": second.value if second else None,
            "verdict": apart.verdict(one, first, second) if first and second else None,
        }  # fmt: skip


def _told(value: Value | None) -> Record:
    if value is None:
        return {}
    receipt = value.receipt
    return {
        "period": times.text(value.start), "value": value.value, "low": receipt.low, "high": receipt.high,
        "why": receipt.why or None,
    }  # fmt: skip


def pairs(visit: Visit, rows: Iterable[Record]) -> Response | Rows:
    """A row for each thing that was compared, `one` with `other`."""
    return data.records(rows, PAIRS, visit.format)
