# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The entities that another broker tells: names expanded by the @context that they come with, its own times put aside."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from hanze.broker.contexts import Contexts, Patience
from hanze.errors import BadRequestData, ContextNotAvailable, HanzeError
from hanze.feeds import provenance
from hanze.feeds.health import VOCABULARY
from hanze.feeds.source import Feed, Refused
from hanze.ngsild import checks, parse, times
from hanze.ngsild.context import Context
from hanze.ngsild.entity import VALUE_MEMBER, Entity, Instance

ORIGIN = VOCABULARY + "origin"
"""Names the node or broker at which a mirrored entity is at home, so that it never comes back there as another's."""

Key = tuple[str, str | None]
"""An attribute and a datasetId."""

TIMES = ("createdAt", "modifiedAt", "deletedAt")

CONTEXT_SECONDS = 15.0
"""So long the contexts of one page, or of one notification, are waited for."""

SMALL = 20
"""Entities that are read without a thread of their own."""


class Told(Struct):
    """An entity as the other broker has it; moments are of its clock, in microseconds, 0 where it tells none.

    `modified`: of the entity as a whole. `moments`: when each instance was modified. `deleted`: when the entity was deleted, None
    where it is there.
    """

    entity: Entity
    modified: int = 0
    moments: dict[Key, int] = {}
    deleted: int | None = None

    def moment(self, key: Key) -> int:
        """When an instance was modified; one that tells nothing, as a deleted one, was so by the last change at the latest."""
        return self.moments.get(key, self.modified)


class Reader:
    """`context`: URL of the one that is asked with. `own`: this node, `other`: the other broker; each a URI, or empty."""

    def __init__(self, feed: Feed, contexts: Contexts, context: str, own: str) -> None:
        self._feed = feed
        self._contexts = contexts
        self._context = context or None
        self._own = own
        self.other = ""

    async def several(
        self, items: list[Any], default: str | None = None, *, notified: bool = False
    ) -> tuple[list[Told], list[Refused]]:
        """What can be taken, and what cannot. `default`: the @context of those that name none. Notified entities may be deleted,
        and have deleted attributes. Errors: ContextNotAvailable for notified ones, which the other then sends again."""
        contexts = await self._found(items, default)
        if len(items) <= SMALL:
            return self._read(items, default, contexts, notified)
        return await asyncio.to_thread(self._read, items, default, contexts, notified)

    async def types(self, document: Any) -> list[str]:
        """The expanded types of an EntityTypeList, without those that nodes keep for themselves."""
        if not isinstance(document, dict) or not isinstance(document.get("typeList"), list):
            raise BadRequestData("The list of types has no member typeList.")
        context = await self._contexts.find(document.get("@context", self._context))
        found = [context.expand(name) for name in document["typeList"] if isinstance(name, str)]
        return sorted(type for type in set(found) if not type.startswith(VOCABULARY))

    async def expanded(self, names: Iterable[str]) -> list[str]:
        """Types that the user named."""
        context = await self._contexts.find(self._context)
        return sorted({context.expand(name) for name in names})

    async def _found(self, items: list[Any], default: str | None) -> Mapping[bytes, Context | HanzeError]:
        """The contexts that the items name, by their JSON."""
        users = {_key(user): user for user in (_user(item, default or self._context) for item in items)}
        found: dict[bytes, Context | HanzeError] = {}
        patience = Patience(CONTEXT_SECONDS)
        for key, user in users.items():
            try:
                found[key] = await self._contexts.find(user, patience)
            except HanzeError as error:
                found[key] = error
        return found

    def _read(
        self, items: list[Any], default: str | None, contexts: Mapping[bytes, Context | HanzeError], notified: bool
    ) -> tuple[list[Told], list[Refused]]:
        told: list[Told] = []
        refused: list[Refused] = []
        last: tuple[Any, Context | HanzeError] | None = None
        for item in items:
            try:
                user = _user(item, default or self._context)
                if last is None or last[0] != user:
                    last = user, contexts[_key(user)]
                if isinstance(last[1], HanzeError):
                    raise last[1]
                one = self._one(item, last[1], notified)
            except HanzeError as error:
                if notified and isinstance(error, ContextNotAvailable):
                    raise
                refused.append(Refused(named(item) or "an entity", error.detail))
                continue
            if one is not None:
                told.append(one)
        return told, refused

    def _one(self, item: Any, context: Context, notified: bool) -> Told | None:
        """None where the entity is this node's own, or of a type that nodes keep for themselves."""
        if not isinstance(item, dict):
            raise BadRequestData(f"An entity is {checks.shown(item)}, where an object is awaited.")
        if notified and item.get("deletedAt"):
            found = Entity(checks.uri(item.get("id"), "id"), parse.entity(_head(item), context).types)
            return Told(found, deleted=_moment(item["deletedAt"]))
        modified, moments = _moment(item.get("modifiedAt")), _moments(item, context)
        payload = {name: value for name, value in item.items() if name != "@context"}
        found = parse.fragment(payload, context, nulls=True) if notified else parse.entity(payload, context)
        if not found.id or not found.types:
            raise BadRequestData("id or type is missing.")
        if any(type.startswith(VOCABULARY) for type in found.types):
            return None
        origin = found.attributes.get(ORIGIN)
        if origin is None:
            if self.other:
                found.attributes[ORIGIN] = [{"type": "Relationship", "object": self.other}]
        elif self._own in (one.get("object") for one in origin):
            return None
        return Told(provenance.stated(self._feed, found), max([modified, *moments.values()]), moments)


def named(item: Any) -> str:
    """The id of an entity as it came; empty where it has none."""
    found = item.get("id", item.get("@id")) if isinstance(item, dict) else None
    return found if isinstance(found, str) else ""


def _head(item: dict[str, Any]) -> dict[str, Any]:
    return {name: item[name] for name in ("id", "type", "@id", "@type") if name in item}


def _user(item: Any, default: Any) -> Any:
    # Scorpio writes [null] where a subscription has no @context of its own.
    user = item.get("@context") if isinstance(item, dict) else None
    return default if user is None or user == [None] else user


def _key(user: Any) -> bytes:
    return msgspec.json.encode(user)


def _moments(item: dict[str, Any], context: Context) -> dict[Key, int]:
    """When each instance was modified; the times are taken out of the instances, which are then read faster."""
    found: dict[Key, int] = {}
    for name, value in item.items():
        for one in value if isinstance(value, list) else (value,):
            if isinstance(one, dict) and name != "@context":
                moment = _taken_out(one)
                if moment:
                    dataset = one.get("datasetId")
                    found[(context.expand(name), dataset if isinstance(dataset, str) else None)] = moment
    return found


def _taken_out(one: Instance) -> int:
    modified = one.get("modifiedAt", one.get("createdAt"))
    if one.get("type") in VALUE_MEMBER:
        for name in TIMES:
            one.pop(name, None)
    return _moment(modified)


def _moment(value: Any) -> int:
    """Microseconds; 0 where it is no moment. It may stand in an object, as JSON-LD has values with a type."""
    if isinstance(value, dict):
        value = value.get("@value", value.get("value"))
    try:
        return times.parse(value) if isinstance(value, str) else 0
    except BadRequestData:
        return 0
