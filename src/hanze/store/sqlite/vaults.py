# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Vaults: the tables of rooms beside the entities, made from their declarations."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import apsw
import msgspec

from hanze.errors import AlreadyExists
from hanze.store.vault import Row, Vault

AFFINITY = {"text": "TEXT", "integer": "INTEGER", "real": "REAL", "json": "TEXT", "blob": "BLOB"}
OPERATORS = frozenset({"<", "<=", ">", ">=", "!="})


def prepare(connection: apsw.Connection, vaults: Sequence[Vault]) -> None:
    """Makes the tables of the vaults, and adds the columns that a newer declaration has."""
    for vault in vaults:
        there = connection.execute("SELECT json_group_array(name) FROM pragma_table_info(?)", (f"vault_{vault.name}",))
        names = msgspec.json.decode(there.get, type=list[str])
        table = _table(vault)
        if not names:
            columns = ", ".join(
                f'"{c.name}" {AFFINITY[c.kind]}{" NOT NULL" if c.required else ""}' for c in vault.columns
            )
            connection.execute(f"CREATE TABLE {table}(rowid INTEGER PRIMARY KEY, {columns})")
        else:
            for column in vault.columns:
                if column.name not in names:
                    connection.execute(f'ALTER TABLE {table} ADD COLUMN "{column.name}" {AFFINITY[column.kind]}')
        for prefix, groups in (("UNIQUE ", vault.unique), ("", vault.index)):
            for group in groups:
                listed = ", ".join(f'"{name}"' for name in group)
                index = f'"vault_{vault.name}_{"_".join(group)}"'
                connection.execute(f"CREATE {prefix}INDEX IF NOT EXISTS {index} ON {table}({listed})")
        columns = msgspec.json.encode([column.name for column in vault.columns]).decode()
        connection.execute("INSERT OR REPLACE INTO vault VALUES (?, ?)", (vault.name, columns))


def _table(vault: Vault) -> str:
    return f'"vault_{vault.name}"'


class VaultView:
    """Reads a vault."""

    def __init__(self, connection: apsw.Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault
        self._table = _table(vault)
        self._json = frozenset(column.name for column in vault.columns if column.kind == "json")
        self._names = ["rowid", *(column.name for column in vault.columns)]

    def select(
        self,
        where: Mapping[str, Any] | None = None,
        *,
        order: Sequence[str] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Row]:
        condition, values = self._where(where)
        by = ", ".join(f'"{name.removeprefix("-")}"{" DESC" if name.startswith("-") else ""}' for name in order)
        columns = ", ".join(f'"{name}"' for name in self._names)
        sql = f"SELECT {columns} FROM {self._table}{condition} ORDER BY {by or 'rowid'} LIMIT ? OFFSET ?"
        found = self._connection.execute(sql, (*values, -1 if limit is None else limit, offset))
        return [self._row(row) for row in found]

    def count(self, where: Mapping[str, Any] | None = None) -> int:
        condition, values = self._where(where)
        return int(self._connection.execute(f"SELECT count(*) FROM {self._table}{condition}", values).get)

    def _row(self, row: tuple[Any, ...]) -> Row:
        found = dict(zip(self._names, row, strict=True))
        for name in self._json:
            if found[name] is not None:
                found[name] = msgspec.json.decode(found[name])
        return found

    def _where(self, where: Mapping[str, Any] | None) -> tuple[str, list[Any]]:
        if not where:
            return "", []
        parts, values = [], []
        for name, value in where.items():
            operator, operand = value if isinstance(value, tuple) else ("IS", value)
            if name not in self._names or (operator != "IS" and operator not in OPERATORS):
                raise KeyError(f"vault {self._vault.name}: {name} {operator}")
            parts.append(f'"{name}" {operator} ?')
            values.append(operand)
        return " WHERE " + " AND ".join(parts), values


class VaultTable(VaultView):
    """Reads and writes a vault inside a unit of work; `direct` is called before each write."""

    def __init__(self, connection: apsw.Connection, vault: Vault, direct: Callable[[], object]) -> None:
        super().__init__(connection, vault)
        self._direct = direct

    def insert(self, row: Mapping[str, Any]) -> int:
        try:
            self._write("INSERT INTO", row)
        except apsw.ConstraintError as error:
            raise AlreadyExists(f"{self._vault.name}: a row with the same key exists already ({error}).") from error
        return self._connection.last_insert_rowid()

    def put(self, row: Mapping[str, Any]) -> None:
        key = {name: row[name] for name in self._vault.unique[0]}
        if not self.update(key, row):
            self.insert(row)

    def _write(self, verb: str, row: Mapping[str, Any]) -> None:
        self._direct()
        columns = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        self._connection.execute(f"{verb} {self._table}({columns}) VALUES ({marks})", self._stored(row))

    def update(self, where: Mapping[str, Any], values: Mapping[str, Any]) -> int:
        self._direct()
        condition, bound = self._where(where)
        assignments = ", ".join(f'"{name}" = ?' for name in values)
        sql = f"UPDATE {self._table} SET {assignments}{condition}"
        self._connection.execute(sql, [*self._stored(values), *bound])
        return self._connection.changes()

    def delete(self, where: Mapping[str, Any]) -> int:
        self._direct()
        condition, bound = self._where(where)
        self._connection.execute(f"DELETE FROM {self._table}{condition}", bound)
        return self._connection.changes()

    def _stored(self, row: Mapping[str, Any]) -> list[Any]:
        return [
            msgspec.json.encode(value).decode() if name in self._json and value is not None else value
            for name, value in row.items()
        ]
