# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""After a power cut every answered write is there, and no batch is there by half."""

import contextlib
import random
import threading
from pathlib import Path

import apsw
import pytest

from hanze.errors import HanzeError
from hanze.ngsild.times import system
from hanze.store import sqlite
from hanze.store.base import UnitOfWork
from hanze.store.scope import EVERYTHING
from hanze.store.sqlite import connect
from tests.contract.making import entity, iri, outcome
from tests.store.sqlite.power import PowerVFS

BATCH = 5


def life(folder: Path, name: str, seed: int) -> tuple[dict[str, int], int]:
    """One life of a store until the power cut: the last answered value of each batch, and how many writes were lost."""
    chance = random.Random(seed)
    vfs = PowerVFS(name, seed)
    store = sqlite.open(folder, clock=system, vfs=name)
    answered: dict[str, int] = {}
    stop = threading.Event()

    def write(worker: int) -> None:
        value = 0
        while not stop.is_set():
            value += 1

            def work(uow: UnitOfWork, value: int = value) -> None:
                for part in range(BATCH):
                    one = entity(f"{worker}-{part}", a=value, pad="x" * (value * 37 % 900))
                    uow.save("", outcome(uow.entity("", one.id), one))

            try:
                store.submit(work).result(10)
            except HanzeError:
                return
            answered[str(worker)] = value

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    threading.Event().wait(0.02 + chance.random() * 0.12)
    lost = vfs.cut()
    stop.set()
    for thread in threads:
        thread.join()
    for connection in (store.writer._connection, *store.connections):
        with contextlib.suppress(apsw.Error):
            connection.close()
    vfs.unregister()
    return answered, lost


def losses(folder: Path, answered: dict[str, int]) -> list[str]:
    """What is wrong after the restart."""
    store = sqlite.open(folder, clock=system)
    wrong = []
    for worker, value in answered.items():
        found = [store.get("", f"urn:ngsi-ld:T:{worker}-{part}", EVERYTHING) for part in range(BATCH)]
        values = {one.attributes[iri("a")][0]["value"] if one else None for one in found}
        if len(values) != 1:
            wrong.append(f"{worker}: half a batch {values}")
        elif (kept := values.pop()) is None or kept < value:
            wrong.append(f"{worker}: answered {value}, found {kept}")
    ok = store.submit(lambda uow: uow._connection.execute("PRAGMA integrity_check").get).result()  # type: ignore[attr-defined]
    store.close()
    return wrong if ok == "ok" else [*wrong, f"integrity: {ok}"]


@pytest.mark.parametrize("seed", range(12))
def test_nothing_answered_is_lost(tmp_path: Path, seed: int) -> None:
    answered, _ = life(tmp_path, f"power{seed}", seed)
    assert losses(tmp_path, answered) == []


def test_the_test_sees_a_store_that_does_not_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "SYNCHRONOUS", "off")
    seen: list[str] = []
    for seed in range(20):
        folder = tmp_path / str(seed)
        folder.mkdir()
        answered, _ = life(folder, f"lazy{seed}", seed)
        try:
            seen += losses(folder, answered)
        except HanzeError as error:
            seen.append(str(error))
        if seen:
            return
    pytest.fail("twenty power cuts without syncing lost nothing: the test cannot see a loss")
