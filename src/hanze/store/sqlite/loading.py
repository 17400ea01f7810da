# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Loads many observations of one attribute at once: history rows in bulk, the latest as the current value."""

from collections.abc import Sequence
from itertools import pairwise, repeat
from typing import TYPE_CHECKING

import apsw
import msgspec

from hanze.errors import BadRequestData
from hanze.ngsild import times
from hanze.ngsild.entity import VALUE_MEMBER, Entity, Instance
from hanze.store.sqlite.doubles import Double, between, double
from hanze.store.sqlite.kept import INSERT_HISTORY
from hanze.store.sqlite.tape import PLAIN, Body, split
from hanze.store.sqlite.values import BIGGEST_INTEGER

if TYPE_CHECKING:
    from hanze.store.sqlite.current import Known, Touched
    from hanze.store.sqlite.work import Work

Simple = float | int | str | bool


def observe(
    work: "Work", connection: apsw.Connection, tn: int, entity: Entity, attribute: str, template: Instance,
    moments: Sequence[int], values: Sequence[Simple],
) -> int:  # fmt: skip
    """Loads observations, at best in ascending moments; how many were new. The entity is made where it is not current.

    BadRequestData where the numbers of moments and values differ, or a value is NaN.
    """
    if len(moments) != len(values):
        raise BadRequestData(f"There are {len(moments)} moments and {len(values)} values; give one value a moment.")
    if not moments:
        return 0
    if any(later < earlier for earlier, later in pairwise(moments)):
        pairs = sorted(zip(moments, values, strict=True), key=lambda pair: pair[0])
        moments, values = [at for at, _ in pairs], [value for _, value in pairs]
    plain = _plain(template, values)
    known = work.current.known(tn, entity.id)
    aid = work.names.made(tn, "a")[attribute]
    dataset = template.get("datasetId")
    there = set[Double]()
    if known is not None:
        there = between(connection, known.eid, aid, moments[0], moments[-1], dataset, observed=True)
    if there or any(later == earlier for earlier, later in pairwise(moments)):
        moments, values = _new(there, template, moments, values, plain)
        if not moments:
            return 0
    first = work.tape.number + 1
    latest = _observation(template, moments[-1], values[-1])
    eid = _newest(work, tn, known, entity, attribute, latest, moments[-1])
    if plain:
        sid = work.tape.shape((template["type"], template.get("unitCode"), dataset, True, False))
        numbers = range(first, first + len(moments))
        work.tape.number += len(moments)
        columns = repeat(eid), repeat(aid), moments, numbers, repeat(work.now), repeat(sid), values, repeat(None)
        connection.executemany(INSERT_HISTORY, zip(*columns, strict=False))
    else:
        instances = (_observation(template, at, value) for at, value in zip(moments, values, strict=True))
        rows = [work.tape.row(eid, aid, one, work.now) for one in instances]
        connection.executemany(INSERT_HISTORY, rows)
        for row in rows:
            work.tape.lasts(row, template)
    tids = work.names.made(tn, "t")
    work.tape.entry(work.now, tn, eid, "bulk", Body([tids[type] for type in entity.types], [aid], first))
    return len(moments)


def _plain(template: Instance, values: Sequence[Simple]) -> bool:
    """Every value goes into its column as it is, without a document."""
    kinds = set(map(type, values))
    if float in kinds and any(value != value for value in values):
        raise BadRequestData("One of the values is NaN, not a number; leave missing observations out.")
    if template["type"] != "Property" or not PLAIN.issuperset(template) or not kinds <= {float, int, str}:
        return False
    whole = [value for value in values if isinstance(value, int)] if int in kinds else []
    return not whole or (min(whole) >= -BIGGEST_INTEGER and max(whole) < BIGGEST_INTEGER)


def _observation(template: Instance, at: int, value: Simple) -> Instance:
    return {**template, VALUE_MEMBER[template["type"]]: value, "observedAt": times.text(at)}


def _new(
    there: set[Double], template: Instance, moments: Sequence[int], values: Sequence[Simple], plain: bool
) -> tuple[list[int], list[Simple]]:
    """Moments and values without what is there already, and each once."""
    seen = set(there)
    kept_moments: list[int] = []
    kept_values: list[Simple] = []
    for at, value in zip(moments, values, strict=True):
        known = (at, value) if plain else double(at, *split(_observation(template, at, value)))
        if known not in seen:
            seen.add(known)
            kept_moments.append(at)
            kept_values.append(value)
    return kept_moments, kept_values


def _newest(
    work: "Work", tn: int, known: "Touched | Known | None", entity: Entity, attribute: str, latest: Instance, at: int
) -> int:
    """Makes the latest observation the current value, unless that is later; gives the entity's number."""
    now = Entity(entity.id, entity.types, {}, entity.scopes, work.stamp, work.stamp)
    if known is not None and known.live:
        types = list(dict.fromkeys([*known.entity.types, *entity.types]))
        now = msgspec.structs.replace(known.entity, types=types, modified=work.stamp)
    dataset = latest.get("datasetId")
    others = [one for one in now.attributes.get(attribute, ()) if one.get("datasetId") != dataset]
    old = next((one for one in now.attributes.get(attribute, ()) if one.get("datasetId") == dataset), None)
    observed = None if old is None else old.get("observedAt")
    if known is not None and observed is not None and times.parse(observed) > at:
        return known.eid
    created = work.stamp if old is None else old.get("createdAt", work.stamp)
    instance = {**latest, "createdAt": created, "modifiedAt": work.stamp}
    instances = [*others, instance] if dataset else [instance, *others]
    now = msgspec.structs.replace(now, attributes={**now.attributes, attribute: instances})
    return work.current.change(tn, now, live=True, gone=None, attributes=frozenset({attribute}))
