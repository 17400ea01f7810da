# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A plan is drawn by command."""

from typing import Annotated

import msgspec
import shapely
from msgspec import Meta

from hanze.access import audit
from hanze.access.owned import of_room
from hanze.access.principal import ADMINISTER, OPERATOR
from hanze.goals.keeping import plans
from hanze.goals.keeping.plans import Status
from hanze.goals.model import ROOM, PlanFacts
from hanze.goals.plans.effects import Sketch
from hanze.goals.plans.job import Job, reaches, run
from hanze.node import indicators
from hanze.node.verb import Desk, Progress, Verb
from hanze.store.base import UnitOfWork

BY = "administrator"
"""The role that stands with it."""


class Drawn(msgspec.Struct, frozen=True):
    """`shape`: WKB in degrees. `code`: empty for a new plan, else of the one whose place it takes."""

    name: str
    use: str
    year: int
    status: Status
    shape: bytes
    description: str = ""
    least: Annotated[float, Meta(ge=0)] | None = None
    most: Annotated[float, Meta(ge=0)] | None = None
    simulated: bool = False
    code: str = ""


def _plan(desk: Desk, given: Drawn, progress: Progress) -> str:
    """The code of the plan."""
    store, city = of_room(desk.store, ROOM), desk.config.city.code
    facts = PlanFacts(
        given.name, given.use, given.year, given.status, BY, given.description, given.least, given.most, given.simulated or None
    )  # fmt: skip
    shape = shapely.from_wkb(given.shape)
    sketch = Sketch(shape, given.use, given.least, given.most)
    asked = Job(desk.store.looking(), desk.clock(), reaches(indicators.definitions(desk.folder)), {"plan": sketch})
    outcome = desk.work(run, asked)["plan"]

    def work(uow: UnitOfWork) -> str:
        code = given.code or plans.free(uow, city, given.name)
        plans.write(uow, city, code, facts, shape, outcome)
        audit.note(uow, OPERATOR.name, "plan", plans.id_of(city, code))
        return code

    return store.submit(work).result()


DRAW = Verb(Drawn, ADMINISTER, _plan)
