# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes values as TOML, as people would: what is as usual is left out."""

import json
import re
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def lines(values: Mapping[str, Any]) -> list[str]:
    """A line for each value; those that are empty are left out."""
    return [f"{_key(name)} = {_value(value)}" for name, value in values.items() if value not in (None, "", {}, [])]


def table(name: str, value: Struct) -> list[str]:
    """A table of this name, or without a header where it has none; its lists of tables come after it."""
    found = _told(value)
    several = {key: parts for key, parts in found.items() if isinstance(parts, list) and parts and _tables(parts)}
    written = [f"[{name}]"] if name else []
    written += lines({key: one for key, one in found.items() if key not in several})
    for key, parts in several.items():
        for part in parts:
            written += ["", f"[[{name}.{key}]]" if name else f"[[{key}]]", *lines(part)]
    return written


def _tables(parts: list[Any]) -> bool:
    return all(isinstance(part, dict) for part in parts)


def _told(value: Any) -> Any:
    """As plain values, without those that a Struct has by itself."""
    if isinstance(value, Struct):
        usual = {field.name: field.default for field in msgspec.structs.fields(value)}
        named = {name: getattr(value, name) for name in value.__struct_fields__}
        return {
            name: _told(one) for name, one in named.items() if usual[name] is msgspec.NODEFAULT or one != usual[name]
        }
    if isinstance(value, dict):
        return {name: _told(one) for name, one in value.items()}
    return [_told(one) for one in value] if isinstance(value, list | tuple) else value


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _value(name)


def _value(value: Any) -> str:
    """In TOML, whose texts, numbers, booleans and lists of texts are written as in JSON."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
