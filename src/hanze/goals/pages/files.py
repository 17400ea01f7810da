# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers of indicators as data: of areas with their receipts, and of one area through time."""

from collections.abc import Sequence
from typing import Any

import msgspec
from starlette.responses import Response

from hanze.explore import data
from hanze.goals.indicators.definition import Definition
from hanze.goals.pages import told
from hanze.goals.pages.numbers import Row
from hanze.goals.pages.told import Value
from hanze.ngsild import times
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit

AREAS = (
    "indicator", "area", "name", "level", "period", "value", "unit", "colour", "low", "high", "coverage", "things", "of", "why",
    "grade", "simulated", "version", "definition", "queries", "inputs", "at", "hanze",
)  # fmt: skip
COURSE = ("indicator", "area", "period", "value", "unit")


def areas(visit: Visit, one: Definition, rows: Sequence[Row]) -> Response | Rows:
    """A row or a Feature for each area, with what its number was made of."""
    found = told.found(visit, [one.code], [row.area.code for row in rows])
    records = [_record(one, row, found.get((one.code, row.area.code))) for row in rows]
    if visit.format != "geojson":
        return data.records(records, AREAS, visit.format)
    features = [
        {"type": "Feature", "geometry": row.area.geometry, "properties": record}
        for row, record in zip(rows, records, strict=True)
    ]
    body = msgspec.json.encode({"type": "FeatureCollection", "features": features})
    return Response(body, media_type=data.KINDS["geojson"])


def _record(one: Definition, row: Row, value: Value | None) -> dict[str, Any]:
    facts = row.area.facts
    record = {
        "indicator": one.code, "area": facts.code, "name": facts.name, "level": facts.level, "value": row.value,
        "unit": one.unit, "colour": row.number.colour,
    }  # fmt: skip
    if value is None:
        return record
    receipt = msgspec.to_builtins(value.receipt)
    told = {"period": times.text(value.start), "hanze": receipt.pop("code"), "queries": " ".join(value.receipt.queries)}
    return {**receipt, **record, **told}


def course(visit: Visit, one: Definition, value: Value | None) -> Response | Rows:
    """A row for each period, the running one last."""
    moments, numbers = told.series(visit, value)
    area = "" if value is None else value.facts.area
    records = [
        {"indicator": one.code, "area": area, "period": times.text(start), "value": number, "unit": one.unit}
        for start, number in zip(moments.tolist(), numbers.tolist(), strict=True)
    ]
    return data.records(records, COURSE, "json" if visit.format == "geojson" else visit.format)
