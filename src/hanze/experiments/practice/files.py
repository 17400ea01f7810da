# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Practice data as one file, made in a process of its own: all in a zip, one table, or entities."""

import csv
import io
import itertools
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.ngsild.render.entity import entity as rendered
from hanze.ngsild.render.form import PLAIN
from hanze.ngsild.selection import EntitySelection, TypeIs, Window
from hanze.store.base import Look, Reads
from hanze.store.scope import EVERYTHING

COLUMNS = ("id", "type", "attribute", "unit", "time", "value", "simulated")

README = """\
Practice data: a computer made them up, so that programs can be built before the real data may be read.
They go through the day and the week as the real ones do; no value, name or place is real.

entities.json   all things as they are, NGSI-LD
history.csv     how they went: a row for each thing, attribute and hour, times in UTC
"""


class Job(msgspec.Struct, frozen=True):
    """`types`: IRIs; `kind`: zip, csv or json. `levels`: by attribute (IRI), the shortest period in microseconds over which it is
    seen, where that is more than an hour: then the file has means over such periods too."""

    look: Look
    now: int
    tenant: str
    types: Sequence[str]
    kind: str
    levels: Mapping[str, int] = {}


def run(job: Job) -> bytes:
    """It reads the store and writes nothing."""
    with job.look(job.now) as reads:
        found = [one for type in job.types for one in _entities(reads, job.tenant, type)]
        if job.kind == "json":
            return _json(found)
        history = _csv(_rows(reads, job, found))
        return history if job.kind == "csv" else _zip(found, history)


def _entities(reads: Reads, tenant: str, type: str) -> list[Entity]:
    return reads.query(tenant, EntitySelection(types=TypeIs(type)), EVERYTHING, limit=1_000).entities


def _json(found: Iterable[Entity]) -> bytes:
    return msgspec.json.format(msgspec.json.encode([rendered(one, CORE, PLAIN) for one in found]), indent=1)


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue().encode()


def _zip(found: Iterable[Entity], history: bytes) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in (
            ("README.txt", README.encode()),
            ("entities.json", _json(found)),
            ("history.csv", history),
        ):
            file.writestr(name, content)
    return body.getvalue()


def _rows(reads: Reads, job: Job, found: Iterable[Entity]) -> Iterator[Sequence[object]]:
    """What was observed at some time."""
    for entity in found:
        for name in sorted(entity.attributes):
            unit, course = _course(reads, job.tenant, entity, name)
            type, what = CORE.compact(entity.types[0]), CORE.compact(name)
            for moment, value in _means(course, job.levels[name]) if name in job.levels else course:
                yield entity.id, type, what, unit, times.text(moment), value, "true"


def _course(reads: Reads, tenant: str, entity: Entity, name: str) -> tuple[str, Sequence[tuple[int, Any]]]:
    """The unit of an attribute, and what it was at its moments (microseconds)."""
    now = entity.attributes[name][0]
    if "observedAt" not in now or "value" not in now:
        return "", ()
    if isinstance(now["value"], (int, float)) and not isinstance(now["value"], bool):
        (told,) = reads.numbers(tenant, entity.id, name, None, Window(), EVERYTHING)
        return told.unit or "", list(zip(told.moments.tolist(), told.values.tolist(), strict=True))
    found = reads.temporal(tenant, entity.id, Window(), EVERYTHING, attributes=(name,))
    docs = [one.doc for one in ([] if found is None else found.attributes[name])]
    return "", [(times.parse(one["observedAt"]), one["value"]) for one in docs]


def _means(course: Sequence[tuple[int, Any]], level: int) -> Iterator[tuple[int, float]]:
    """Of the numbers of each period; of words nothing is told."""
    numbers = [one for one in course if isinstance(one[1], (int, float)) and not isinstance(one[1], bool)]
    for start, part in itertools.groupby(numbers, lambda one: one[0] // level * level):
        values = [value for _moment, value in part]
        yield start, round(sum(values) / len(values), 4)
