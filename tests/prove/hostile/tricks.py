# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tricks with the protocol itself: bytes on a new connection, and whatever well-formed answers come back."""

import contextlib
import random
import socket
import ssl
from collections.abc import Callable, Iterator
from io import BufferedReader
from typing import NamedTuple

from tests.prove.hostile.asked import ROOT
from tests.prove.wire import Answer, read

SECONDS = 10.0
GET = f"GET {ROOT}/types HTTP/1.1\r\nHost: node\r\n".encode()
POST = f"POST {ROOT}/entities HTTP/1.1\r\nHost: node\r\nContent-Type: application/json\r\n".encode()
BODY = b'{"id":"urn:ngsi-ld:Trick:1","type":"Trick"}'
END = b"\r\n"


class Trick(NamedTuple):
    """`answers`: how many must come at least; None: any number, the bytes are no request."""

    name: str
    make: Callable[[random.Random], bytes]
    answers: int | None = 1


def _just(name: str, data: bytes, answers: int | None = 1) -> Trick:
    return Trick(name, lambda chance: data, answers)


def _header(line: bytes) -> bytes:
    return GET + line + END + END


def _hello(chance: random.Random) -> bytes:
    """The beginning of TLS."""
    outgoing = ssl.MemoryBIO()
    context = ssl.create_default_context()
    talk = context.wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname="node")
    with contextlib.suppress(ssl.SSLWantReadError):
        talk.do_handshake()
    return outgoing.read()


def _chunked(chunks: bytes) -> bytes:
    return POST + b"Transfer-Encoding: chunked\r\n\r\n" + chunks


def _long(length: bytes, body: bytes = BODY) -> bytes:
    return POST + b"Content-Length: " + length + END + END + body


