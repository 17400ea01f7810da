# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One scheme, host and port: its open connections, how many may be open at once, and its circuit."""

import asyncio
import ssl
from collections import deque

from hanze.errors import AddressRefused, CallFailed
from hanze.errors import mark as _
from hanze.outgoing.circuit import Circuit
from hanze.outgoing.connection import Connection, Stale
from hanze.outgoing.guard import Guard
from hanze.outgoing.message import Response

MOST_CONNECTIONS = 32
IDLE_SECONDS = 30.0
"""A connection that was quiet for longer is not used again: many servers close theirs after a minute or less."""

CONNECT_SECONDS = 5.0
PATIENT_SECONDS = 5.0
"""A server that does not answer within less is not held to be dead."""


SILENT = _("%(place)s did not answer within %(seconds)s s.")
LEFT_ALONE = _("%(place)s did not answer several times; it is left alone for %(seconds)s s.")
CLOSED = _("%(place)s closed the connection without an answer.")
AWAY = _("%(place)s cannot be reached (%(reason)s).")
GAPPED = (SILENT, LEFT_ALONE, CLOSED, AWAY)
"""What is told where there is no answer, with gaps; pages say it in other languages."""


class Destination:
    """Lends connections, at most MOST_CONNECTIONS at once; who comes later waits in line."""

    def __init__(self, guard: Guard, scheme: str, host: str, port: int, tls: ssl.SSLContext | None) -> None:
        self._guard = guard
        self._host = host
        self._port = port
        self._place = f"{host}:{port}"
        self._tls = tls if scheme == "https" else None
        self._idle: list[Connection] = []
        self._lent = 0
        self._line: deque[asyncio.Future[None]] = deque()
        self._circuit = Circuit()

    async def call(self, request: bytes, most_bytes: int, seconds: float) -> Response:
        """The response; the time in line does not count. Errors: CallFailed, AddressRefused."""
        loop = asyncio.get_running_loop()
        self._check(loop.time())
        await self._turn()
        try:
            async with asyncio.timeout(seconds):
                response = await self._exchange(request, most_bytes)
        except AddressRefused:
            raise
        except TimeoutError:
            # Who gave little time learned nothing of the server: others must not be kept from it.
            if seconds >= PATIENT_SECONDS:
                self._circuit.failed(loop.time())
            raise CallFailed(SILENT % {"place": self._place, "seconds": f"{seconds:g}"}) from None
        except CallFailed:
            self._circuit.failed(loop.time())
            raise
        finally:
            self._lent -= 1
            self._next()
        self._circuit.succeeded()
        return response

    def _check(self, now: float) -> None:
        wait = self._circuit.wait(now)
        if wait:
            raise CallFailed(LEFT_ALONE % {"place": self._place, "seconds": f"{wait:.1f}"}, wait=wait)

    async def _turn(self) -> None:
        if self._lent < MOST_CONNECTIONS:
            self._lent += 1
            return
        ticket: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._line.append(ticket)
        try:
            await ticket
        except asyncio.CancelledError:
            if ticket.done() and not ticket.cancelled():
                self._lent -= 1
                self._next()
            raise

    def _next(self) -> None:
        """The place that was given back goes to the first in line."""
        while self._line:
            ticket = self._line.popleft()
            if not ticket.done():
                self._lent += 1
                ticket.set_result(None)
                return

    async def _exchange(self, request: bytes, most_bytes: int) -> Response:
        while True:
            kept = self._kept()
            connection = kept or await self._connect()
            try:
                response = await connection.exchange(request, most_bytes)
            except Stale:
                if kept is None:
                    raise CallFailed(CLOSED % {"place": self._place}) from None
                continue
            if connection.usable:
                self._idle.append(connection)
            else:
                connection.close()
            return response

    def _kept(self) -> Connection | None:
        while self._idle:
            connection = self._idle.pop()
            if connection.usable and connection.idle() < IDLE_SECONDS:
                return connection
            connection.close()
        return None

    async def _connect(self) -> Connection:
        loop = asyncio.get_running_loop()
        reason = ""
        for address in await self._guard.addresses(self._host, self._port):
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    _, connection = await loop.create_connection(
                        Connection, address, self._port, ssl=self._tls,
                        server_hostname=self._host if self._tls else None,
                    )  # fmt: skip
                return connection
            except TimeoutError:
                reason = _("it does not answer")
            except ssl.SSLCertVerificationError as error:
                reason = f"its certificate is not good: {error.verify_message}"
            except OSError as error:
                reason = error.strerror or str(error)
        raise CallFailed(AWAY % {"place": self._place, "reason": reason})

    def quiet(self) -> bool:
        """Nothing is lent and nobody waits; closes what has been idle for too long."""
        for connection in [one for one in self._idle if not one.usable or one.idle() >= IDLE_SECONDS]:
            self._idle.remove(connection)
            connection.close()
        return not self._lent and not self._idle and not self._line

    def close(self) -> None:
        for connection in self._idle:
            connection.close()
        self._idle.clear()
