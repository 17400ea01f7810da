# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Attribute instances that are there until their expiresAt only. Source: ETSI GS CIM 009 V1.9.1, clause 4.22."""

from msgspec.structs import replace

from hanze.ngsild import times
from hanze.ngsild.entity import Entity, Instance, Outcome
from hanze.ngsild.operations.editing import Editing, each


def alive(e: Entity, moment: int) -> Entity:
    """The entity as it is at the moment (microseconds), without what has expired; the same one where nothing has."""
    if not any("expiresAt" in one for found in e.attributes.values() for one in found):
        return e
    kept = {name: [one for one in found if not _over(one, moment)] for name, found in e.attributes.items()}
    attributes = {name: found for name, found in kept.items() if found}
    return e if attributes == e.attributes else replace(e, attributes=attributes)


def expire(before: Entity, now: str) -> Outcome:
    """What has expired goes, as if it were deleted; where nothing has, the state after is the one before."""
    editing = Editing(before, now)
    moment = times.parse(now)
    for name, one in each(before):
        if _over(one, moment):
            editing.remove(name, one)
    return editing.outcome()


def soonest(e: Entity) -> int | None:
    """When the first of entity and instances expires, in microseconds; None where nothing does."""
    moments = [one["expiresAt"] for _, one in each(e) if "expiresAt" in one] + ([e.expires] if e.expires else [])
    return min((times.parse(moment, "expiresAt") for moment in moments), default=None)


def _over(one: Instance, moment: int) -> bool:
    return "expiresAt" in one and times.parse(one["expiresAt"], "expiresAt") <= moment
