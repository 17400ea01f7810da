# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Short ways to make entities of what a source says, names expanded by the core context."""

import math
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from hanze.errors import BadRequestData
from hanze.ngsild import checks
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity, Instance

_PLAIN = re.compile(r"[A-Za-z0-9._~-]*").fullmatch


def urn(type: str, *parts: object) -> str:
    """An id such as urn:ngsi-ld:Station:NL:10636; what a URN cannot hold is percent-encoded."""
    texts = map(str, parts)
    # Most parts are plain already, which is four times faster to see.
    quoted = [text if _PLAIN(text) else quote(text, safe="-._~") for text in texts]
    return ":".join(("urn:ngsi-ld", type, *quoted))


def entity(id: str, type: str, attributes: Mapping[str, Instance | None]) -> Entity:
    """An entity of the attributes that have a value. Errors: BadRequestData where the id is no URI."""
    checks.uri(id, "id")
    made = {CORE.expand(name): [one] for name, one in attributes.items() if one is not None}
    return Entity(id, [CORE.expand(type)], made)


def number(value: Any, unit: str | None = None, at: str | None = None) -> Instance | None:
    """A Property with a number, also where the source writes it as text; None where it is missing.

    `unit`: UN/CEFACT code. `at`: observedAt, ISO 8601 in UTC with Z. Errors: BadRequestData where it is no finite number.
    """
    if value is None or value == "":
        return None
    try:
        found = value if isinstance(value, int) and not isinstance(value, bool) else float(value)
        finite = math.isfinite(found)
    except (TypeError, ValueError, OverflowError):
        raise BadRequestData(f"{checks.shown(value)} is no number.") from None
    if isinstance(value, bool) or not finite:
        raise BadRequestData(f"{checks.shown(value)} is no number.")
    return _told({"type": "Property", "value": found}, unit, at)


def plain(value: str | bool | list[Any] | dict[str, Any] | None, at: str | None = None) -> Instance | None:
    """A Property with a text, a boolean, a list or an object; None where it is missing or an empty text."""
    return None if value is None or value == "" else _told({"type": "Property", "value": value}, None, at)


def point(lon: Any, lat: Any, at: str | None = None) -> Instance | None:
    """A GeoProperty with a point, degrees in WGS 84; None where one is missing. Errors: BadRequestData."""
    if lon is None or lat is None or lon == "" or lat == "":
        return None
    try:
        place = {"type": "Point", "coordinates": [float(lon), float(lat)]}
    except (TypeError, ValueError, OverflowError):
        raise BadRequestData(f"{checks.shown(lon)}, {checks.shown(lat)} are no degrees.") from None
    return _told({"type": "GeoProperty", "value": checks.geometry(place, "location")}, None, at)


def link(id: str | None) -> Instance | None:
    """A Relationship to another entity; None where there is none."""
    return None if not id else {"type": "Relationship", "object": checks.uri(id, "object")}


def _told(made: Instance, unit: str | None, at: str | None) -> Instance:
    if unit:
        made["unitCode"] = unit
    if at:
        made["observedAt"] = at
    return made
