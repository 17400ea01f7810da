# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same as a page shows, as data: CSV, JSON and GeoJSON, times in UTC, values in the unit that the data have."""

import csv
import io
from collections.abc import Collection, Iterable, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray
from starlette.responses import Response

from hanze.explore.places import Place
from hanze.ngsild import times
from hanze.store.base import Numbers
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows

KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json", "geojson": "application/geo+json"}
"""Those that the node makes itself; Parquet is made by a worker (hanze.web.parquet)."""

Record = dict[str, object]

Origin = tuple[str, str]
"""Provider and licence; either may be empty."""

PLACES = ("id", "name", "longitude", "latitude", "value", "unit", "moment", "provider", "licence")
COURSE = ("moment", "value", "unit")


def places(found: Sequence[Place], ending: str) -> Response | Rows:
    """What is measured at present, a row or a Feature for each place."""
    if ending == "geojson":
        features = [
            {"type": "Feature", "id": one.id, "geometry": _geometry(one), "properties": _properties(one)}
            for one in found
        ]
        return _answer(msgspec.json.encode({"type": "FeatureCollection", "features": features}), ending)
    rows = ({**_properties(one), **_degrees(one), "id": one.id, "geometry": _geometry(one)} for one in found)
    columns = (*PLACES, "geometry") if ending == download.ENDING else PLACES
    return records(rows, columns, ending, {(one.provider, one.licence) for one in found})


def course(found: Numbers, ending: str, origins: Collection[Origin]) -> Response | Rows:
    """How the value went at one place, a row for each moment."""
    pairs = zip(_texts(found.moments), found.values.tolist(), strict=True)
    rows = ({"moment": moment, "value": value, "unit": found.unit} for moment, value in pairs)
    return records(rows, COURSE, ending, origins)


def _texts(moments: NDArray[np.int64]) -> list[str]:
    """As `times.text` has them; whole seconds many at once, which takes a tenth of the time."""
    if (moments % 1_000_000).any():
        return list(map(times.text, moments.tolist()))
    found = np.datetime_as_string(moments.astype("datetime64[us]"), unit="s")
    return [f"{moment}Z" for moment in found.tolist()]


def _properties(one: Place) -> Record:
    moment = None if one.moment is None else times.text(one.moment)
    return {
        "name": one.name, "value": one.value, "unit": one.unit, "moment": moment, "provider": one.provider,
        "licence": one.licence, "simulated": one.simulated,
    }  # fmt: skip


def _degrees(one: Place) -> Record:
    lon, lat = one.point or (None, None)
    return {"longitude": lon, "latitude": lat}


def _geometry(one: Place) -> Record | None:
    return None if one.point is None else {"type": "Point", "coordinates": one.point}


def records(
    rows: Iterable[Record], columns: Sequence[str], ending: str, origins: Collection[Origin] = ()
) -> Response | Rows:
    """Records as JSON, or their columns as CSV or Parquet."""
    if ending == download.ENDING:
        chosen = [{name: row.get(name) for name in columns} for row in rows]
        return Rows(iter([chosen]), lambda: about(origins))
    if ending == "json":
        return _answer(msgspec.json.encode(list(rows)), ending)
    return _answer(table(rows, columns), "csv")


def about(origins: Collection[Origin]) -> dict[str, str]:
    """Whom the data of a file come from, and under which licences."""
    providers, licences = ({pair[part] for pair in origins} - {""} for part in (0, 1))
    return {"provider": "; ".join(sorted(providers)), "licence": "; ".join(sorted(licences))}


def table(rows: Iterable[Record], columns: Sequence[str]) -> bytes:
    """These columns as CSV (RFC 4180)."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([row.get(name) for name in columns] for row in rows)
    return text.getvalue().encode()


def _answer(body: bytes, ending: str) -> Response:
    return Response(body, media_type=KINDS[ending])
