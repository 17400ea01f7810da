# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers that people enter come in as a table: all of them, or none."""

from zoneinfo import ZoneInfo

import msgspec

from hanze.access import audit
from hanze.access.owned import of_room
from hanze.access.principal import ADMINISTER, OPERATOR
from hanze.goals.entering import ACT, table
from hanze.goals.entering.ground import ground
from hanze.goals.entering.table import Problem
from hanze.goals.keeping import entered
from hanze.goals.model import ROOM
from hanze.node import indicators
from hanze.node.verb import Desk, Progress, Verb
from hanze.store.base import UnitOfWork
from hanze.store.scope import EVERYTHING


class Table(msgspec.Struct, frozen=True):
    """`body`: a CSV (see hanze.goals.entering.table); `name`: of the file. `simulated`: a computer made it up."""

    body: bytes
    name: str
    simulated: bool = False


class Taken(msgspec.Struct, frozen=True):
    """`count`: numbers that were kept, none where there are `problems`; `empty`: rows without a value."""

    count: int
    empty: int
    problems: list[str]


def _enter(desk: Desk, given: Table, progress: Progress) -> Taken:
    store = of_room(desk.store, ROOM)
    city = desk.config.city
    definitions, zone = indicators.definitions(desk.folder), ZoneInfo(city.timezone)
    known = ground(store, EVERYTHING, definitions, city.name, zone, desk.clock())
    found = table.read(given.body, known)
    if found.problems:
        return Taken(0, found.empty, list(map(_told, found.problems)))
    numbers = [msgspec.structs.replace(one, simulated=given.simulated) for one in found.numbers]

    def work(uow: UnitOfWork) -> None:
        entered.write(uow, city.code, numbers, OPERATOR.name)
        audit.note(uow, OPERATOR.name, ACT, given.name, count=len(numbers))

    store.submit(work).result()
    return Taken(len(numbers), found.empty, [])


def _told(one: Problem) -> str:
    return f"line {one.line}{', ' if one.column else ''}{one.column}: {one.told(str)}"


ENTER = Verb(Table, ADMINISTER, _enter)
