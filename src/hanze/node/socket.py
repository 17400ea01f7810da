# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The socket in the node's folder: commands hand their work to the running node over it; only the folder's owner can.

The system allows about 100 bytes for a socket's path, so both sides go by the folder's own file descriptor.
"""

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from hanze.access.principal import OPERATOR
from hanze.errors import ConfigurationError, HanzeError, Unavailable
from hanze.node import frames
from hanze.node.verb import Desk, perform

FILE = "hanze.sock"
THREADS = 4

STOPPED = "The node stopped before it had answered; give the same command again."

log = logging.getLogger("hanze.socket")


def check_place(folder: Path) -> None:
    """ConfigurationError where something stands in the socket's place that cannot be replaced."""
    path = folder / FILE
    if path.is_dir():
        raise ConfigurationError(f"{path} is a folder; move it away, since the node makes its socket there.")


class NotListening(Exception):
    """No node runs in the folder."""


class Listener:
    """Serves verbs on the socket of a folder until it is closed."""

    def __init__(self, desk: Desk, after: Callable[[], None]) -> None:
        """`after` is called on the event loop when a verb has run, for what is remembered of keys."""
        self.desk = desk
        self._after = after
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="verb")
        self._server: asyncio.AbstractServer | None = None
        self._closed = False

    async def open(self) -> None:
        path = self.desk.folder / FILE
        path.unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            self._server = await asyncio.start_unix_server(self._talk, sock=_bound(path))
        finally:
            os.umask(before)

    async def close(self) -> None:
        self._closed = True
        if self._server is not None:
            self._server.close()
        (self.desk.folder / FILE).unlink(missing_ok=True)
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                size = frames.length(await reader.readexactly(4))
                asked = frames.asked(await reader.readexactly(size))
                writer.write(_packed(await self._run(asked, writer)))
                await writer.drain()
        except HanzeError as error:
            # Where one frame ends and the next begins is not known any more: this is the last answer.
            writer.write(frames.pack(frames.error(error)))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _run(self, asked: frames.Asked, writer: asyncio.StreamWriter) -> dict[str, Any]:
        if self._closed:
            return frames.error(Unavailable(STOPPED))
        loop = asyncio.get_running_loop()

        def progress(value: Any) -> None:
            loop.call_soon_threadsafe(writer.write, frames.pack({"progress": value}))

        try:
            result = await loop.run_in_executor(
                self._pool, perform, self.desk, OPERATOR, asked.verb, asked.arguments, progress
            )
            return {"result": result}
        except HanzeError as error:
            return frames.error(error)
        except Exception:
            log.exception("an error of ours")
            return frames.error(HanzeError("Something went wrong in the node; it is in the node's log."))
        finally:
            self._after()


def _packed(answer: dict[str, Any]) -> bytes:
    """The answer as a frame, or what is wrong with it."""
    try:
        return frames.pack(answer)
    except HanzeError as error:
        return frames.pack(frames.error(error))


def _bound(path: Path) -> socket.socket:
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with _short(path) as short:
        made.bind(short)
    return made


@contextlib.contextmanager
def _short(path: Path) -> Any:
    """A name of the socket that is short enough, however deep its folder lies."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}" if os.path.isdir("/proc/self/fd") else str(path)
    finally:
        os.close(folder)


class Line:
    """A command's line to the running node."""

    def __init__(self, folder: Path) -> None:
        """NotListening where no node listens; ConfigurationError where it listens to somebody else."""
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with _short(folder / FILE) as short:
                self._socket.connect(short)
        except (FileNotFoundError, ConnectionRefusedError):
            self._socket.close()
            raise NotListening from None
        except PermissionError:
            self._socket.close()
            raise ConfigurationError(
                f"{folder} belongs to somebody else; give the command as the user who runs the node."
            ) from None
        except BaseException:
            self._socket.close()
            raise
        self._file = self._socket.makefile("rb")

    def send(self, verb: str, arguments: dict[str, Any]) -> None:
        """Asks; the answer is read by `receive`, in the order of the questions."""
        try:
            self._socket.sendall(frames.pack({"verb": verb, "arguments": arguments}))
        except ConnectionError:
            raise Unavailable(STOPPED) from None

    def receive(self, progress: Callable[[Any], None] = lambda value: None) -> Any:
        """The result of the oldest question; raises the error that the node told."""
        while True:
            told = frames.unpack(self._read(frames.length(self._read(4))))
            if "progress" in told:
                progress(told["progress"])
            elif "error" in told:
                raise frames.raised(told["error"])
            else:
                return told["result"]

    def _read(self, size: int) -> bytes:
        try:
            found = self._file.read(size)
        except ConnectionError:
            found = b""
        if len(found) < size:
            raise Unavailable(STOPPED)
        return found

    def close(self) -> None:
        self._file.close()
        self._socket.close()
