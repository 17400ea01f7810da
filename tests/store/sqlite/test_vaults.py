# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A vault's table follows its declaration, also when programs of several versions take turns."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from hanze.errors import AlreadyExists
from hanze.store import sqlite
from hanze.store.base import Store
from hanze.store.vault import Column, Vault
from tests.contract.conftest import Clock

OLD = Vault(name="pets", columns=(Column("name", required=True),), unique=(("name",),))
NEW = msgspec.structs.replace(
    OLD,
    columns=(*OLD.columns, Column("age", "integer", required=True), Column("traits", "json"), Column("photo", "blob")),
    unique=(("name",), ("age",)),
)


def opened(folder: Path, vault: Vault) -> Store:
    return sqlite.open(folder, clock=Clock(), vaults=[vault])


def insert(store: Store, vault: Vault, **row: Any) -> None:
    store.submit(lambda uow: uow.vault(vault).insert(row)).result()


def test_columns_of_a_higher_declaration_are_added(tmp_path: Path) -> None:
    store = opened(tmp_path, OLD)
    insert(store, OLD, name="Rex")
    store.close()
    store = opened(tmp_path, NEW)
    assert store.vault(NEW).select() == [{"rowid": 1, "name": "Rex", "age": None, "traits": None, "photo": None}]
    insert(store, NEW, name="Tom", age=3, traits=["brave"], photo=b"\x00")
    with pytest.raises(AlreadyExists):
        insert(store, NEW, name="Tim", age=3)
    store.close()


def test_an_older_program_in_between_does_no_harm(tmp_path: Path) -> None:
    for vault in (OLD, NEW, OLD, NEW):
        store = opened(tmp_path, vault)
        insert(store, vault, name=str(store.vault(vault).count()))
        store.close()
    store = opened(tmp_path, NEW)
    assert [row["name"] for row in store.vault(NEW).select()] == ["0", "1", "2", "3"]
    store.close()


def test_conditions_name_columns_and_operators_that_there_are(tmp_path: Path) -> None:
    store = opened(tmp_path, NEW)
    for age, name in enumerate(("a", "b", "c")):
        insert(store, NEW, name=name, age=age)
    vault = store.vault(NEW)
    assert [row["name"] for row in vault.select({"age": (">", 0)}, order=["-name"], limit=1)] == ["c"]
    assert [row["name"] for row in vault.select({"age": ("!=", 1), "traits": None}, offset=1)] == ["c"]
    for where in ({"colour": 1}, {"age": ("OR 1 =", 1)}):
        with pytest.raises(KeyError):
            vault.count(where)
    store.close()
