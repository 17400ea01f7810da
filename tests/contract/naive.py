# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a scope shows, worked out the slow and obvious way, to hold every read of a store against.

Attributes are numbers, texts or points; areas are boxes; nothing of the project's own reading code is used.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from hanze.ngsild.entity import Entity, Instance
from hanze.ngsild.selection import All, Any_, EntitySelection, Exists, Geo, Order, ScopeIs, TypeIs, Window
from hanze.ngsild.times import parse
from hanze.store.scope import Grant, Scope

LOCATION = "https://uri.etsi.org/ngsi-ld/location"


class Row(msgspec.Struct, frozen=True):
    """One instance of the history. `observed`: it came with a moment of observation."""

    attribute: str
    at: int
    observed: bool
    instance: Instance


class Data(msgspec.Struct):
    """Entities of one tenant in order of creation, and the history of each. `past`: those that were deleted, bare."""

    entities: list[Entity]
    past: list[Entity]
    history: dict[str, list[Row]]


def covering(entity: Entity, scope: Scope, tenant: str) -> list[Grant]:
    """The grants that make the entity visible."""
    return [grant for grant in scope.grants if _covers(grant, entity, tenant)]


def _covers(grant: Grant, entity: Entity, tenant: str) -> bool:
    if grant.tenants is not None and tenant not in grant.tenants:
        return False
    if grant.types is not None and not set(entity.types) & grant.types:
        return False
    if set(entity.types) & grant.without:
        return False
    return grant.area is None or any(_in_box(grant.area, one["value"]) for one in entity.attributes.get(LOCATION, []))


def _in_box(box: dict[str, Any], place: dict[str, Any]) -> bool:
    xs, ys = zip(*box["coordinates"][0], strict=True)
    x, y = place["coordinates"]
    return bool(min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys))


def shows(grants: Iterable[Grant], attribute: str) -> bool:
    """Single values; a grant with a level shows none."""
    return any(grant.level is None and (grant.attributes is None or attribute in grant.attributes) for grant in grants)


def summed(entity: Entity, scope: Scope, tenant: str, attribute: str) -> list[Grant]:
    """The grants by which aggregates of an attribute are seen, where no grant shows single values of it."""
    grants = covering(entity, scope, tenant)
    if shows(grants, attribute):
        return []
    return [one for one in grants if one.level and (one.attributes is None or attribute in one.attributes)]


def masked(entity: Entity, scope: Scope, tenant: str) -> Entity | None:
    grants = covering(entity, scope, tenant)
    if not grants:
        return None
    kept = {
        name: seen
        for name, found in entity.attributes.items()
        if (seen := [one for one in found if any(shows([grant], name) and _current(grant, one) for grant in grants)])
    }
    everything = any(shows([grant], "any attribute") and grant.since is grant.until is None for grant in grants)
    stamps = [entity.created, *(one["modifiedAt"] for found in kept.values() for one in found)]
    last = entity.modified if everything else max(stamps, key=parse)
    return msgspec.structs.replace(entity, attributes=kept, modified=last)


def _current(grant: Grant, instance: Instance) -> bool:
    """It was observed in the period; or said before its end, where no moment of observation is known."""
    if "observedAt" in instance:
        return _in_period(grant, parse(instance["observedAt"]))
    return grant.until is None or parse(instance["modifiedAt"]) < grant.until


def visible(data: Data, scope: Scope, tenant: str) -> list[Entity]:
    found = [masked(entity, scope, tenant) for entity in data.entities]
    return [entity for entity in found if entity is not None]


def query(
    data: Data, selection: EntitySelection, scope: Scope, tenant: str, order: Sequence[Order] = ()
) -> list[Entity]:
    """All that matches, in order."""
    found = [one for one in visible(data, scope, tenant) if matches(one, selection)]
    first = {one.id: one.attributes for one in data.entities}
    for key in reversed(order):
        ranks = {one.id: _rank(one, key, first[one.id]) for one in found}
        values = sorted({rank for rank in ranks.values() if rank is not None}, reverse=key.descending)
        found = [one for value in (*values, None) for one in found if ranks[one.id] == value]
    return found


def _rank(entity: Entity, key: Order, known: Mapping[str, list[Instance]]) -> tuple[bool, Any] | None:
    """By its first instance, `known`; where that is hidden, by none."""
    if key.path.attribute == "id":
        return False, entity.id
    if key.path.attribute == "modifiedAt":
        return False, parse(entity.modified)
    instances = entity.attributes.get(key.path.attribute)
    if not instances or instances[0] != known[key.path.attribute][0]:
        return None
    value = instances[0].get("value", instances[0].get("object"))
    if key.geometry is not None:
        return (False, _metres(key.geometry, value)) if isinstance(value, dict) else None
    return isinstance(value, str), value


