# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Things as files: a row, a record or a Feature each, values as the data have them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from starlette.responses import Response

from hanze.explore import catalogue, data, places
from hanze.explore.data import KINDS, Record
from hanze.explore.told import objects
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import VALUE_MEMBER, Entity, Instance
from hanze.web.parquet.download import Rows

__all__ = ["KINDS", "rows", "things"]


def things(found: Sequence[Entity], attributes: Sequence[str], ending: str) -> Response:
    """The attributes (IRIs) under their names; unit and time of a value beside it, as NAME.unitCode and NAME.observedAt."""
    if ending == "geojson":
        features = [_feature(one, attributes) for one in found]
        body = msgspec.json.encode({"type": "FeatureCollection", "features": features})
    elif ending == "json":
        body = msgspec.json.encode([_record(one, attributes) for one in found])
    else:
        body = _csv([_record(one, attributes, flat=True) for one in found])
    return Response(body, media_type=KINDS[ending])


def rows(parts: Iterable[list[Entity]], attributes: Sequence[str]) -> Rows:
    """The same for a Parquet file, with all attributes where none are chosen."""
    origins: set[data.Origin] = set()

    def read() -> Iterator[list[Record]]:
        for part in parts:
            origins.update(map(places.origin, part))
            chosen = attributes or catalogue.attributes(part)
            yield [_record(one, chosen) for one in part]

    return Rows(read(), lambda: data.about(origins))


def _record(entity: Entity, attributes: Sequence[str], *, flat: bool = False) -> Record:
    made: Record = {"id": entity.id, "type": ", ".join(map(CORE.compact, entity.types))}
    for attribute in attributes:
        for one in entity.attributes.get(attribute, ())[:1]:
            name, value = CORE.compact(attribute), _value(one)
            made[name] = msgspec.json.encode(value).decode() if flat and isinstance(value, dict | list) else value
            made |= {f"{name}.{part}": one[part] for part in ("unitCode", "observedAt") if part in one}
    return made


def _value(instance: Instance) -> Any:
    kind = instance["type"]
    value = instance.get(VALUE_MEMBER[kind])
    if kind == "ListRelationship":
        return list(objects(value))
    return value["@value"] if isinstance(value, dict) and "@value" in value else value


def _feature(entity: Entity, attributes: Sequence[str]) -> Record:
    properties = _record(entity, [one for one in attributes if one != places.LOCATION])
    properties.pop("id")
    shape = next((one.get("value") for one in entity.attributes.get(places.LOCATION, ())), None)
    return {"type": "Feature", "id": entity.id, "geometry": shape, "properties": properties}


def _csv(rows: Sequence[Record]) -> bytes:
    columns = list(dict.fromkeys(name for row in rows for name in row)) or ["id", "type"]
    return data.table(({name: _cell(value) for name, value in row.items()} for row in rows), columns)


def _cell(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value
