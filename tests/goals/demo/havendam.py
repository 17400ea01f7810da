# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The folder of the demonstration as `hanze demo` makes it, with a hundred days of history and the values of a spring day."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from hanze.access import Access, Policy
from hanze.cli.demo import town as demo
from hanze.feeds.havendam import still
from hanze.feeds.havendam.city import City
from hanze.feeds.provenance import stated
from hanze.feeds.writing import take
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from tests.goals import city
from tests.goals.town import FEED

MOMENT = "2026-04-10T13:02:00Z"
NOW = times.parse(MOMENT)
DAYS = 101
"""Before that: the whole year so far, in which the clocks were put forward."""

HOUR = 3_600_000_000


class Spring(datetime):
    """The calendar of that day, for what the demonstration makes of the present."""

    @classmethod
    def now(cls, tz: object = None) -> "Spring":
        return cls(2026, 4, 10, 13, 2, tzinfo=UTC)


def made(folder: Path) -> Path:
    """The folder; nothing runs on it."""
    with patch.object(demo, "datetime", Spring):
        demo.make(folder, 0)
    store = opened(folder)
    store.submit(_measured).result()
    store.close()
    city.worked_out(folder, MOMENT)
    return folder


def opened(folder: Path, now: int = NOW) -> Store:
    """Its store, at that moment. Whoever opens it closes it."""
    return sqlite.open(folder, clock=lambda: now, vaults=ALL_VAULTS)


def open_to_all(store: Store) -> Access:
    """The demonstration is an open node."""
    return Access(store, lambda: NOW, Policy(open=True))


def copied(folder: Path, to: Path) -> Path:
    """Another folder with the same, for who changes it."""
    return Path(shutil.copytree(folder, to))


def _measured(uow: UnitOfWork) -> None:
    town = City()
    start = NOW - DAYS * 24 * HOUR
    for one in (*town.hours(start, NOW), *town.runs(start, NOW)):
        type, name = CORE.expand(one.type), CORE.expand(one.attribute)
        uow.observe("", one.id, [type], name, one.template, one.moments, one.values)
    present = [*town.now(NOW), *town.buses(NOW), *still.entities()]
    take(uow, "", [stated(FEED, entity) for entity in present])
