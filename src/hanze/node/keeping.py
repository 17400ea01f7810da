# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sources added, paused and removed, by commands and by pages: the file, what is remembered, and the line in the audit."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from hanze.access import audit
from hanze.explore.connecting.keeper import Keeper
from hanze.feeds import brought, record
from hanze.feeds.runner import Kind
from hanze.feeds.source import Feed
from hanze.node import sources
from hanze.outgoing import Guard
from hanze.store.base import Store, UnitOfWork


def keeper(folder: Path, store: Store, guard: Guard, kinds: Mapping[str, Callable[[], Kind]]) -> Keeper:
    """The sources of the node in a folder, for pages."""
    return Keeper(
        kinds=kinds,
        guard=guard,
        find=partial(sources.one, folder),
        add=partial(add, folder, store),
        rest=partial(pause, folder, store, paused=True),
        go_on=partial(pause, folder, store, paused=False),
        remove=partial(remove, folder, store),
    )


def add(folder: Path, store: Store, feed: Feed, by: str) -> Path:
    file = sources.add(folder, feed)
    _note(store, by, "feed.add", feed.name)
    return file


def pause(folder: Path, store: Store, name: str, by: str, *, paused: bool) -> None:
    sources.pause(folder, name, paused=paused)
    _note(store, by, "feed.pause" if paused else "feed.resume", name)


def remove(folder: Path, store: Store, name: str, by: str) -> None:
    sources.remove(folder, name)

    def work(uow: UnitOfWork) -> None:
        record.forget(uow, name)
        brought.forget(uow, name)
        audit.note(uow, by, "feed.remove", name)

    store.submit(work).result()


def _note(store: Store, by: str, act: str, name: str) -> None:
    store.submit(lambda uow: audit.note(uow, by, act, name)).result()
