# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything that can be read: in the node by each of its threads, and in another process by one that only looks."""

import contextlib
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeAlias, TypeVar

import apsw
import msgspec

from hanze.errors import ConfigurationError
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, Order, Window
from hanze.ngsild.times import Clock
from hanze.store.base import Bucket, JournalRow, Numbers, Page, Series, TemporalEntity, TemporalPage
from hanze.store.scope import Scope
from hanze.store.sqlite import connect, journal
from hanze.store.sqlite.history import History
from hanze.store.sqlite.reading import Reading
from hanze.store.sqlite.vaults import VaultView
from hanze.store.vault import Vault

T = TypeVar("T")
P = ParamSpec("P")

FILE = "hanze.db"


class Eye(Protocol):
    """With what one thread reads."""

    reading: Reading
    history: History


class _OneEye:
    """Of a connection that only one thread uses."""

    def __init__(self, connection: apsw.Connection) -> None:
        self.reading = Reading(connection, lambda: None)
        self.history = History(connection, self.reading.names, self.reading.selector)


Read: TypeAlias = Callable[Concatenate["SqliteReads", P], T]


def _told(method: Read[P, T]) -> Read[P, T]:
    """A method that reads by one statement; what cannot be read is told in one plain sentence."""

    @wraps(method)
    def told(store: "SqliteReads", /, *given: P.args, **named: P.kwargs) -> T:
        try:
            return method(store, *given, **named)
        except Exception as error:
            # A statement under way holds on to the state that it began with, for all that this thread reads after it; an error
            # that is kept while it is told keeps it too.
            traceback.clear_frames(error.__traceback__)
            if isinstance(error, apsw.Error | msgspec.DecodeError | UnicodeDecodeError):
                raise connect.translate(error, store.path) from error
            raise

    return told


def _reading(method: Read[P, T]) -> Read[P, T]:
    """The same for several statements, which all see the same state."""

    @_told
    @wraps(method)
    def together(store: "SqliteReads", /, *given: P.args, **named: P.kwargs) -> T:
        with store.one_moment():
            return method(store, *given, **named)

    return together


class SqliteReads:
    """The Reads of a store; see hanze.store.base for what the methods mean."""

    path: Path
    _clock: Clock
    _own: Eye

    def one_moment(self) -> AbstractContextManager[None]:
        """What this thread reads meanwhile is of the same state."""
        return connect.one_moment(self._own.reading.connection)

    @_told
    def get(self, tenant: str, id: str, scope: Scope) -> Entity | None:
        return self._own.reading.get(tenant, id, scope, self._clock())

    @_reading
    def query(
        self, tenant: str, selection: EntitySelection, scope: Scope, *, limit: int, offset: int = 0,
        count: bool = False, order: Sequence[Order] = (),
    ) -> Page:  # fmt: skip
        reading = self._own.reading
        return reading.query(
            tenant, selection, scope, self._clock(), limit=limit, offset=offset, count=count, order=order
        )

    @_reading
    def types(self, tenant: str, scope: Scope) -> list[str]:
        return self._own.reading.types(tenant, scope, self._clock())

    @_reading
    def attributes(self, tenant: str, scope: Scope) -> list[str]:
        return self._own.reading.attributes(tenant, scope, self._clock())

    @_reading
    def type_details(self, tenant: str, type: str, scope: Scope) -> tuple[int, dict[str, list[str]]] | None:
        return self._own.reading.type_details(tenant, type, scope, self._clock())

    @_reading
    def attribute_details(self, tenant: str, attribute: str, scope: Scope) -> tuple[int, list[str], list[str]] | None:
        return self._own.reading.attribute_details(tenant, attribute, scope, self._clock())

    # history

    @_reading
    def temporal(
        self, tenant: str, id: str, window: Window, scope: Scope, *, attributes: Sequence[str] = (),
        datasets: Sequence[str] | None = None, cap: int | None = None, oldest_first: bool = True, aggregated: bool = False,
    ) -> TemporalEntity | None:  # fmt: skip
        return self._own.history.temporal(
            tenant, id, window, scope, attributes=attributes, datasets=datasets, cap=cap, oldest_first=oldest_first,
            aggregated=aggregated,
        )  # fmt: skip

    @_reading
    def temporal_query(
        self, tenant: str, selection: EntitySelection, window: Window, scope: Scope, *, limit: int, offset: int = 0,
        count: bool = False, cap: int | None = None, attributes: Sequence[str] = (), order: Sequence[Order] = (),
        datasets: Sequence[str] | None = None, aggregated: bool = False,
    ) -> TemporalPage:  # fmt: skip
        return self._own.history.temporal_query(
            tenant, selection, window, scope, limit=limit, offset=offset, count=count, cap=cap,
            attributes=attributes, order=order, datasets=datasets, aggregated=aggregated, now=self._clock(),
        )  # fmt: skip

    @_reading
    def series(
        self, tenant: str, id: str, window: Window, scope: Scope, *, attributes: Sequence[str] = (),
        datasets: Sequence[str] | None = None,
    ) -> list[Series]:  # fmt: skip
        now = self._clock()
        return self._own.history.series(tenant, id, window, scope, attributes=attributes, datasets=datasets, now=now)

    @_reading
    def aggregate(
        self, tenant: str, id: str, attribute: str, dataset: str | None, window: Window, scope: Scope,
        methods: Sequence[str], period: Any,
    ) -> list[Bucket]:  # fmt: skip
        history, now = self._own.history, self._clock()
        return history.aggregate(tenant, id, attribute, dataset, window, scope, methods, period, now)

    @_reading
    def numbers(
        self, tenant: str, id: str, attribute: str, dataset: str | None, window: Window, scope: Scope
    ) -> list[Numbers]:
        return self._own.history.numbers(tenant, id, attribute, dataset, window, scope)

    # tenants, journal, vaults

    @_told
    def tenants(self) -> list[str]:
        return [name for (name,) in self._own.reading.connection.execute("SELECT name FROM tenant ORDER BY name")]

    @_told
    def has_tenant(self, name: str) -> bool:
        return self._own.reading.names.tenant(name) is not None

    @_told
    def journal(self, after: int, limit: int) -> list[JournalRow]:
        reading = self._own.reading
        return journal.read(reading.connection, reading.names, after, limit)

    @_told
    def position(self, consumer: str) -> int | None:
        found = self._own.reading.connection.execute("SELECT seq FROM consumer WHERE name = ?", (consumer,)).get
        return None if found is None else int(found)

    @_told
    def consumers(self) -> dict[str, int]:
        found = self._own.reading.connection.execute("SELECT name, seq FROM consumer")
        return {str(name): int(seq) for name, seq in found}

    @_told
    def head(self) -> int:
        return int(self._own.reading.connection.execute("SELECT value FROM meta WHERE key = 'seq'").get or 0)

    def vault(self, vault: Vault) -> VaultView:
        return VaultView(self._own.reading.connection, vault)


class View(SqliteReads):
    """A database that another process writes, read by one thread of this one."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path = path
        self._clock = clock
        self._own = _OneEye(connect.reader(path, mapped=False))

    def close(self) -> None:
        self._own.reading.connection.close()


@contextlib.contextmanager
def view(folder: Path, now: int) -> Iterator[View]:
    """To look at the data of a node that runs, such as in a worker process. Errors: ConfigurationError where there are none."""
    if not (folder / FILE).is_file():
        raise ConfigurationError(f"{folder / FILE} is not there; give the folder of a node.")
    looking = View(folder / FILE, lambda: now)
    try:
        yield looking
    finally:
        looking.close()
