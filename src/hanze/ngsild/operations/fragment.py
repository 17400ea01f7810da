# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Operations with a fragment of an entity: append, update, merge.

Source: ETSI GS CIM 009 V1.8.1, clauses 5.5.8 and 5.5.12, 5.6.2, 5.6.3 and 5.6.17.
"""

from hanze.ngsild.entity import SCOPE, Entity, Instance, Outcome
from hanze.ngsild.operations import merging
from hanze.ngsild.operations.complete import complete
from hanze.ngsild.operations.editing import ABSENT, PRESENT, Editing, each
from hanze.ngsild.operations.nulls import check_merge, dataset_of, is_null, stored


def append(before: Entity, fragment: Entity, now: str, *, overwrite: bool = True) -> Outcome:
    """Instances come in; those that are there are overwritten, or, without `overwrite`, left and told as not updated.

    A null deletes. Types are added. Scopes are replaced, or, without `overwrite`, added.
    """
    editing = Editing(before, now)
    for name, one in each(fragment):
        old = editing.find(name, dataset_of(one, name))
        if old is not None and not overwrite:
            editing.not_updated.append((name, PRESENT))
        else:
            _write(editing, name, one, old)
    if fragment.scopes:
        kept = [] if overwrite else before.scopes
        editing.set_scopes(list(dict.fromkeys([*kept, *fragment.scopes])))
    return _outcome(editing, fragment)


def update(before: Entity, fragment: Entity, now: str) -> Outcome:
    """Instances that are there are replaced as a whole, others come in; a null deletes. Types are added.

    A scope replaces the one that is there; without one before, or with a null for what is not there, it is told
    as not updated.
    """
    editing = Editing(before, now)
    for name, one in each(fragment):
        _write(editing, name, one, editing.find(name, dataset_of(one, name)))
    if fragment.scopes and before.scopes:
        editing.set_scopes(fragment.scopes)
    elif fragment.scopes:
        editing.not_updated.append((SCOPE, "The entity has no scope."))
    return _outcome(editing, fragment)


def merge(
    before: Entity, fragment: Entity, now: str, *,
    observed_at: str | None = None, lang: str | None = None, simplified: bool = False,
) -> Outcome:  # fmt: skip
    """JSON merge (RFC 7396) of the fragment, also inside values and sub-attributes; a null deletes, in a list it is refused.

    `observed_at`: for attributes that have an observedAt, where the fragment gives none. `lang`: a text for a
    LanguageProperty is in this language. `simplified`: the fragment came in the simplified representation, so a value
    without a kind is of the kind that the attribute has.
    """
    editing = Editing(before, now)
    for name, one in each(fragment):
        old = editing.find(name, dataset_of(one, name))
        if is_null(one):
            if old is not None:
                editing.remove(name, old)
            continue
        check_merge(one, name)
        alike = one if old is None else merging.alike(old, one, lang, simplified=simplified)
        made = merging.merged(old, alike)
        if made is not None:
            if old is not None and observed_at is not None and "observedAt" in old and "observedAt" not in one:
                made["observedAt"] = observed_at
            editing.put(name, complete(made, name), old)
        elif old is not None:
            editing.remove(name, old)
    if fragment.scopes:
        editing.set_scopes(fragment.scopes)
    return _outcome(editing, fragment)


def _write(editing: Editing, name: str, one: Instance, old: Instance | None) -> None:
    if not is_null(one):
        editing.put(name, complete(stored(one, name), name, None if old is None else old["type"]), old)
    elif old is not None:
        editing.remove(name, old)
    else:
        editing.not_updated.append((name, ABSENT))


def _outcome(editing: Editing, fragment: Entity) -> Outcome:
    editing.add_types(fragment.types)
    editing.set_expires(fragment.expires)
    return editing.outcome()
