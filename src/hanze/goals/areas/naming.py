# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which property of a feature is its code, which its name, and which the area that it lies in: told, or known by its name."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from hanze.goals.areas.area import LEVELS, Level


class Columns(msgspec.Struct, frozen=True):
    """Names of properties; "" for one that is guessed. Of the guessed, `parent` and `people` may be missing."""

    code: str = ""
    name: str = ""
    parent: str = ""
    people: str = ""


GUESSED = Columns()

ID = "the id of the feature"
"""Stands for a property where the code is there."""

CODES: dict[Level, tuple[str, ...]] = {
    "city": ("gmcode", "gemeentecode", "municipalitycode", "citycode"),
    "district": ("wkcode", "wijkcode", "districtcode"),
    "neighbourhood": ("bucode", "buurtcode", "neighbourhoodcode", "neighborhoodcode"),
}
"""Properties that are the code of one level; files of a lower level have those of the upper ones too."""

NAMES: dict[Level, tuple[str, ...]] = {
    "city": ("gmnaam", "gemeentenaam", "municipalityname", "cityname", "gemeente", "municipality", "city"),
    "district": ("wknaam", "wijknaam", "districtname", "wijk", "district"),
    "neighbourhood": (
        "bunaam", "buurtnaam", "neighbourhoodname", "neighborhoodname", "buurt", "neighbourhood", "neighborhood",
    ),
}  # fmt: skip

ANY_CODE = ("statcode", "areacode", "code")
ANY_NAME = ("statnaam", "areaname", "naam", "name", "title", "label")

PEOPLE = ("population", "residents", "inhabitants", "inwoners", "aantalinwoners", "aantinw", "bevolking")

KINDS: dict[str, Level] = {
    "gemeente": "city", "municipality": "city", "city": "city", "wijk": "district", "district": "district",
    "buurt": "neighbourhood", "neighbourhood": "neighbourhood", "neighborhood": "neighbourhood",
}  # fmt: skip
"""Values of a property such as CBS's `rubriek`."""

ANY_KIND = ("rubriek", "level", "type")

PREFIXES: dict[str, Level] = {"GM": "city", "WK": "district", "BU": "neighbourhood"}
"""Of the codes of Statistics Netherlands (CBS)."""

Properties = Mapping[str, Any]


def level(features: Sequence[Properties]) -> Level | None:
    """By the code that they have of the lowest level, by what they say they are, or by the codes of CBS; else None."""
    keys = _keys(features)
    for one in reversed(LEVELS):
        if any(key in keys for key in CODES[one]):
            return one
    told = set(said(features))
    if told == {None}:
        told = {PREFIXES.get(str(_value(one, keys, ANY_CODE))[:2]) for one in features}
    return next(iter(told)) if len(told) == 1 else None


def said(features: Sequence[Properties]) -> list[Level | None]:
    """What each feature says that it is."""
    keys = _keys(features)
    return [KINDS.get(str(_value(one, keys, ANY_KIND)).lower()) for one in features]


def guessed(features: Sequence[Properties], level: Level, told: Columns, ids: bool) -> Columns:
    """All columns. `ids`: features have an id of their own. ValueError where none can be the code."""
    keys = _keys(features)
    for given in (told.code, told.name, told.parent, told.people):
        if given and given != ID and given not in keys.values():
            raise ValueError(f"has no property {given!r}; {_there(keys)}")
    code = told.code or _first(keys, (*CODES[level], *ANY_CODE)) or (ID if ids else "") or keys.get("id", "")
    if not code:
        raise ValueError(
            f"has no property that is known as a code, such as code or statcode; {_there(keys)}; say which it is"
        )
    upper = [key for one in reversed(LEVELS[: LEVELS.index(level)]) for key in CODES[one]]
    return Columns(
        code,
        told.name or _first(keys, (*NAMES[level], *ANY_NAME)) or code,
        told.parent or _first(keys, ("parent", "parentcode", *upper)),
        told.people or _first(keys, PEOPLE),
    )


def text(value: Any) -> str:
    """A code or a name as text; "" for what cannot be one. A whole number that a table made 363.0 is 363."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _keys(features: Sequence[Properties]) -> dict[str, str]:
    """The names of all properties by their letters and digits alone, in small letters."""
    return {re.sub(r"[\W_]", "", key.lower()): key for one in features for key in one}


def _first(keys: Mapping[str, str], wanted: Sequence[str]) -> str:
    return next((keys[key] for key in wanted if key in keys), "")


def _value(one: Properties, keys: Mapping[str, str], wanted: Sequence[str]) -> Any:
    return one.get(_first(keys, wanted))


def _there(keys: Mapping[str, str]) -> str:
    names = ", ".join(keys.values())
    return f"there are {names[:200]}{'…' if len(names) > 200 else ''}" if names else "there are none at all"
