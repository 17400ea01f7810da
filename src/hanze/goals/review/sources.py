# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who gave the data of an indicator, as the things themselves say it, and whether they are simulated."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import msgspec

from hanze.explore import places
from hanze.goals.indicators.definition import Definition
from hanze.goals.keeping import entered
from hanze.goals.model import ENTERED, EnteredFacts
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


def read(reads: Reads, scope: Scope, city: str, whole: str, definitions: Mapping[str, Definition]) -> dict[str, Source]:
    """By code of an indicator; empty where it is made of nothing that says where it comes from. `city`: its code in ids, `whole`:
    the code of the area that it is."""

    @cache
    def of_type(type: str) -> Source:
        return _of_type(reads, scope, type)

    return {
        code: _together([*map(of_type, sorted(_types(one, definitions))), *_entered(reads, scope, city, whole, one)])
        for code, one in definitions.items()
    }  # fmt: skip


def _together(found: Sequence[Source]) -> Source:
    providers = sorted({name for one in found for name in one.providers})
    return Source(tuple(providers), any(one.simulated for one in found))


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


def _entered(reads: Reads, scope: Scope, city: str, whole: str, one: Definition) -> Iterator[Source]:
    """What people who entered a number for the city wrote of where it comes from."""
    for part in one.part:
        if part.what == "entered" and (entity := reads.get("", entered.id_of(city, one.code, part.name, whole), scope)):
            facts = ENTERED.facts_of(entity, EnteredFacts)
            if facts.counts:
                yield Source((facts.source,) if facts.source else (), facts.simulated)
