# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages of an MQTT broker, by the mapping in the source's file.

The mapping is of one message: `topic` is the text of its topic, `part[0]` the first part of it, `payload` what it says: JSON, else
a text. A message that the broker promises to bring (QoS 1 and 2) is acknowledged when it is on the disk, not before.
"""

import asyncio
import contextlib
import socket
import ssl
import struct
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, ClassVar

import aiomqtt
import msgspec
from aiomqtt import Message

from hanze.errors import CallFailed, SourceFailed
from hanze.errors import mark as _
from hanze.feeds.kinds import answers
from hanze.feeds.shapes.reading import one
from hanze.feeds.shapes.shape import Shape
from hanze.feeds.source import Feed, Found, Put, Refused, State
from hanze.outgoing import Guard
from hanze.outgoing import url as urls

MOST_AT_ONCE = 500
"""Messages of one transaction."""

MOST_WAITING = 10_000
"""Messages that wait to be written; beyond it those without a promise (QoS 0) are lost, and told as lost. Of the others no more are
taken from the line until there is room: some brokers send as many as there are."""

IN_FLIGHT = 1_000
"""Messages that the broker may send before one is acknowledged."""

AT_ONCE = 16_384
"""Bytes that are taken from the line at once: some hundred messages, which others wait for no longer than some milliseconds."""

PUBACK, PUBCOMP = 0x40, 0x70
"""What ends a message of QoS 1, and one of QoS 2. Source: MQTT 3.1.1, sections 3.4 and 3.7."""

NO_DELAY = (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
"""Else acknowledgements wait for those before them to have come."""

ADVICE = _("See whether the broker runs, and whether address, user and password are right.")

SCHEMES = ("mqtt", "mqtts")


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`client`: the name under which the broker keeps what was missed; one of its own for each source."""

    topics: Annotated[list[str], msgspec.Meta(min_length=1)]
    qos: Annotated[int, msgspec.Meta(ge=0, le=2)] = 1
    user: str | None = None
    password: str | None = None
    client: str = ""


class Mqtt:
    """Listens until the line breaks."""

    kind: ClassVar[str] = "mqtt"
    every: ClassVar[float] = 60.0

    async def listen(self, feed: Feed, state: State, put: Put, guard: Guard) -> None:
        if feed.mapping is None:
            raise SourceFailed("The source has no mapping.", "Write [mapping] into its file: type, id and attributes.")
        options = answers.options(feed, Options)
        try:
            async with await connected(feed, options, guard) as client:
                await client.subscribe([(topic, options.qos) for topic in options.topics])
                while True:
                    messages = await client.some()
                    await put(_read(messages, feed.mapping, client.lost()), {})
                    client.acknowledge(messages)
        except aiomqtt.MqttError as error:
            raise SourceFailed(f"The broker ended the line, or there is none: {error}.", ADVICE) from None


async def connected(feed: Feed, options: Options, guard: Guard, *, lasting: bool = True) -> "Client":
    """A client that is about to connect. `lasting`: the broker keeps what comes while it is away. Errors: SourceFailed."""
    try:
        target = urls.parse(feed.url, SCHEMES)
        addresses = await guard.addresses(target.host, target.port)
    except CallFailed as error:
        raise SourceFailed(error.detail, ADVICE) from None
    # By its name only where a certificate proves that it is the one of this name.
    host = target.host if target.scheme == "mqtts" else addresses[0]
    return Client(
        host, target.port, username=options.user, password=options.password, clean_session=not lasting,
        identifier=options.client or f"hanze-{feed.name}",
        max_inflight_messages=IN_FLIGHT, queue_type=_Waiting, socket_options=[NO_DELAY],
        tls_context=ssl.create_default_context() if target.scheme == "mqtts" else None,
    )  # fmt: skip


class _Waiting(asyncio.Queue[Message]):
    """Counts what had no place."""

    lost = 0

    def put_nowait(self, item: Message) -> None:
        if not item.qos and self.qsize() >= MOST_WAITING:
            self.lost += 1
        else:
            super().put_nowait(item)


