# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One attempt: what its answer means, and how long the next one waits."""

import asyncio
import socket

import pytest

from hanze.broker.subscriptions.keeping import State
from hanze.broker.subscriptions.model import Definition
from hanze.broker.subscriptions.sending import LONGEST, SHORTEST, Sending, back_off
from hanze.errors import CallFailed
from hanze.outgoing import Client, Guard
from tests.broker.subscriptions.making import definition
from tests.broker.subscriptions.receiver import receiving
from tests.contract.conftest import START, Clock

pytestmark = pytest.mark.anyio


def test_pauses_grow_to_a_limit() -> None:
    pauses = [back_off(failures) for failures in range(1, 1000)]
    assert pauses[:3] == [SHORTEST, SHORTEST * 2, SHORTEST * 4]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST


@pytest.mark.parametrize(
    ("status", "delivered", "refused"),
    [
        (200, True, False), (204, True, False), (299, True, False), (301, False, False), (401, False, False),
        (404, False, False), (429, False, False), (500, False, False), (0, False, False), (400, False, True),
        (413, False, True), (415, False, True), (422, False, True),
    ],
)  # fmt: skip
async def test_what_an_answer_means(status: int, delivered: bool, refused: bool) -> None:
    client, state = Client(Guard(["127.0.0.1"])), State()
    sending = Sending(client, Clock())
    async with receiving(lambda number, asked: status) as receiver:
        attempt = await sending.attempt(_to(receiver.url), state, "7", b"[]")
        assert (attempt.delivered, attempt.refused) == (delivered, refused)
        assert receiver.bodies[0]["id"] == "urn:ngsi-ld:Notification:token:7"
    good, bad = int(delivered), int(not delivered)
    assert (state.sent, state.failed, state.ok, sending.sent, sending.failed) == (1, bad, delivered, good, bad)
    assert (state.last_notification, state.last_success, state.last_failure) == (
        START, START if delivered else None, None if delivered else START,
    )  # fmt: skip
    client.close()


async def test_what_is_not_tried_counts_for_nothing() -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{one.getsockname()[1]}/"
    client, state, clock = Client(Guard(["127.0.0.1"])), State(), Clock()
    sending = Sending(client, clock)
    for _ in range(5):
        attempt = await sending.attempt(_to(url), state, "1", b"[]")
        assert (attempt.delivered, attempt.wait) == (False, 0.0)
    clock.forward(60)
    attempt = await sending.attempt(_to(url), state, "1", b"[]")
    assert attempt.wait > 0
    assert (state.sent, state.failed, state.last_notification) == (5, 5, START)
    client.close()


async def test_addresses_that_can_never_be_called() -> None:
    client = Client(Guard())
    sending = Sending(client, Clock())
    for url in ("http://127.0.0.1/", "http://[::1]/", "http://example.org:99999/", "http:///x", "http://a b/"):
        with pytest.raises(CallFailed):
            sending.check(url)
    sending.check("http://example.org/")
    state = State()
    attempt = await asyncio.wait_for(sending.attempt(_to("http://localhost/"), state, "1", b"[]"), 5)
    assert (attempt.delivered, state.failed) == (False, 1)
    client.close()


def _to(url: str) -> Definition:
    return definition(notification={"endpoint": {"uri": url}})
