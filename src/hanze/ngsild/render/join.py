# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Linked entities in a reply: inline inside their relationship, or flat beside the entity.

Source: ETSI GS CIM 009 V1.8.1, clause 4.5.23.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

import msgspec

from hanze.errors import TooComplexQuery
from hanze.ngsild.context import Context
from hanze.ngsild.entity import Entity, Instance
from hanze.ngsild.render.attribute import attribute
from hanze.ngsild.render.entity import entity
from hanze.ngsild.render.form import Form, Selector
from hanze.ngsild.render.head import shows

Lookup = Callable[[str], Entity | None]
"""The current entity with this id as the asker may see it; None where there is none."""

LINKS = {"Relationship": "object", "ListRelationship": "objectList"}
"""Kinds that point at entities, and the member that holds the ids."""

DEEPEST = 5
"""How many relationships deep anyone may ask."""

MOST_LINKED = 5000
"""Linked entities of one reply."""


def inline(
    e: Entity, context: Context, form: Form, lookup: Lookup, level: int, contained: Collection[str] = ()
) -> dict[str, Any]:
    """The entity, in each relationship the entities that it points at, `level` relationships deep.

    `contained`: ids that the asker has already (containedBy); these are not put in, nor is one inside itself.
    Errors: TooComplexQuery beyond MOST_LINKED.
    """
    return _Inliner(context, lookup).show(e, form, level, frozenset(contained) | {e.id})


def flat(
    entities: Sequence[Entity],
    context: Context,
    form: Form,
    lookup: Lookup,
    level: int,
    contained: Collection[str] = (),
) -> list[dict[str, Any]]:
    """The entities, then those that they point at, nearest first, each once; see `inline`."""
    made = [entity(e, context, form) for e in entities]
    seen = {e.id for e in entities} | set(contained)
    layer = [(e, form) for e in entities]
    for _ in range(level):
        following: list[tuple[Entity, Form]] = []
        for e, how in layer:
            for name, _instance, targets in _links(e, how):
                fresh = [target for target in targets if target not in seen]
                seen.update(fresh)
                linked = [found for found in map(lookup, fresh) if found is not None]
                following += [(found, inner_form(how, name)) for found in linked]
                _check(len(made) + len(following) - len(entities))
        made += [entity(e, context, how) for e, how in following]
        layer = following
    return [one for one in made if one]


class _Inliner:
    """Puts linked entities in, and counts them."""

    def __init__(self, context: Context, lookup: Lookup) -> None:
        self._context = context
        self._lookup = lookup
        self._count = 0

    def show(self, e: Entity, form: Form, level: int, above: frozenset[str]) -> dict[str, Any]:
        shown = entity(e, self._context, form)
        if level < 1:
            return shown
        found: dict[str, list[tuple[Instance, list[Any]]]] = {}
        for name, instance, targets in _links(e, form):
            inner = inner_form(form, name)
            found.setdefault(name, []).append(
                (instance, [self._linked(target, inner, level - 1, above) for target in targets])
            )
        for name, links in found.items():
            if any(linked is not None for _, several in links for linked in several):
                shown[self._context.compact(name)] = self._with(links, form)
        return shown

    def _linked(self, target: str, form: Form, level: int, above: frozenset[str]) -> dict[str, Any] | None:
        found = None if target in above else self._lookup(target)
        if found is None:
            return None
        self._count += 1
        _check(self._count)
        return self.show(found, form, level, above | {target})

    def _with(self, links: list[tuple[Instance, list[Any]]], form: Form) -> Any:
        """The attribute with its linked entities in it: beside the URI, or, simplified, in its place."""
        made = [self._one(instance, several, form) for instance, several in links]
        if form.representation != "simplified":
            return made[0] if len(made) == 1 else made
        if len(made) == 1:
            return made[0]
        return {"dataset": {i.get("datasetId", "@none"): one for (i, _), one in zip(links, made, strict=True)}}

    def _one(self, instance: Instance, several: list[Any], form: Form) -> Any:
        listed = instance["type"] == "ListRelationship"
        if form.representation == "simplified":
            targets = _targets(instance)
            mixed = [target if one is None else one for target, one in zip(targets, several, strict=True)]
            return mixed if listed or isinstance(instance["object"], list) else mixed[0]
        shown = attribute([instance], self._context, form)
        inner = [one for one in several if one is not None]
        if inner:
            shown["entityList" if listed else "entity"] = inner if listed or len(inner) > 1 else inner[0]
        return shown


def _links(e: Entity, form: Form) -> Iterator[tuple[str, Instance, list[str]]]:
    """Name, instance and ids of each relationship that the form shows."""
    for name, instances in e.attributes.items():
        if not all(instance["type"] in LINKS for instance in instances) or not shows(form, name):
            continue
        for instance in instances:
            if form.datasets is None or instance.get("datasetId", "@none") in form.datasets:
                yield name, instance, _targets(instance)


def _targets(instance: Instance) -> list[str]:
    found: Any = instance[LINKS[instance["type"]]]
    return found if isinstance(found, list) else [found]


def inner_form(form: Form, name: str) -> Form:
    """How the entities that this attribute points at are shown."""
    if not form.pick and not form.omit:
        return form
    return msgspec.structs.replace(form, pick=_inner(form.pick, name), omit=_inner(form.omit, name))


def _inner(selectors: tuple[Selector, ...], name: str) -> tuple[Selector, ...]:
    return next((selector.inner for selector in selectors if selector.name == name), ())


def _check(linked: int) -> None:
    if linked > MOST_LINKED:
        raise TooComplexQuery(
            f"More than {MOST_LINKED} entities are linked; give a lower joinLevel.", limit=MOST_LINKED
        )
