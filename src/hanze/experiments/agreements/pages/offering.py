# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of the data of the city an agreement can show: sensor data and facts of the city, with their attributes; nothing about
persons, and nothing of the bookkeeping of the node."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

import msgspec

from hanze.errors import BadRequestData
from hanze.experiments.agreements.terms import is_personal
from hanze.goals.model import AREA, CHANGE, LAND, PLAN
from hanze.ngsild import checks
from hanze.ngsild.context import CORE
from hanze.ngsild.described import VOCABULARY
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, TypeIs, Window
from hanze.store.scope import EVERYTHING
from hanze.web.room import Visit

FACTS = frozenset({AREA.iri, LAND.iri, CHANGE.iri, PLAN.iri})
"""Of what the node makes: facts of the city, not what people did in it."""

KINDS = frozenset({"Property", "GeoProperty", "LanguageProperty", "VocabProperty", "JsonProperty", "ListProperty"})

LOOKED_AT, TIMED = 50, 3
"""Things of a type, to see what they hold, and how often values come in."""

LATELY = 7 * 86_400_000_000


class Offered(msgspec.Struct, frozen=True):
    """A type of data that the city has. `attributes`: names, by what they hold: numbers can be taken together. `steps`: from one
    value to the next, microseconds, where that is known."""

    type: str
    attributes: tuple[str, ...]
    numbers: frozenset[str]
    steps: dict[str, float]


def types(visit: Visit) -> Sequence[str]:
    """IRIs, by name."""
    found = (one for one in visit.site.store.types("", EVERYTHING) if can_show(visit, one))
    return sorted(found, key=CORE.compact)


def can_show(visit: Visit, type: str) -> bool:
    """`type`: an IRI."""
    if is_personal(CORE.compact(type)) or CORE.compact(type) in {vault.name for vault in visit.site.vaults}:
        return False
    return type in FACTS or not type.startswith(VOCABULARY)


def offered(visit: Visit, type: str) -> Offered:
    """Errors: BadRequestData for a type of which the city has nothing, or of which no agreement can be made."""
    iri = CORE.expand(checks.name(type, "types"))
    found = visit.site.store.type_details("", iri, EVERYTHING)
    if found is None or not can_show(visit, iri):
        raise BadRequestData(
            f"types has {checks.shown(type)}, which cannot be agreed on; choose among those that are offered."
        )
    names = sorted(CORE.compact(name) for name, kinds in found[1].items() if not KINDS.isdisjoint(kinds))
    some = visit.site.store.query("", EntitySelection(types=TypeIs(iri)), EVERYTHING, limit=LOOKED_AT).entities
    numbers = frozenset(name for one in some for name in _numbers(one))
    steps = {name: step for name in numbers if (step := _step(visit, some[:TIMED], name)) is not None}
    return Offered(CORE.compact(iri), tuple(names), numbers, steps)


def _numbers(one: Entity) -> Iterator[str]:
    """Its attributes that hold a number, so that an average means something."""
    for name, instances in one.attributes.items():
        value = instances[0].get("value")
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield CORE.compact(name)


def _step(visit: Visit, some: Sequence[Entity], name: str) -> float | None:
    """The usual time from one value to the next in the last days; None where there were fewer than two."""
    lately = Window(relation="between", start=visit.now - LATELY, end=visit.now)
    read = visit.site.store.numbers
    series = [read("", one.id, CORE.expand(name), None, lately, EVERYTHING)[-1:] for one in some]
    steps = [after - before for told in series for each in told for before, after in pairwise(each.moments.tolist())]
    return median(steps) if steps else None
