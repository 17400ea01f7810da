# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What tests of pages rely on: the browser runs a page, at the size and in the colours that were asked for."""

import struct
from collections.abc import Iterator

import pytest

from tests.browser import Browser, browser, needs_chromium

pytestmark = needs_chromium

PAGE = """data:text/html,<!doctype html><title>Havendam</title><meta name=viewport content='width=device-width'>
<style>body{background:white} @media(prefers-color-scheme:dark){body{background:black}}</style>
<div style='height:2000px'>"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as made:
        yield made


def test_a_page_is_run_and_gives_values(chromium: Browser) -> None:
    page = chromium.page(PAGE)
    assert page.run("document.title") == "Havendam"
    assert page.run("Promise.resolve({a: [1, null, 'two']})") == {"a": [1, None, "two"]}
    page.run("setTimeout(() => { window.later = 7 }, 50)")
    assert page.until("window.later") == 7
    with pytest.raises(AssertionError, match="no such thing"):
        page.run("throw new Error('no such thing')")
    with pytest.raises(AssertionError, match="never"):
        page.until("false", patience=0.1)


def test_size_and_colours_are_those_asked_for(chromium: Browser) -> None:
    narrow = chromium.page(PAGE, width=390, height=844, dark=True, scale=2)
    assert narrow.run("[innerWidth, innerHeight, devicePixelRatio]") == [390, 844, 2]
    assert narrow.run("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    assert struct.unpack(">II", narrow.shot()[16:24]) == (780, 1688)
    narrow.size(1280, 800)
    narrow.colours(dark=False)
    assert narrow.run("innerWidth") == 1280
    assert narrow.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert struct.unpack(">II", narrow.shot(whole=True)[16:24])[1] > 2000


def test_what_the_page_complains_of_is_known(chromium: Browser) -> None:
    page = chromium.page(PAGE, script="window.early = true")
    assert page.run("early") and not page.complaints
    page.run("console.error('wrong', 3); console.log('fine'); setTimeout(() => { nowhere() })")
    page.until("new Promise(done => setTimeout(() => done(true), 50))")
    assert page.complaints[0] == "wrong 3" and "nowhere is not defined" in page.complaints[1]


def test_one_page_in_front_hides_the_other(chromium: Browser) -> None:
    first, second = chromium.page(PAGE), chromium.page(PAGE)
    second.front()
    first.until("document.visibilityState == 'hidden'")
    first.front()
    first.until("document.visibilityState == 'visible'")
    second.until("document.visibilityState == 'hidden'")
