# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The clock of a demonstration as an administrator sets it on a page, with a line in the audit."""

from pathlib import Path

import msgspec
import pyotp
import pytest
from starlette.applications import Starlette

from hanze.access import audit
from hanze.ngsild import times
from hanze.node.clock import DemoClock
from hanze.web import demonstration, site
from hanze.web.people.pages import ROOM
from tests.web.people.conftest import Browser, Town, said
from tests.web.people.conftest import town as town

pytestmark = pytest.mark.anyio

MIA = "mia@havendam.example"


@pytest.fixture
def clock(town: Town, tmp_path: Path) -> DemoClock:
    """The site of the town goes by it."""
    made = DemoClock(tmp_path, lambda: town.now)
    made.start()
    shared = msgspec.structs.replace(town.site, clock=made)
    town.app = Starlette(routes=site.routes(shared, (ROOM, demonstration.room(made))))
    return made


async def administrator(town: Town, *roles: str) -> Browser:
    secret = pyotp.random_base32()
    await town.person(MIA, *(roles or ("administrator",)), totp=secret)
    return await town.signed_in(MIA, secret)


async def test_an_administrator_sets_the_pace_and_jumps(town: Town, clock: DemoClock) -> None:
    browser = await administrator(town)
    assert "Set the clock of this demonstration" in said(await browser.get("/en/desk"))
    assert "Here it is 10 March 2026, 14:02" in said(await browser.get("/en/demo/clock"))
    answer = await browser.send("/en/demo/clock", {"pace": "600", "moment": "2026-03-10 16:30"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/demo/clock")
    assert (clock.rate, clock()) == (600, times.parse("2026-03-10T15:30:00Z"))
    town.now += 1_000_000
    assert clock() == times.parse("2026-03-10T15:40:00Z")
    line = audit.lines(town.store, limit=1)[0]
    assert (line.act, line.subject, line.detail) == ("clock", "rate 600", {"to": "2026-03-10T15:30:00Z"})
    assert line.principal.startswith("person:")
    again = await browser.get("/nl/demo/clock")
    assert "10 maart 2026, 16:40" in said(again) and 'value="600" checked' in again.text


@pytest.mark.parametrize("moment", ["2026-03-10 14:02", "2026-03-09 12:00", "2026-04-11 12:00", "9999-12-31 23:59"])
async def test_it_never_goes_back_nor_too_far(town: Town, clock: DemoClock, moment: str) -> None:
    browser = await administrator(town)
    before = clock()
    answer = await browser.send("/en/demo/clock", {"pace": "60", "moment": moment})
    assert answer.status_code == 422 and "not in the next 31 days" in said(answer) and moment in answer.text
    assert (clock.rate, clock()) == (1, before)


@pytest.mark.parametrize("moment", ["tomorrow", "2026-13-01 00:00", "2026-03-10T16:30", "0001-01-01 00:00"])
async def test_what_is_no_moment_is_told(town: Town, clock: DemoClock, moment: str) -> None:
    browser = await administrator(town)
    answer = await browser.send("/en/demo/clock", {"pace": "1", "moment": moment})
    assert answer.status_code == 422 and clock.rate == 1
    assert ("This is no moment" in said(answer)) != moment.startswith("0001")


async def test_only_administrators_and_only_a_demonstration_have_it(town: Town, clock: DemoClock) -> None:
    officer = await administrator(town, "data-officer")
    assert (await officer.get("/en/demo/clock")).status_code == 403
    real = Starlette(routes=site.routes(town.site, (ROOM,)))
    assert (await Browser(real).get("/en/demo/clock")).status_code == 404
