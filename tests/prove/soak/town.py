# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Compares what a node has of an hour of Havendam with what the town told in it: the town itself knows what it left out."""

import time
from typing import Any

from hanze.feeds.havendam.city import KINDS, City
from hanze.feeds.havendam.clock import HOUR, STEP
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from tests.prove.node import Node
from tests.prove.seen import Seen, check
from tests.prove.soak.talk import Talk

Reading = tuple[str, str, str, Any]
"""Id, attribute, observedAt, value."""

PATIENCE = 60.0


def wait(talk: Talk) -> None:
    """Until the back-fill is over."""
    _until(lambda: talk.sources().get("havendam", {}).get("record", {}).get("looked"), "Havendam is there")
    _until(lambda: "progress" not in talk.sources()["havendam"]["record"], "the back-fill is over")


def hour(node: Node, talk: Talk, seed: int) -> Seen:
    """Waits for an hour of the clock, then looks at it. It begins at the next step."""
    first = talk.now() // STEP + 1
    steps = range(first, first + HOUR)
    _until(lambda: talk.sources()["havendam"]["record"]["observed"] >= steps[-1] * STEP, "the hour has passed")
    late = talk.now() - talk.sources()["havendam"]["record"]["observed"]
    told, sensors = expected(seed, steps)
    there = kept(node, steps)
    check(not told - there, f"{len(told - there)} readings are missing, such as {sorted(told - there, key=str)[:2]}")
    check(
        not there - told, f"{len(there - told)} readings were never told, such as {sorted(there - told, key=str)[:2]}"
    )
    return Seen(
        {"readings": len(told), "readings that sensors left out": sensors * HOUR - _numbers(told)},
        {"minutes behind": round(late / 60e6, 1)},
    )


def expected(seed: int, steps: range) -> tuple[set[Reading], int]:
    """All that was told at these steps, and how many numbers sensors without faults would have told at each."""
    city, told = City(seed), set()
    for step in steps:
        for entity in city.now(step * STEP):
            for name, (one,) in entity.attributes.items():
                if "observedAt" in one:
                    told.add((entity.id, CORE.compact(name), one["observedAt"], str(one["value"])))
    return told, sum(len(sensor.quantities) for kind in KINDS for sensor in kind.sensors())


def _numbers(told: set[Reading]) -> int:
    named = {(sensor.id, one.name) for kind in KINDS for sensor in kind.sensors() for one in sensor.quantities}
    return sum((id, name) in named for id, name, _, _ in told)


def kept(node: Node, steps: range) -> set[Reading]:
    found = set()
    start, end = times.text(steps[0] * STEP - 1), times.text(steps[-1] * STEP + 1)
    wire = node.wire()
    for kind in KINDS:
        type = kind.sensors()[0].type
        window = f"timerel=between&timeAt={start}&endTimeAt={end}"
        query = f"/temporal/entities?type={type}&idPattern=:havendam:&{window}&limit=100"
        answer = wire.api("GET", query)
        check(answer.status == 200, f"{query}: {answer.status} {answer.body[:300]!r}")
        for entity in answer.json():
            found |= _readings(entity)
    return found


def _readings(entity: dict[str, Any]) -> set[Reading]:
    return {
        (entity["id"], name, one["observedAt"], str(one["value"]))
        for name, instances in entity.items()
        for one in (instances if isinstance(instances, list) else [instances])
        if isinstance(one, dict) and "observedAt" in one
    }


def _until(true: Any, what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        check(time.monotonic() < end, f"it never came to this: {what}")
        time.sleep(0.05)
