# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Starts a node under uvicorn and stops it: one lock per folder, the next free port, a drain of less than five seconds."""

import gc
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import uvicorn

from hanze.errors import ConfigurationError
from hanze.ngsild.times import Clock
from hanze.node import logs
from hanze.node.config import Config
from hanze.node.lock import FolderLock
from hanze.node.node import Node

DRAIN_SECONDS = 4
MOST_PORTS = 20
SWITCH_SECONDS = 0.0005
"""How long a Python thread keeps the interpreter while another waits: the event loop and the writer take turns."""

COLLECT = (50_000, 20, 20)
"""Allocations between runs of the garbage collector: requests make few cycles and many short-lived objects."""


def listen(host: str, port: int, tell: Callable[[str], None]) -> socket.socket:
    """A bound socket; where the port is taken the next free one, and one sentence that says so."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, port + MOST_PORTS if port else 1):
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, candidate))
        except OSError as error:
            made.close()
            if error.errno != 98:
                raise ConfigurationError(
                    f"server.host is {host!r}, on which this machine cannot listen ({error.strerror}); give one of its addresses."
                ) from None
            continue
        if candidate != port and port:
            tell(f"Port {port} is taken; the node listens on {candidate}.")
        return made
    raise ConfigurationError(f"Ports {port} to {port + MOST_PORTS - 1} are all taken; name another with --port.")


def serve(folder: Path, config: Config, clock: Clock, *, open: bool, tell: Callable[[str], None]) -> None:
    """Runs the node of a folder until it is told to stop."""
    lock = FolderLock(folder, "a running node")
    try:
        bound = listen(config.server.host, config.server.port, tell)
        logs.set_up("WARNING")
        sys.setswitchinterval(SWITCH_SECONDS)
        gc.set_threshold(*COLLECT)
        node = Node(folder, config, clock, open=open)
        host, port = bound.getsockname()[:2]
        address = f"http://{'[' + host + ']' if ':' in host else host}:{port}{config.server.base_path}"
        tell(f"{config.city.name} runs at {address}/ngsi-ld/v1 (health: {address}/health)")
        if open:
            tell(
                "The node is open: anyone who reaches it may read and write. Use --open on a laptop and in tests only."
            )
        settings = uvicorn.Config(
            node.app, log_config=None, access_log=False, lifespan="on", server_header=False,
            timeout_graceful_shutdown=DRAIN_SECONDS, forwarded_allow_ips=",".join(config.server.trusted_proxies) or "",
            proxy_headers=bool(config.server.trusted_proxies), h11_max_incomplete_event_size=64 << 10,
        )  # fmt: skip
        uvicorn.Server(settings).run(sockets=[bound])
    finally:
        lock.release()
