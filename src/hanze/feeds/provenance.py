# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each entity says who gave it and under which licence, unless it says so itself."""

import msgspec

from hanze.feeds import making
from hanze.feeds.source import Feed, Found
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity

PROVIDER, LICENCE, SOURCE = (CORE.expand(name) for name in ("dataProvider", "license", "source"))


def complete(feed: Feed, found: Found) -> list[Entity]:
    """The entities that a source gave, and those of which it gave a history only, all with what the feed declares."""
    if found.stated:
        return found.entities
    there = {one.id for one in found.entities}
    others = {one.id: one.type for one in found.series if one.id not in there}
    return [stated(feed, one) for one in (*found.entities, *(Entity(id, [type], {}) for id, type in others.items()))]


def stated(feed: Feed, entity: Entity) -> Entity:
    """The entity with what the feed declares; `source` is the name of the feed, since an address may hold a key."""
    own = {PROVIDER: feed.provider, LICENCE: feed.licence, SOURCE: feed.name}
    made = {name: making.plain(text) for name, text in own.items() if name not in entity.attributes}
    added = {name: [one] for name, one in made.items() if one is not None}
    return msgspec.structs.replace(entity, attributes={**entity.attributes, **added})
