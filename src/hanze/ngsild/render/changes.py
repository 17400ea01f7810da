# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An entity in a notification: what was deleted shows as null, and, where asked, what changed shows its value before.

Source: ETSI GS CIM 009 V1.8.1, clauses 5.2.5, 5.2.6, 5.2.32, 5.2.35 to 5.2.38 (previousValue and the like) and 5.8.6.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from hanze.ngsild.context import Context
from hanze.ngsild.entity import NULL, SCOPE, VALUE_MEMBER, Change, Entity, Instance
from hanze.ngsild.render.attribute import compacted, normalized, short, simplified
from hanze.ngsild.render.entity import entity
from hanze.ngsild.render.form import Form
from hanze.ngsild.render.head import head, shows
from hanze.ngsild.render.temporal import null

PREVIOUS = {kind: "previous" + member[0].upper() + member[1:] for kind, member in VALUE_MEMBER.items()}
"""Kind to the member that holds the value before."""


def notified(
    state: Entity, changes: Iterable[Change], context: Context, form: Form, at: str, *,
    deleted: bool = False, show: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """The entity without @context, as a notification about `changes` shows it.

    `state`: after the changes, or, where the entity was `deleted`, right before; then only id, type and times are
    shown, and the attributes that `changes` names. `at`: when the changes were made. `show`: with values before
    (showChanges), for which the simplified representation has no place.
    """
    if deleted:
        made = head(state, context, form, at)
        made.pop("scope", None)
    else:
        made = entity(state, context, form)
    by_name: dict[str, list[Change]] = {}
    for change in changes:
        if (change.after is None or show) and change.before is not None and change.attribute != SCOPE:
            by_name.setdefault(change.attribute, []).append(change)
    for name, found in by_name.items():
        if shows(form, name):
            left = [] if deleted else state.attributes.get(name, [])
            shown = _Attribute(context, form, at, show).shown(left, found)
            if shown is not None:
                made[context.compact(name)] = shown
    return made


class _Attribute:
    """Shows one attribute with what became of its instances."""

    def __init__(self, context: Context, form: Form, at: str, show: bool) -> None:
        self._context = context
        self._form = form
        self._at = at
        self._show = show

    def shown(self, left: Sequence[Instance], changes: Sequence[Change]) -> Any:
        left = [one for one in left if self._wanted(one)]
        before = {
            c.before.get("datasetId"): c.before for c in changes if c.before is not None and self._wanted(c.before)
        }
        there = {one.get("datasetId") for one in left}
        gone = [one for dataset, one in before.items() if dataset not in there]
        if len(gone) > 1 and not left and not self._show:
            gone = [{key: value for key, value in gone[0].items() if key != "datasetId"}]
        if self._form.representation == "simplified":
            return self._simplified(left, gone)
        made = [self._left(one, before.get(one.get("datasetId"))) for one in left] + [self._gone(one) for one in gone]
        if not made:
            return None
        return made[0] if len(made) == 1 else made

    def _wanted(self, one: Instance) -> bool:
        return self._form.datasets is None or one.get("datasetId", "@none") in self._form.datasets

    def _simplified(self, left: Sequence[Instance], gone: Sequence[Instance]) -> Any:
        made = {one.get("datasetId", "@none"): simplified(one, self._context, self._form) for one in left}
        made |= {one.get("datasetId", "@none"): NULL for one in gone}
        if not made:
            return None
        return next(iter(made.values())) if len(made) == 1 else {"dataset": made}

    def _left(self, one: Instance, before: Instance | None) -> dict[str, Any]:
        concise = self._form.representation == "concise"
        made = short(one, self._context, self._form) if concise else normalized(one, self._context, self._form)
        return self._with_previous(made, before)

    def _gone(self, one: Instance) -> dict[str, Any]:
        kind = one["type"]
        made: dict[str, Any] = {} if self._form.representation == "concise" else {"type": kind}
        made[VALUE_MEMBER[kind]] = null("", kind)
        if "datasetId" in one:
            made["datasetId"] = one["datasetId"]
        if self._form.sys:
            made |= {name: one[name] for name in ("createdAt", "modifiedAt") if name in one}
            made["deletedAt"] = self._at
        return self._with_previous(made, one)

    def _with_previous(self, made: dict[str, Any], before: Instance | None) -> dict[str, Any]:
        if self._show and before is not None:
            kind = before["type"]
            value = before[VALUE_MEMBER[kind]]
            if kind == "VocabProperty":
                value = compacted(value, self._context)
            elif kind == "ListRelationship":
                value = [{"object": one} for one in value]
            made[PREVIOUS[kind]] = value
        return made
