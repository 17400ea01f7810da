# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tenants, types and attributes as the small numbers that the tables use."""

from collections.abc import Sequence

import apsw

MOST_CACHED = 50_000
"""Names that each of the memories below holds; whoever passes it begins anew."""


FAMILIES = "SELECT nid FROM name WHERE tn = ? AND kind = 'p' AND iri > ? AND iri < ?"


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
        self._names.one_more()
        self[iri] = found
        return found


def family(aid: int, tid: int) -> str:
    """The name of the places that entities of a type have as an attribute."""
    return f"{aid} {tid}"


class _Memory:
    """What was looked up. A look-up that goes on while it is forgotten keeps its find in the one that nobody uses any more."""

    __slots__ = ("iris", "made", "names", "numbers", "tenants")

    def __init__(self) -> None:
        self.tenants: dict[str, int] = {"": 0}
        self.numbers: dict[tuple[int, str, str], int] = {}
        self.iris: dict[int, str] = {}
        self.made: dict[tuple[int, str], Made] = {}
        self.names = 0
        """How many names all of `made` hold."""

    def remember(self, key: tuple[int, str, str], nid: int) -> None:
        if len(self.numbers) >= MOST_CACHED or len(self.iris) >= MOST_CACHED:
            self.numbers.clear()
            self.iris.clear()
        self.numbers[key] = nid
        self.iris[nid] = key[2]


class Names:
    """Looks numbers up, and for the writer makes new ones; remembers what it has seen, within a limit."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._memory = _Memory()

    def forget(self) -> None:
        """After a rollback, or when a tenant is gone; in any thread."""
        self._memory = _Memory()

    def tenant(self, name: str, *, make: bool = False) -> int | None:
        tenants = self._memory.tenants
        found = tenants.get(name)
        if found is None:
            found = self._connection.execute("SELECT tn FROM tenant WHERE name = ?", (name,)).get
            if found is None and make:
                self._connection.execute("INSERT INTO tenant(name) VALUES (?)", (name,))
                found = self._connection.last_insert_rowid()
            if found is not None:
                if len(tenants) >= MOST_CACHED:
                    tenants.clear()
                tenants[name] = found
        return found

    def number(self, tn: int, kind: str, iri: str, *, make: bool = False) -> int | None:
        """`kind`: t for a type, a for an attribute, p for a family of places. None where the tenant never saw the name."""
        memory, key = self._memory, (tn, kind, iri)
        found = memory.numbers.get(key)
        if found is None:
            found = self._connection.execute("SELECT nid FROM name WHERE tn = ? AND kind = ? AND iri = ?", key).get
            if found is None and make:
                self._connection.execute("INSERT INTO name(tn, kind, iri) VALUES (?, ?, ?)", key)
                found = self._connection.last_insert_rowid()
            if found is not None:
                memory.remember(key, found)
        return found

    def made(self, tn: int, kind: str) -> Made:
        """The writer's view: name to number, made where it is new."""
        made = self._memory.made
        found = made.get((tn, kind))
        if found is None:
            if len(made) >= MOST_CACHED:
                made.clear()
            found = made[tn, kind] = Made(self, tn, kind)
        return found

    def one_more(self) -> None:
        """A name joins one of `made`; where they hold too many together, all of them begin anew."""
        memory = self._memory
        memory.names += 1
        if memory.names > MOST_CACHED:
            for one in memory.made.values():
                one.clear()
            memory.made.clear()
            memory.names = 1

    def families(self, tn: int, aid: int, tids: Sequence[int] | None) -> list[int]:
        """Numbers of the families of places under an attribute, of entities of these types (None: of any)."""
        if tids is None:
            return [nid for (nid,) in self._connection.execute(FAMILIES, (tn, f"{aid} ", f"{aid}!"))]
        found = (self.number(tn, "p", family(aid, tid)) for tid in tids)
        return [nid for nid in found if nid is not None]

    def iri(self, nid: int) -> str:
        memory = self._memory
        found = memory.iris.get(nid)
        if found is None:
            tn, kind, found = next(self._connection.execute("SELECT tn, kind, iri FROM name WHERE nid = ?", (nid,)))
            memory.remember((tn, kind, found), nid)
        return found
