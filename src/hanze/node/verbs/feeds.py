# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sources: added, listed, paused and removed. The node sees a changed file by itself."""

from typing import Any

import msgspec

from hanze.access import audit
from hanze.access.principal import ADMINISTER, OPERATOR, OVERSEE
from hanze.feeds import brought, record
from hanze.feeds.health import health
from hanze.feeds.kinds.others import ADVICE, Unusable
from hanze.feeds.secret import address
from hanze.feeds.source import Feed
from hanze.node import sources
from hanze.node.verb import Desk, Progress, Verb
from hanze.store.base import UnitOfWork


class Nothing(msgspec.Struct, frozen=True):
    pass


class Named(msgspec.Struct, frozen=True):
    name: str


class Pause(msgspec.Struct, frozen=True):
    name: str
    paused: bool


def _add(desk: Desk, given: Feed, progress: Progress) -> str:
    file = sources.add(desk.folder, given)
    _note(desk, "feed.add", given.name)
    return str(file)


def _list(desk: Desk, given: Nothing, progress: Progress) -> Any:
    vault, kinds, now = desk.store.vault(record.SOURCES), sources.kinds(), desk.clock()
    feeds, wrong = sources.declared(desk.folder, kinds)
    found, broken = [], {}
    for feed in feeds:
        _, kept = record.read(vault, feed.name, feed.kind)
        kind = kinds[feed.kind]()
        if isinstance(kind, Unusable):
            broken[feed.kind] = f"{kind.detail} {ADVICE}"
        status, detail, advice = health(feed, kept, feed.every or kind.every, now)
        found.append(
            {
                "name": feed.name, "kind": feed.kind, "url": address(feed.url), "status": status, "detail": detail,
                "advice": advice, "record": msgspec.to_builtins(kept),
            }
        )  # fmt: skip
    return {"sources": found, "wrong": [*(error.detail for error in wrong), *broken.values()]}


def _pause(desk: Desk, given: Pause, progress: Progress) -> Any:
    sources.pause(desk.folder, given.name, paused=given.paused)
    _note(desk, "feed.pause" if given.paused else "feed.resume", given.name)


def _remove(desk: Desk, given: Named, progress: Progress) -> Any:
    sources.remove(desk.folder, given.name)
    desk.store.submit(lambda uow: _forget(uow, given.name)).result()
    _note(desk, "feed.remove", given.name)


def _forget(uow: UnitOfWork, name: str) -> None:
    record.forget(uow, name)
    brought.forget(uow, name)


def _note(desk: Desk, act: str, name: str) -> None:
    desk.store.submit(lambda uow: audit.note(uow, OPERATOR.name, act, name)).result()


ADD = Verb(Feed, ADMINISTER, _add)
LIST = Verb(Nothing, OVERSEE, _list)
PAUSE = Verb(Pause, ADMINISTER, _pause)
REMOVE = Verb(Named, ADMINISTER, _remove)
