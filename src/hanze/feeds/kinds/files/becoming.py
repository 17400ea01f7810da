# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a source found from what rows and documents became."""

from collections.abc import Iterator

import msgspec

from hanze.errors import HanzeError
from hanze.feeds import making
from hanze.feeds.health import VOCABULARY
from hanze.feeds.source import Found, Refused
from hanze.feeds.tables.shaping import Facts, Rejected, Series, Shaped, instance
from hanze.ngsild import parse, times
from hanze.ngsild.context import CORE, Context
from hanze.ngsild.entity import Entity

OWN = making.urn("Source", "")
"""How the ids begin that the node gives its own sources."""


def found_of(shaped: Shaped, context: Context | None, name: str, part: str) -> Found:
    """The same with names expanded. `name` of the file and `part`, such as line, say where what is refused stands.

    The newest reading of each series is an entity too: as such it is a change, which subscriptions are told of.
    """
    context = context or CORE
    found = Found([*shaped.entities], [_refused(one, name, part) for one in shaped.rejected])
    for facts in shaped.facts:
        try:
            found.entities.append(_entity(facts, context))
        except HanzeError as error:
            found.refused.append(Refused(f"{name}, row {facts.row}", error.detail))
    found.series = [_expanded(one, context) for one in shaped.series]
    found.entities += _newest(found.series)
    moments = [one.moments[-1] for one in found.series] + [times.parse(at) for at in _latest(shaped.entities)]
    found.observed = max(moments, default=None)
    return found


def kept(found: Found, name: str) -> Found:
    """The same without what is the node's own: who puts files into a folder cannot speak of the node's sources."""
    own = {one.id for one in found.entities if one.id.startswith(OWN) or any(map(_own, one.types))}
    if own:
        reason = "only the node itself writes such entities; leave it out"
        found.refused += [Refused(f"{name}, {id}", reason) for id in sorted(own)]
        found.entities = [one for one in found.entities if one.id not in own]
        found.series = [one for one in found.series if one.id not in own]
    return found


def _own(type: str) -> bool:
    return type.startswith(VOCABULARY)


def _refused(one: Rejected, name: str, part: str) -> Refused:
    return Refused(f"{name}, {part} {one.line or one.row}", one.reason)


def _entity(facts: Facts, context: Context) -> Entity:
    return parse.entity({"id": facts.id, "type": facts.type, **facts.attributes}, context)


def _expanded(one: Series, context: Context) -> Series:
    return msgspec.structs.replace(one, type=context.expand(one.type), attribute=context.expand(one.attribute))


def _newest(series: list[Series]) -> Iterator[Entity]:
    """An entity each, with the last observation of each of its attributes."""
    last: dict[str, dict[str, Series]] = {}
    for one in series:
        own = last.setdefault(one.id, {})
        if one.attribute not in own or own[one.attribute].moments[-1] <= one.moments[-1]:
            own[one.attribute] = one
    for id, attributes in last.items():
        made = {
            name: [{**instance(one.template, one.values[-1]), "observedAt": times.text(one.moments[-1])}]
            for name, one in attributes.items()
        }
        yield Entity(id, [next(iter(attributes.values())).type], made)


def _latest(entities: list[Entity]) -> Iterator[str]:
    """When each entity was observed last."""
    for entity in entities:
        moments = [at for several in entity.attributes.values() for one in several if (at := one.get("observedAt"))]
        if moments:
            yield max(moments)
