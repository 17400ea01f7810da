# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Shows a history as it was asked for: instances, values with their times, or aggregates."""

from typing import Any

from hanze.broker.exchange import Exchange
from hanze.broker.temporal.asked import Asked
from hanze.broker.temporal.provision import INSTANCE
from hanze.ngsild.context import Context
from hanze.ngsild.entity import Entity, Instance
from hanze.ngsild.render.aggregated import Aggregate, aggregated
from hanze.ngsild.render.head import shows
from hanze.ngsild.render.temporal import PLURAL, temporal
from hanze.store.base import TemporalEntity, TemporalInstance


class Shown:
    """Makes the JSON of histories, without @context; used on a reader thread."""

    def __init__(self, ex: Exchange, context: Context, asked: Asked) -> None:
        self._ex = ex
        self._context = context
        self._asked = asked

    def one(self, found: TemporalEntity) -> dict[str, Any]:
        """One history; empty where nothing is left of it."""
        head = Entity(found.id, found.types, {}, found.scopes, found.created, found.modified, found.expires)
        if self._asked.methods:
            return aggregated(head, self._aggregates(found.id), self._asked.methods, self._context, self._asked.form)
        head.attributes = {name: list(map(_instance, kept)) for name, kept in found.attributes.items()}
        made = temporal(
            head,
            self._context,
            self._asked.form,
            temporal_values=self._asked.values,
            time_property=self._asked.window.property,
            deleted=found.deleted,
        )
        for name, kind in found.held.items():
            if shows(self._asked.form, name):
                empty: Any = {"type": kind, PLURAL[kind]: []} if self._asked.values else []
                made[self._context.compact(name)] = empty
        return made

    def _aggregates(self, id: str) -> list[Aggregate]:
        asked, store, ex = self._asked, self._ex.services.store, self._ex
        series = store.series(
            ex.tenant, id, asked.window, ex.scope, attributes=asked.attributes, datasets=asked.form.datasets
        )
        return [
            Aggregate(
                one.attribute,
                one.dataset,
                one.kind,
                store.aggregate(
                    ex.tenant, id, one.attribute, one.dataset, asked.window, ex.scope, asked.methods, asked.period
                ),
            )
            for one in series
            if shows(asked.form, one.attribute)
        ]


def _instance(kept: TemporalInstance) -> Instance:
    found = kept.doc
    found["instanceId"] = f"{INSTANCE}{kept.number}"
    if kept.deleted is not None:
        found["deletedAt"] = kept.deleted
    return found
