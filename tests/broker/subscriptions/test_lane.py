# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One lane with a matcher that is moved by hand: what it takes, from where on, and how much it holds."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from hanze.broker.subscriptions import lane as lanes
from hanze.broker.subscriptions.keeping import Kept
from hanze.broker.subscriptions.lane import MOST_WAITING, Lane
from hanze.broker.subscriptions.model import Definition
from hanze.broker.subscriptions.sending import Sending
from hanze.broker.subscriptions.tape import Tape
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.outgoing import Client, Guard
from hanze.store import sqlite
from hanze.store.scope import EVERYTHING, Grant, Scope
from tests.broker.subscriptions.making import body, definition
from tests.broker.subscriptions.receiver import Receiver
from tests.contract.conftest import Clock
from tests.contract.making import entity, iri, save

pytestmark = pytest.mark.anyio


class Matcher:
    """What lanes share; it goes forward when it is told to."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.store = sqlite.open(folder, clock=clock)
        self.store.submit(lambda work: work.watch("test", None)).result()
        self.client = Client(Guard(["127.0.0.1"]))
        self.clock: times.Clock = clock
        self.tape = Tape(self.store)
        self.sending = Sending(self.client, clock)
        self.stopping = False
        self.cursor = 0
        self.lanes: list[Lane] = []
        self.scope = EVERYTHING

    def scope_of(self, owner: str) -> Scope:
        return self.scope

    def entity(self, definition: Definition, id: str) -> Entity | None:
        return None

    def note(self, owner: str, tenant: str, types: Sequence[str], /) -> None:
        pass

    def write(self, *numbers: int, size: int = 0) -> None:
        for number in numbers:
            save(self.store, entity("1", "T", n=number, pad="x" * size))

    def lane(self, receiver: Receiver, position: int, *, active: bool = True) -> Lane:
        kept = Kept("", "urn:a:1", "token", "anyone", body(), CORE, CORE, 0, 0)
        made = Lane(self, kept, self.definition(receiver, active=active), position)
        self.lanes.append(made)
        return made

    def definition(self, receiver: Receiver, *, active: bool = True) -> Definition:
        return definition(notification={"endpoint": {"uri": receiver.url}}, isActive=active)

    def forward(self) -> None:
        """Offers everything that was written, as the notifier does."""
        while found := self.tape.forward(self.cursor, 64):
            for seq, change in found:
                for lane in self.lanes:
                    if change is not None:
                        lane.offer(change)
                self.cursor = seq


@pytest.fixture
async def matcher(tmp_path: Path, clock: Clock) -> AsyncIterator[Matcher]:
    made = Matcher(tmp_path, clock)
    yield made
    made.stopping = True
    tasks = [lane.task for lane in made.lanes if lane.task is not None]
    for lane in made.lanes:
        lane.drop()
    await asyncio.gather(*tasks, return_exceptions=True)
    made.client.close()
    made.store.close()


def numbers(receiver: Receiver) -> list[int]:
    return [one["n"]["value"] for one in receiver.data]


async def came(receiver: Receiver, *expected: int) -> None:
    await receiver.wait(len(expected))
    await asyncio.sleep(0.05)
    assert numbers(receiver) == list(expected)


async def test_a_lane_begins_behind_its_position_though_the_matcher_has_not_come_so_far(
    matcher: Matcher, receiver: Receiver
) -> None:
    matcher.write(1, 2, 3)
    lane = matcher.lane(receiver, 2)
    assert not lane.behind
    matcher.forward()
    matcher.write(4)
    matcher.forward()
    await came(receiver, 3, 4)


async def test_a_lane_that_begins_before_the_matcher_reads_for_itself(matcher: Matcher, receiver: Receiver) -> None:
    matcher.write(1, 2, 3)
    matcher.forward()
    lane = matcher.lane(receiver, 1)
    assert lane.behind
    matcher.write(4)
    matcher.forward()
    await came(receiver, 2, 3, 4)
    assert not lane.behind
    matcher.write(5)
    matcher.forward()
    await came(receiver, 2, 3, 4, 5)
    assert lane.position == matcher.store.head()


async def test_a_lane_that_is_resumed_skips_what_the_matcher_still_has_to_offer(
    matcher: Matcher, receiver: Receiver
) -> None:
    lane = matcher.lane(receiver, 0, active=False)
    matcher.write(1, 2)
    lane.redefine(lane.kept, matcher.definition(receiver), matcher.store.head())
    matcher.write(3)
    matcher.forward()
    await came(receiver, 3)


async def test_a_lane_holds_only_so_many(matcher: Matcher, receiver: Receiver) -> None:
    receiver.gate.clear()
    lane = matcher.lane(receiver, 0)
    matcher.write(*range(MOST_WAITING + 10))
    matcher.forward()
    assert lane.behind
    assert len(lane._waiting) == MOST_WAITING
    assert lane.position == 0, "nothing was delivered yet"
    receiver.gate.set()
    await came(receiver, *range(MOST_WAITING + 10))
    assert not lane.behind


async def test_a_lane_holds_only_so_much(matcher: Matcher, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "MOST_BYTES", 20_000)
    receiver.gate.clear()
    lane = matcher.lane(receiver, 0)
    matcher.write(0, size=100_000)
    matcher.write(*range(1, 10), size=2_000)
    matcher.forward()
    assert [change.seq for change in lane._waiting] == [1], "one of any weight"
    assert lane.behind
    receiver.gate.set()
    await receiver.wait(1)
    await came(receiver, *range(10))


async def test_what_was_delivered_is_behind_the_position(matcher: Matcher, receiver: Receiver) -> None:
    receiver.status = lambda number, asked: 204 if number <= 2 else 500
    lane = matcher.lane(receiver, 0)
    matcher.write(1, 2, 3, 4)
    matcher.forward()
    await receiver.wait(3)
    await asyncio.sleep(0.05)
    assert lane.position == 2
    assert lane.touched


async def test_what_waits_says_no_more_than_its_owner_may_see_when_it_is_sent(
    matcher: Matcher, receiver: Receiver
) -> None:
    receiver.status = lambda number, asked: 500 if number == 1 else 204
    lane = matcher.lane(receiver, 0)
    matcher.write(1, 2, size=3)
    matcher.forward()
    (first,) = await receiver.wait(1)
    assert first["pad"]["value"] == "xxx"
    matcher.scope = Scope((Grant(attributes=frozenset({iri("n")})),))
    lane.nudge()
    await came(receiver, 1, 1, 2)
    assert all("pad" not in one for one in receiver.data[1:])
