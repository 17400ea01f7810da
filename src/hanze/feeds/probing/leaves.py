# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The single values in a list of things, each with the path by which a mapping finds it."""

import re
from typing import Any

import msgspec
from msgspec import Struct

from hanze.feeds.probing import names
from hanze.ngsild.checks import is_geometry

SAMPLE = 2000
"""Things that are looked at; more would tell little else."""

DEEPEST = 6
MOST_LEAVES = 400

_PLAIN = re.compile(r'[^\W.\[\]"{}][^.\[\]"{}]*')


class Leaf(Struct):
    """One value of each thing. `steps`: the names on the way to it. `values`: None where a thing lacks it."""

    path: str
    steps: tuple[str, ...]
    values: list[Any]

    @property
    def name(self) -> str:
        return self.steps[-1] if self.steps else ""

    @property
    def key(self) -> str:
        return names.key(self.name)

    @property
    def told(self) -> list[Any]:
        """The values that are there."""
        return [value for value in self.values if value is not None and value != ""]


def leaves(things: list[Any]) -> list[Leaf]:
    """The values of the things: numbers, texts, booleans, geometries and short lists of numbers, in order of appearance."""
    found: dict[str, Leaf] = {}
    sample = things[:SAMPLE]
    for number, thing in enumerate(sample):
        for path, steps, value in _walk(thing, "", ()):
            leaf = found.get(path)
            if leaf is None:
                if len(found) >= MOST_LEAVES:
                    continue
                leaf = found[path] = Leaf(path, steps, [None] * len(sample))
            leaf.values[number] = value
    return [leaf for leaf in found.values() if leaf.told]


def is_place(value: Any) -> bool:
    """A geometry of GeoJSON or of Esri."""
    return is_geometry(value) or (
        isinstance(value, dict) and bool({"rings", "paths"} & value.keys() or {"x", "y"} <= value.keys())
    )


def is_pair(value: Any) -> bool:
    """Two or three numbers, which may be a place."""
    return isinstance(value, list) and 2 <= len(value) <= 3 and all(type(one) in (int, float) for one in value)


def step(path: str, name: str) -> str | None:
    """The path one name further; None where a path cannot name it."""
    if not name or '"' in name or "{" in name or "}" in name:
        return None
    written = name if _PLAIN.fullmatch(name) else f'"{name}"'
    return f"{path}.{written}" if path else written


def is_table(value: Any) -> bool:
    """An object whose members are things of one sort, each under its key."""
    if not isinstance(value, dict) or len(value) < 2 or not all(isinstance(one, dict) for one in value.values()):
        return False
    first, *others = (one.keys() for one in value.values())
    return len(first) >= 3 and all(len(first & one) >= 0.6 * len(first | one) for one in others)


def _walk(value: Any, path: str, steps: tuple[str, ...]) -> "list[tuple[str, tuple[str, ...], Any]]":
    inner = _inside(value)
    if inner is not None and not is_place(inner):
        if len(steps) >= DEEPEST or is_table(inner):
            return []
        found = []
        for name, one in inner.items():
            further = step(path, name)
            if further is not None:
                found += _walk(one, further, (*steps, name))
        return found
    if not path or (isinstance(value, list) and not is_pair(value)):
        return []
    return [(path, steps, value)]


def _inside(value: Any) -> "dict[str, Any] | None":
    """The object itself, or that in a text, which some sources put there."""
    if isinstance(value, str) and value.startswith("{"):
        try:
            value = msgspec.json.decode(value)
        except (msgspec.DecodeError, RecursionError):
            return None
    return value if isinstance(value, dict) else None