def _metres(one: dict[str, Any], other: dict[str, Any]) -> float:
    (x, y), (u, v) = ([math.radians(part) for part in place["coordinates"]] for place in (one, other))
    h = math.sin((v - y) / 2) ** 2 + math.cos(y) * math.cos(v) * math.sin((u - x) / 2) ** 2
    return round(2 * 6_371_009 * math.asin(math.sqrt(h)), 3)


def matches(entity: Entity, selection: EntitySelection) -> bool:
    return (
        (selection.types is None or (isinstance(selection.types, TypeIs) and selection.types.iri in entity.types))
        and (not selection.ids or entity.id in selection.ids)
        and (not selection.attributes or any(name in entity.attributes for name in selection.attributes))
        and (selection.q is None or holds(entity, selection.q))
        and (selection.geo is None or _near(entity, selection.geo))
        and (selection.scope_q is None or _scoped(entity, selection.scope_q))
    )


def holds(entity: Entity, q: Any) -> bool:
    if isinstance(q, All):
        return all(holds(entity, part) for part in q.of)
    if isinstance(q, Any_):
        return any(holds(entity, part) for part in q.of)
    if q.path.attribute == "modifiedAt":
        moment, least = parse(entity.modified), parse(q.values[0].value)
        return moment > least if q.op == ">" else moment <= least
    instances = entity.attributes.get(q.path.attribute, [])
    if q.path.sub:
        return any(q.path.sub[0] in one for one in instances)
    if isinstance(q, Exists):
        return bool(instances)
    wanted = q.values[0].value
    numbers = [one["value"] for one in instances if isinstance(one.get("value"), int)]
    test: dict[str, Callable[[int], bool]] = {
        "==": lambda n: n == wanted, ">": lambda n: n > wanted, "<": lambda n: n < wanted
    }  # fmt: skip
    if q.op == "!=":
        return bool(instances) and wanted not in numbers
    return any(test[q.op](number) for number in numbers)


def _near(entity: Entity, geo: Geo) -> bool:
    return any(
        one["type"] == "GeoProperty" and _in_box(geo.geometry, one["value"])
        for one in entity.attributes.get(geo.property, [])
    )


def _scoped(entity: Entity, wanted: Any) -> bool:
    assert isinstance(wanted, ScopeIs)
    return any(one.strip("/").split("/")[0] == wanted.segments[0] for one in entity.scopes)


def kinds(entities: Iterable[Entity], attribute: str) -> list[str]:
    return sorted({one["type"] for entity in entities for one in entity.attributes.get(attribute, [])})


def rows(data: Data, entity: Entity, scope: Scope, tenant: str, window: Window) -> list[Row]:
    """The instances of an entity that are in the window and in the period of a grant that shows them."""
    grants = covering(entity, scope, tenant)
    return [
        row
        for row in data.history[entity.id]
        if any(shows([grant], row.attribute) and _in_period(grant, row.at) for grant in grants) and _within(window, row)
    ]


def _in_period(grant: Grant, at: int) -> bool:
    return (grant.since is None or at >= grant.since) and (grant.until is None or at < grant.until)


def _within(window: Window, row: Row) -> bool:
    if not window.relation:
        return True
    if not row.observed:
        return False
    assert window.start is not None
    if window.relation == "before":
        return row.at < window.start
    return row.at >= window.start and (window.end is None or row.at < window.end)


def recalled(data: Data, selection: EntitySelection, scope: Scope, tenant: str, window: Window) -> dict[str, list[Row]]:
    """A temporal query: each condition holds for an instance in the window, or for what is current and timeless."""
    found: dict[str, list[Row]] = {}
    for entity in (*data.entities, *data.past):
        seen = masked(entity, scope, tenant)
        if seen is None:
            continue
        mine = rows(data, entity, scope, tenant, window)
        wanted = [row for row in mine if not selection.attributes or row.attribute in selection.attributes]
        plain = msgspec.structs.replace(selection, q=None, geo=None, attributes=())
        if wanted and matches(seen, plain) and _recalls(seen, mine, selection, window):
            found[entity.id] = mine
    return found


def _recalls(seen: Entity, mine: list[Row], selection: EntitySelection, window: Window) -> bool:
    current = {name: [one for one in found if "observedAt" not in one] for name, found in seen.attributes.items()}
    timeless = msgspec.structs.replace(seen, attributes=current if window.relation else {})
    moments = [msgspec.structs.replace(seen, attributes={row.attribute: [row.instance]}) for row in mine]

    def some(test: Callable[[Entity], bool]) -> bool:
        return any(test(one) for one in (timeless, *moments))

    def recalls(q: Any) -> bool:
        if isinstance(q, All):
            return all(recalls(part) for part in q.of)
        if isinstance(q, Any_):
            return any(recalls(part) for part in q.of)
        return some(lambda one: holds(one, q))

    geo = selection.geo
    return (selection.q is None or recalls(selection.q)) and (geo is None or some(lambda one: _near(one, geo)))
