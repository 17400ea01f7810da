# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the resources of goals share: parameters, pages of areas, and reading as the caller may see it."""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta

from hanze.errors import ResourceNotFound
from hanze.feeds.making import urn
from hanze.goals.indicators.known import Known
from hanze.goals.model import AREA, AreaFacts
from hanze.http.operation import Caller
from hanze.ngsild.checks import shown
from hanze.ngsild.described import Described
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.every import every

TAG = "goals"

AreaCode = Annotated[str, Meta(description="the code of an area, as the list of areas gives it")]
IndicatorCode = Annotated[str, Meta(description="the code of an indicator, such as air-no2-year")]
Limit = Annotated[int, Meta(ge=1, le=1000, description="a whole number from 1 to 1000")]
Offset = Annotated[int, Meta(ge=0, le=1_000_000, description="a whole number from 0 to 1000000")]


class Paged(msgspec.Struct, frozen=True):
    """The codes of some areas, and how many there are."""

    codes: list[str]
    total: int


def known(caller: Caller) -> Known:
    """The indicators of the city."""
    return caller.tool(Known)


def areas(caller: Caller, limit: int, offset: int) -> Paged:
    """A page of all areas that the caller may see, in the order in which they were told."""
    wanted = EntitySelection(types=TypeIs(AREA.iri))
    page = caller.store.query("", wanted, caller.scope, limit=limit, offset=offset, count=True)
    return Paged([AREA.facts_of(one, AreaFacts).code for one in page.entities], page.count or 0)


def area(caller: Caller, code: str) -> Entity:
    """Errors: ResourceNotFound."""
    found = caller.store.get("", urn(AREA.name, known(caller).city, code), caller.scope)
    if found is None:
        raise ResourceNotFound(f"There is no area {shown(code)} here.")
    return found


def several(caller: Caller, kind: Described, ids: Iterable[str]) -> list[Entity]:
    """Those that are there, in the order of their ids; noted as read."""
    caller.access.note_read(caller.principal, "", (kind.iri,), ())
    wanted = list(ids)
    found = (
        {one.id: one for one in every(caller.store, EntitySelection(ids=tuple(wanted)), caller.scope)} if wanted else {}
    )
    return [found[id] for id in wanted if id in found]
