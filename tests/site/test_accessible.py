# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""No page has a fault that axe-core finds, in any language, light and dark, from 320 to 1600 pixels; forms go by keyboard.

`make test` takes a seeded share; with HANZE_PROFILE=prove it is every page in every way.
"""

import itertools
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hanze.web import cookies
from tests.browser import Browser, Page, browser, needs_chromium
from tests.site.whole import Whole, addresses, served

AXE = Path(__file__).parents[2] / "assets/node_modules/axe-core/axe.min.js"

pytestmark = [needs_chromium, pytest.mark.skipif(not AXE.is_file(), reason="make assets did not bring axe-core")]

CODES, WIDTHS, THEMES, PEOPLE = ("nl", "en"), (320, 390, 1280, 1600), (False, True), (False, True)

Way = tuple[str, str, int, bool, bool]
"""An address, a language, a width, whether it is dark, and whether an administrator is signed in."""


def ways() -> list[Way]:
    """Each page in one way that chance chose, or in all of them."""
    if os.environ.get("HANZE_PROFILE") == "prove":
        return list(itertools.product(addresses(), CODES, WIDTHS, THEMES, PEOPLE))
    chance = random.Random(4)
    some = chance.choice
    return [(one, some(CODES), some(WIDTHS), some(THEMES), some(PEOPLE)) for one in addresses()]


@pytest.fixture(scope="module")
def site(havendam: Whole) -> Iterator[str]:
    with served(havendam.app) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as made:
        yield made


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    made = chromium.page("about:blank", script=AXE.read_text("utf-8"))
    yield made
    made.close()


def visit(page: Page, site: str, way: Way, token: str) -> None:
    address, code, width, dark, person = way
    page.size(width, 800)
    page.colours(dark=dark)
    page.call("Network.clearBrowserCookies")
    if person:
        page.call("Network.setCookie", {"name": cookies.SESSION, "value": token, "url": site})
    page.go(f"{site}/{code}/{address}")


def faults(page: Page) -> list[str]:
    """What axe-core finds, by rule and element. What it cannot tell is no fault."""
    found: list[dict[str, Any]] = page.run(
        "axe.run(document, {resultTypes: ['violations']}).then((all) => all.violations.map((one) => "
        "({rule: one.id, at: one.nodes.map((node) => node.target.join(' ') + ' ' + node.failureSummary)})))"
    )
    return [f"{one['rule']}: {at}" for one in found for at in one["at"]]


@pytest.mark.parametrize("way", ways(), ids=lambda way: "-".join(map(str, way)))
def test_a_page_has_no_fault(page: Page, site: str, havendam: Whole, way: Way) -> None:
    visit(page, site, way, havendam.session)
    assert faults(page) == []
    assert page.run("document.documentElement.scrollWidth") <= way[2]


def test_a_fault_would_be_found(page: Page, site: str, havendam: Whole) -> None:
    visit(page, site, ("", "en", 390, False, False), havendam.session)
    page.run("document.querySelector('label').remove()")
    page.run("document.querySelector('main p').style.color = '#ccc'")
    assert {one.partition(":")[0] for one in faults(page)} >= {"label", "color-contrast"}
