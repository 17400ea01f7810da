# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A town with people, spoken to in-process by browsers that keep cookies."""

import os
import re
from collections.abc import AsyncIterator, Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import pyotp
import pytest
from starlette.applications import Starlette

from hanze.access import VAULTS, Access, Policy
from hanze.ngsild import times
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.web import site
from hanze.web.attachments.vaults import VAULTS as ATTACHMENTS
from hanze.web.outbox import MAILS
from hanze.web.people import giving, people
from hanze.web.people.pages import ROOM
from hanze.web.people.people import Person
from hanze.web.people.vaults import PEOPLE
from hanze.web.people.vaults import VAULTS as OURS
from hanze.web.room import Site

NOW = times.parse("2026-03-10T13:02:00Z")
SECOND = 1_000_000
MINUTE = 60 * SECOND
PASSWORD = "een lange zin van mij"
CITY = "https://city.example"


class Forms(HTMLParser):
    """The forms of a page: where each goes, and its fields with what stands in them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "form":
            self.found.append((named.get("action") or "", {}))
        elif tag == "input" and self.found and (named.get("type") not in ("checkbox", "radio") or "checked" in named):
            self.found[-1][1][str(named.get("name"))] = named.get("value") or ""


class Browser:
    """A browser with cookies of its own."""

    def __init__(
        self, app: Starlette, root: str = CITY, agent: str = "Firefox on Linux", address: str = "203.0.113.1"
    ) -> None:
        transport = httpx2.ASGITransport(app, client=(address, 5000))
        self.client = httpx2.AsyncClient(transport=transport, base_url=root, headers={"user-agent": agent})
        self.root = root

    async def get(self, path: str, **options: Any) -> httpx2.Response:
        return await self.client.get(path, **options)

    async def send(self, path: str, values: Mapping[str, Any], *, page: str = "", **headers: str) -> httpx2.Response:
        """Opens the page of a form, fills it in and sends it."""
        shown = await self.get(page or path)
        assert shown.status_code == 200, (path, shown.status_code, shown.headers.get("location"))
        return await self.post(path, {**hidden(shown.text, values), **values}, **headers)

    async def post(self, path: str, values: Mapping[str, Any], **headers: str) -> httpx2.Response:
        return await self.client.post(path, data=dict(values), headers={"origin": self.root, **headers})

    async def follow(self, link: str) -> httpx2.Response:
        """Uses a link that works once."""
        return await self.send(link.removeprefix(CITY), {})

    def cookie(self, name: str) -> str:
        return next((one.value or "" for one in self.client.cookies.jar if one.name.endswith(name)), "")


def hidden(html: str, values: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the first form that has these fields."""
    reader = Forms()
    reader.feed(html)
    return next(fields for _, fields in reader.found if fields.keys() >= {*values} - {"roles", "sure"})


def said(answer: httpx2.Response) -> str:
    """The text of a page, words only."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


class Town:
    """The site, what it keeps, and a clock that stands until it is moved. `ahead`: of a demonstration, its time before that."""

    def __init__(self, folder: Path, *, mails: bool = False, address: str = CITY) -> None:
        self.now, self.ahead = NOW, 0
        self.folder = folder
        vaults = (*VAULTS, *OURS, *ATTACHMENTS, MAILS)
        self.store: Store = sqlite.open(folder, clock=self._clock, real=lambda: self.now, vaults=vaults)
        self.access = Access(self.store, self._clock, Policy())
        shared = Site(
            self.store, self.access, self._clock, "Havendam", ZoneInfo("Europe/Amsterdam"), os.urandom,
            address=address, mails=mails, real=lambda: self.now,
        )  # fmt: skip
        self.site = shared
        self.app = Starlette(routes=site.routes(shared, (ROOM,)))
        self._open: list[Browser] = []

    def _clock(self) -> int:
        return self.now + self.ahead

    def browser(self, **options: Any) -> Browser:
        made = Browser(self.app, **options)
        self._open.append(made)
        return made

    async def close(self) -> None:
        for one in self._open:
            await one.client.aclose()
        self.store.close()

    async def person(
        self, mail: str, *roles: str, password: str = "", totp: str = "", name: str = "Anne"
    ) -> Person:  # fmt: skip
        """An account as if an invitation had made it."""
        hash = await self.site.passwords.hashed(password) if password else None

        def work(uow: UnitOfWork) -> Person:
            made = people.make(
                uow, os.urandom, mail=mail, name=name, roles=roles or ("resident",), language="en", by="operator"
            )
            uow.vault(PEOPLE).update({"id": made.id}, {"password": hash, "totp": totp or None})
            found = people.find(uow.vault(PEOPLE), id=made.id)
            assert found is not None
            return found

        return await self.store.write(work)

    async def do(self, work: Callable[[UnitOfWork], Any]) -> Any:
        return await self.store.write(work)

    async def link(self, mail: str) -> str:
        """A link to sign in, as the path after the address of the city."""
        token = await self.store.write(lambda uow: giving.link(uow, os.urandom, mail, "operator"))
        return f"/en/sign-in/link?token={token}"

    async def invitation(self, mail: str, *roles: str) -> str:
        token = await self.store.write(lambda uow: giving.invite(uow, os.urandom, mail, roles, "operator"))
        return f"/en/invitation?token={token}"

    def code(self, secret: str, steps: int = 0) -> str:
        return pyotp.TOTP(secret).at(self.now // SECOND + 30 * steps)

    async def signed_in(self, mail: str, totp: str = "", **options: Any) -> Browser:
        """A browser at which this person came in by a link."""
        made = self.browser(**options)
        answer = await made.follow(await self.link(mail))
        assert answer.status_code == 303, answer.text
        if totp:
            self.now += 30 * SECOND
            answer = await made.send("/en/sign-in/code", {"code": self.code(totp)})
            assert answer.status_code == 303, answer.text
        return made


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    made = Town(tmp_path)
    yield made
    await made.close()
