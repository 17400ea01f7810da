# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof "power": the power goes at random moments, and with it what was written and not synced; nothing answered is lost.

The store runs on a file system that forgets (tests.store.sqlite.power). Each write is a batch of entities, with their
history and journal rows, and rows of a vault, in one transaction.
"""

import logging
import multiprocessing
import os
import random
import tempfile
import threading
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from hanze.errors import HanzeError
from hanze.ngsild.selection import Window
from hanze.ngsild.times import system
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from hanze.store.sqlite import checkpoint, connect
from tests.contract.conftest import VAULT
from tests.contract.making import entity, iri, outcome
from tests.prove.seen import Seen, check
from tests.store.sqlite.power import PowerVFS

WORKERS = 4
BATCH = 5
LIVES = 2
"""Lives of one folder in a row, so that the power also goes while a later life begins on what an earlier one left."""
MOST = 4000
"""Writes to the disk of one life: some fifty batches and the copies of their log."""
ALL = Window(property="modifiedAt")


class Life(NamedTuple):
    """The last answered value of each worker, and how many writes to the disk were lost."""

    answered: dict[int, int]
    lost: int


def prove(rounds: Iterable[int], seed: int) -> Iterator[Seen]:
    for number in rounds:
        with tempfile.TemporaryDirectory() as place:
            yield _round(Path(place), f"{seed}-{number}")


def _round(folder: Path, name: str) -> Seen:
    chance = random.Random(name)
    before: dict[int, int] = {}
    seen = Seen()
    for turn in range(LIVES):
        life = live(folder, f"{name}-{turn}", chance, before)
        found, wrong = losses(folder, life.answered)
        check(not wrong, "; ".join(wrong[:5]))
        answered = sum(life.answered[n] - before.get(n, 0) for n in life.answered)
        seen = seen + Seen(
            {"power cuts": 1, "answered batches": answered, "disk writes lost": life.lost, "batches lost": 0}
        )
        before = found
    return seen


def live(folder: Path, name: str, chance: random.Random, before: dict[int, int], synchronous: str = "full") -> Life:
    """One life of a store until the power cut; values go on from those of `before`. It is a process of its own, since that
    is what the power takes with it: a connection left open would keep in memory what the disk has lost."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    arguments = (theirs, folder, name, chance.randrange(1 << 30), chance.randrange(1, MOST), before, synchronous)
    process = context.Process(target=_life, args=arguments)
    process.start()
    theirs.close()
    life = Life(*ours.recv())
    process.join()
    return life


def _life(
    told: Connection, folder: Path, name: str, seed: int, writes: int, before: dict[int, int], synchronous: str
) -> None:
    """The log is copied into the database and begun anew often, so that the power also goes meanwhile."""
    logging.disable()
    vfs = PowerVFS(name, seed)
    answered: dict[int, int] = {}
    with patch.multiple(checkpoint, STEP=20, MOST=200), patch.object(connect, "SYNCHRONOUS", synchronous):
        store = sqlite.open(folder, clock=system, vaults=[VAULT], vfs=name)
        store.submit(lambda uow: uow.watch("prover", None)).result()
        threads = [threading.Thread(target=_write, args=(store, n, before.get(n, 0), answered)) for n in range(WORKERS)]
        for thread in threads:
            thread.start()
        vfs.after(writes)
        vfs.dead.wait()
        for thread in threads:
            thread.join()
    told.send((answered, vfs.lost))
    told.close()
    os._exit(0)


def _write(store: Store, worker: int, value: int, answered: dict[int, int]) -> None:
    """Batches with rising values until the store refuses."""
    while True:
        value += 1

        def work(uow: UnitOfWork, value: int = value) -> None:
            for part in range(BATCH):
                one = entity(f"{worker}-{part}", a=value, pad="x" * (value * 37 % 900))
                uow.save("", outcome(uow.entity("", one.id), one))
            uow.vault(VAULT).put({"name": f"{worker}", "age": value})
            uow.vault(VAULT).insert({"name": f"{worker}:{value}", "age": value})

        try:
            store.submit(work).result(10)
        except HanzeError:
            return
        answered[worker] = value


def losses(folder: Path, answered: dict[int, int]) -> tuple[dict[int, int], list[str]]:
    """What the store has after the restart, by worker, and what is wrong with it."""
    store = sqlite.open(folder, clock=system, vaults=[VAULT])
    try:
        found: dict[int, int] = {}
        wrong: list[str] = []
        told = _journal(store)
        for worker in range(WORKERS):
            states = [store.get("", f"urn:ngsi-ld:T:{worker}-{part}", EVERYTHING) for part in range(BATCH)]
            values = {int(one.attributes[iri("a")][0]["value"]) if one else 0 for one in states}
            found[worker] = max(values)
            if len(values) != 1:
                wrong.append(f"{worker}: half a batch {values}")
            elif found[worker] < answered.get(worker, 0):
                wrong.append(f"{worker}: answered {answered[worker]}, found {found[worker]}")
            else:
                wrong += _beside(store, worker, found[worker], told)
        ok = store.submit(lambda uow: uow._connection.execute("PRAGMA integrity_check").get).result()  # type: ignore[attr-defined]
        return found, wrong if ok == "ok" else [*wrong, f"integrity: {ok}"]
    finally:
        store.close()


def _beside(store: Store, worker: int, value: int, told: dict[str, list[int]]) -> list[str]:
    """What history, journal and vault lack, or have too much, of the values up to this one."""
    wanted = list(range(1, value + 1))
    vault = store.vault(VAULT)
    kept = {"the vault": sorted(v for v in wanted if vault.count({"name": f"{worker}:{v}"}))}
    newest = vault.select({"name": f"{worker}"})
    kept["the vault's newest row"] = wanted[:-1] + [int(row["age"]) for row in newest]
    for part in range(BATCH):
        id = f"urn:ngsi-ld:T:{worker}-{part}"
        past = store.temporal("", id, ALL, EVERYTHING)
        instances = past.attributes.get(iri("a"), []) if past else []
        kept[f"the history of {part}"] = [int(one.doc["value"]) for one in instances]
        kept[f"the journal of {part}"] = told.get(id, [])
    return [f"{worker}: {name} has {len(v)} of {value}, {v[-3:]}" for name, v in kept.items() if v != wanted]


def _journal(store: Store) -> dict[str, list[int]]:
    """The values of each entity, in the order of the journal."""
    found: dict[str, list[int]] = {}
    after = 0
    while rows := store.journal(after, 1000):
        for row in rows:
            if row.entity is not None:
                found.setdefault(row.id, []).append(int(row.entity.attributes[iri("a")][0]["value"]))
        after = rows[-1].seq
    check(after == store.head(), f"the journal ends at {after}, its head is {store.head()}")
    return found
