# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From JSON and its mapping to entities; a thing that cannot be taken is refused with the reason."""

from typing import Any
from urllib.parse import quote

from hanze.errors import BadRequestData, HanzeError, SourceFailed
from hanze.feeds import making
from hanze.feeds.kinds.answers import CHANGED, moment, usable
from hanze.feeds.shapes.path import find
from hanze.feeds.shapes.shape import Moment, Part, Place, Shape
from hanze.feeds.source import Found, Refused
from hanze.feeds.tables import mapping, times
from hanze.ngsild import checks
from hanze.ngsild.checks import geometry, shown
from hanze.ngsild.entity import Entity, Instance
from hanze.ngsild.times import text

MOST_ITEMS = 200_000

TRUE, FALSE = frozenset({"true", "yes", "ja", "1", "y"}), frozenset({"false", "no", "nee", "nein", "0", "n"})


def read(document: Any, shape: Shape) -> Found:
    """The things of an answer as entities. Errors: SourceFailed where it has none at all."""
    items = find(document, shape.holder)
    if items is None or (shape.keyed and not isinstance(items, dict)):
        raise SourceFailed(f"The answer has nothing at {shape.items or 'its top'}.", CHANGED)
    things = list(items.values()) if shape.keyed else items if isinstance(items, list) else [items]
    if len(things) > MOST_ITEMS:
        raise SourceFailed(f"The answer has {len(things)} things; at most {MOST_ITEMS} are read at once.", CHANGED)
    found = Found()
    for number, thing in enumerate(things):
        one(found, thing, shape, f"{shape.items}[{number}]")
    return usable(found, "the answer")


def one(found: Found, thing: Any, shape: Shape, where: str) -> None:
    """One thing joins what was found, as an entity or as what is refused."""
    try:
        entity, at = _entity(thing, shape)
    except HanzeError as error:
        found.refused.append(Refused(where, error.detail))
        return
    found.entities.append(entity)
    if at is not None:
        found.observed = at if found.observed is None else max(found.observed, at)


def _entity(thing: Any, shape: Shape) -> tuple[Entity, int | None]:
    at = None if shape.time is None else _moment(thing, shape.time)
    stamp = None if at is None else text(at)
    attributes: dict[str, Instance | None] = {}
    for part in shape.attribute:
        name = _name(thing, part.name)
        attributes[name] = _instance(thing, part, part.units.get(name, part.unit), stamp)
    if shape.location is not None:
        attributes["location"] = _location(thing, shape.location)
    if all(one is None for one in attributes.values()):
        raise BadRequestData("it has none of the values that the mapping names")
    return making.entity(
        mapping.put(shape.id, lambda path: quote(_word(thing, path), safe="-._~")), shape.type, attributes
    ), at


def _name(thing: Any, form: str) -> str:
    return checks.name(mapping.put(form, lambda path: _word(thing, path)), "attribute") if "{" in form else form


def _word(thing: Any, path: str) -> str:
    value = find(thing, path)
    if isinstance(value, bool) or not isinstance(value, str | int | float) or value == "":
        raise BadRequestData(f"{path} is {shown(value)}, which cannot be a part of a name")
    return str(value)


def _moment(thing: Any, time: Moment) -> int | None:
    value = find(thing, time.path)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        return moment(value, time.path)
    try:
        return times.reader(mapping.Time(time.path, time.zone, time.format))(value.strip())
    except ValueError as error:
        raise BadRequestData(f"{time.path} is {shown(value)}: {error}") from None


def _instance(thing: Any, part: Part, unit: str | None, at: str | None) -> Instance | None:
    value = find(thing, part.path)
    if isinstance(value, str):
        value = part.values.get(value, value).strip()
    if value is None or value == "":
        return None
    try:
        if part.kind == "number":
            return making.number(value, unit, at)
        if part.kind == "boolean":
            return making.plain(_boolean(value), at)
        if part.kind == "relationship":
            return making.link(str(value))
        if isinstance(value, dict | list):
            raise BadRequestData(f"{shown(value)} is no text")
        return making.plain(value if isinstance(value, str) else str(value), at)
    except BadRequestData as error:
        raise BadRequestData(f"{part.path}: {error.detail}") from None


def _boolean(value: Any) -> bool:
    word = str(value).lower()
    if word not in TRUE | FALSE:
        raise BadRequestData(f"{shown(value)} is neither true nor false; say with values what it means")
    return word in TRUE


def _location(thing: Any, place: Place) -> Instance | None:
    if not place.geometry:
        return making.point(find(thing, place.lon), find(thing, place.lat))
    given = find(thing, place.geometry)
    if given is None:
        return None
    return {"type": "GeoProperty", "value": geometry(shaped_geometry(given), place.geometry)}


def shaped_geometry(given: Any) -> Any:
    """A geometry of Esri as GeoJSON; all else as it is."""
    if isinstance(given, dict) and "rings" in given:
        return {"type": "Polygon", "coordinates": given["rings"]}
    if isinstance(given, dict) and "paths" in given:
        return {"type": "MultiLineString", "coordinates": given["paths"]}
    if isinstance(given, dict) and "type" not in given and {"x", "y"} <= given.keys():
        return {"type": "Point", "coordinates": [given["x"], given["y"]]}
    return given
