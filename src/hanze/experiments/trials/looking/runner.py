# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""While a node runs: running trials are looked at, and those that are over are judged, in another process and without a hand."""

import asyncio
import logging
from functools import partial

import msgspec

from hanze.access.principal import ANYONE
from hanze.errors import HanzeError, Unavailable
from hanze.experiments.evidence import keeping as signed
from hanze.experiments.trials import changes, days, keeping, registered
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.looking import due, job, judging, looks, made, stopping
from hanze.experiments.trials.looking.asked import Asked, Progress
from hanze.experiments.trials.looking.due import Due
from hanze.experiments.trials.looking.job import Data
from hanze.experiments.trials.looking.judging import Judging
from hanze.experiments.trials.looking.made import Made
from hanze.experiments.trials.observed import Observing, Place
from hanze.experiments.trials.outcome import Loaded, Surveyed
from hanze.experiments.trials.plan import Plan
from hanze.experiments.trials.registered import Version
from hanze.experiments.trials.running import NODE
from hanze.goals.indicators.known import Known
from hanze.goals.regularly import Sleep, regularly
from hanze.store.scope import EVERYTHING
from hanze.web.room import Site

LOOK_SECONDS = 5.0
"""Of the machine, also where the clock of the city is faster."""

ASKER = "trials"

REST_ROUNDS = 60
"""Five minutes."""

log = logging.getLogger("hanze.experiments")


class Work(msgspec.Struct, frozen=True):
    """A trial that is over and can be judged now; `level`: of the interval; `by`: who asks for it."""

    trial: Trial
    version: Version
    cut: int
    level: float
    by: str


