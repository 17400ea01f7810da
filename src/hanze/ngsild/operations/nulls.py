# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""NGSI-LD Null in fragments: which instances it deletes, which members it removes, where it may not stand.

Source: ETSI GS CIM 009 V1.8.1, clauses 4.5.0, 4.6.5 (LanguageProperty), 5.5.4, 5.5.8 and 5.5.12.
"""

from typing import Any

from hanze.errors import BadRequestData
from hanze.ngsild.entity import NULL, RESERVED, VALUE_MEMBER, Instance
from hanze.ngsild.operations.complete import complete

_NULLS: dict[str, Any] = {"LanguageProperty": {"@none": NULL}, "ListProperty": [NULL], "ListRelationship": [NULL]}
"""Kinds whose value is no URI, to what is NGSI-LD Null there; the bare URI is it too."""


def is_null(instance: Instance) -> bool:
    """The instance stands for the deletion of the one with its datasetId."""
    kind = instance.get("type")
    if kind is None:
        return False
    value = instance.get(VALUE_MEMBER[kind])
    return value == NULL or (kind in _NULLS and value == _NULLS[kind])


def removes(value: Any) -> bool:
    """A member with this value removes the member: it is NGSI-LD Null, or a sub-attribute with null instances only."""
    if value.__class__ is str:
        return bool(value == NULL)
    return value.__class__ is list and bool(value) and all(isinstance(one, dict) and is_null(one) for one in value)


def dataset_of(instance: Instance, name: str) -> str | None:
    """The datasetId; BadRequestData where a null is to delete it."""
    found: str | None = instance.get("datasetId")
    if found == NULL:
        raise BadRequestData(f"datasetId of {name} is {NULL!r}, but no datasetId can be deleted; delete the attribute.")
    return found


def stored(instance: Instance, name: str) -> Instance:
    """The instance without the members that are null, the same one where none is.

    BadRequestData where a null stands inside a value, and where a sub-attribute has no value.
    """
    changed: Instance = {}
    for key, value in instance.items():
        kind = value.__class__
        if kind is str:
            if value == NULL:
                changed[key] = None
        elif kind is dict or (kind is list and key in RESERVED):
            if holds_null(value):
                raise BadRequestData(f"{key} of {name} holds {NULL!r} inside; only a merge may have it there.")
        elif kind is list:
            parts = [complete(stored(one, key), key) for one in value if not is_null(one)]
            if parts != value:
                changed[key] = parts
    if not changed:
        return instance
    gone = [key for key, found in changed.items() if not found]
    return {key: found for key, found in (instance | changed).items() if key not in gone}


def check_merge(instance: Instance, name: str) -> None:
    """BadRequestData where a null stands in a list: a merge replaces a list as a whole, so the null would stay."""
    for key, value in instance.items():
        if key in RESERVED:
            if _listed_null(value):
                raise BadRequestData(
                    f"{key} of {name} holds {NULL!r} in a list; a list is replaced as a whole, so give what stays of it."
                )
        elif value.__class__ is list:
            for one in value:
                if not is_null(one):
                    check_merge(one, key)


def _listed_null(value: Any) -> bool:
    if value.__class__ is list:
        return holds_null(value)
    return value.__class__ is dict and any(_listed_null(one) for one in value.values())


def holds_null(value: Any) -> bool:
    """NGSI-LD Null stands somewhere in the JSON value."""
    if isinstance(value, dict):
        return any(holds_null(one) for one in value.values())
    if isinstance(value, list):
        return any(holds_null(one) for one in value)
    return bool(value == NULL)
