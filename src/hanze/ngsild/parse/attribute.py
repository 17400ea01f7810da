# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Attributes: normalised, concise and simplified forms become normalised instances with expanded names.

Source: ETSI GS CIM 009 V1.8.1, clauses 4.5.1 to 4.5.24.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from hanze.errors import BadRequestData, TooLarge
from hanze.ngsild import times
from hanze.ngsild.checks import LONGEST_NAME, geometry, is_geometry, name, shown, uri
from hanze.ngsild.context import CORE, Context
from hanze.ngsild.entity import NULL, RESERVED, VALUE_MEMBER, Instance
from hanze.ngsild.operations.nulls import holds_null
from hanze.ngsild.weight import fits

DEEPEST = 8
"""How deep sub-attributes may stand inside each other."""

_KINDS = tuple(VALUE_MEMBER)
"""To look among for what need not be a text."""

_KIND_OF = {
    "object": "Relationship", "languageMap": "LanguageProperty", "vocab": "VocabProperty", "json": "JsonProperty",
    "valueList": "ListProperty", "objectList": "ListRelationship", "value": "Property",
}  # fmt: skip
"""Member to the kind that it makes where `type` is left out (concise form)."""

_IGNORED = frozenset(
    {"createdAt", "modifiedAt", "deletedAt", "instanceId", "entity", "entityList"}
    | {f"previous{kind}" for kind in ("Value", "Object", "LanguageMap", "Vocab", "Json", "ValueList", "ObjectList")}
)
"""The node says these; from outside they are passed over (tables 5.2.5-2 and further)."""

_WITH_UNIT = frozenset({"", "value", "valueList"})
"""Members that hold a value which may have a unit; empty where only a part of an attribute is given."""

LARGEST = 1 << 20
"""Bytes of one instance: the history of an entity lies in order, and a very large row slows down all that lie near it."""

TIMED = frozenset({"type", "value", "observedAt"})
NUMBER = TIMED | {"unitCode"}

LANG_STRING = CORE.expand("langString")


def instances(
    payload: Any, context: Context, *, nulls: bool = False, kind: str | None = None, field: str = "attribute",
    depth: int = 0, several: bool = False, members: bool = False,
) -> list[Instance]:  # fmt: skip
    """The instances of one attribute, the default one first; each datasetId once, unless `several` (history).

    `nulls`: NGSI-LD Null and missing values are allowed, as in a patch. `kind`: what the attribute is now.
    `members`: an object has the members of the attribute (an Attribute Fragment, clause 5.4) and is never its value.
    Errors: BadRequestData, TooLarge.
    """
    if depth == 0 and type(payload) is dict and (_is_number(payload) or _is_point(payload)):
        if "observedAt" in payload:
            times.utc(payload["observedAt"], f"{field}.observedAt")
        return [payload.copy()]
    found = _instances(payload, context, nulls, kind, field, depth, several, members)
    if depth == 0:
        for one in found:
            if not fits(one, LARGEST):
                raise TooLarge(
                    f"{field} has more than {LARGEST} bytes; give less, or in several attributes.", limit=LARGEST
                )
    return found


def _is_number(payload: dict[str, Any]) -> bool:
    """What most instances are, seen in a fraction of the time: a normalised number with at most unit and time."""
    return (
        payload.get("type") == "Property"
        and type(payload.get("value")) in (float, int)
        and NUMBER.issuperset(payload)
        and type(payload.get("unitCode", "")) is str
        and len(payload.get("unitCode", "")) <= LONGEST_NAME
        and payload.get("observedAt") != NULL
    )


def _is_point(payload: dict[str, Any]) -> bool:
    """The same for where most things are: a point without altitude, with at most a time."""
    value = payload.get("value")
    if payload.get("type") != "GeoProperty" or type(value) is not dict or not TIMED.issuperset(payload):
        return False
    at = value.get("coordinates")
    return (
        value.get("type") == "Point"
        and len(value) == 2
        and type(at) is list
        and list(map(type, at)) == [float, float]
        and -180 <= at[0] <= 180
        and -90 <= at[1] <= 90
        and payload.get("observedAt") != NULL
    )


def _instances(
    payload: Any, context: Context, nulls: bool, kind: str | None, field: str, depth: int, several: bool, members: bool
) -> list[Instance]:
    if not isinstance(payload, list) or not payload or not all(map(_looks_normal, payload)):
        return [_instance(payload, context, nulls, kind, field, depth, members)]
    found = [_instance(one, context, nulls, kind, field, depth, members) for one in payload]
    if len(found) > 1 and not several:
        datasets = [instance.get("datasetId") for instance in found]
        if len(set(datasets)) < len(datasets):
            raise BadRequestData(f"{field} has two instances with the same datasetId; give each its own.")
        found.sort(key=lambda instance: "datasetId" in instance)
    return found


