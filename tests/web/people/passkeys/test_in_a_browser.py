# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real browser with a device for passkeys: adds one, comes in by it, removes it; and what is seen where it cannot."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from hanze.store.base import UnitOfWork
from hanze.web.people import giving, people
from hanze.web.people.vaults import PASSKEYS, PEOPLE
from tests.browser import Browser, Page, browser, needs_chromium
from tests.site.whole import served
from tests.web.people.conftest import Town

pytestmark = needs_chromium

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
"""As DevTools describes a telephone or computer that knows its owner."""

MAIL = "anne@city.example"


class Place:
    """A town at a port of this machine."""

    def __init__(self, town: Town, port: int) -> None:
        self.town, self.port = town, port
        self.address = f"http://localhost:{port}"

    def person(self, *roles: str) -> None:
        def work(uow: UnitOfWork) -> None:
            people.make(uow, os.urandom, mail=MAIL, name="Anne", roles=roles or ("resident",), language="en", by="test")

        self.town.store.submit(work).result()

    def enter(self, page: Page, after: str) -> None:
        """By a link that works once."""
        token = self.town.store.submit(lambda uow: giving.link(uow, os.urandom, MAIL, "test")).result()
        self.open(page, f"sign-in/link?token={token}&next={after}")
        page.run("document.querySelector('main button').click()")
        self.at(page, after)

    def open(self, page: Page, path: str, host: str = "localhost") -> None:
        """The page before may tell only now that it has loaded, so that what is open is looked at too."""
        page.go(f"http://{host}:{self.port}/en/{path}")
        self.at(page, path.partition("?")[0])

    def at(self, page: Page, path: str) -> None:
        page.until(f"location.pathname === '/en/{path}' && document.readyState === 'complete'")

    @property
    def kept(self) -> int:
        return self.town.store.vault(PASSKEYS).count()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    town = Town(tmp_path, address=f"http://127.0.0.1:{port}")
    with served(town.app, port):
        yield Place(town, port)
    town.store.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as made:
        yield made


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    made = chromium.page("about:blank", width=390, height=844)
    made.call("Network.clearBrowserCookies")
    yield made
    made.close()


def device(page: Page) -> str:
    page.call("WebAuthn.enable")
    found: str = page.call("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
    return found


def button(page: Page) -> str:
    """What the button for passkeys says; empty where nobody sees it."""
    script = "(one => one?.checkVisibility() ? one.textContent : '')(document.querySelector('[data-passkey] button'))"
    return str(page.until("document.readyState === 'complete'") and page.run(script))


def press(page: Page) -> None:
    page.run("document.querySelector('[data-passkey] button').click()")


def test_a_resident_adds_a_passkey_comes_in_by_it_and_removes_it(place: Place, page: Page) -> None:
    place.person()
    device(page)
    place.enter(page, "account/passkeys")
    assert button(page) == "Add a passkey"
    press(page)
    page.until("document.querySelector('.acts') !== null")
    assert "Chrome on Linux" in page.run("document.querySelector('.acts').innerText") and place.kept == 1
    place.open(page, "account")
    page.run("document.querySelector('main button').click()")
    place.at(page, "")
    place.open(page, "sign-in?next=account/passkeys")
    assert button(page) == "Sign in with a passkey"
    press(page)
    place.at(page, "account/passkeys")
    assert "last used 14:02" in page.run("document.querySelector('.acts').innerText")
    # The device has one already, so it makes no second one; the page says so.
    press(page)
    page.until("document.querySelector('[data-failed]').checkVisibility()")
    assert place.kept == 1
    page.run("document.querySelector('.acts a').click()")
    place.at(page, "account/passkey")
    page.run("[...document.querySelectorAll('main button')].at(-1).click()")
    place.at(page, "account/passkeys")
    assert place.kept == 0 and "You have no passkey yet." in page.run("document.body.innerText")
    assert not page.complaints


def test_who_works_for_the_city_comes_in_at_once(place: Place, page: Page) -> None:
    place.person()
    device(page)
    place.enter(page, "account/passkeys")
    press(page)
    page.until("document.querySelector('.acts') !== null")
    place.town.store.submit(lambda uow: giving.give(uow, MAIL, ["editor"], "test")).result()
    place.open(page, "sign-in")
    press(page)
    place.at(page, "desk")
    assert "Welcome, Anne" in page.run("document.body.innerText") and not page.complaints
    assert place.town.store.vault(PEOPLE).select()[0]["totp"] is None


def test_a_page_that_stood_open_asks_anew(place: Place, page: Page) -> None:
    place.person()
    device(page)
    place.enter(page, "account/passkeys")
    press(page)
    page.until("document.querySelector('.acts') !== null")
    place.open(page, "sign-in")
    place.town.now += 6 * 60 * 1_000_000
    page.run("performance.now = () => 6 * 60_000")
    press(page)
    place.at(page, "account")


def test_who_is_not_known_to_the_device_is_told_and_may_try_again(place: Place, page: Page) -> None:
    place.person()
    made = device(page)
    place.enter(page, "account/passkeys")
    page.call("WebAuthn.setUserVerified", {"authenticatorId": made, "isUserVerified": False})
    press(page)
    page.until("document.querySelector('[data-failed]').checkVisibility()")
    assert "No passkey was added" in page.run("document.querySelector('[data-failed]').innerText") and place.kept == 0
    page.call("WebAuthn.setUserVerified", {"authenticatorId": made, "isUserVerified": True})
    press(page)
    page.until("document.querySelector('.acts') !== null")
    assert place.kept == 1


def test_where_passkeys_cannot_work_there_is_no_button(place: Place, page: Page) -> None:
    """Without scripts, and at another address than that of the site: all else works."""
    place.person()
    place.enter(page, "account/passkeys")
    place.open(page, "sign-in", host="127.0.0.1")
    assert button(page) == "" and "Mail address" in page.run("document.body.innerText")
    page.call("Emulation.setScriptExecutionDisabled", {"value": True})
    for path in ("sign-in", "account/passkeys"):
        place.open(page, path)
        assert button(page) == ""
    assert f"at the address {place.address}" in page.run("document.body.innerText")
