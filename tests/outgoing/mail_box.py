# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real mail server on this machine, which keeps what it takes and answers as a test wishes."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from hanze.outgoing import Guard

GOOD = "250 OK"


class MailBox:
    """`rcpt` and `data`: answers to a recipient and to a whole mail; `silent`: it takes connections and says nothing."""

    def __init__(self) -> None:
        self.rcpt: Callable[[str], str] = lambda address: GOOD
        self.data: Callable[[], str] = lambda: GOOD
        self.silent = False
        self.port = 0
        self.connections = 0
        self.mails: list[EmailMessage] = []
        self.tries: list[str] = []

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        self.tries.append(address)
        answer = self.rcpt(address)
        if answer == GOOD:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.data()
        if answer == GOOD:
            assert isinstance(envelope.content, bytes)
            made = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(made, EmailMessage)
            self.mails.append(made)
        return answer


def knows(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    """Whoever has the password may send."""
    return AuthResult(success=data.password == b"open sesame", handled=False)


class _Quiet(asyncio.Protocol):
    """Says nothing."""


class Nearby(Guard):
    """Every name is on this machine."""

    async def addresses(self, host: str, port: int) -> list[str]:
        return ["127.0.0.1"]


@contextlib.asynccontextmanager
async def receiving(*, tls: ssl.SSLContext | None = None, port: int = 0, **options: Any) -> AsyncIterator[MailBox]:
    """A mail server until the block ends."""
    box = MailBox()
    loop = asyncio.get_running_loop()

    def made() -> asyncio.Protocol:
        box.connections += 1
        if box.silent:
            return _Quiet()
        make = partial(SMTP, box, hostname="mail.test", loop=loop, enable_SMTPUTF8=True, **options)
        return make(tls_context=tls) if tls is not None else make()

    server = await loop.create_server(made, "127.0.0.1", port)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()
        await server.wait_closed()
