# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Entities, attribute instances and sub-attributes that are there until their expiresAt only.

Source: ETSI GS CIM 009 V1.9.1, clause 4.22.
"""

from msgspec.structs import replace

from hanze.ngsild import times
from hanze.ngsild.entity import RESERVED, Entity, Instance, Outcome
from hanze.ngsild.operations.editing import Editing, each


def alive(e: Entity, moment: int) -> Entity | None:
    """The entity as it is at the moment (microseconds), without what has expired: the same one where nothing has, None
    where it has expired itself."""
    if e.expires and times.parse(e.expires, "expiresAt") <= moment:
        return None
    attributes = {name: left for name, found in e.attributes.items() if (left := _left(found, moment))}
    return e if attributes == e.attributes else replace(e, attributes=attributes)


def expire(before: Entity, now: str) -> Outcome:
    """What has expired of the entity's attributes goes, as if it were deleted; where nothing has, the state after is the
    one before. Sub-attributes go without a trace, for they are part of the storage only."""
    editing = Editing(before, now)
    moment = times.parse(now)
    for name, one in each(before):
        left = _left([one], moment)
        if not left:
            editing.remove(name, one)
        elif left[0] is not one:
            editing.put(name, left[0], one)
    return editing.outcome()


def soonest(e: Entity) -> int | None:
    """When the first of entity, instances and sub-attributes expires, in microseconds; None where nothing does."""
    moments = [times.parse(e.expires, "expiresAt")] if e.expires else []
    for _, one in each(e):
        _gather(one, moments)
    return min(moments, default=None)


def _left(found: list[Instance], moment: int) -> list[Instance]:
    """The instances that have not expired; those of which a sub-attribute has, without it."""
    kept = [one if RESERVED.issuperset(one) else _without(one, moment) for one in found if not _over(one, moment)]
    return found if len(kept) == len(found) and all(map(_same, kept, found)) else kept


def _same(one: Instance, other: Instance) -> bool:
    return one is other


def _without(one: Instance, moment: int) -> Instance:
    made = one
    for name, parts in one.items():
        if name in RESERVED or not isinstance(parts, list):
            continue
        left = _left(parts, moment)
        if left is not parts:
            made = dict(made) if made is one else made
            if left:
                made[name] = left
            else:
                del made[name]
    return made


def _over(one: Instance, moment: int) -> bool:
    return "expiresAt" in one and times.parse(one["expiresAt"], "expiresAt") <= moment


def _gather(one: Instance, moments: list[int]) -> None:
    if "expiresAt" in one:
        moments.append(times.parse(one["expiresAt"], "expiresAt"))
    for name, parts in one.items():
        if name not in RESERVED and isinstance(parts, list):
            for part in parts:
                _gather(part, moments)
