# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What trials put on the front page, and what a trial that was made up says of itself once it is over."""

import msgspec
import pytest
from starlette.applications import Starlette

from hanze.experiments import room
from hanze.experiments.trials import keeping
from hanze.goals.room import ROOM as GOALS
from hanze.web import site
from hanze.web.people import pages as people_pages
from tests.experiments.trials.place import CITY, City

pytestmark = pytest.mark.anyio

TITLE = "Wat we proberen"


async def test_the_front_page_tells_the_newest_of_what_is_tried(city: City) -> None:
    city.app = Starlette(routes=site.routes(city.site, (GOALS, room.ROOM, people_pages.ROOM)))
    async with city.visitor() as anyone:
        assert TITLE not in await anyone.ok("/nl/")
        city.fixed(code="vastgelegd")
        assert TITLE not in await anyone.ok("/nl/")
        for code in ("een", "twee", "drie"):
            city.started(code=code)
        city.judged("made it worse", "vier")
        city.store.submit(lambda uow: keeping.change(uow, CITY, "vier", simulated=True)).result()
        page = await anyone.ok("/nl/")
    part = page[page.index(TITLE) :]
    assert part.count("trial?id=") == 3 and part.index("trial?id=vier") < part.index("trial?id=twee")
    assert "maakte het slechter" in part and part.count("gesimuleerd") == 1 and "loopt" in part


async def test_what_was_planted_is_told_when_the_trial_is_over(city: City) -> None:
    city.started()
    city.store.submit(lambda uow: keeping.change(uow, CITY, "stil", planted=-0.22, simulated=True)).result()
    planted = "een computer heeft er een effect van \N{MINUS SIGN}22 procent in gestopt"
    async with city.visitor() as anyone:
        assert planted not in await anyone.ok("/nl/trial?id=stil")
        assert planted not in await anyone.ok("/nl/dossier?id=stil")
        facts = {"status": "ended", "ended": "2026-03-09"}
        city.store.submit(lambda uow: keeping.change(uow, CITY, "stil", **facts)).result()
        assert planted in await anyone.ok("/nl/dossier?id=stil")
        assert msgspec.structs.asdict(city.trial().facts)["planted"] == -0.22
