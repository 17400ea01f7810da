# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Short ways to write and read history in tests."""

from collections.abc import Sequence
from typing import Any

from hanze.ngsild.entity import Entity, Instance
from hanze.ngsild.selection import Compare, EntitySelection, Literal, Path, TypeIs, Window
from hanze.ngsild.times import parse, text
from hanze.store.base import Store, TemporalEntity
from hanze.store.scope import EVERYTHING, Scope
from tests.contract.making import iri

HOUR = 3_600_000_000
NOON = parse("2020-08-01T12:00:00Z")
EVER = Window()
ID = "urn:ngsi-ld:T:1"
TYPE = EntitySelection(types=TypeIs(iri("T")))
NO2: Instance = {"type": "Property", "unitCode": "GQ"}


def hour(number: float) -> str:
    """So many hours after noon of 1 August 2020."""
    return text(NOON + round(number * HOUR))


def seen(value: Any, hours: float, **more: Any) -> Instance:
    """A Property observed so many hours after noon."""
    return {"type": "Property", "value": value, "observedAt": hour(hours), **more}


def append(store: Store, id: str, type: str = "T", **attributes: list[Instance]) -> int:
    """Temporal provision; how many instances were new."""
    entity = Entity(id, [iri(type)], {iri(name): found for name, found in attributes.items()})
    return store.submit(lambda uow: uow.append_history("", entity)).result()


def observe(
    store: Store, id: str, hours: Sequence[float], values: Sequence[Any], *, template: Instance = NO2, name: str = "no2"
) -> int:
    moments = [NOON + round(one * HOUR) for one in hours]
    return store.submit(lambda uow: uow.observe("", id, [iri("T")], iri(name), template, moments, values)).result()


def temporal(store: Store, id: str, window: Window = EVER, scope: Scope = EVERYTHING, **how: Any) -> TemporalEntity:
    found = store.temporal("", id, window, scope, **how)
    assert found is not None
    return found


def values(found: TemporalEntity, name: str = "no2") -> list[Any]:
    return [one.doc.get("value") for one in found.attributes.get(iri(name), ())]


def between(start: float, end: float, **more: Any) -> Window:
    return Window(relation="between", start=NOON + round(start * HOUR), end=NOON + round(end * HOUR), **more)


def after(start: float, **more: Any) -> Window:
    return Window(relation="after", start=NOON + round(start * HOUR), **more)


def before(end: float, **more: Any) -> Window:
    return Window(relation="before", start=NOON + round(end * HOUR), **more)


def fill(store: Store, count: int = 6) -> None:
    append(store, ID, no2=[seen(n, n) for n in range(count)])


def ids(
    store: Store, selection: EntitySelection = TYPE, window: Window = EVER, scope: Scope = EVERYTHING, **how: Any
) -> list[str]:
    page = store.temporal_query("", selection, window, scope, limit=100, count=True, **how)
    assert page.count == len(page.entities)
    return [one.id.rpartition(":")[2] for one in page.entities]


def number(name: str, op: str, value: float) -> Compare:
    return Compare(Path(iri(name)), op, (Literal("number", value),))
