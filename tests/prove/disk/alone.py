# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A store by itself on a file system that has no room left, at a moment drawn at random."""

import random
from pathlib import Path

from hanze.errors import Unavailable
from hanze.ngsild.times import system
from hanze.store import sqlite
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING
from tests.contract.making import entity, iri, save
from tests.prove.disk.full import FullVFS
from tests.prove.seen import Seen, check

ENTITIES = 8
WRITES = 300
LARGE = 1 << 30


def round(folder: Path, name: str, chance: random.Random) -> Seen:
    """Writes until there is no room, makes room, writes on; what is there then is what was answered."""
    vfs = FullVFS(name, LARGE)
    store = sqlite.open(folder, clock=system, vfs=name)
    answered: dict[str, int] = {}
    refused = 0
    vfs.room = chance.randrange(2_000_000)
    for value in range(1, 2 * WRITES):
        if value == WRITES:
            check(refused, "the disk did not fill up")
            vfs.room = LARGE
        one = entity(f"{chance.randrange(ENTITIES)}", a=value, pad="x" * chance.choice((10, 900, 30_000)))
        try:
            save(store, one)
            answered[one.id] = value
        except Unavailable as error:
            check("is full" in error.detail and value < WRITES, error.detail)
            refused += 1
            _compare(store, answered)
    store.close()
    vfs.unregister()
    again = sqlite.open(folder, clock=system)
    _compare(again, answered)
    again.close()
    return Seen({"writes of a store refused": refused})


def _compare(store: Store, answered: dict[str, int]) -> None:
    for id, value in answered.items():
        found = store.get("", id, EVERYTHING)
        there = found and found.attributes[iri("a")][0]["value"]
        check(there == value, f"{id} has {there}, answered was {value}")