def _looks_normal(payload: Any) -> bool:
    return isinstance(payload, dict) and (payload.get("type") in _KINDS or not _KIND_OF.keys().isdisjoint(payload))


def _looks_partial(payload: dict[str, Any]) -> bool:
    """Members of an attribute without its value, as a patch may have them; not a plain JSON object that is the value."""
    if not RESERVED.isdisjoint(payload):
        return True
    return any(value == NULL or (isinstance(value, dict) and value.get("type") in _KINDS) for value in payload.values())


def _instance(
    payload: Any, context: Context, nulls: bool, kind: str | None, field: str, depth: int, members: bool
) -> Instance:
    if depth > DEEPEST:
        raise BadRequestData(f"{field} stands more than {DEEPEST} sub-attributes deep; make it flatter.")
    if not isinstance(payload, dict):
        return _simplified(payload, nulls, kind, field)
    given = payload.get("type", payload.get("@type"))
    if given is None:
        given = _concise_kind(payload, kind)
        if given is None:
            if not members and not (nulls and _looks_partial(payload)):
                return _simplified(payload, nulls, kind, field)
            if not nulls:
                raise BadRequestData(f'{field} has no value; give the whole attribute, such as {{"value": 5}}.')
            return _members(payload, {}, "", context, nulls, field, depth)
    elif not isinstance(given, str) or given not in VALUE_MEMBER:
        if is_geometry(payload):
            return {"type": "GeoProperty", "value": geometry(payload, field)}
        raise BadRequestData(f"{field}.type is {shown(given)}; give one of {', '.join(VALUE_MEMBER)}.")
    return _members(payload, {"type": given}, VALUE_MEMBER[given], context, nulls, field, depth)


def _concise_kind(payload: dict[str, Any], kind: str | None) -> str | None:
    for member, found in _KIND_OF.items():
        if member in payload:
            if member == "value" and is_geometry(payload["value"]):
                return "GeoProperty"
            return kind if kind is not None and VALUE_MEMBER[kind] == member else found
    return None


def _simplified(value: Any, nulls: bool, kind: str | None, field: str) -> Instance:
    """A bare value: it keeps the kind that the attribute has, where it fits; else a geometry or a Property."""
    if kind is None or kind == "Property":
        kind = "GeoProperty" if is_geometry(value) else "Property"
    elif kind == "LanguageProperty" and value == NULL:
        value = {"@none": NULL}
    if kind == "VocabProperty":
        kind = "Property"
    return {"type": kind, VALUE_MEMBER[kind]: _VALUES[kind](value, CORE, nulls, field)}


def _members(
    payload: dict[str, Any], made: Instance, value_member: str, context: Context, nulls: bool, field: str, depth: int
) -> Instance:
    for key, value in payload.items():
        if key == value_member and key:
            made[key] = _VALUES[made["type"]](value, context, nulls, field)
        elif key == "type" or key == "@type" or key in _IGNORED:
            continue
        elif key == "observedAt" or key == "expiresAt":
            made[key] = value if nulls and value == NULL else times.utc(value, f"{field}.{key}")
        elif key == "unitCode":
            if not isinstance(value, str) or len(value) > LONGEST_NAME:
                raise BadRequestData(f"{field}.unitCode is {shown(value)}; give a UN/CEFACT code such as CEL.")
            if value_member not in _WITH_UNIT:
                raise BadRequestData(f"{field} is a {made['type']} and has a unitCode; only a number has a unit.")
            made[key] = value
        elif key == "datasetId":
            if value != "@none":
                made[key] = uri(value, f"{field}.datasetId")
        elif key == "objectType":
            made[key] = _vocab(value, context, nulls, f"{field}.objectType")
        elif key == "valueType":
            made[key] = _value_type(value, context, nulls, value_member, field)
        elif key == "@context":
            raise BadRequestData(f"{field} has an @context; give one for the whole document only.")
        elif key in RESERVED:
            if value_member:
                raise BadRequestData(f"{field} is a {made['type']} and has {key}; a {made['type']} has {value_member}.")
            made[key] = value
        else:
            inner = f"{field}.{key}"
            made[context.expand(name(key, inner))] = instances(
                value, context, nulls=nulls, field=inner, depth=depth + 1
            )
    if value_member and value_member not in made and not nulls:
        raise BadRequestData(f"{field} is a {made['type']} without {value_member}; give it a {value_member}.")
    return made