class Client(aiomqtt.Client):
    """Gives messages many at once, and acknowledges them when it is told to.

    The library below asks the system twice for the head of each message and once for the rest, and sends each acknowledgement by
    itself; here both are done for many at once, which takes half the time.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._client.manual_ack_set(True)
        self._client.disable_logger()
        self._take = self._client._sock_recv
        self._client._sock_recv = self._received  # type: ignore[assignment]
        self._came, self._at = b"", 0
        self._resting = False

    async def some(self) -> list[Message]:
        """At least one message. Errors: MqttError where the line breaks."""
        found = [await anext(aiter(self.messages))]
        while len(found) < MOST_AT_ONCE and not self._queue.empty():
            found.append(self._queue.get_nowait())
        if self._resting and self._queue.qsize() < MOST_WAITING // 2:
            self._go_on()
        return found

    def acknowledge(self, messages: Iterable[Message]) -> None:
        kinds = {1: PUBACK, 2: PUBCOMP}
        packets = [struct.pack("!BBH", kinds[one.qos], 2, one.mid) for one in messages if one.qos]
        if packets:
            self._client._packet_queue(PUBACK, b"".join(packets), 0, 1)

    def _received(self, size: int) -> bytes:
        """So many bytes of what came, or fewer."""
        if self._at == len(self._came):
            self._came, self._at = self._take(AT_ONCE), 0
        part = self._came[self._at : self._at + size]
        self._at += len(part)
        return part

    def _on_socket_open(self, client: Any, userdata: Any, sock: Any) -> None:
        self._loop.call_soon_threadsafe(self._begin)

    def _begin(self) -> None:
        self._misc_task = self._loop.create_task(self._misc_loop())
        self._go_on()

    def _go_on(self) -> None:
        self._resting = False
        sock = self._client._sock
        if sock is not None:
            with self._ending(OSError, RuntimeError):
                self._loop.add_reader(sock.fileno(), self._read)
            self._loop.call_soon(self._read)

    def _read(self) -> None:
        """Takes what came. Errors of any kind end the line, as rubbish from the broker does."""
        client, waiting = self._client, self._queue
        with self._ending(Exception):
            while client._sock is not None and not self._resting:
                client.loop_read()
                if waiting.qsize() > MOST_WAITING and client._sock is not None:
                    self._loop.remove_reader(client._sock.fileno())
                    self._resting = True
                if self._at == len(self._came) and not self._held():
                    return

    def _held(self) -> bool:
        """An encrypted line has something that the system does not know of."""
        return isinstance(self._client._sock, ssl.SSLSocket) and self._client._sock.pending() > 0

    def _on_socket_register_write(self, client: Any, userdata: Any, sock: Any) -> None:
        # aiomqtt asks the loop to wait for a number, which is nobody's or another's where the line ends before.
        self._loop.call_soon_threadsafe(self._wait_to_write, sock)

    def _wait_to_write(self, sock: Any) -> None:
        if sock.fileno() >= 0:
            # Where a line was reset, uvloop no longer waits for it, though something may have been left to read.
            with self._ending(OSError, RuntimeError):
                self._loop.add_writer(sock.fileno(), self._write)

    def _write(self) -> None:
        with self._ending(OSError):
            self._client.loop_write()

    @contextlib.contextmanager
    def _ending(self, *errors: type[Exception]) -> Iterator[None]:
        """These errors are the end of the line."""
        try:
            yield
        except errors as error:
            if not self._disconnected.done():
                self._disconnected.set_exception(aiomqtt.MqttError(str(error)))

    def lost(self) -> int:
        """How many messages had no place since the last time."""
        queue = self._queue
        assert isinstance(queue, _Waiting)
        lost, queue.lost = queue.lost, 0
        return lost


def _read(messages: list[Message], shape: Shape, lost: int) -> Found:
    found = Found()
    if lost:
        found.refused.append(Refused("the line", f"{lost} messages came faster than they could be written"))
    for message in messages:
        one(found, document(message), shape, str(message.topic))
    return found


def document(message: Message) -> dict[str, Any]:
    """A message as a mapping sees it."""
    topic = str(message.topic)
    return {"topic": topic, "part": topic.split("/"), "payload": payload(message.payload)}


def payload(data: Any) -> Any:
    """What a message says: JSON, else a text; None where it is neither."""
    if not isinstance(data, bytes | bytearray):
        return data
    with contextlib.suppress(msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return msgspec.json.decode(data)
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode()
    return None
