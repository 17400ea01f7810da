# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the operations of NGSI-LD make of an entity: pure functions from the state before to an outcome.

`now` is ISO 8601. Nothing is changed in place. Source: ETSI GS CIM 009 V1.8.1, clauses 5.5.4, 5.5.12 and 5.6.
"""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace as with_

from hanze.errors import BadRequestData, ResourceNotFound
from hanze.ngsild.entity import NULL, RESERVED, VALUE_MEMBER, Change, Entity, Instance, Outcome

ABSENT = "The entity has no such attribute instance."
PRESENT = "The entity has this attribute instance already."


def is_null(instance: Instance) -> bool:
    """The instance is NGSI-LD Null: a patch with it deletes."""
    if instance.get("languageMap") == {"@none": NULL}:
        return True
    return any(instance.get(member) == NULL for member in ("value", "object", "vocab", "json", "valueList", "objectList"))


def create(entity: Entity, now: str) -> Outcome:
    """A new entity."""
    attributes = {name: [_stamped(one, None, now) for one in found] for name, found in entity.attributes.items()}
    changes = [Change(name, None, one) for name, found in attributes.items() for one in found]
    after = Entity(entity.id, entity.types, attributes, entity.scopes, now, now, entity.expires)
    return Outcome(None, after, changes, list(attributes))


def replace(before: Entity, entity: Entity, now: str) -> Outcome:
    """Everything of the entity is replaced; only its createdAt stays (clause 5.6.18)."""
    after = create(entity, now).after
    assert after is not None
    return Outcome(before, with_(after, created=before.created), _differences(before, after), list(after.attributes))


def append(before: Entity, fragment: Entity, now: str, *, overwrite: bool = True) -> Outcome:
    """Adds attributes, types and scopes; what is there is overwritten, or left and told (clause 5.6.3)."""
    editing = _Editing(before, now)
    for name, one in _each(fragment):
        old = editing.find(name, one.get("datasetId"))
        if old is not None and not overwrite:
            editing.not_updated.append((name, PRESENT))
        elif is_null(one):
            editing.remove_or_tell(name, one.get("datasetId"))
        else:
            editing.put(name, _stamped(one, old, now))
    scopes = fragment.scopes if overwrite or not before.scopes else [*before.scopes, *fragment.scopes]
    return editing.outcome(fragment, scopes)


def update(before: Entity, fragment: Entity, now: str) -> Outcome:
    """Replaces attribute instances that are there; others are told as not updated (clause 5.6.2)."""
    editing = _Editing(before, now)
    for name, one in _each(fragment):
        old = editing.find(name, one.get("datasetId"))
        if old is None:
            editing.not_updated.append((name, ABSENT))
        elif is_null(one):
            editing.remove(name, one.get("datasetId"))
        else:
            editing.put(name, _stamped(_complete(one, old, name), old, now))
    return editing.outcome(fragment, fragment.scopes)


def merge(
    before: Entity, fragment: Entity, now: str, *, observed_at: str | None = None, lang: str | None = None
) -> Outcome:
    """JSON merge of the fragment into the entity; NGSI-LD Null deletes (clause 5.5.12).

    `observed_at`: for each attribute of the fragment without an observedAt of its own. `lang`: a text for a LanguageProperty is in this language.
    """
    editing = _Editing(before, now)
    for name, one in _each(fragment):
        old = editing.find(name, one.get("datasetId"))
        if is_null(one):
            editing.remove_or_tell(name, one.get("datasetId"))
            continue
        if observed_at and "observedAt" not in one and (old is None or "observedAt" in old or not one.get("type")):
            one = {**one, "observedAt": observed_at}
        if old is None:
            editing.put(name, _stamped(_complete(one, None, name), None, now))
        else:
            editing.put(name, _stamped(_merged(old, _in_language(old, one, lang), name), old, now))
    return editing.outcome(fragment, fragment.scopes)


def patch_attribute(before: Entity, attribute: str, instances: Iterable[Instance], now: str) -> Outcome:
    """Members of the instances replace those of the existing ones (clause 5.6.4); ResourceNotFound where there is none."""
    editing = _Editing(before, now)
    for one in instances:
        dataset = one.get("datasetId")
        old = editing.find(attribute, dataset)
        if old is None:
            raise ResourceNotFound(_lacks(before, attribute, dataset))
        if is_null(one):
            editing.remove(attribute, dataset)
            continue
        if "type" in one and one["type"] != old["type"]:
            raise BadRequestData(f"type is {one['type']!r}, but the attribute is a {old['type']}; a patch keeps the type.")
        merged = {**old, **one}
        for key in [key for key, value in one.items() if value == NULL or _null_part(key, value)]:
            del merged[key]
        if "languageMap" in one:
            merged["languageMap"] = _merge_value(old.get("languageMap"), one["languageMap"])
        _check_value(merged, attribute)
        editing.put(attribute, _stamped(merged, old, now))
    return editing.outcome(None, [])


def replace_attribute(before: Entity, attribute: str, instances: Iterable[Instance], now: str) -> Outcome:
    """The instances take the place of existing ones with the same datasetId (clause 5.6.19)."""
    editing = _Editing(before, now)
    for one in instances:
        old = editing.find(attribute, one.get("datasetId"))
        if old is None:
            raise ResourceNotFound(_lacks(before, attribute, one.get("datasetId")))
        editing.put(attribute, _stamped(one, old, now))
    return editing.outcome(None, [])


def delete_attribute(
    before: Entity, attribute: str, now: str, *, dataset: str | None = None, every: bool = False
) -> Outcome:
    """Removes the default instance, the one of the dataset, or every one (clause 5.6.5); ResourceNotFound where there is none."""
    editing = _Editing(before, now)
    found = before.attributes.get(attribute, [])
    doomed = [one.get("datasetId") for one in found] if every else [dataset]
    if not doomed or (not every and editing.find(attribute, dataset) is None):
        raise ResourceNotFound(_lacks(before, attribute, dataset))
    for one in doomed:
        editing.remove(attribute, one)
    return editing.outcome(None, [])


def delete(before: Entity) -> Outcome:
    """The entity goes, with all its attributes."""
    return Outcome(before, None, [Change(name, one, None) for name, one in _each(before)])


class _Editing:
    """The attributes of an entity while an operation changes them, and what it changed."""

    def __init__(self, before: Entity, now: str) -> None:
        self._before = before
        self._now = now
        self._attributes = dict(before.attributes)
        self._changes: list[Change] = []
        self.not_updated: list[tuple[str, str]] = []

    def find(self, name: str, dataset: str | None) -> Instance | None:
        for one in self._attributes.get(name, ()):
            if one.get("datasetId") == dataset:
                return one
        return None

    def put(self, name: str, instance: Instance) -> None:
        dataset = instance.get("datasetId")
        old = self.find(name, dataset)
        found = self._attributes.get(name, [])
        if len(found) <= 1 and (old is not None or not found):
            self._attributes[name] = [instance]
        elif old is not None:
            self._attributes[name] = [instance if one is old else one for one in found]
        else:
            self._attributes[name] = sorted([*found, instance], key=lambda one: "datasetId" in one)
        self._changes.append(Change(name, old, instance))

    def remove(self, name: str, dataset: str | None) -> None:
        old = self.find(name, dataset)
        left = [one for one in self._attributes[name] if one is not old]
        if left:
            self._attributes[name] = left
        else:
            del self._attributes[name]
        self._changes.append(Change(name, old, None))

    def remove_or_tell(self, name: str, dataset: str | None) -> None:
        if self.find(name, dataset) is None:
            self.not_updated.append((name, ABSENT))
        else:
            self.remove(name, dataset)

    def outcome(self, fragment: Entity | None, scopes: list[str]) -> Outcome:
        before = self._before
        types, expires = before.types, before.expires
        if fragment is not None:
            types = list(dict.fromkeys([*types, *fragment.types]))
            if fragment.expires is not None:
                expires = None if fragment.expires == NULL else fragment.expires
        kept = [] if scopes == [NULL] else scopes or before.scopes
        after = Entity(before.id, types, self._attributes, kept, before.created, self._now, expires)
        updated = list(dict.fromkeys(change.attribute for change in self._changes))
        return Outcome(before, after, self._changes, updated, self.not_updated)


def _each(entity: Entity) -> Iterable[tuple[str, Instance]]:
    return [(name, one) for name, found in entity.attributes.items() for one in found]


def _stamped(instance: Instance, old: Instance | None, now: str) -> Instance:
    return {**instance, "createdAt": old["createdAt"] if old is not None else now, "modifiedAt": now}


def _complete(one: Instance, old: Instance | None, name: str) -> Instance:
    """A fragment that may lack its type is one of the kind that is there; it must have a value."""
    if "type" not in one and old is not None:
        one = {**one, "type": old["type"]}
    if "type" not in one:
        raise BadRequestData(f"{name} has no value; give it one.")
    _check_value(one, name)
    return one


def _check_value(one: Instance, name: str) -> None:
    member = VALUE_MEMBER[one["type"]]
    if member not in one:
        raise BadRequestData(f"{name} is a {one['type']} without {member}; give it a {member}.")


def _null_part(key: str, value: Any) -> bool:
    return key not in RESERVED and isinstance(value, list) and all(is_null(one) for one in value)


def _in_language(old: Instance, one: Instance, lang: str | None) -> Instance:
    """A plain text for a LanguageProperty is the text in `lang`."""
    if lang and old["type"] == "LanguageProperty" and "value" in one:
        kept = {key: value for key, value in one.items() if key not in ("value", "type")}
        return {**kept, "type": "LanguageProperty", "languageMap": {lang: one["value"]}}
    return one


def _merged(old: Instance, one: Instance, name: str) -> Instance:
    if "type" in one and one["type"] != old["type"]:
        return _complete(one, None, name)
    made = dict(old)
    for key, value in one.items():
        if value == NULL or _null_part(key, value):
            made.pop(key, None)
        elif key in ("value", "json", "languageMap"):
            made[key] = _merge_value(old.get(key), value)
        elif key in RESERVED:
            made[key] = value
        else:
            made[key] = _merge_parts(old.get(key, []), value, key)
    return made


def _merge_parts(old: list[Instance], new: list[Instance], name: str) -> list[Instance]:
    """Sub-attributes merge like attributes, without times of their own."""
    found = {one.get("datasetId"): one for one in old}
    for one in new:
        dataset = one.get("datasetId")
        if is_null(one):
            found.pop(dataset, None)
        elif dataset in found:
            found[dataset] = _merged(found[dataset], one, name)
        else:
            found[dataset] = _complete(one, None, name)
    return list(found.values())


def _merge_value(old: Any, new: Any) -> Any:
    """JSON merge (RFC 7396) with NGSI-LD Null for null."""
    if not isinstance(old, dict) or not isinstance(new, dict) or "@value" in new or "coordinates" in new:
        return new
    made = dict(old)
    for key, value in new.items():
        if value == NULL:
            made.pop(key, None)
        else:
            made[key] = _merge_value(made.get(key), value)
    return made


def _differences(before: Entity, after: Entity) -> list[Change]:
    old = {(name, one.get("datasetId")): one for name, one in _each(before)}
    new = {(name, one.get("datasetId")): one for name, one in _each(after)}
    gone = [Change(key[0], one, None) for key, one in old.items() if key not in new]
    return gone + [Change(key[0], old.get(key), one) for key, one in new.items()]


def _lacks(entity: Entity, attribute: str, dataset: str | None) -> str:
    which = f" with datasetId {dataset}" if dataset else " without datasetId"
    return f"{entity.id} has no attribute {attribute}{which}."
