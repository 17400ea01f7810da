# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which types the journal keeps whole states of, because a consumer watches them."""

from collections.abc import Iterable

import apsw
import msgspec


class Watches:
    """The union of what all consumers watch, in memory; the table says the same."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._all = False
        self._types: frozenset[str] = frozenset()
        self.read()

    def read(self) -> None:
        every = False
        found: set[str] = set()
        for (text,) in self._connection.execute("SELECT types FROM consumer WHERE types IS NOT NULL"):
            types = msgspec.json.decode(text, type=list[str] | None)
            every = every or types is None
            found.update(types or ())
        self._all, self._types = every, frozenset(found)

    def any_of(self, types: list[str]) -> bool:
        return self._all or not self._types.isdisjoint(types)

    def set(self, connection: apsw.Connection, consumer: str, head: int, types: Iterable[str] | None) -> None:
        """A consumer that is new begins after `head`."""
        text = msgspec.json.encode(None if types is None else sorted(types)).decode()
        connection.execute(
            "INSERT INTO consumer VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET types = excluded.types",
            (consumer, head, text),
        )
        self.read()

    def forget(self, connection: apsw.Connection, consumer: str) -> None:
        connection.execute("DELETE FROM consumer WHERE name = ?", (consumer,))
        self.read()
