# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values of attributes in plain words, with where they lead: for people who look at single things."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from hanze.errors import BadRequestData
from hanze.explore.measured import is_number
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import VALUE_MEMBER, Instance
from hanze.web import licences, terms
from hanze.web.drawing.words import Words, measure
from hanze.web.language import mark as _
from hanze.web.room import Visit
from hanze.web.tables import Cell

LONGEST = 300
"""Characters of a value that is shown; the whole one stands in the data."""

SHAPES = {
    "LineString": _("a line on the map"), "MultiLineString": _("lines on the map"), "MultiPoint": _("places on the map"),
    "Polygon": _("an area on the map"), "MultiPolygon": _("areas on the map"),
}  # fmt: skip

POSTAL = ("streetAddress", "streetNr", "district", "postalCode", "addressLocality")
"""Parts of an address, of which the last is always there. Source: schema.org/PostalAddress, as in Smart Data Models."""

Name = Callable[[str], str]
"""From an id to what the thing is called; empty where the visitor does not see it."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")


def told(visit: Visit, attribute: str, instance: Instance, name: Name) -> list[Cell]:
    """The value of an instance as texts, some of which lead somewhere."""
    kind = instance["type"]
    value = instance.get(VALUE_MEMBER[kind])
    if kind in ("Relationship", "ListRelationship"):
        return [_thing(visit, one, name) for one in objects(value)]
    if kind == "GeoProperty":
        return [Cell(_place(visit, value))]
    if kind == "LanguageProperty":
        return [Cell(_text(visit, spoken(value, visit.language.code)))]
    if kind == "VocabProperty":
        return [Cell(", ".join(CORE.compact(one) for one in _several(value)))]
    if is_number(value):
        unit, factor = terms.shown(instance.get("unitCode"), terms.quantity(attribute))
        return [Cell(measure(exact(value * factor, visit.language.words), unit))]
    return [_plain(visit, value, attribute)]


def exact(value: float, words: Words) -> str:
    """A number with all its digits, as the language writes it."""
    size = abs(value)
    if size and not 1e-6 <= size < 1e15:
        return words.number(value)
    digits = f"{value:.12g}"
    return words.fixed(value, len(digits.partition(".")[2]) if "e" not in digits else 6)


def objects(value: Any) -> Iterable[str]:
    """The ids that a relationship points at."""
    for one in _several(value):
        yield one["object"] if isinstance(one, dict) else one


def spoken(texts: Any, code: str) -> Any:
    """The text of a LanguageProperty in this language, in none, in English, or the first there is."""
    return next((texts[one] for one in (code, "@none", "en", *texts) if one in texts), "")


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _thing(visit: Visit, id: str, name: Name) -> Cell:
    called = name(id)
    return Cell(called or id, visit.address("data/thing", id=id) if called else "")


def _place(visit: Visit, shape: Any) -> str:
    kind = shape.get("type")
    if kind != "Point":
        return visit.language.say(SHAPES.get(kind, SHAPES["Polygon"]))
    words = visit.language.words
    lon, lat = shape["coordinates"][:2]
    return f"{words.fixed(lat, 5)} / {words.fixed(lon, 5)}"


def _plain(visit: Visit, value: Any, attribute: str = "") -> Cell:
    if isinstance(value, bool):
        return Cell(visit.language.say(_("yes") if value else _("no")))
    if isinstance(value, dict) and isinstance(value.get("@value"), str):
        value = value["@value"]
    if isinstance(value, str):
        if re.fullmatch(r"https?://\S+", value):
            return Cell(licences.name(value) or _cut(value.partition("://")[2].rstrip("/")), value)
        return Cell(_text(visit, visit.language.say(terms.state(attribute, value))))
    if isinstance(value, list) and all(isinstance(one, str | int | float) for one in value):
        return Cell(_cut(", ".join(_plain(visit, one, attribute).text for one in value)))
    if is_number(value):
        return Cell(exact(value, visit.language.words))
    if isinstance(value, dict) and all(isinstance(one, str | int | float) for one in value.values()):
        return _plain(visit, list(_postal(value) or value.values()))
    return Cell(_cut(msgspec.json.encode(value).decode()))


def _postal(value: dict[str, Any]) -> list[Any]:
    """The parts of an address as on a letter within the country; empty where it is none."""
    return [value[part] for part in POSTAL if part in value] if POSTAL[-1] in value else []


def _text(visit: Visit, value: Any) -> str:
    """A text; a moment as people say it."""
    text = ", ".join(map(str, _several(value)))
    if _MOMENT.fullmatch(text):
        try:
            return visit.language.when(times.parse(text), visit.now, visit.site.zone)
        except BadRequestData:
            return text
    return _cut(text)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + " …"
