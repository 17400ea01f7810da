# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail goes to a real server, encrypted where that is asked for, and what the server answers is told apart."""

import ssl
import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from hanze.errors import AddressRefused, CallFailed
from hanze.outgoing.guard import Guard
from hanze.outgoing.mail import Outcome, Post
from hanze.outgoing.mail_server import Security, Server
from tests.outgoing.mail_box import Nearby, knows, receiving
from tests.outgoing.test_tls import PEM

pytestmark = pytest.mark.anyio


def server(port: int, security: Security = "none", user: str = "", password: str = "") -> Server:
    return Server("good.test", port, security, "city@havendam.example", user, password)


def mail(text: str = "Hello") -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = "Dag café", "city@havendam.example", "an@example.org"
    made.set_content(text)
    return made


async def sent(post: Post, to: str = "an@example.org") -> Outcome:
    async with post.open() as line:
        return await line.send(mail(), to)


async def test_a_mail_arrives_as_it_was_written() -> None:
    async with receiving() as box:
        assert await sent(Post(Nearby(), server(box.port))) == Outcome("taken")
    (one,) = box.mails
    assert (one["Subject"], one.get_content().strip()) == ("Dag café", "Hello")


async def test_several_go_over_one_connection() -> None:
    async with receiving() as box, Post(Nearby(), server(box.port)).open() as line:
        for _ in range(3):
            assert (await line.send(mail(), "an@example.org")).state == "taken"
        assert box.connections == 1 and len(box.mails) == 3


@pytest.mark.parametrize(
    ("answer", "state"),
    [("450 mailbox busy", "delayed"), ("451 greylisted", "delayed"), ("550 no such user", "refused")],
)
async def test_what_the_server_answers_about_one_mail(answer: str, state: str) -> None:
    async with receiving() as box, Post(Nearby(), server(box.port)).open() as line:
        box.rcpt = lambda address: answer if address == "an@example.org" else "250 OK"
        assert await line.send(mail(), "an@example.org") == Outcome(state, answer)  # type: ignore[arg-type]
        assert (await line.send(mail(), "bo@example.org")).state == "taken"
        box.data = lambda: "552 too large"
        assert await line.send(mail(), "bo@example.org") == Outcome("refused", "552 too large")


async def test_a_server_that_takes_nothing_is_told_apart() -> None:
    async with receiving() as box:
        box.rcpt = lambda address: "421 going down"
        with pytest.raises(CallFailed, match="takes no mail now"):
            await sent(Post(Nearby(), server(box.port)))
        post = Post(Nearby(), server(box.port))
    with pytest.raises(CallFailed, match="cannot be reached"):
        await sent(post)


async def test_a_silent_server_is_left() -> None:
    async with receiving() as box:
        box.silent = True
        begin = time.monotonic()
        with pytest.raises(CallFailed, match="does not take our mail"):
            await sent(Post(Nearby(), server(box.port), seconds=0.2))
        assert time.monotonic() - begin < 2


async def test_a_server_on_this_machine_must_be_allowed() -> None:
    async with receiving() as box:
        near = Server("127.0.0.1", box.port, "none", "city@havendam.example")
        with pytest.raises(AddressRefused):
            await sent(Post(Guard(), near))
        assert box.connections == 0
        assert (await sent(Post(Guard(["127.0.0.1"]), near))).state == "taken"


@pytest.fixture
def ways(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server offers, and what a client trusts."""
    file = tmp_path / "good.pem"
    file.write_text(PEM)
    offered = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    offered.load_cert_chain(file)
    return offered, ssl.create_default_context(cadata=PEM[PEM.index("-----BEGIN CERT") :])


async def test_it_goes_encrypted_to_whom_it_is_for(ways: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    offered, trusted = ways
    async with receiving(tls=offered, require_starttls=True) as box:
        assert (await sent(Post(Nearby(), server(box.port, "starttls"), tls=trusted))).state == "taken"
        with pytest.raises(CallFailed, match="certificate"):
            await sent(Post(Nearby(), server(box.port, "starttls")))
    async with receiving() as box:
        with pytest.raises(CallFailed, match=r"(?i)starttls"):
            await sent(Post(Nearby(), server(box.port, "starttls"), tls=trusted))
        assert box.mails == []


async def test_name_and_password(ways: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    offered, trusted = ways
    async with receiving(tls=offered, authenticator=knows, auth_required=True) as box:
        known = Post(Nearby(), server(box.port, "starttls", "city", "open sesame"), tls=trusted)
        assert (await sent(known)).state == "taken"
        with pytest.raises(CallFailed, match="does not take our mail") as wrong:
            await sent(Post(Nearby(), server(box.port, "starttls", "city", "guess"), tls=trusted))
        assert "535" in str(wrong.value) and "guess" not in str(wrong.value)
