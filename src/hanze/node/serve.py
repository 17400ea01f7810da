# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Starts a node under uvicorn and stops it: one lock per folder, the next free port, a drain of less than five seconds."""

import asyncio
import contextlib
import errno
import gc
import resource
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import uvicorn

from hanze.errors import ConfigurationError
from hanze.ngsild.times import Clock
from hanze.node import logs
from hanze.node.clock import clock_of
from hanze.node.config import Config, Server
from hanze.node.lock import FolderLock
from hanze.node.node import Node
from hanze.node.protocol import MOST_CONNECTIONS, Protocol
from hanze.node.socket import check_place

DRAIN_SECONDS = 2
"""What requests under way get at the end; notifications and the store come after them."""

MOST_PORTS = 20
BACKLOG = 2048
SWITCH_SECONDS = 0.0005
"""How long a Python thread keeps the interpreter while another waits: the event loop and the writer take turns."""

COLLECT = (200_000, 20, 20)
"""More allocations than releases before the garbage collector runs: beyond what a batch of 1 000 entities holds at once,
for requests make few cycles."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; where the port is taken the next free one, and one sentence that says so."""
    last = min(port + MOST_PORTS - 1, 65535) if port else 0
    for candidate in range(port, last + 1):
        made = _listening(host, candidate)
        if made is None:
            continue
        if candidate != port:
            logs.say(f"Port {port} is taken; the node listens on {candidate}.")
        return made
    raise ConfigurationError(f"Ports {port} to {last} are all taken; name another with --port.")


def _listening(host: str, port: int) -> socket.socket | None:
    """None where the port is taken."""
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        # Until a socket listens, another process can still bind the same port.
        made.listen(BACKLOG)
        return made
    except OSError as error:
        made.close()
        if error.errno == errno.EADDRINUSE:
            return None
        if error.errno == errno.EACCES:
            raise ConfigurationError(
                f"server.port is {port}, which this user may not listen on; give one of 1024 or above."
            ) from None
        raise ConfigurationError(
            f"server.host is {host!r}, on which this machine cannot listen ({error.strerror}); give one of its addresses."
        ) from None


class _Server(uvicorn.Server):
    """Says where the node runs when it does, and looks after its connections."""

    def __init__(self, settings: uvicorn.Config, told: Sequence[str], ending: Callable[[], None]) -> None:
        super().__init__(settings)
        self._told = told
        self._ending = ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            for text in self._told:
                logs.say(text)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answers without an end are ended first, since all others are waited for."""
        self._ending()
        await super().shutdown(sockets)

    async def on_tick(self, counter: int) -> bool:
        """Called ten times a second."""
        if counter % 10 == 0:
            now = asyncio.get_running_loop().time()
            for one in [one for one in self.server_state.connections if isinstance(one, Protocol)]:
                one.look(now)
        return await super().on_tick(counter)


def settings(app: Any, server: Server) -> uvicorn.Config:
    """How uvicorn serves an application."""
    return uvicorn.Config(
        app, http=Protocol, ws="none", log_config=None, access_log=False, lifespan="on", server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS, forwarded_allow_ips=list(server.trusted_proxies),
        proxy_headers=bool(server.trusted_proxies),
    )  # fmt: skip


def _open_files() -> None:
    """As many as the most connections take, where the system lets the process have them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * MOST_CONNECTIONS if hard == resource.RLIM_INFINITY else min(hard, 4 * MOST_CONNECTIONS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def serve(folder: Path, config: Config, clock: Clock, *, open: bool) -> None:
    """Runs the node of a folder until it is told to stop. `clock`: of the machine."""
    lock = FolderLock(folder, "a running node")
    try:
        logs.set_up()
        check_place(folder)
        bound = listen(config.server.host, config.server.port)
        _open_files()
        sys.setswitchinterval(SWITCH_SECONDS)
        gc.set_threshold(*COLLECT)
        host, port = bound.getsockname()[:2]
        address = f"http://{'[' + host + ']' if ':' in host else host}:{port}{config.server.base_path}"
        node = Node(folder, config, clock_of(folder, config, clock), open=open, address=address)
        told = []
        if open:
            told.append(
                "The node is open: anyone who reaches it may read and write. Use --open on a laptop and in tests only."
            )
        # The last line: who waits for it has read all.
        told.append(f"{config.city.name} runs at {address}/ngsi-ld/v1 (health: {address}/health)")
        server = _Server(settings(node.app, config.server), told, node.live.hub.end)
        with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is one of the ways to stop a node
            server.run(sockets=[bound])
        if not server.started:
            raise node.failure or ConfigurationError("The node could not start; why stands in the lines above.")
    finally:
        lock.release()
