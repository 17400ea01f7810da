# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mails leave after the commit that made them, once, also where the mail server fails and the node starts again."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from hanze.ngsild import times
from hanze.outgoing.mail import Post
from hanze.outgoing.mail_server import Server
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.web import outbox
from hanze.web.outbox import MAILS, Mail, Sender, sender
from tests.outgoing.mail_box import Nearby, receiving

pytestmark = pytest.mark.anyio

NOW = times.parse("2026-03-10T13:02:00Z")
LINK = "https://havendam.example/nl/enter?ticket=Secret-in-a-link"


class City:
    """A store with an outbox, its sender, and a clock that a test moves. Sleeping takes no time but lets others go on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = NOW
        self.slept: list[float] = []
        self.store: Store = sqlite.open(folder, clock=lambda: self.now, vaults=(MAILS,))

    def put(self, to: str, **more: str) -> None:
        mail = Mail(to, "Uw link\n voor Havendam", f"Dag,\n\nKlik: {LINK}\n", "nl", **more)
        self.store.submit(lambda uow: outbox.put(uow, mail)).result()

    @property
    def rows(self) -> list[dict[str, Any]]:
        return self.store.vault(MAILS).select()

    @contextlib.asynccontextmanager
    async def sending(self, port: int, seconds: float = 5.0) -> AsyncIterator[None]:
        """The sender at work until the block ends."""
        server = Server("mail.test", port, "none", "stad@havendam.example")

        async def sleep(seconds: float) -> None:
            self.slept.append(seconds)
            await asyncio.sleep(0.01)

        work = Sender(self.store, Post(Nearby(), server, seconds=seconds), lambda: self.now, "Havendam", sleep)
        task = asyncio.create_task(work.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    made = City(tmp_path)
    yield made
    made.store.close()


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.01)


async def test_a_mail_arrives_and_nothing_of_it_stays(city: City) -> None:
    city.put("An@example.org", stop="https://havendam.example/nl/stop?of=1")
    async with receiving() as box, city.sending(box.port):
        await until(lambda: not city.rows)
    (one,) = box.mails
    assert one["From"] == "Havendam <stad@havendam.example>"
    assert (one["To"], one["Subject"], one["Content-Language"]) == ("An@example.org", "Uw link voor Havendam", "nl")
    assert one["Date"].startswith("Tue, 10 Mar 2026 13:02:00")
    assert one["Auto-Submitted"] == "auto-generated"
    assert one["List-Unsubscribe"] == "<https://havendam.example/nl/stop?of=1>"
    assert one["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert LINK in one.get_content()


async def test_what_was_not_committed_is_not_sent(city: City) -> None:
    def work(uow: UnitOfWork) -> None:
        outbox.put(uow, Mail("an@example.org", "Hello", "Hello", "en"))
        raise RuntimeError("after all not")

    with pytest.raises(RuntimeError):
        await city.store.write(work)
    city.put("bo@example.org")
    async with receiving() as box, city.sending(box.port):
        await until(lambda: not city.rows)
    assert [one["To"] for one in box.mails] == ["bo@example.org"]


async def test_who_asks_for_later_is_tried_later_each_time_longer(city: City) -> None:
    city.put("an@example.org")
    waits = []
    async with receiving() as box, city.sending(box.port):
        box.rcpt = lambda address: "451 greylisted"
        for tries in range(1, 7):
            await until(lambda: city.rows[0]["tries"] == tries)  # noqa: B023
            waits.append((city.rows[0]["due"] - city.now) // sender.MINUTE)
            city.now = city.rows[0]["due"]
        box.rcpt = lambda address: "250 OK"
        await until(lambda: box.mails)
    assert waits == [1, 4, 16, 64, 256, 360]


async def test_a_mail_that_is_refused_is_given_up_and_others_are_sent(
    city: City, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("gone", "an", "no-address@", "bo"):
        city.put(name if "@" in name else f"{name}@example.org")
    async with receiving() as box, city.sending(box.port):
        box.rcpt = lambda address: "550 no such user" if address.startswith("gone") else "250 OK"
        await until(lambda: len(box.mails) == 2)
        await until(lambda: all(row["failed"] for row in city.rows))
        await asyncio.sleep(0.1)
    assert box.tries == ["gone@example.org", "an@example.org", "bo@example.org"]
    assert [(row["to"], row["text"], row["subject"], row["told"]) for row in city.rows] == [
        ("gone@example.org", "", "", "550 no such user"), ("no-address@", "", "", "This is no mail address."),
    ]  # fmt: skip
    assert "550 no such user" in caplog.text and "gone@" not in caplog.text


@pytest.mark.parametrize("fault", ["closed", "silent", "going down"])
async def test_a_server_that_takes_nothing_is_left_alone_and_loses_nothing(
    city: City, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    city.put("an@example.org")
    async with receiving() as box:
        port = box.port
        if fault == "closed":
            port = 1
        box.silent = fault == "silent"
        box.rcpt = lambda address: "421 going down"
        async with city.sending(port, seconds=0.05 if fault == "silent" else 10.0):
            await until(lambda: len(city.slept) > 12)
        assert city.rows[0]["tries"] == 0 and city.rows[0]["failed"] is None
        assert city.slept[:5] == [1.0, 2.0, 4.0, 8.0, 16.0] and max(city.slept) == 600.0
        assert caplog.text.count("mail: ") == 1
        box.silent, box.rcpt = False, lambda address: "250 OK"
        async with city.sending(box.port):
            await until(lambda: not city.rows)
        assert len(box.mails) == 1


async def test_after_two_days_it_is_tried_no_more(city: City) -> None:
    city.put("an@example.org")
    async with receiving() as box:
        city.now += sender.GIVE_UP + 1
        async with city.sending(box.port):
            await until(lambda: city.rows[0]["failed"])
    assert box.tries == [] and city.rows[0]["text"] == ""


async def test_a_node_that_starts_again_goes_on(city: City) -> None:
    for number in range(20):
        city.put(f"person{number}@example.org")
    async with receiving() as box:
        async with city.sending(box.port):
            await until(lambda: len(box.mails) >= 5)
        city.store.close()
        city.store = sqlite.open(city.folder, clock=lambda: city.now, vaults=(MAILS,))
        async with city.sending(box.port):
            await until(lambda: not city.rows)
    ids = {one["Message-ID"]: one["To"] for one in box.mails}
    assert sorted(ids.values()) == sorted(f"person{number}@example.org" for number in range(20))
    # Stopped between the server's answer and the note of it, one mail may come twice, then as the same message.
    assert len(box.mails) <= 21


async def test_what_was_sent_is_not_in_the_file_any_more(city: City) -> None:
    city.put("an@example.org")
    async with receiving() as box, city.sending(box.port):
        await until(lambda: not city.rows)
    city.store.close()
    for file in city.folder.iterdir():
        if file.is_file():
            assert b"Secret-in-a-link" not in file.read_bytes(), file.name
    city.store = sqlite.open(city.folder, clock=lambda: city.now, vaults=(MAILS,))


async def test_it_ends_whenever_it_is_told_to(city: City) -> None:
    async with receiving() as box:
        for number in range(75):
            city.put(f"person{number}@example.org")
            async with asyncio.timeout(5), city.sending(box.port):
                await asyncio.sleep(number / 5_000)