class Looking:
    """The trials of one city. Looks do not wait for results that are being worked out."""

    def __init__(self, site: Site, sleep: Sleep = asyncio.sleep) -> None:
        self.site, self._sleep = site, sleep
        self._asked = site.tool(Asked)
        self._day: dict[str, str] = {}
        """By trial, the day of the city on which a result was tried and could not be made."""
        self._nights: dict[str, str] = {}
        """By trial, the last day for which nothing is left to be looked at."""
        self._rests: dict[str, int] = {}
        """By trial of which a look failed, so many rounds until the next one."""

    @property
    def _city(self) -> str:
        return self.site.tool(Known).city

    async def run(self) -> None:
        """Until it is cancelled."""
        work = ((self.look, "looks at trials"), (self.judge, "results of trials"))
        await asyncio.gather(*(regularly(one, LOOK_SECONDS, self._sleep, what) for one, what in work))

    async def look(self) -> int:
        """Makes the looks that are due; how many."""
        site = self.site
        found = await site.store.read(lambda: keeping.every(site.store, EVERYTHING, "running"))
        return sum([await self._tried(one) for one in found])

    async def _tried(self, trial: Trial) -> int:
        """What goes wrong with one trial keeps nobody from looking at the others."""
        code, night = trial.code, days.text(self.site.clock() - due.LATE, self.site.zone)
        rests = self._rests.pop(code, 0)
        if rests:
            self._rests[code] = rests - 1
        if rests or self._nights.get(code) == night:
            return 0
        try:
            made = await self._look(trial)
        except HanzeError as error:
            log.error("look at trial %s: %s", code, error.detail)
            self._rests[code] = REST_ROUNDS
            return 0
        self._nights[code] = night
        return made

    async def _look(self, trial: Trial) -> int:
        site, now = self.site, self.site.clock()
        plan, before = await site.store.read(lambda: self._known(trial))
        wanted = None if plan is None else due.look(trial, plan, before, now, site.zone)
        if plan is None or wanted is None:
            return 0
        asked = looks.Job(self._data(trial, wanted.cut), plan, wanted.reasons, made.shares(before))
        seen = await site.compute.run(looks.run, asked, seconds=job.SECONDS, asker=ASKER)
        await self._take(trial, plan, wanted, tuple(seen))
        return 1

    def _known(self, trial: Trial) -> tuple[Plan | None, list[Made]]:
        fixed = registered.newest(self.site.store, self._city, trial.code)
        return None if fixed is None else fixed.plan, made.every(self.site.store, trial.code)

    async def _take(self, trial: Trial, plan: Plan, wanted: Due, seen: tuple[looks.Seen, ...]) -> None:
        site, look = self.site, Made(wanted.day, self.site.clock(), wanted.planned, seen)
        stopped = await site.store.write(
            lambda uow: stopping.take(site, uow, self._city, trial.code, plan, look)
        )  # fmt: skip
        if stopped is not None:
            site.access.forget_keys()

    def _data(self, trial: Trial, cut: int) -> Data:
        store = self.site.store
        return Data(store.looking(), self._city, trial.code, str(self.site.zone), self.site.clock(), cut)

    async def judge(self) -> int:
        """Judges what can be judged; how many got their verdict."""
        return sum([await self._judge(one) for one in await self.site.store.read(self._over)])

    def _over(self) -> list[Work]:
        """Trials that are over, and those for which somebody asked once more."""
        store, today = self.site.store, days.text(self.site.clock(), self.site.zone)
        there = {one.code: one for one in keeping.every(store, EVERYTHING, "stopped", "ended")}
        # Where it could not be made, it is tried again the next day.
        found = [self._due(one) for code, one in there.items() if self._day.get(code) != today]
        for code, by in list(self._asked.waiting.items()):
            trial = there.get(code) or keeping.find(store, self._city, code)
            asked = None if trial is None else self._work(trial, by)
            found.append(asked)
            if asked is None:
                self._asked.waiting.pop(code, None)
        return list({one.trial.code: one for one in found if one is not None}.values())

    def _due(self, trial: Trial) -> Work | None:
        """None where it waits for something."""
        work = self._work(trial, NODE) if (trial.facts.stopped or {}).get("ran", True) else None
        if work is None:
            return None
        plan, now = work.version.plan, self.site.clock()
        return work if due.judged(trial, plan, self.site.store, now, self.site.zone) else None

    def _work(self, trial: Trial, by: str) -> Work | None:
        """None where no plan was fixed."""
        version = registered.newest(self.site.store, self._city, trial.code)
        if version is None:
            return None
        site, looked = self.site, made.every(self.site.store, trial.code)
        cut = due.cut(trial, version.plan, site.clock(), site.zone)
        return Work(trial, version, cut, due.confidence(trial, version.plan, looked), by)

    async def _judge(self, work: Work) -> bool:
        code = work.trial.code
        self._asked.going[code] = Progress(0.0, "")
        try:
            return await self._judged(work)
        except Unavailable:
            # Others are before it; it waits.
            return False
        except HanzeError as error:
            self._failed(code, error.detail)
            return False
        finally:
            self._asked.going.pop(code, None)

    def _failed(self, code: str, why: str) -> None:
        self._asked.waiting.pop(code, None)
        self._asked.failed[code] = why
        self._day[code] = days.text(self.site.clock(), self.site.zone)

    async def _judged(self, work: Work) -> bool:
        site, trial, plan = self.site, work.trial, work.version.plan
        wanted = job.Job(self._data(trial, work.cut), plan, work.level, trial.facts.area)
        judged = await site.compute.run(
            job.judge, wanted, seconds=job.SECONDS, progress=partial(self._tell, trial.code), asker=ASKER
        )
        one = await site.store.read(lambda: self._judging(work, judged))
        done = await site.store.write(lambda uow: judging.write(site, uow, one))
        if done:
            self._asked.failed.pop(trial.code, None)
            self._asked.waiting.pop(trial.code, None)
        return done

    def _judging(self, work: Work, judged: job.Judged) -> Judging:
        site, code = self.site, work.trial.code
        versions = registered.versions(site.store, self._city, code)
        counted = [one for one in versions if one.number <= work.version.number]
        at = signed.later(site.store, self._city, code, site.clock())
        return Judging(
            self._city, work.trial, changes.changed(counted, site.zone), work.cut, at, judged, work.by, self._open(work)
        )

    def _open(self, work: Work) -> bool:
        """Everyone may read what it is judged by. Tables and surveys are made for the trial."""
        site, plan = self.site, work.version.plan
        if isinstance(plan.outcome, Loaded | Surveyed):
            return True
        place = Place(self._city, work.trial.code, site.zone, work.cut)
        observing = Observing(site.store, site.access.scope(ANYONE, ""), place, plan)
        return bool(observing.series(plan.outcome, plan.treated[:1], plan.units))

    def _tell(self, code: str, done: float, whole: float, words: str) -> None:
        self._asked.going[code] = Progress(done / whole if whole else 0.0, words)
