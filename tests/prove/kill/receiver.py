# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes the notifications of all subscriptions, now and then late or with an error, and notes what came in which order."""

import asyncio
import json
import random
import time
from typing import Any

from tests.outgoing.server import OK, Asked
from tests.prove.background import Background
from tests.prove.kill.book import Told
from tests.prove.seen import check

FAILED = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"
LATE, WRONG = 0.01, 0.002
"""How often it answers late, and with an error."""

ARRIVES_WITHIN = 60.0


class Receiver:
    """Runs until it is closed. `came`: every notification that it took; `unordered`: what came in the wrong order."""

    def __init__(self, seed: int) -> None:
        self.came: set[Told] = set()
        self.unordered: list[str] = []
        self.notifications = 0
        self.again = 0
        """Taken before."""
        self._seen: set[str] = set()
        self._last: dict[tuple[str, str], int] = {}
        self._chance = random.Random(seed)
        self._server = Background(self._answer)

    def close(self) -> None:
        self._server.close()

    def subscriptions(self) -> list[dict[str, Any]]:
        """What a node is told, so that it notifies this receiver of what the mix writes."""
        endpoint = {"uri": f"http://127.0.0.1:{self._server.port}/", "timeout": 2000}
        return [
            {
                "id": f"urn:ngsi-ld:Subscription:{name}", "type": "Subscription", "entities": [{"type": kind}],
                "notification": {"format": "keyValues", "endpoint": endpoint}, **more,
            }
            for name, kind, more in (
                ("things", "Thing", {}), ("lots", "Lot", {}), ("hubs", "Hub", {}),
                ("gone", "Thing", {"notificationTrigger": ["entityDeleted"]}),
            )
        ]  # fmt: skip

    def settle(self, wanted: set[Told]) -> None:
        """Waits for all that is wanted; Failed where some of it does not come, or something came out of order."""
        end = time.monotonic() + ARRIVES_WITHIN
        while (missing := wanted - self.came) and time.monotonic() < end:
            time.sleep(0.02)
        check(
            not missing, f"{len(missing)} notifications of answered writes did not come, such as {sorted(missing)[:3]}"
        )
        check(not self.unordered, f"out of order: {self.unordered[:3]}")
        self.came -= wanted

    async def _answer(self, asked: Asked) -> bytes:
        chance = self._chance.random()
        if chance < WRONG:
            return FAILED
        if chance < WRONG + LATE:
            await asyncio.sleep(self._chance.random() * 0.2)
        self.take(json.loads(asked.body))
        return OK

    def take(self, notification: dict[str, Any]) -> None:
        self.notifications += 1
        if notification["id"] in self._seen:
            self.again += 1
            return
        self._seen.add(notification["id"])
        subscription = notification["subscriptionId"].rpartition(":")[2]
        for entity in notification["data"]:
            for told in about(subscription, entity):
                self._note(told)

    def _note(self, told: Told) -> None:
        self.came.add(told)
        worker = told.about.rpartition(":")[2].partition("-")[0]
        key = (told.subscription, worker)
        if told.number and told.number < self._last.get(key, 0):
            self.unordered.append(f"{told} came after number {self._last[key]}")
        self._last[key] = max(told.number, self._last.get(key, 0))


def about(subscription: str, entity: dict[str, Any]) -> list[Told]:
    """What an entity in a notification tells; its highest number is that of the write which set it off."""
    numbers = {name: value for name, value in entity.items() if isinstance(value, int)}
    if subscription == "gone":
        return [Told(subscription, entity["id"], 0)]
    if subscription == "hubs":
        return [Told(subscription, name, number) for name, number in numbers.items()]
    return [Told(subscription, entity["id"], max(numbers.values()))]
