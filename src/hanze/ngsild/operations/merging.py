# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The merge of one instance into another, by JSON merge patch with NGSI-LD Null for null.

Source: ETSI GS CIM 009 V1.8.1, clause 5.5.12; RFC 7396.
"""

from typing import Any

from hanze.ngsild.entity import NULL, RESERVED, VALUE_MEMBER, Instance
from hanze.ngsild.operations.complete import complete
from hanze.ngsild.operations.nulls import is_null

_MERGED = frozenset({"value", "json", "languageMap"})
"""Members whose value may be an object, into which a merge goes."""


def merged(old: Instance | None, one: Instance) -> Instance | None:
    """A new instance; one of another kind takes the old one's place as a whole. None where no language is left."""
    if old is None or one.get("type", old["type"]) != old["type"]:
        return fresh(one)
    kind = old["type"]
    made = dict(old)
    for key, value in one.items():
        if value == NULL:
            made.pop(key, None)
        elif key in RESERVED:
            made[key] = merged_value(old.get(key), value) if key in _MERGED and kind != "GeoProperty" else value
        else:
            parts = _parts(old.get(key, []), value, key)
            if parts:
                made[key] = parts
            else:
                made.pop(key, None)
    return _with_languages(made)


def fresh(one: Instance) -> Instance | None:
    """The instance as the merge into nothing makes it: without nulls. None where no language is left."""
    made: Instance = {}
    for key, value in one.items():
        if value == NULL:
            continue
        if key in RESERVED:
            made[key] = merged_value(None, value) if key in _MERGED else value
        else:
            parts = _parts([], value, key)
            if parts:
                made[key] = parts
    return _with_languages(made)


def _with_languages(made: Instance) -> Instance | None:
    return None if made.get("languageMap") == {} else made


def _parts(old: list[Instance], new: list[Instance], name: str) -> list[Instance]:
    """Sub-attributes merge as attributes do, without times of their own."""
    found = {one.get("datasetId"): one for one in old}
    for one in new:
        dataset = one.get("datasetId")
        was = found.get(dataset)
        made = None if is_null(one) else merged(was, one)
        if made is None:
            found.pop(dataset, None)
        else:
            found[dataset] = complete(made, name)
    return sorted(found.values(), key=lambda one: "datasetId" in one)


def merged_value(old: Any, new: Any) -> Any:
    """RFC 7396 with NGSI-LD Null for null; a new value, never one of the old objects changed."""
    if not isinstance(new, dict):
        return new
    made = dict(old) if isinstance(old, dict) else {}
    for key, value in new.items():
        if value == NULL:
            made.pop(key, None)
        else:
            made[key] = merged_value(made.get(key), value)
    return made


def alike(old: Instance, one: Instance, lang: str | None, *, simplified: bool) -> Instance:
    """A bare value as the kind that the attribute has, where it can be: a text in `lang` for a LanguageProperty,
    and in the simplified representation a URI for a Relationship, a list for a list."""
    kind = old["type"]
    value = one.get("value")
    if one.get("type") != "Property" or kind == "Property" or value is None:
        return one
    if kind == "LanguageProperty":
        return _as(kind, {lang: value}, one) if lang and isinstance(value, str | list) else one
    if not simplified:
        return one
    texts = isinstance(value, str) or (isinstance(value, list) and all(isinstance(part, str) for part in value))
    if (kind == "Relationship" and texts) or (kind == "ListProperty" and isinstance(value, list)):
        return _as(kind, value, one)
    return _as(kind, value, one) if kind == "ListRelationship" and isinstance(value, list) and texts else one


def _as(kind: str, value: Any, one: Instance) -> Instance:
    kept = {key: found for key, found in one.items() if key not in ("type", "value")}
    return {"type": kind, VALUE_MEMBER[kind]: value, **kept}
