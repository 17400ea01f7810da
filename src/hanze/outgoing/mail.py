# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sends mail to one SMTP server, whose address passes the guard; a few mails may go over one connection.

Source: RFC 5321 (SMTP), RFC 3207 (STARTTLS), RFC 4954 (AUTH).
"""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator
from email.message import EmailMessage
from ipaddress import ip_address
from typing import Literal

import aiosmtplib
import msgspec

from hanze.errors import CallFailed
from hanze.outgoing.guard import Guard
from hanze.outgoing.mail_server import Server

SECONDS = 30.0
"""The longest wait for any answer of the server."""


class Outcome(msgspec.Struct, frozen=True):
    """What the server did with a mail: took it, refused it for good, or asks to send it later. `told`: its words."""

    state: Literal["taken", "refused", "delayed"]
    told: str = ""


class Post:
    """The way to a mail server. `tls`: how its certificate is checked, else by the system's roots."""

    def __init__(
        self, guard: Guard, server: Server, *, tls: ssl.SSLContext | None = None, seconds: float = SECONDS
    ) -> None:
        self.server = server
        self._guard = guard
        self._tls = tls
        self._seconds = seconds

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator["Line"]:
        """A connection until the block ends. Errors: CallFailed, AddressRefused where there is none."""
        server = self.server
        line = aiosmtplib.SMTP(
            hostname=server.host, sock=await self._connected(), timeout=self._seconds,
            local_hostname=server.sender.rpartition("@")[2], use_tls=server.security == "tls",
            start_tls=server.security == "starttls", tls_context=self._tls or ssl.create_default_context(),
            username=server.user or None, password=server.password or None,
        )  # fmt: skip
        try:
            await line.connect()
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            line.close()
            raise self._failed(error) from None
        try:
            yield Line(line, server)
        finally:
            with contextlib.suppress(aiosmtplib.SMTPException, OSError):
                async with asyncio.timeout(1):
                    await line.quit()
            line.close()

    def _failed(self, error: Exception) -> CallFailed:
        return CallFailed(f"The mail server {self.server.host} does not take our mail ({told(error)}).")

    async def _connected(self) -> socket.socket:
        """To the first address that may be called and answers."""
        server, wrong = self.server, "it has no address"
        for address in await self._guard.addresses(server.host, server.port):
            family = socket.AF_INET6 if ip_address(address).version == 6 else socket.AF_INET
            made = socket.socket(family, socket.SOCK_STREAM)
            made.setblocking(False)
            try:
                async with asyncio.timeout(self._seconds):
                    await asyncio.get_running_loop().sock_connect(made, (address, server.port))
                return made
            except (OSError, TimeoutError) as error:
                made.close()
                wrong = told(error)
            except BaseException:
                made.close()
                raise
        raise CallFailed(f"The mail server {server.host} cannot be reached at port {server.port} ({wrong}).")


class Line:
    """An open connection to the mail server."""

    def __init__(self, line: aiosmtplib.SMTP, server: Server) -> None:
        self._line = line
        self._server = server

    async def send(self, message: EmailMessage, to: str) -> Outcome:
        """What became of the mail. Errors: CallFailed where the server takes none at the moment."""
        try:
            await self._line.send_message(message, sender=self._server.sender, recipients=[to])
        except aiosmtplib.SMTPRecipientsRefused as error:
            one = error.recipients[0]
            return _outcome(one.code, one.message)
        except aiosmtplib.SMTPSenderRefused as error:
            raise CallFailed(f"The mail server takes no mail from {self._server.sender} ({told(error)}).") from None
        except aiosmtplib.SMTPResponseException as error:
            return _outcome(error.code, error.message)
        except aiosmtplib.SMTPNotSupported:
            return Outcome("refused", "The mail server cannot send to an address with such letters.")
        except (aiosmtplib.SMTPException, OSError) as error:
            raise CallFailed(f"The mail server stopped answering ({told(error)}).") from None
        return Outcome("taken")


def _outcome(code: int, text: str) -> Outcome:
    """421 ends the whole connection (RFC 5321, 3.8). Errors: CallFailed."""
    said = f"{code} {text}"[:300]
    if code == 421 or code < 400:
        raise CallFailed(f"The mail server takes no mail now ({said}).")
    return Outcome("refused" if code >= 500 else "delayed", said)


def told(error: Exception) -> str:
    """What went wrong, in few words."""
    return (str(error) or type(error).__name__)[:300]
