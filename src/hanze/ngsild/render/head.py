# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The members of an entity that are no attributes: id, type, scope and the times that the node keeps."""

from typing import Any

from hanze.ngsild.context import Context
from hanze.ngsild.entity import Entity
from hanze.ngsild.render.form import Form


def head(e: Entity, context: Context, form: Form, deleted: str | None = None) -> dict[str, Any]:
    """What the form shows of them; createdAt, modifiedAt and expiresAt only with `sys` (clause 6.3.11)."""
    types = e.types
    compact = context.compact
    made: dict[str, Any] = {"id": e.id, "type": compact(types[0]) if len(types) == 1 else [compact(t) for t in types]}
    if e.scopes:
        made["scope"] = e.scopes[0] if len(e.scopes) == 1 else e.scopes
    if form.sys:
        for name, moment in (("createdAt", e.created), ("modifiedAt", e.modified), ("expiresAt", e.expires)):
            if moment:
                made[name] = moment
    if deleted:
        made["deletedAt"] = deleted
    if form.pick or form.omit:
        return {name: value for name, value in made.items() if shows(form, name)}
    return made


def shows(form: Form, name: str) -> bool:
    """The form lets the member or attribute of this name be seen."""
    if form.pick and all(selector.name != name for selector in form.pick):
        return False
    return all(selector.name != name or selector.inner for selector in form.omit)
