# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asks a source over HTTP: what is wrong with an answer is told in one sentence with advice."""

import email.utils
from collections.abc import Mapping

from hanze.errors import AddressRefused, CallFailed, SourceFailed
from hanze.errors import mark as _
from hanze.feeds import sentences
from hanze.ngsild.times import Clock
from hanze.outgoing import Client, Response
from hanze.outgoing import url as urls

SECONDS = 60.0
MOST_BYTES = 64 << 20
MOST_REDIRECTS = 5
LONGEST_WAIT = 86_400.0

REDIRECTS = frozenset({301, 302, 303, 307, 308})

ADVICE = {
    401: _("The source wants a key or another one; look at the options of the source."),
    403: _("The source does not let this node in; look at the key, or ask who keeps the source."),
    404: _("Look at the address of the source; what stood there is gone."),
    410: _("Look at the address of the source; what stood there is gone."),
    429: _("Look less often: make the number of `every` larger."),
}
REFUSED = _("Where the source is in your own network, name its address under [outgoing] allow in hanze.toml.")
SILENT = _("See whether the address is right and the other server runs.")
BROKEN = _("The other server has a fault; it is tried again by itself.")


class Asking:
    """Asks for one source, through the guarded client."""

    def __init__(self, client: Client, clock: Clock, *, seconds: float = SECONDS) -> None:
        self._client = client
        self.guard = client.guard
        self._clock = clock
        self._seconds = seconds

    async def get(
        self, url: str, headers: Mapping[str, str] | None = None, *, most_bytes: int = MOST_BYTES
    ) -> Response:
        """An answer with status 200 or 304. Errors: SourceFailed."""
        wanted = {"Accept": "*/*", "Accept-Encoding": "identity", **(headers or {})}
        place = url
        for _hop in range(MOST_REDIRECTS + 1):
            response = await self._request(place, wanted, most_bytes)
            if response.status in REDIRECTS and "location" in response.headers:
                place = urls.join(urls.parse(place), response.headers["location"])
                continue
            return _good(place, response, most_bytes, _sent(response, self._clock()))
        raise SourceFailed(sentences.REDIRECTS % {"count": MOST_REDIRECTS}, ADVICE[404])

    async def call(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b"", *, most_bytes: int = MOST_BYTES
    ) -> Response:
        """An answer of whatever status; redirects are not followed. Errors: SourceFailed where there is none."""
        return await self._request(url, headers, most_bytes, method, body)

    def failed(self, url: str, response: Response) -> SourceFailed:
        """What an answer that is of no use says, with advice."""
        return _failed(urls.parse(url).authority, response, _sent(response, self._clock()))

    async def _request(
        self, url: str, headers: Mapping[str, str], most_bytes: int, method: str = "GET", body: bytes = b""
    ) -> Response:
        try:
            return await self._client.request(
                method, url, headers=headers.items(), body=body, seconds=self._seconds, most_bytes=most_bytes
            )
        except AddressRefused as error:
            raise SourceFailed(error.detail, REFUSED) from None
        except CallFailed as error:
            raise SourceFailed(error.detail, SILENT, wait=error.wait) from None


def _good(url: str, response: Response, most_bytes: int, now: float) -> Response:
    host = urls.parse(url).authority
    if response.cut:
        raise SourceFailed(sentences.MORE % {"place": host, "megabytes": most_bytes >> 20}, sentences.LESS)
    if response.status in (200, 304):
        return response
    raise _failed(host, response, now)


def _failed(host: str, response: Response, now: float) -> SourceFailed:
    return SourceFailed(
        sentences.STATUS % {"place": host, "status": response.status}, ADVICE.get(response.status, BROKEN),
        wait=_wait(response.headers.get("retry-after", ""), now),
    )  # fmt: skip


def _sent(response: Response, now: int) -> float:
    """POSIX time of the answer by the clock of its server, which its other dates are of too; else by our own."""
    try:
        return email.utils.parsedate_to_datetime(response.headers.get("date", "")).timestamp()
    except (ValueError, TypeError):
        return now / 1e6


def _wait(told: str, now: float) -> float:
    """Seconds of a Retry-After header, which is a number or a date; 0 where there is none."""
    if told.isascii() and told.isdigit():
        return min(float(told), LONGEST_WAIT)
    try:
        moment = email.utils.parsedate_to_datetime(told).timestamp()
    except (ValueError, TypeError):
        return 0.0
    return min(max(0.0, moment - now), LONGEST_WAIT)
