# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long a server wants to be left alone is told by its own clock, whatever the clock of the node says."""

import pytest

from hanze.errors import SourceFailed
from hanze.feeds.asking import Asking
from hanze.ngsild import times
from hanze.outgoing import Client, Guard
from tests.feeds.kinds.serving import Reply, source

pytestmark = pytest.mark.anyio

SENT, LATER = "Thu, 01 Jan 2026 12:00:00 GMT", "Thu, 01 Jan 2026 12:02:00 GMT"


@pytest.mark.parametrize(
    ("headers", "clock", "wait"),
    [
        ({"Date": SENT, "Retry-After": LATER}, "2030-01-01T00:00:00Z", 120),
        ({"Retry-After": LATER}, "2026-01-01T12:01:00Z", 60),
        ({"Date": "yesterday", "Retry-After": LATER}, "2026-01-01T12:01:30Z", 30),
        ({"Retry-After": LATER}, "2030-01-01T00:00:00Z", 0),
    ],
    ids=["by its Date", "without one by ours", "its Date is none", "it is over"],
)
async def test_a_date_until_which_to_wait(headers: dict[str, str], clock: str, wait: float) -> None:
    client = Client(Guard(("127.0.0.1",)))
    async with source({"/busy": Reply(status=429, headers=headers)}) as running:
        with pytest.raises(SourceFailed) as found:
            await Asking(client, lambda: times.parse(clock)).get(running.url("/busy"))
    client.close()
    assert found.value.wait == wait