def _value_type(value: Any, context: Context, nulls: bool, value_member: str, field: str) -> Any:
    """The datatype of a Property's value; that of a LanguageProperty is always the same (table 5.2.32-1)."""
    if isinstance(value, list):
        raise BadRequestData(f"{field}.valueType is {shown(value)}; give one datatype such as xsd:double.")
    found = _vocab(value, context, nulls, f"{field}.valueType")
    if value_member == "languageMap" and found not in (LANG_STRING, NULL):
        raise BadRequestData(f"{field}.valueType is {shown(value)}; that of a LanguageProperty is langString.")
    return found


def _refuse_null(value: Any, nulls: bool, field: str) -> None:
    if value is None:
        raise BadRequestData(f"{field} is null; leave it out, or use {NULL!r} in a patch to delete it.")
    if value == NULL and not nulls:
        raise BadRequestData(f"{field} is {NULL!r}, which only a patch may have; leave it out.")


def _refuse_nulls(value: Any, nulls: bool, field: str) -> None:
    """Also inside the value."""
    _refuse_null(value, nulls, field)
    if not nulls and isinstance(value, dict | list) and holds_null(value):
        raise BadRequestData(f"{field} has {NULL!r} inside its value, which only a merge may have; leave it out.")


def _property(value: Any, context: Context, nulls: bool, field: str) -> Any:
    _refuse_nulls(value, nulls, field)
    return value


def _geo(value: Any, context: Context, nulls: bool, field: str) -> Any:
    """A geometry, also as the JSON text of one (clause 4.7.2)."""
    _refuse_null(value, nulls, field)
    if value == NULL:
        return value
    if isinstance(value, str):
        try:
            value = msgspec.json.decode(value)
        except (msgspec.DecodeError, RecursionError):
            raise BadRequestData(
                f"{field} is {shown(value)}; give a GeoJSON geometry, or the JSON text of one."
            ) from None
    return geometry(value, field)


def _object(value: Any, context: Context, nulls: bool, field: str) -> Any:
    _refuse_nulls(value, nulls, field)
    if isinstance(value, list) and value:
        return [uri(one, f"{field}.object") for one in value]
    return uri(value, f"{field}.object")


def _language_map(value: Any, context: Context, nulls: bool, field: str) -> Any:
    _refuse_null(value, nulls, field)
    if value == NULL:
        return {"@none": NULL}
    if not isinstance(value, dict) or not value:
        raise BadRequestData(f'{field}.languageMap is {shown(value)}; give an object such as {{"en": "street"}}.')
    for language, text in value.items():
        if not language:
            raise BadRequestData(f"{field}.languageMap has a language without a name; give a tag such as en, or @none.")
        texts = text if isinstance(text, list) and text else [text]
        if not all(isinstance(one, str) for one in texts):
            raise BadRequestData(f"{field}.languageMap.{language} is {shown(text)}; give a text or a list of texts.")
        if NULL in texts and not nulls:
            raise BadRequestData(f"{field}.languageMap.{language} is {NULL!r}, which only a patch may have.")
    return value


def _vocab(value: Any, context: Context, nulls: bool, field: str) -> Any:
    _refuse_nulls(value, nulls, field)
    words = value if isinstance(value, list) and value else [value]
    for word in words:
        if not isinstance(word, str) or not word:
            raise BadRequestData(f"{field} is {shown(value)}; give a word of a vocabulary, or a list of them.")
    if value == NULL:
        return value
    return [context.expand(word) for word in value] if isinstance(value, list) else context.expand(value)


def _json(value: Any, context: Context, nulls: bool, field: str) -> Any:
    _refuse_nulls(value, nulls, field)
    objects = value if isinstance(value, list) else [value]
    if value != NULL and not all(isinstance(one, dict) for one in objects):
        raise BadRequestData(f"{field}.json is {shown(value)}; give a JSON object, or a list of them.")
    return value


def _list(value: Any, context: Context, nulls: bool, field: str) -> Any:
    _refuse_nulls(value, nulls, field)
    if value != NULL and not isinstance(value, list):
        raise BadRequestData(f"{field}.valueList is {shown(value)}; give a list.")
    return value


def _object_list(value: Any, context: Context, nulls: bool, field: str) -> Any:
    _refuse_nulls(value, nulls, field)
    if value == NULL:
        return value
    if not isinstance(value, list):
        raise BadRequestData(f'{field}.objectList is {shown(value)}; give a list such as [{{"object": "urn:…"}}].')
    return [uri(one.get("object") if isinstance(one, dict) else one, f"{field}.objectList") for one in value]


_VALUES: dict[str, Callable[[Any, Context, bool, str], Any]] = {
    "Property": _property, "GeoProperty": _geo, "Relationship": _object, "LanguageProperty": _language_map,
    "VocabProperty": _vocab, "JsonProperty": _json, "ListProperty": _list, "ListRelationship": _object_list,
}  # fmt: skip
