# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One attempt to deliver a notification, and what it says of the subscription's receiver."""

from typing import NamedTuple

from hanze.broker.subscriptions import notification
from hanze.broker.subscriptions.keeping import State
from hanze.broker.subscriptions.model import Definition
from hanze.errors import CallFailed
from hanze.ngsild.times import Clock
from hanze.outgoing import Client, url

MOST_ANSWER = 65_536
"""Bytes of a receiver's answer that are read; nothing is done with them."""

REFUSALS = frozenset({400, 406, 413, 415, 422})
"""Statuses by which a receiver says that it will never take this notification."""

SHORTEST = 0.25
LONGEST = 30.0
"""Seconds between two attempts of one subscription."""


class Attempt(NamedTuple):
    """`wait`: seconds within which another attempt is pointless."""

    delivered: bool
    refused: bool = False
    wait: float = 0.0


def back_off(failures: int) -> float:
    """Seconds to wait after so many failures in a row."""
    return float(min(LONGEST, SHORTEST * 2 ** min(failures - 1, 20)))


class Sending:
    """Sends for all subscriptions, and counts."""

    def __init__(self, client: Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self.sent = 0
        self.failed = 0

    def check(self, uri: str) -> None:
        """CallFailed where the URI can never be called: it is no URL, or an address that is not allowed."""
        self._client.guard.check_literal(url.parse(uri).host)

    async def attempt(self, definition: Definition, state: State, number: str, data: bytes) -> Attempt:
        """Sends once. The state is that of clause 5.2.14: each attempt counts as sent, one without a 2xx as failed too.

        A destination that is left alone since it did not answer others either is not tried, and counts for nothing.
        """
        now = self._clock()
        endpoint = definition.endpoint
        before = state.last_notification
        state.sent += 1
        state.last_notification = now
        try:
            response = await self._client.request(
                "POST",
                endpoint.uri,
                headers=notification.headers(definition),
                body=notification.body(definition, number, now, data),
                seconds=endpoint.timeout,
                most_bytes=MOST_ANSWER,
            )
        except CallFailed as error:
            if error.wait:
                state.sent -= 1
                state.last_notification = before
            else:
                self._failed(state)
            state.ok = False
            return Attempt(False, wait=error.wait)
        if 200 <= response.status < 300:
            self.sent += 1
            state.ok = True
            state.last_success = self._clock()
            return Attempt(True)
        self._failed(state)
        state.ok = False
        return Attempt(False, refused=response.status in REFUSALS)

    def _failed(self, state: State) -> None:
        self.failed += 1
        state.failed += 1
        state.last_failure = self._clock()