TRICKS = (
    Trick("rubbish", lambda chance: chance.randbytes(chance.randrange(1, 3000)), None),
    Trick("tls", _hello, None),
    _just("http/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", None),
    _just("http/0.9", b"GET /\r\n", None),
    _just("http/1.0", f"GET {ROOT}/types HTTP/1.0\r\n\r\n".encode()),
    _just("http/3.7", b"GET / HTTP/3.7\r\nHost: x\r\n\r\n"),
    _just("no version", b"GET / \r\n\r\n", None),
    _just("no host", f"GET {ROOT}/types HTTP/1.1\r\n\r\n".encode()),
    _just("two hosts", _header(b"Host: other")),
    _just("nul in path", b"GET /ngsi-ld/v1/\0types HTTP/1.1\r\nHost: x\r\n\r\n"),
    _just("nul in header", _header(b"X: a\0b")),
    _just("crlf in path", b"GET /ngsi-ld/v1/types%0d%0aX:%20y HTTP/1.1\r\nHost: x\r\n\r\n"),
    _just("bare lf", GET.replace(b"\r\n", b"\n") + b"\n", None),
    _just("bare cr", _header(b"X: a\rY: b")),
    _just("folded header", _header(b"X: a\r\n  b")),
    _just("header without colon", _header(b"nothing")),
    _just("blank before colon", _header(b"Content-Length : 3")),
    _just("empty header name", _header(b": x")),
    _just("high bytes in path", b"GET /ngsi-ld/v1/\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n"),
    _just("high bytes in header", _header(b"X: \xff\xfe")),
    _just("absolute path", b"GET http://evil.example/ngsi-ld/v1/types HTTP/1.1\r\nHost: node\r\n\r\n"),
    _just("authority", b"GET evil.example:80 HTTP/1.1\r\nHost: node\r\n\r\n"),
    _just("star", b"OPTIONS * HTTP/1.1\r\nHost: node\r\n\r\n"),
    _just("star for get", b"GET * HTTP/1.1\r\nHost: node\r\n\r\n"),
    _just("connect", b"CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: x\r\n\r\n"),
    _just("connect with more", b"CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\nSSH-2.0-x\r\n"),
    _just("trace", b"TRACE / HTTP/1.1\r\nHost: x\r\nCookie: a\r\n\r\n"),
    _just("unknown method", b"FROB / HTTP/1.1\r\nHost: x\r\n\r\n"),
    _just("small letters", b"get / HTTP/1.1\r\nHost: x\r\n\r\n"),
    _just(
        "websocket",
        _header(b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA=="),
    ),
    _just(
        "h2c",
        _header(b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA"),
    ),
    _just("h2c with body", _long(b"%d\r\nConnection: Upgrade\r\nUpgrade: h2c" % len(BODY))),
    _just("path above", b"GET /ngsi-ld/v1/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n"),
    _just("double slashes", b"GET //ngsi-ld//v1//entities HTTP/1.1\r\nHost: x\r\n\r\n"),
    _just("fragment", b"GET /ngsi-ld/v1/types#x HTTP/1.1\r\nHost: x\r\n\r\n"),
    _just("question marks", b"GET /ngsi-ld/v1/types??a=b?c HTTP/1.1\r\nHost: x\r\n\r\n"),
    _just("long path", b"GET /" + b"a" * 30_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"),
    _just("huge path", b"GET /" + b"a" * 600_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"),
    _just("long query", b"GET /ngsi-ld/v1/types?" + b"a=b&" * 10_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"),
    _just("huge header", _header(b"X: " + b"a" * 2_000_000)),
    _just("many headers", _header(END.join(b"X-%d: y" % n for n in range(3_000)))),
    _just("countless headers", _header(END.join(b"X-%d: y" % n for n in range(100_000)))),
    _just("chunked", _chunked(b"%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY))),
    _just("chunked, then another", _chunked(b"0\r\n\r\n") + GET + END, 2),
    _just("chunk of a wrong size", _chunked(b"zz\r\nabc\r\n0\r\n\r\n")),
    _just("chunk without end", _chunked(b"ffffffffffffffff\r\nabc")),
    _just("chunk extensions", _chunked(b"1;" + b"a=b;" * 20_000 + b"\r\nx\r\n0\r\n\r\n")),
    _just("trailers", _chunked(b"0\r\nContent-Length: 5\r\n\r\n")),
    _just("chunked and length", POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    _just("chunked twice", POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
    _just("unknown encoding", POST + b"Transfer-Encoding: frobbed\r\n\r\nabc"),
    _just("two lengths", _long(b"%d\r\nContent-Length: 5" % len(BODY))),
    _just("negative length", _long(b"-5")),
    _just("length with a plus", _long(b"+%d" % len(BODY))),
    _just("length in hex", _long(b"0x2a")),
    _just("huge length", _long(b"9" * 30)),
    _just("large length", _long(b"999999999999")),
    _just("empty length", _long(b"")),
    _just("length too small", _long(b"5")),
    _just("length too large", _long(b"%d" % (len(BODY) + 50)), None),
    _just("expect", _long(b"%d\r\nExpect: 100-continue" % len(BODY)), 1),
    _just("pipeline", (GET + END) * 20, 20),
    _just("pipeline of writes", _long(b"%d" % len(BODY)) * 10, 10),
    _just("pipeline with a bad one", (GET + END) * 3 + b"rubbish\r\n\r\n", 3),
    _just("pipeline with a bad body", (GET + END) * 3 + _chunked(b"zz\r\n\r\n"), 3),
    _just("pipeline without end", b"GET / HTTP/1.1\r\n\r\n" * 60_000, None),
    _just("blank lines", b"\r\n" * 5_000 + GET + END, None),
    Trick("a request cut", lambda chance: _long(b"%d" % len(BODY))[: chance.randrange(1, 120)], None),
)


def play(port: int, trick: Trick, data: bytes) -> list[Answer]:
    """The answers that come, as many as must; ValueError where one is not well formed."""
    with socket.create_connection(("127.0.0.1", port), SECONDS) as connection:
        # The node may close as soon as it has seen enough, also in the middle of what we send.
        with contextlib.suppress(OSError):
            connection.sendall(data)
            if trick.answers is None:
                connection.shutdown(socket.SHUT_WR)
        with connection.makefile("rb") as file:
            return list(_answers(file, trick.answers))


def _answers(file: BufferedReader, wanted: int | None) -> Iterator[Answer]:
    count = 0
    while wanted is None or count < wanted:
        try:
            if not file.peek(1):
                return
            answer = read(file)
        except (TimeoutError, ConnectionError):
            return
        if answer.status != 100:
            count += 1
            yield answer
