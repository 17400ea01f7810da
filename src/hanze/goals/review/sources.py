# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who gave the data of an indicator, as the things themselves say it, and whether they are simulated."""

from collections.abc import Iterator, Mapping
from functools import cache

import msgspec

from hanze.explore import places
from hanze.goals.indicators.definition import Definition
from hanze.ngsild.context import CORE
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.base import Reads
from hanze.store.scope import EVERYTHING, Scope

MOST = 200
"""Things of a type that are asked."""


class Source(msgspec.Struct, frozen=True):
    """`providers`: names, each once, by name."""

    providers: tuple[str, ...] = ()
    simulated: bool = False


def read(reads: Reads, scope: Scope, definitions: Mapping[str, Definition]) -> dict[str, Source]:
    """By code of an indicator; empty where it is made of nothing that says where it comes from."""

    @cache
    def of_type(type: str) -> Source:
        return _of_type(reads, scope, type)

    return {
        code: together(of_type(type) for type in sorted(_types(one, definitions)))
        for code, one in definitions.items()
    }  # fmt: skip


def together(found: Iterator[Source]) -> Source:
    every = list(found)
    providers = sorted({name for one in every for name in one.providers})
    return Source(tuple(providers), any(one.simulated for one in every))


def _types(one: Definition, definitions: Mapping[str, Definition]) -> set[str]:
    """The types of things that an indicator looks at, also by way of another indicator."""
    found = {part.type for part in one.part if part.type}
    for part in one.part:
        if part.indicator in definitions:
            found |= _types(definitions[part.indicator], definitions)
    return found


def _of_type(reads: Reads, scope: Scope, type: str) -> Source:
    wanted = EntitySelection(types=TypeIs(CORE.expand(type)))
    found = reads.query("", wanted, scope, limit=MOST).entities
    providers = {name for name, _ in map(places.origin, found) if name}
    # That data are simulated is said to everyone, also of things that not everyone may see.
    every = reads.query("", wanted, EVERYTHING, limit=MOST).entities
    simulated = any(places.default(one, places.SIMULATED).get("value") is True for one in every)
    return Source(tuple(sorted(providers)), simulated)
