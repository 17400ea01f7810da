# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real browser: a plan is drawn by clicks on the map."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from hanze.web import cookies
from tests.browser import Page, browser, needs_chromium
from tests.goals.plans import planned
from tests.goals.plans.planned import Planned
from tests.site.whole import served

pytestmark = needs_chromium

CLICKS = ((0.55, 0.3), (0.8, 0.3), (0.8, 0.7), (0.55, 0.7))
"""Where on the map, in parts of its width and height: in the fields in the east."""


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Planned]:
    with planned.planned(tmp_path) as made:
        made.mapped()
        yield made


@pytest.fixture
def page(town: Planned) -> Iterator[Page]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with served(town.app, port), browser() as chromium:
        made = chromium.page("about:blank", width=1280, height=900)
        site = f"http://127.0.0.1:{port}"
        made.call("Network.setCookie", {"name": cookies.SESSION, "value": asyncio.run(_token(town)), "url": site})
        made.go(f"{site}/en/goals/plan/draw")
        yield made


async def _token(town: Planned) -> str:
    async with town.visitor("editor") as editor:
        return str(editor.client.cookies[cookies.SESSION])


def click(page: Page, x: float, y: float) -> None:
    box = page.run(
        "(({x, y, width, height}) => [x, y, width, height])(document.querySelector('#draw canvas').getBoundingClientRect())"
    )
    at = {"x": box[0] + x * box[2], "y": box[1] + y * box[3], "button": "left", "clickCount": 1}
    for kind in ("mousePressed", "mouseReleased"):
        page.call("Input.dispatchMouseEvent", {"type": kind, **at})


def corners(page: Page) -> int:
    return int(page.run("document.querySelector('#corners').value.split('\\n').filter(Boolean).length"))


def test_a_plan_is_drawn_by_clicks(town: Planned, page: Page) -> None:
    page.until("document.querySelector('#draw')?.dataset.moving === 'yes'")
    for number, (x, y) in enumerate(CLICKS, 1):
        click(page, x, y)
        page.until(f"document.querySelector('#corners').value.split('\\n').filter(Boolean).length === {number}")
    page.run(
        "[...document.querySelectorAll('#draw > button')].find((one) => one.textContent.startsWith('Take')).click()"
    )
    assert corners(page) == 3
    click(page, *CLICKS[3])
    page.until("document.querySelector('#corners').value.split('\\n').length === 4")
    page.run("document.querySelector('#name').value = 'Drawn'")
    page.run("document.querySelector('[name=use][value=homes]').click()")
    page.run("document.querySelector('#year').value = '2033'")
    page.run("document.querySelector('main form button.main').click()")
    page.until("location.search === '?id=drawn' && document.querySelector('h1')?.textContent === 'Drawn'")
    outcome = town.plan("drawn").outcome
    assert outcome is not None and outcome.effects.uses.keys() == {"farmland"} and outcome.effects.surface > 0.05
    assert not [one for one in page.complaints if "GL Driver" not in one]
