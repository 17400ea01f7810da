# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An entity while an operation changes it: instances are put and removed in copies, each change is kept."""

from collections.abc import Iterator

from hanze.ngsild.entity import NULL, SCOPE, Change, Entity, Instance, Outcome

ABSENT = "The entity has no such attribute instance."
PRESENT = "The entity has this attribute instance already."

FEW = 8
"""So many instances of an attribute are looked through one by one; of more a list is made once."""


class Editing:
    """The state to be, and what led to it."""

    __slots__ = ("_before", "_changes", "_expires", "_now", "_scopes", "_touched", "_types", "not_updated")

    def __init__(self, before: Entity, now: str) -> None:
        self._before = before
        self._now = now
        self._touched: dict[str, dict[str | None, Instance]] = {}
        self._types = before.types
        self._scopes = before.scopes
        self._expires = before.expires
        self._changes: list[Change] = []
        self.not_updated: list[tuple[str, str]] = []

    def find(self, name: str, dataset: str | None) -> Instance | None:
        """The instance of this datasetId (None: the default one)."""
        touched = self._touched.get(name)
        if touched is None and len(self._before.attributes.get(name, ())) > FEW:
            touched = self._own(name)
        if touched is not None:
            return touched.get(dataset)
        for one in self._before.attributes.get(name, ()):
            if one.get("datasetId") == dataset:
                return one
        return None

    def put(self, name: str, instance: Instance, old: Instance | None) -> None:
        """The instance takes the place of `old`, or comes in beside the others, a default instance first."""
        made = stamped(instance, old, self._now)
        self._own(name)[made.get("datasetId")] = made
        self._changes.append(Change(name, old, made))

    def remove(self, name: str, old: Instance) -> None:
        """The instance goes."""
        del self._own(name)[old.get("datasetId")]
        self._changes.append(Change(name, old, None))

    def _own(self, name: str) -> dict[str | None, Instance]:
        """The instances of an attribute by datasetId, which may change."""
        found = self._touched.get(name)
        if found is None:
            found = {one.get("datasetId"): one for one in self._before.attributes.get(name, ())}
            self._touched[name] = found
        return found

    def _attributes(self) -> dict[str, list[Instance]]:
        made = dict(self._before.attributes)
        for name, found in self._touched.items():
            if not found:
                made.pop(name, None)
                continue
            default = found.pop(None, None)
            made[name] = list(found.values()) if default is None else [default, *found.values()]
        return made

    def add_types(self, types: list[str]) -> None:
        """Types come in; none ever goes (clause 5.6.3)."""
        fresh = [one for one in types if one not in self._types]
        if fresh:
            self._types = [*self._types, *dict.fromkeys(fresh)]

    def set_scopes(self, scopes: list[str]) -> None:
        """The scopes are these from now on, or gone where they are null."""
        made = [] if scopes == [NULL] else scopes
        if made == self._scopes:
            return
        old, new = scope_instance(self._scopes), scope_instance(made)
        self._scopes = made
        if new is not None:
            new |= {"observedAt": self._now, "createdAt": self._now, "modifiedAt": self._now}
        self._changes.append(Change(SCOPE, old, new))

    def set_expires(self, moment: str | None) -> None:
        """`moment`: None leaves it as it is, NGSI-LD Null takes it away."""
        if moment is not None:
            self._expires = None if moment == NULL else moment

    def outcome(self) -> Outcome:
        """Where nothing changed, the state after is the one before."""
        before = self._before
        after = before
        updated: list[str] = []
        if self._changes:
            updated = list(dict.fromkeys([change.attribute for change in self._changes]))
        if self._changes or self._types is not before.types or self._expires != before.expires:
            attributes = self._attributes()
            after = Entity(before.id, self._types, attributes, self._scopes, before.created, self._now, self._expires)
        return Outcome(before, after, self._changes, updated, self.not_updated)


def stamped(instance: Instance, old: Instance | None, now: str) -> Instance:
    """With modifiedAt, and createdAt of the instance whose place it takes."""
    created = now if old is None else old.get("createdAt", now)
    return {**instance, "createdAt": created, "modifiedAt": now}


def scope_instance(scopes: list[str]) -> Instance | None:
    """The scopes as one instance of a Property (clause 4.5.6); None where there are none."""
    if not scopes:
        return None
    return {"type": "Property", "value": scopes[0] if len(scopes) == 1 else scopes}


def each(entity: Entity) -> Iterator[tuple[str, Instance]]:
    """Every instance with the name of its attribute."""
    for name, found in entity.attributes.items():
        for one in found:
            yield name, one
