# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Linked entities in a reply: inline inside their relationship, or flat beside the entity. Source: clause 4.5.23."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from hanze.errors import TooComplexQuery
from hanze.ngsild.context import Context
from hanze.ngsild.entity import Entity
from hanze.ngsild.render.entity import entity, shows
from hanze.ngsild.render.form import Form, Selector

Lookup = Callable[[str], Entity | None]

MOST_LINKED = 5000
"""Linked entities of one reply."""


def inline(e: Entity, context: Context, form: Form, lookup: Lookup, level: int) -> dict[str, Any]:
    """The entity, in each relationship the entity it points at, `level` relationships deep."""
    shown = entity(e, context, form)
    if level < 1:
        return shown
    for name, target, instance in _links(e, form):
        linked = lookup(target)
        if linked is None:
            continue
        inner = inline(linked, context, inner_form(form, name), lookup, level - 1)
        term = context.compact(name)
        if form.representation == "simplified":
            shown[term] = inner
        else:
            held = shown[term]
            for one in held if isinstance(held, list) else [held]:
                if isinstance(one, dict) and one.get("datasetId") == instance.get("datasetId"):
                    one["entity"] = [*_as_list(one["entity"]), inner] if "entity" in one else inner
    return shown


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def flat(entities: list[Entity], context: Context, form: Form, lookup: Lookup, level: int) -> list[dict[str, Any]]:
    """The entities, then those that they point at, each once."""
    made = [entity(e, context, form) for e in entities]
    seen = {e.id for e in entities}
    layer = [(e, form) for e in entities]
    for _ in range(level):
        following: list[tuple[Entity, Form]] = []
        for e, how in layer:
            for name, target, _instance in _links(e, how):
                linked = None if target in seen else lookup(target)
                seen.add(target)
                if linked is not None:
                    following.append((linked, inner_form(how, name)))
        if len(made) + len(following) > MOST_LINKED:
            raise TooComplexQuery(f"More than {MOST_LINKED} entities are linked; ask for a lower joinLevel.", limit=MOST_LINKED)
        made += [entity(e, context, how) for e, how in following]
        layer = following
    return made


def _links(e: Entity, form: Form) -> Iterator[tuple[str, str, Any]]:
    for name, instances in e.attributes.items():
        if form.pick or form.omit:
            if not shows(form, name):
                continue
        for instance in instances:
            if instance["type"] == "Relationship":
                target = instance["object"]
                for one in target if isinstance(target, list) else [target]:
                    yield name, one, instance


def inner_form(form: Form, name: str) -> Form:
    """How the entity that the attribute points at is shown; its id always is."""
    pick = _inner(form.pick, name)
    return msgspec.structs.replace(form, pick=(Selector("id"), *pick) if pick else (), omit=_inner(form.omit, name))


def _inner(selectors: tuple[Selector, ...], name: str) -> tuple[Selector, ...]:
    return next((selector.inner for selector in selectors if selector.name == name), ())
