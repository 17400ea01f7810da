# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes in what a command read from a file: observations and entities, part by part, each part once."""

from array import array
from typing import Any

import msgspec

from hanze.access.principal import WRITE
from hanze.feeds.writing import take
from hanze.ngsild.entity import Entity, Instance
from hanze.node.verb import Desk, Progress, Verb
from hanze.store.base import UnitOfWork
from hanze.store.vault import Column, Vault

LOADS = Vault(
    name="load",
    columns=(Column("source", required=True), Column("done", "integer", required=True), Column("at", "integer")),
    unique=(("source",),),
)
"""How far the load of each source has come; `source` is a digest of file and mapping."""


class Begin(msgspec.Struct, frozen=True):
    source: str


class Observations(msgspec.Struct, frozen=True):
    """`moments`: 64-bit integers, microseconds; `values`: 64-bit floats, or a list."""

    id: str
    type: str
    attribute: str
    template: Instance
    moments: bytes
    values: bytes | list[Any]


class Part(msgspec.Struct, frozen=True):
    """Up to row `done` of the source; names are IRIs."""

    source: str
    done: int
    tenant: str = ""
    observations: list[Observations] = []
    entities: list[Entity] = []


def _begin(desk: Desk, given: Begin, progress: Progress) -> int:
    found = desk.store.vault(LOADS).select({"source": given.source})
    return int(found[0]["done"]) if found else 0


def _part(desk: Desk, given: Part, progress: Progress) -> int:
    return desk.store.submit(lambda uow: write(uow, given)).result()


def write(uow: UnitOfWork, given: Part) -> int:
    """How many observations and entities were new or changed."""
    fresh = 0
    for one in given.observations:
        moments = array("q", one.moments)
        values = array("d", one.values) if isinstance(one.values, bytes) else one.values
        fresh += uow.observe(given.tenant, one.id, [one.type], one.attribute, one.template, moments, values)
    fresh += take(uow, given.tenant, given.entities)
    uow.vault(LOADS).put({"source": given.source, "done": given.done, "at": uow.now})
    return fresh


BEGIN = Verb(Begin, WRITE, _begin)
PART = Verb(Part, WRITE, _part)
