# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The notification that goes out: headers and body. Source: ETSI GS CIM 009 V1.8.1, clauses 5.3.1, 5.8.6 and 6.3.5.

Each change of an entity is one notification: N changes give N notifications, in order, however they were committed. Its
id is the same each time that it is sent, so that a receiver knows one that it has seen.
"""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from hanze.broker.subscriptions.facts import Facts
from hanze.broker.subscriptions.model import CONTEXT_REL, Definition, View
from hanze.http.negotiate import GEO_JSON, JSON, JSON_LD
from hanze.http.reply import encode
from hanze.ngsild import render, times
from hanze.ngsild.context import CORE_URL
from hanze.ngsild.entity import Change, Entity
from hanze.ngsild.render import join

Lookup = Callable[[str], Entity | None]
"""The current entity of an id, as the owner of the subscription sees it."""


def of_change(definition: Definition, facts: Facts, lookup: Lookup) -> bytes | None:
    """The `data` of a notification about one change; None where the attributes that are asked for are not there."""
    view = definition.view
    deleted = facts.kind == "deleted"
    shared = not deleted and view.join == "@none"
    found = facts.shown(view) if shared else None
    if found is not None:
        return found
    entity, changes = facts.entity, facts.changes
    if deleted:
        changes = _deletions(definition, changes)
    if view.attributes is not None:
        entity = _only(entity, view.attributes)
        changes = [one for one in changes if one.attribute in view.attributes]
        if not deleted and not entity.attributes and not changes:
            return None
    made = data(view, [(entity, changes)], lookup, times.text(facts.at), deleted=deleted)
    if shared:
        facts.keep(view, made)
    return made


def _deletions(definition: Definition, changes: Sequence[Change]) -> list[Change]:
    """Of a deleted entity, the attributes that the notification names."""
    if definition.view.changes:
        return list(changes)
    if "attributeDeleted" not in definition.triggers:
        return []
    return [one for one in changes if not definition.watched or one.attribute in definition.watched]


def of_state(view: View, entities: Sequence[Entity], lookup: Lookup) -> bytes:
    """The `data` of a periodic notification."""
    if view.attributes is not None:
        entities = [_only(one, view.attributes) for one in entities]
    return data(view, [(one, ()) for one in entities], lookup, "", deleted=False)


def _only(entity: Entity, names: frozenset[str]) -> Entity:
    kept = {name: instances for name, instances in entity.attributes.items() if name in names}
    return msgspec.structs.replace(entity, attributes=kept)


def data(
    view: View, about: Sequence[tuple[Entity, Sequence[Change]]], lookup: Lookup, at: str, *, deleted: bool
) -> bytes:
    """Entities as JSON: a list, or a FeatureCollection."""
    shown: list[dict[str, Any]] = []
    for entity, changes in about:
        shown += _shown(view, entity, changes, lookup, at, deleted)
    context = msgspec.Raw(view.served)
    if view.accept == GEO_JSON:
        collection: dict[str, Any] = {"type": "FeatureCollection", "features": shown}
        return encode(collection if view.bare else {**collection, "@context": context})
    if view.accept == JSON_LD:
        shown = [{**one, "@context": context} for one in shown]
    return encode(shown)


def _shown(
    view: View, entity: Entity, changes: Sequence[Change], lookup: Lookup, at: str, deleted: bool
) -> list[dict[str, Any]]:
    context, form = view.context, view.form
    made = render.notified(entity, changes, context, form, at, deleted=deleted, show=view.changes)
    if view.accept == GEO_JSON:
        feature = render.feature(entity, context, form, view.place)
        made.pop("id", None)
        return [{**feature, "properties": made}]
    if deleted or view.join == "@none":
        return [made]
    if view.join == "flat":
        return [made, *join.flat([entity], context, form, lookup, view.level)[1:]]
    told = {context.compact(one.attribute) for one in changes if one.after is None or view.changes}
    inline = join.inline(entity, context, form, lookup, view.level)
    return [{**inline, **{name: value for name, value in made.items() if name in told}}]


def body(definition: Definition, number: str, now: int, data: bytes) -> bytes:
    """The notification; `number` tells it from others of the subscription."""
    return encode(
        {
            "id": f"urn:ngsi-ld:Notification:{definition.token}:{number}",
            "type": "Notification",
            "subscriptionId": definition.id,
            "notifiedAt": times.text(now),
            "data": msgspec.Raw(data),
        }
    )


def headers(definition: Definition) -> list[tuple[str, str]]:
    """Those of the notification, and those that the subscription asks for."""
    view = definition.view
    made = [("Content-Type", view.accept)]
    if view.accept == JSON or (view.accept == GEO_JSON and view.bare):
        made.append(("Link", f'<{_url(view)}>; rel="{CONTEXT_REL}"; type="{JSON_LD}"'))
    if definition.tenant:
        made.append(("NGSILD-Tenant", definition.tenant))
    return made + list(definition.endpoint.headers)


def _url(view: View) -> str:
    """The URL of the @context; a context that has none of its own is named by the core, as in replies."""
    served = msgspec.json.decode(view.served)
    if isinstance(served, list) and len(served) == 1:
        served = served[0]
    return served if isinstance(served, str) else CORE_URL
