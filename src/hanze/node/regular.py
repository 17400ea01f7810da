# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the rooms of a node do regularly, beside answering: values, forecasts, plans, news, calls, trials, practice data."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from hanze.experiments.challenges.runner import Calls
from hanze.experiments.practice.runner import Practices
from hanze.experiments.trials.looking.runner import Looking
from hanze.experiments.trials.runner import Trials
from hanze.explore.following.digest import Digest
from hanze.goals.indicators.known import Known
from hanze.goals.regularly import Sleep
from hanze.node import indicators, pages
from hanze.node.config import Config
from hanze.web.room import Site

Work = Callable[[], Coroutine[Any, Any, None]]
"""Goes on until it is cancelled."""


class Regular:
    """`known`: the indicators of the node; `sleep`: by the clock of the city."""

    def __init__(self, site: Site, known: Known, config: Config, sleep: Sleep) -> None:
        self._site, self._known, self._config = site, known, config
        self._settled = (Digest(site, sleep, pages.tellers()), Calls(site, sleep), Looking(site), Practices(site))

    def settle(self, site: Site) -> None:
        """The site is this one from now on, after a page changed the settings."""
        for one in self._settled:
            one.site = site

    def works(self) -> list[Work]:
        return [self._value, self._foresee, self._plan, self._end, *(one.run for one in self._settled)]

    async def _value(self) -> None:
        """The values of the indicators follow what is measured."""
        site = self._site
        made = partial(
            indicators.goals, self._known, self._config, site.store, site.access, site.compute, site.clock
        )  # fmt: skip
        await (await asyncio.to_thread(made)).run()

    async def _foresee(self) -> None:
        """A forecast of each indicator is made once a month."""
        site = self._site
        made = partial(indicators.foreseeing, self._known, self._config, site.store, site.compute, site.clock)
        await (await asyncio.to_thread(made)).run()

    async def _plan(self) -> None:
        """What plans would change follows the data."""
        site = self._site
        made = partial(indicators.plans, self._known, site.store, site.compute, site.clock)
        await (await asyncio.to_thread(made)).run()

    async def _end(self) -> None:
        """Trials that nobody extends end by themselves."""
        site = self._site
        await Trials(site.store, site.clock, site.zone, self._known.city).run()
