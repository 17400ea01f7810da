# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What days do to calls by themselves: they open and close, and who waits for one that fits gets a mail."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date

import msgspec

from hanze.access.principal import ANYONE
from hanze.experiments.challenges import keeping, letters, matching, submissions, watching
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.saying import said
from hanze.experiments.challenges.vaults import WATCHERS
from hanze.goals.regularly import regularly
from hanze.store.base import UnitOfWork
from hanze.web import outbox
from hanze.web.language import languages
from hanze.web.room import Site

LOOK_SECONDS = 60.0

AT_ONCE = 100
"""Mails of one look; the others come with the next one."""


class Calls:
    """The calls of one city."""

    def __init__(self, site: Site, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self.site = site
        self._sleep = sleep

    async def run(self) -> None:
        """Until it is cancelled."""
        await regularly(self.look, LOOK_SECONDS, self._sleep, "calls")

    async def look(self) -> int:
        """Moves what is due, and writes to whom a call fits; how many challenges moved."""
        today = keeping.day(self.site.clock(), self.site.zone)
        there = await self.site.store.read(lambda: keeping.read(self.site.store))
        due = [one for one in there if one.phase(today) != one.facts.status]
        if due:
            await self.site.store.write(lambda uow: self._move(uow, due, today))
        await self._tell(today)
        return len(due)

    def _move(self, uow: UnitOfWork, due: list[Challenge], today: date) -> None:
        for old in due:
            entity = uow.entity("", old.id)
            one = None if entity is None else keeping.challenge_of(entity)
            if one is None or one.phase(today) == one.facts.status:
                continue
            keeping.write(
                uow, msgspec.structs.replace(one, facts=msgspec.structs.replace(one.facts, status=one.phase(today)))
            )
            if one.phase(today) == "judging":
                submissions.end(uow, one.code, unsent=True)

    async def _tell(self, today: date) -> None:
        """As everyone sees it: what is not public is not mailed."""
        store, scope = self.site.store, self.site.access.scope(ANYONE, "")
        people = await store.read(lambda: watching.confirmed(store.vault(WATCHERS)))
        if not people or not self.site.mails:
            return
        calls = [one for one in await store.read(lambda: keeping.read(store, scope)) if one.phase(today) == "open"]
        due = [
            (person, one)
            for person in people
            for one in calls
            if one.code not in person.told and matching.fits(one.call.rules, one.facts.targets or (), person.wanted)
        ]
        if due:
            await store.write(lambda uow: self._mail(uow, due[:AT_ONCE]))

    def _mail(self, uow: UnitOfWork, due: list[tuple[watching.Watcher, Challenge]]) -> None:
        for person, one in due:
            if watching.find(uow.vault(WATCHERS), person.token) is not None:
                language = languages()[person.language]
                outbox.put(uow, letters.fits(self.site, language, person, one, said(language, one.facts.closes)))
                watching.told(uow, person.token, [one.code])
