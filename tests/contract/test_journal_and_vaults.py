# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The journal keeps what consumers watch and is trimmed behind them; vaults are written with the public facts."""

import pytest

from hanze.errors import AlreadyExists
from hanze.store.base import Store, UnitOfWork
from tests.contract.conftest import VAULT, Clock
from tests.contract.making import entity, iri, outcome, remove, save


def test_the_journal_keeps_states_only_for_watched_types(store: Store) -> None:
    store.submit(lambda uow: uow.watch("maps", [iri("A")])).result()
    save(store, entity("1", "A", a=1), entity("2", "B", a=1))
    save(store, entity("1", "A", a=2))
    remove(store, "urn:ngsi-ld:A:1")
    rows = store.journal(0, 10)
    assert [row.kind for row in rows] == ["created", "created", "updated", "deleted"]
    watched = [row for row in rows if row.entity is not None]
    assert [row.seq for row in watched] == [1, 3, 4]
    change = watched[1].changes[0]
    assert change.before is not None and change.after is not None
    assert (change.before["value"], change.after["value"]) == (1, 2)
    assert watched[2].entity is not None and watched[2].entity.attributes[iri("a")][0]["value"] == 2
    store.submit(lambda uow: uow.forget("maps")).result()
    save(store, entity("1", "A", a=3))
    assert store.journal(4, 10)[0].entity is None


def test_positions_and_trimming(store: Store) -> None:
    store.submit(lambda uow: uow.watch("slow", [])).result()
    assert store.position("slow") == 0 and store.position("nobody") is None
    for n in range(10):
        save(store, entity("1", a=n))
    assert store.head() == 10
    assert store.submit(lambda uow: uow.trim()).result().rows == 0
    store.submit(lambda uow: uow.position("slow", 6)).result()
    assert store.submit(lambda uow: uow.trim()).result().rows == 6
    assert [row.seq for row in store.journal(0, 100)] == [7, 8, 9, 10]


def test_commits_wake_readers(store: Store) -> None:
    heads: list[int] = []
    store.on_commit(heads.append)
    save(store, entity("1", a=1))
    store.submit(lambda uow: uow.vault(VAULT).insert({"name": "Rex"})).result()
    assert heads == [1]


def test_a_vault_is_written_in_the_same_transaction(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.vault(VAULT).insert({"name": "Rex", "age": 3, "traits": {"brave": True}})
        uow.save("", outcome(None, entity("1", a=1)))

    store.submit(work).result()
    with pytest.raises(AlreadyExists):
        store.submit(work).result()
    vault = store.vault(VAULT)
    assert [row["traits"] for row in vault.select({"name": "Rex"})] == [{"brave": True}]
    assert len(store.journal(0, 10)) == 1

    def more(uow: UnitOfWork) -> int:
        table = uow.vault(VAULT)
        table.put({"name": "Rex", "age": 4})
        table.put({"name": "Tom", "age": 9})
        return table.update({"age": (">", 4)}, {"age": 8}) + table.delete({"name": "Rex"})

    assert store.submit(more).result() == 2
    assert [(row["name"], row["age"]) for row in vault.select(order=["-age"])] == [("Tom", 8)]
    assert vault.count() == 1


def test_rows_past_the_vaults_retention_go(store: Store, clock: Clock) -> None:
    store.submit(lambda uow: uow.vault(VAULT).insert({"name": "Old", "age": clock.now})).result()
    clock.forward(29 * 86_400)
    assert store.submit(lambda uow: uow.retain([], 100)).result() == 0
    clock.forward(2 * 86_400)
    assert store.submit(lambda uow: uow.retain([], 100)).result() == 1


def test_erase_leaves_nothing_of_an_entity_or_an_attribute(store: Store) -> None:
    save(store, entity("1", a="Jan", b=1), entity("2", a=2))
    erased = store.submit(lambda uow: uow.erase("", "urn:ngsi-ld:T:1", iri("a"))).result()
    assert erased
    kept = store.submit(lambda uow: uow.entity("", "urn:ngsi-ld:T:1")).result()
    assert kept is not None and list(kept.attributes) == [iri("b")]
    assert store.submit(lambda uow: uow.erase("", "urn:ngsi-ld:T:1")).result()
    assert store.submit(lambda uow: uow.entity("", "urn:ngsi-ld:T:1")).result() is None
    assert store.submit(lambda uow: uow.erase("", "urn:ngsi-ld:T:1")).result() is None
    assert [row.id for row in store.journal(0, 10)] == ["urn:ngsi-ld:T:2"]
