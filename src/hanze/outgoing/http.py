# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one client for HTTP: guarded addresses, limits on size, time and redirects, kept connections."""

import ssl
from collections.abc import Iterable
from typing import Any

import msgspec

from hanze.errors import CallFailed
from hanze.outgoing import url as urls
from hanze.outgoing.destination import Destination
from hanze.outgoing.guard import Guard
from hanze.outgoing.message import Response, request

SECONDS = 10.0
MOST_BYTES = 1 << 20
MOST_REDIRECTS = 5
MOST_DESTINATIONS = 512
"""Beyond so many, those that are quiet are forgotten."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Client:
    """The client of one node, for its event loop. `tls`: how certificates are checked, else by the system's roots."""

    def __init__(self, guard: Guard, *, tls: ssl.SSLContext | None = None) -> None:
        self.guard = guard
        self._tls = tls
        self._destinations: dict[tuple[str, str, int], Destination] = {}

    async def request(
        self, method: str, url: str, *, headers: Iterable[tuple[str, str]] = (), body: bytes = b"",
        seconds: float = SECONDS, most_bytes: int = MOST_BYTES,
    ) -> Response:  # fmt: skip
        """The response, whatever its status; redirects are not followed.

        `seconds` counts from the moment a connection is free. `most_bytes` of the body are kept, then `cut` is set.
        Errors: CallFailed, AddressRefused.
        """
        target = urls.parse(url)
        return await self._destination(target).call(request(method, target, headers, body), most_bytes, seconds)

    async def get(
        self, url: str, *, accept: str = "*/*", headers: Iterable[tuple[str, str]] = (), seconds: float = SECONDS,
        most_bytes: int = MOST_BYTES, redirects: int = MOST_REDIRECTS,
    ) -> bytes:  # fmt: skip
        """The body of a URL, at most `redirects` guarded hops away; CallFailed where it has no status 200."""
        wanted = [("Accept", accept), ("Accept-Encoding", "identity"), *headers]
        place = url
        for _ in range(redirects + 1):
            response = await self.request("GET", place, headers=wanted, seconds=seconds, most_bytes=most_bytes)
            if response.status in _REDIRECTS and "location" in response.headers:
                place = urls.join(urls.parse(place), response.headers["location"])
                continue
            return _whole(place, response, most_bytes)
        raise CallFailed(f"{url} redirects more than {redirects} times.")

    async def get_json(self, url: str, *, seconds: float = SECONDS, most_bytes: int = MOST_BYTES) -> Any:
        """The JSON at a URL; CallFailed where it is none."""
        body = await self.get(url, accept="application/json, */*;q=0.5", seconds=seconds, most_bytes=most_bytes)
        try:
            return msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise CallFailed(f"What stands at {url} is not JSON.") from None

    def close(self) -> None:
        """Closes the connections that nobody uses."""
        for destination in self._destinations.values():
            destination.close()
        self._destinations.clear()

    def _destination(self, target: urls.Target) -> Destination:
        key = target[:3]
        found = self._destinations.get(key)
        if found is None:
            if len(self._destinations) >= MOST_DESTINATIONS:
                self._destinations = {name: one for name, one in self._destinations.items() if not one.quiet()}
            if target.scheme == "https" and self._tls is None:
                self._tls = ssl.create_default_context()
            found = self._destinations[key] = Destination(self.guard, *key, self._tls)
        return found


def _whole(url: str, response: Response, most_bytes: int) -> bytes:
    if response.status != 200:
        raise CallFailed(f"{url} answers with status {response.status}.")
    if response.cut:
        raise CallFailed(f"{url} has more than {most_bytes} bytes.")
    encoding = response.headers.get("content-encoding", "identity")
    if encoding != "identity":
        raise CallFailed(f"{url} answers in the encoding {encoding}, which was not asked for.")
    return response.body
