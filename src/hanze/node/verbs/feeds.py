# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sources: added, listed, paused and removed. The node sees a changed file by itself."""

from typing import Any

import msgspec

from hanze.access.principal import ADMINISTER, OPERATOR, OVERSEE
from hanze.feeds import record
from hanze.feeds.health import health
from hanze.feeds.kinds.others import ADVICE, Unusable
from hanze.feeds.secret import address
from hanze.feeds.source import Feed
from hanze.node import keeping, sources
from hanze.node.verb import Desk, Progress, Verb


class Nothing(msgspec.Struct, frozen=True):
    pass


class Named(msgspec.Struct, frozen=True):
    name: str


class Pause(msgspec.Struct, frozen=True):
    name: str
    paused: bool


def _add(desk: Desk, given: Feed, progress: Progress) -> str:
    return str(keeping.add(desk.folder, desk.store, given, OPERATOR.name))


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
    keeping.pause(desk.folder, desk.store, given.name, OPERATOR.name, paused=given.paused)


def _remove(desk: Desk, given: Named, progress: Progress) -> Any:
    keeping.remove(desk.folder, desk.store, given.name, OPERATOR.name)


ADD = Verb(Feed, ADMINISTER, _add)
LIST = Verb(Nothing, OVERSEE, _list)
PAUSE = Verb(Pause, ADMINISTER, _pause)
REMOVE = Verb(Named, ADMINISTER, _remove)
