# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page with a form is walked through with the Tab key: in the order of the page, with a focus that is seen, out again."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import httpx2
import pytest

from hanze.web import cookies
from tests.browser import Browser, Page, browser, needs_chromium
from tests.site.whole import Whole, addresses, served

pytestmark = needs_chromium

MOST = 400
"""Presses of Tab; a page that needs more keeps who walks through it."""

STOPS = """
const radios = new Set();
window.stops = [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
)].filter((one) => {
  if (one.disabled || !one.checkVisibility({visibilityProperty: true})) return false;
  if (one.type !== 'radio') return true;
  // Of a group one is reached by Tab, the others by the arrows.
  const first = document.querySelector('input[name="' + one.name + '"]:checked');
  if (radios.has(one.name) || (first && first !== one)) return false;
  radios.add(one.name);
  return true;
});
document.activeElement.blur();
window.stops.length
"""

HERE = """(() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), look = getComputedStyle(one);
  return {
    number: window.stops.indexOf(one), away: one === document.body,
    ring: look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    told: one.tagName + ' ' + (one.name || one.textContent || '').trim().slice(0, 30),
  };
})()"""


@pytest.fixture(scope="module")
def site(havendam: Whole) -> Iterator[str]:
    with served(havendam.app) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as made:
        yield made


@pytest.fixture
def page(chromium: Browser, site: str, havendam: Whole) -> Iterator[Page]:
    """Signed in as an administrator."""
    made = chromium.page("about:blank", width=390, height=844)
    made.call("Emulation.setFocusEmulationEnabled", {"enabled": True})
    made.call("Network.setCookie", {"name": cookies.SESSION, "value": havendam.session, "url": site})
    yield made
    made.close()


def press(page: Page, key: str) -> None:
    code = {"Tab": 9, "Enter": 13}[key]
    told = {"key": key, "code": key, "windowsVirtualKeyCode": code, "text": "\r" if key == "Enter" else ""}
    page.call("Input.dispatchKeyEvent", {"type": "keyDown", **told})
    page.call("Input.dispatchKeyEvent", {"type": "keyUp", **told})


def walked(page: Page) -> tuple[int, list[dict[str, Any]]]:
    """How many stops the page has, and those that Tab came by until it left the page."""
    count = page.run(STOPS)
    found: list[dict[str, Any]] = []
    for _ in range(MOST):
        press(page, "Tab")
        here = page.run(HERE)
        if here["away"] or (found and here["number"] == 0):
            return count, found
        found.append(here)
    raise AssertionError(f"Tab does not leave the page after {MOST} stops")


def check(page: Page) -> None:
    count, found = walked(page)
    # The browser itself may add what can be scrolled, and stops at day, month, year and calendar of a field for a date.
    stops = [number for number, _ in groupby(one["number"] for one in found if one["number"] >= 0)]
    assert stops == list(range(count))
    assert [one["told"] for one in found if not (one["ring"] and one["seen"])] == []


@pytest.mark.parametrize("address", addresses())
def test_a_form_is_walked_through_by_keyboard(page: Page, site: str, havendam: Whole, address: str) -> None:
    jar = {cookies.SESSION: havendam.session}
    # A page without a form is left to the test of faults.
    if "<form" not in httpx2.get(f"{site}/en/{address}", cookies=jar, timeout=30).text:
        return
    page.go(f"{site}/en/{address}")
    # A map to draw on comes late and moves what stands below it, also the field that has the focus.
    page.until("[...document.querySelectorAll('#draw')].every((one) => one.dataset.moving === 'yes')")
    check(page)


def test_a_stop_that_is_out_of_order_or_unseen_would_be_found(page: Page, site: str) -> None:
    page.go(f"{site}/en/")
    page.run("document.querySelector('#q').tabIndex = 5")
    with pytest.raises(AssertionError):
        check(page)
    page.go(f"{site}/en/")
    # The policy of the page takes no styles from elsewhere, but those that a script sets.
    page.run("document.querySelector('#q').style.outline = 'none'")
    with pytest.raises(AssertionError):
        check(page)


def test_a_neighbourhood_is_found_by_keyboard_only(page: Page, site: str) -> None:
    page.go(f"{site}/en/")
    page.run("document.querySelector('#q').focus()")
    page.call("Input.insertText", {"text": "Oude Rede"})
    press(page, "Enter")
    page.until("location.pathname === '/en/find' && document.querySelector('h1')?.textContent === 'Oude Rede'")
