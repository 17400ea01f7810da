# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the inside, in all the forms in which they are written to be taken for something else."""

import random
import socket
from urllib.parse import quote

LOOPBACK = (
    "127.0.0.1", "127.1", "127.0.1", "127.000.000.001", "0127.0.0.1", "0177.0.0.1", "0177.0000.00.01", "017700000001",
    "2130706433",
    "0x7f000001", "0x7f.0.0.1", "0x7f.1", "127.0.0.1.", "localhost", "LOCALHOST", "localhost.", "LocalHost.LocalDomain",
    "ip6-localhost", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]", "[::1%25lo]", "[::1%lo]", "0.0.0.0", "0", "[::]", "127.255.255.254", "127.0.0.1%00.example.org",
    "①②⑦.⓪.⓪.①",
    "\uff11\uff12\uff17.\uff10.\uff10.\uff11", "127。0。0。1",
    "127.0.0.1\t", "user@127.0.0.1", "example.org@127.0.0.1", "127.0.0.1%2f",
)  # fmt: skip
OTHERS = (
    "169.254.169.254", "[fd00:ec2::254]", "[fe80::1]", "10.0.0.1", "192.168.1.1", "172.16.0.1", "100.64.0.1",
    "192.0.2.1", "224.0.0.1",
    "255.255.255.255", "2852039166", "0xa9fea9fe", "[::ffff:169.254.169.254]", "168.63.129.16",
    "metadata.google.internal",
)  # fmt: skip
SCHEMES = (
    "file:///etc/passwd", "gopher://127.0.0.1:{port}/_x", "ftp://127.0.0.1:{port}/", "http:127.0.0.1:{port}",
    "http:///127.0.0.1:{port}/",
    "//127.0.0.1:{port}/", "http://example.org:80\\@127.0.0.1:{port}/", "http://127.0.0.1:{port}#@example.org/",
    "unix:///run/x.sock",
    "http://127.0.0.1:{port}\\.example.org/", "http://[127.0.0.1]:{port}/", "http://127.0.0.1:{port}:80/",
    "HTTP://127.0.0.1:{port}/",
    "javascript:alert(1)", "data:application/json,{{}}", "http://127.0.0.1:{port}\r\nHost:%20x/",
    "dict://127.0.0.1:{port}/x",
)  # fmt: skip


def address(chance: random.Random, port: int, redirector: int) -> str:
    """A URL that leads inside, to a port where somebody listens, directly or by way of a server that may be called."""
    kind = chance.random()
    if kind < 0.15:
        return chance.choice(SCHEMES).format(port=port)
    host = chance.choice(LOOPBACK if kind < 0.85 else (*OTHERS, socket.gethostname()))
    inside = f"http://{host}:{port}/secret"
    return f"http://127.0.0.2:{redirector}/to?{quote(inside, safe='')}" if chance.random() < 0.3 else inside
