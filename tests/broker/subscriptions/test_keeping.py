# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept of subscriptions: contexts as long as someone needs them, changes by one at a time."""

import asyncio
from typing import Any

import pytest

from hanze.broker.subscriptions.keeping import CONTEXTS
from tests.broker.subscriptions.conftest import Site, subscription
from tests.broker.subscriptions.receiver import Receiver

pytestmark = pytest.mark.anyio

LD = "application/ld+json"


def context(site: Site) -> int:
    return site.store.vault(CONTEXTS).count()


def named(receiver: Receiver, word: str, **more: Any) -> dict[str, Any]:
    return {**subscription(receiver, q=f"{word}>5", **more), "@context": {word: f"https://example.org/{word}"}}


async def test_a_context_is_kept_once_and_as_long_as_it_is_needed(site: Site, receiver: Receiver) -> None:
    places = [
        (await site.api("POST", "/subscriptions", named(receiver, word), Content_Type=LD)).headers["location"]
        for word in ("a", "a", "b")
    ]
    assert context(site) == 2
    await site.api.ok("DELETE", places[0])
    assert context(site) == 2
    await site.api.ok("DELETE", places[1])
    assert context(site) == 1
    patch = {"q": "c>1", "@context": {"c": "https://example.org/c"}}
    await site.api.ok("PATCH", places[2], patch, Content_Type=LD)
    assert context(site) == 1
    await site.api.ok("DELETE", places[2])
    assert context(site) == 0


async def test_a_plain_patch_keeps_the_context_of_the_names(site: Site, receiver: Receiver) -> None:
    answer = await site.api("POST", "/subscriptions", named(receiver, "a"), Content_Type=LD)
    await site.api.ok("PATCH", answer.headers["location"], {"description": "x"})
    await site.stop()
    await site.start()
    await site.room(**{"https://example.org/a": 9})
    assert (await receiver.wait(1))[0]["a"]["value"] == 9


async def test_patches_at_once_are_one_after_the_other_or_told(site: Site, receiver: Receiver) -> None:
    place = f"/subscriptions/{await site.subscribe(receiver)}"
    answers = await asyncio.gather(
        *(site.api("PATCH", place, {"description" if n % 2 else "subscriptionName": str(n)}) for n in range(10))
    )
    statuses = [one.status_code for one in answers]
    assert set(statuses) <= {204, 409}
    assert 204 in statuses
    kept = await site.api.ok("GET", place)
    for odd, name in enumerate(("subscriptionName", "description")):
        done = [str(n) for n, status in enumerate(statuses) if status == 204 and n % 2 == odd]
        assert kept.get(name) in done or not done, "no change that was answered well is undone by another"


async def test_a_subscription_that_goes_while_it_is_changed(site: Site, receiver: Receiver) -> None:
    place = f"/subscriptions/{await site.subscribe(receiver)}"
    answers = await asyncio.gather(site.api("DELETE", place), site.api("PATCH", place, {"description": "x"}))
    assert answers[0].status_code == 204
    assert answers[1].status_code in (204, 404, 409)
    assert (await site.api("GET", place)).status_code == 404
    assert site.notifier.figures()["subscriptions"] == 0
