# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Aggregates of an entity's history, per attribute and method. Source: ETSI GS CIM 009 V1.8.1, clause 4.5.19."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from hanze.ngsild import times
from hanze.ngsild.context import Context
from hanze.ngsild.entity import Entity
from hanze.ngsild.render.form import Form
from hanze.ngsild.render.head import head, shows


class Bucket(Protocol):
    """One aggregated period: start and end in microseconds, method to value."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def values(self) -> Mapping[str, Any]: ...


class Aggregate(msgspec.Struct, frozen=True):
    """The aggregates of one attribute (an IRI), one datasetId (None: the default) and one kind, in order of time."""

    attribute: str
    dataset: str | None
    kind: str
    buckets: Sequence[Any]
    """Each a Bucket."""


def aggregated(
    e: Entity, aggregates: Iterable[Aggregate], methods: Sequence[str], context: Context, form: Form
) -> dict[str, Any]:
    """The entity's head and, per attribute, a list of [value, start, end] for each method; periods without instances
    do not appear, nor do attributes without periods."""
    made = head(e, context, form)
    shown: dict[str, list[dict[str, Any]]] = {}
    for one in aggregates:
        if one.buckets and shows(form, one.attribute):
            shown.setdefault(one.attribute, []).append(_methods(one, methods))
    for name, found in shown.items():
        made[context.compact(name)] = found[0] if len(found) == 1 else found
    return made


def _methods(one: Aggregate, methods: Sequence[str]) -> dict[str, Any]:
    made: dict[str, Any] = {"type": one.kind}
    if one.dataset is not None:
        made["datasetId"] = one.dataset
    periods = [(bucket.values, times.text(bucket.start), times.text(bucket.end)) for bucket in one.buckets]
    for method in methods:
        made[method] = [[values[method], start, end] for values, start, end in periods if method in values]
    return made
