# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Works out the values and scores of a node that does not run, as it does itself while it runs."""

import asyncio
from pathlib import Path

from hanze.access import Access
from hanze.compute.pool import Pool
from hanze.ngsild import times
from hanze.node import config, indicators
from hanze.node.policy import policy
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.store import sqlite


def worked_out(folder: Path, now: str) -> None:
    """`now`: ISO 8601."""
    moment = times.parse(now)
    opened = sqlite.open(folder, clock=lambda: moment, vaults=ALL_VAULTS)
    settings = config.load(folder)
    access = Access(opened, times.system, policy(settings, open=False))

    known = indicators.known(folder, settings.city.code)

    async def look() -> None:
        pool = Pool(1)
        goals = indicators.goals(known, settings, opened, access, pool, lambda: moment)
        await goals.look()
        await goals.scores.look()
        await pool.stop()

    asyncio.run(look())
    opened.close()
