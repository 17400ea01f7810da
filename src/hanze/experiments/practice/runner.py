# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""While a node runs: practice data go when their time is over, sooner where the agreement was signed or came to nothing."""

import asyncio

from hanze.experiments.agreements import keeping as agreements
from hanze.experiments.challenges.keeping import challenge_of
from hanze.experiments.model import AGREEMENT, CHALLENGE
from hanze.experiments.practice import delivering, keeping
from hanze.experiments.practice.delivering import AFTER, DAY
from hanze.experiments.practice.keeping import Practice
from hanze.goals.regularly import Sleep, regularly
from hanze.ngsild import times
from hanze.store.base import UnitOfWork
from hanze.web.room import Site

LOOK_SECONDS = 30.0

BY = "practice data"
"""Who did it, for the audit."""


class Practices:
    """The practice data of one city."""

    def __init__(self, site: Site, sleep: Sleep = asyncio.sleep) -> None:
        self.site, self._sleep = site, sleep

    async def run(self) -> None:
        """Until it is cancelled."""
        await regularly(self.look, LOOK_SECONDS, self._sleep, "practice data")

    async def look(self) -> int:
        """Takes away what is over; how many."""
        found = await self.site.store.read(lambda: keeping.every(self.site.store))
        gone = sum([await self.site.store.write(lambda uow: _look(uow, one)) for one in found])  # noqa: B023
        if found:
            self.site.access.forget_keys()
        return gone


def _look(uow: UnitOfWork, one: Practice) -> bool:
    ends = min(one.ends, _until(uow, one))
    if ends > uow.now:
        delivering.end_by(uow, one.source, ends)
        return False
    delivering.remove(uow, one.source, BY)
    return True


def _until(uow: UnitOfWork, one: Practice) -> int:
    """How long what they are for needs them; 0 where that came to nothing."""
    entity = uow.entity("", one.source)
    if entity is not None and CHALLENGE.iri in entity.types:
        return 0 if challenge_of(entity).facts.status == "withdrawn" else one.ends
    if agreements.proposal(uow, one.source) is not None:
        return one.ends
    if entity is None or AGREEMENT.iri not in entity.types:
        return 0
    signed = [times.parse(each.at) for each in agreements.agreement_of(entity).signatures.values()]
    return max(signed) + AFTER * DAY if signed else 0
