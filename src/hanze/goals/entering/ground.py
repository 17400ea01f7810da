# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be entered in a city, as its store says it."""

from collections.abc import Mapping
from datetime import tzinfo

from hanze.goals.areas.area import LEVELS
from hanze.goals.computing.scene import WHOLE
from hanze.goals.entering.reading import Ground
from hanze.goals.indicators.definition import Definition
from hanze.goals.model import AREA, AreaFacts
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.base import Reads
from hanze.store.every import every
from hanze.store.scope import Scope


def ground(
    reads: Reads, scope: Scope, definitions: Mapping[str, Definition], name: str, zone: tzinfo, now: int
) -> Ground:
    """`name`: of the city, `now`: microseconds. Areas stand in their order: the city, then the largest ones, by name."""
    found = [AREA.facts_of(one, AreaFacts) for one in every(reads, EntitySelection(types=TypeIs(AREA.iri)), scope)]
    found.sort(key=lambda one: (LEVELS.index(one.level), one.name.casefold()))
    if not found:
        return Ground(definitions, {WHOLE.area.code: name}, WHOLE.area.code, zone, now)
    whole = next((one.code for one in found if one.level == LEVELS[0]), "")
    return Ground(definitions, {one.code: one.name for one in found}, whole, zone, now)
