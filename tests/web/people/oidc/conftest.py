# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A town whose people sign in by a provider of identities that listens on this machine."""

import os
from collections.abc import AsyncIterator
from functools import cache
from typing import Any

import httpx2
import msgspec
import pytest
from joserfc.jwk import RSAKey
from starlette.applications import Starlette

from hanze.outgoing import Client, Guard
from hanze.web import site
from hanze.web.people.oidc import pages
from hanze.web.people.oidc.key import Key
from hanze.web.people.oidc.provider import Provider
from hanze.web.people.oidc.settings import Oidc
from hanze.web.people.pages import ROOM
from tests.outgoing.server import serving
from tests.web.people.conftest import CITY, SECOND, Browser, Town
from tests.web.people.oidc.identity import CLIENT, Identity

START = "/en/sign-in/organisation"


@cache
def own_key() -> Key:
    """The key of the node; making one takes a while."""
    return Key(RSAKey.generate_key(2048))


class Joined:
    """The town and its provider. `passed`: seconds of the clock that only goes forward."""

    def __init__(self, town: Town, identity: Identity) -> None:
        self.town = town
        self.identity = identity
        self.passed = 1000.0
        self.client = Client(Guard(["127.0.0.1"]))
        self.settings = Oidc(
            issuer=identity.issuer, client=CLIENT, name="Havendam City",
            roles={"data": ("data-officer",), "all": ("data-officer", "administrator")},
        )  # fmt: skip
        identity.back = CITY + "/oidc/back"
        identity.client_keys = own_key().published()
        self.set()

    def set(self, **changes: Any) -> None:
        """The node starts with these settings."""
        self.settings = msgspec.structs.replace(self.settings, **changes)
        self.provider = Provider(
            self.settings, own_key(), self.client, CITY, lambda: self.town.now, os.urandom, lambda: self.passed
        )
        shared = msgspec.structs.replace(self.town.site, provider=self.provider)
        routes = [*pages.routes(shared), *site.routes(shared, (ROOM, pages.ROOM))]
        self.town.app = Starlette(routes=routes)

    async def leave(self, browser: Browser, start: str = START) -> dict[str, str]:
        """The browser goes to the provider, where somebody signs in; what it brings back."""
        answer = await browser.get(start)
        assert answer.status_code == 303, answer.text
        return self.identity.authorize(answer.headers["location"])

    async def back(self, browser: Browser, brought: dict[str, str]) -> httpx2.Response:
        """The browser comes back with that."""
        answer = await browser.get("/oidc/back", params=brought, headers={"accept-language": "en"})
        assert answer.status_code == 303
        return await browser.get(answer.headers["location"])

    async def sign_in(self, browser: Browser, start: str = START) -> httpx2.Response:
        return await self.back(browser, await self.leave(browser, start))


@pytest.fixture
async def joined(town: Town) -> AsyncIterator[Joined]:
    identity = Identity(lambda: town.now // SECOND)
    async with serving(identity.answer) as server:
        identity.port = server.port
        made = Joined(town, identity)
        yield made
        made.client.close()
