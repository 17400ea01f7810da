# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Checks of single values that come from outside: names, URIs, scopes, geometries. Each error names field, value and fix."""

import re
from typing import Any

from hanze.errors import BadRequestData

_UNSEEN = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    r"\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff"
    + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 17))
)
"""Characters that nobody sees, or that turn the text around, and those that Unicode gives no meaning."""

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]+")
_IRI = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{{}}|\\^`\x00-\x20\x7f{_UNSEEN}]+")
_NAME = re.compile(r"[^\W\d_][^\s<>\"'=;(){}\x00-\x1f\[\]|\\]*")
_TENANT = re.compile(r"[A-Za-z0-9_.:-]{0,128}")
_SCOPE = re.compile(r"/?[^\W\d_]\w*(/[^\W\d_]\w*)*")

LONGEST_NAME = 1024
KEYWORDS = frozenset({"id", "type"})
DEEPEST_GEOMETRY = {
    "Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3,
}  # fmt: skip
"""How many lists stand around the positions of each geometry."""
HIGHEST = 1_000_000_000
"""Metres: beyond the moon."""


def uri(value: Any, field: str) -> str:
    """An absolute URI, or an IRI with characters that can be seen (RFC 3987)."""
    if (
        not isinstance(value, str)
        or len(value) > LONGEST_NAME
        or (_URI if value.isascii() else _IRI).fullmatch(value) is None
    ):
        raise BadRequestData(f"{field} is {shown(value)}; give an absolute URI such as urn:ngsi-ld:Room:1.")
    return value


def name(value: Any, field: str) -> str:
    """A name of a type or attribute: a term, a prefixed name or an IRI. It begins with a letter; what follows may be more
    than the letters, digits and _ of clause 4.6.2, for such names are in use."""
    if (
        not isinstance(value, str)
        or len(value) > LONGEST_NAME
        or value in KEYWORDS
        # Most names are identifiers, which is faster to see.
        or ((value[:1] == "_" or not value.isidentifier()) and _NAME.fullmatch(value) is None)
    ):
        raise BadRequestData(
            f"{field} is {shown(value)}; give a name that begins with a letter, without spaces, brackets and quotes, "
            "and other than id and type."
        )
    return value


def tenant(value: str, field: str) -> str:
    """The name of a tenant; empty is the default one."""
    if _TENANT.fullmatch(value) is None:
        raise BadRequestData(f"{field} is {shown(value)}; give letters, digits and _ . : -, at most 128.")
    return value


def scopes(value: Any) -> list[str]:
    """Scopes as a list, each such as /Europe/NL (clause 4.18)."""
    found = value if isinstance(value, list) else [value]
    for scope in found:
        if not isinstance(scope, str) or _SCOPE.fullmatch(scope) is None:
            raise BadRequestData(
                f"scope is {shown(scope)}; give a path such as /Europe/NL, each part a letter and then letters, digits or _."
            )
    return [scope if scope.startswith("/") else "/" + scope for scope in found]


def shown(value: Any) -> str:
    """A value for an error text, cut where it is long."""
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def is_geometry(value: Any) -> bool:
    """The value looks like a GeoJSON geometry."""
    return isinstance(value, dict) and "coordinates" in value and value.get("type") in list(DEEPEST_GEOMETRY)


def geometry(value: Any, field: str) -> dict[str, Any]:
    """A GeoJSON geometry with longitudes and latitudes (RFC 7946), any but a GeometryCollection; it may cross itself."""
    if not isinstance(value, dict):
        raise BadRequestData(f"{field} is {shown(value)}; give a GeoJSON geometry.")
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in DEEPEST_GEOMETRY:
        raise BadRequestData(f"{field} has type {shown(kind)}; give one of {', '.join(DEEPEST_GEOMETRY)}.")
    coordinates = value.get("coordinates")
    if kind == "Point":
        _position(coordinates, field)
    else:
        _positions(coordinates, DEEPEST_GEOMETRY[kind], field, kind)
    return value


def _positions(value: Any, depth: int, field: str, kind: str) -> None:
    if not isinstance(value, list) or not value:
        raise BadRequestData(f"{field}.coordinates of a {kind} has {shown(value)} where a list stands.")
    if depth > 1:
        for part in value:
            _positions(part, depth - 1, field, kind)
        return
    for position in value:
        _position(position, field)
    if len({len(position) for position in value}) > 1:
        raise BadRequestData(f"{field}: either every position of a {kind} has an altitude, or none.")
    if kind in ("Polygon", "MultiPolygon") and (len(value) < 4 or value[0] != value[-1]):
        raise BadRequestData(f"{field}: a ring of a {kind} has four or more positions, and ends where it begins.")
    if kind in ("LineString", "MultiLineString") and len(value) < 2:
        raise BadRequestData(f"{field}: a {kind} has two or more positions.")


def _position(value: Any, field: str) -> None:
    if not isinstance(value, list) or not 2 <= len(value) <= 3:
        raise BadRequestData(f"{field} has the position {shown(value)}; give [longitude, latitude].")
    for number in value:
        if type(number) is not float and type(number) is not int:
            raise BadRequestData(f"{field} has the position {shown(value)}; give numbers.")
    if not -HIGHEST <= value[-1] <= HIGHEST:
        raise BadRequestData(f"{field} has the position {shown(value)}; an altitude is at most {HIGHEST} metres.")
    if not (-180 <= value[0] <= 180 and -90 <= value[1] <= 90):
        raise BadRequestData(
            f"{field} has the position {shown(value)}; longitude is -180 to 180 and comes first, latitude is -90 to 90."
        )
