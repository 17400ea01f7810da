# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tenants, types and attributes as the small numbers that the tables use."""

import apsw

MOST_CACHED = 50_000


class Made(dict[str, int]):
    """The numbers of one tenant's types or attributes; a name that is looked up and is new gets its number."""

    def __init__(self, names: "Names", tn: int, kind: str) -> None:
        super().__init__()
        self._names = names
        self._tn = tn
        self._kind = kind

    def __missing__(self, iri: str) -> int:
        found = self._names.number(self._tn, self._kind, iri, make=True)
        assert found is not None
        if len(self) >= MOST_CACHED:
            self.clear()
        self[iri] = found
        return found


class Names:
    """Looks numbers up, and for the writer makes new ones; remembers what it has seen, within a limit."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._tenants: dict[str, int] = {"": 0}
        self._numbers: dict[tuple[int, str, str], int] = {}
        self._iris: dict[int, str] = {}
        self._made: dict[tuple[int, str], Made] = {}

    def forget(self) -> None:
        """After a rollback, or when a tenant is gone."""
        self._tenants = {"": 0}
        self._numbers.clear()
        self._iris.clear()
        self._made.clear()

    def tenant(self, name: str, *, make: bool = False) -> int | None:
        found = self._tenants.get(name)
        if found is None:
            found = self._connection.execute("SELECT tn FROM tenant WHERE name = ?", (name,)).get
            if found is None and make:
                self._connection.execute("INSERT INTO tenant(name) VALUES (?)", (name,))
                found = self._connection.last_insert_rowid()
            if found is not None:
                self._tenants[name] = found
        return found

    def number(self, tn: int, kind: str, iri: str, *, make: bool = False) -> int | None:
        """`kind`: t for a type, a for an attribute. None where the tenant has never seen the name."""
        key = (tn, kind, iri)
        found = self._numbers.get(key)
        if found is None:
            found = self._connection.execute("SELECT nid FROM name WHERE tn = ? AND kind = ? AND iri = ?", key).get
            if found is None and make:
                self._connection.execute("INSERT INTO name(tn, kind, iri) VALUES (?, ?, ?)", key)
                found = self._connection.last_insert_rowid()
            if found is not None:
                self._remember(key, found)
        return found

    def made(self, tn: int, kind: str) -> Made:
        """The writer's view: name to number, made where it is new."""
        found = self._made.get((tn, kind))
        if found is None:
            if len(self._made) >= MOST_CACHED:
                self._made.clear()
            found = self._made[tn, kind] = Made(self, tn, kind)
        return found

    def iri(self, nid: int) -> str:
        found = self._iris.get(nid)
        if found is None:
            tn, kind, found = next(self._connection.execute("SELECT tn, kind, iri FROM name WHERE nid = ?", (nid,)))
            self._remember((tn, kind, found), nid)
        return found

    def _remember(self, key: tuple[int, str, str], nid: int) -> None:
        if len(self._numbers) >= MOST_CACHED:
            self._numbers.clear()
            self._iris.clear()
        self._numbers[key] = nid
        self._iris[nid] = key[2]
