# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A measure that does harm stops by itself: the trial, its agreement, the key of the partner, the page, the mails, the audit."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from hanze.access import audit
from hanze.experiments.agreements import keeping as agreements
from hanze.experiments.trials.looking import looks, made
from hanze.experiments.trials.looking.runner import Looking
from hanze.web.outbox import MAILS
from tests.experiments.agreements.making import ID
from tests.experiments.trials.looking.havendam import CODE, FOLLOWER, LOUDER, MAIL, PARTNER, Havendam

pytestmark = pytest.mark.anyio


@pytest.fixture
async def loud(tmp_path: Path) -> AsyncIterator[Havendam]:
    made = Havendam(tmp_path, LOUDER)
    yield made
    await made.site.compute.stop()
    made.store.close()


@pytest.fixture
async def calm(tmp_path: Path) -> AsyncIterator[Havendam]:
    made = Havendam(tmp_path)
    yield made
    await made.site.compute.stop()
    made.store.close()


async def test_a_planted_harm_stops_the_trial_and_all_that_hangs_on_it_without_a_hand(loud: Havendam) -> None:
    looking, key = Looking(loud.site), loud.key()
    transport = httpx2.ASGITransport(loud.broker())
    async with httpx2.AsyncClient(transport=transport, base_url="http://node") as partner:
        reading = {"authorization": f"Bearer {key}"}
        asked = "/entities?type=AirQualityObserved"
        assert (await partner.get(asked, headers=reading)).json()
        for day in (6, 9, *range(11, 20)):
            loud.at(f"2026-03-{day:02d}")
            await looking.look()
            if loud.trial().status != "running":
                break
        assert (loud.trial().status, (loud.trial().facts.stopped or {})["kind"]) == ("stopped", "harm") and day < 16
        assert (await partner.get(asked, headers=reading)).status_code == 401
    agreement = agreements.find(loud.store, ID)
    assert agreement is not None and agreement.status == "ended"
    async with loud.visitor() as anyone:
        page = await anyone.ok(f"/en/trial?id={CODE}")
        assert "since it did harm" in page and "the effect is surely above 1 percent" in page
        assert "an interval that misses once in" in page and "Harm is looked for every night" in page
        assert "Het deed schade: het effect is zeker boven 1 procent" in await anyone.ok(f"/nl/trial?id={CODE}")
    mails = {row["to"]: row for row in loud.store.vault(MAILS).select()}
    assert set(mails) == {MAIL, PARTNER, FOLLOWER}
    assert "Stille brug" in mails[MAIL]["subject"] and "gegevensafspraak" in mails[PARTNER]["text"]
    assert mails[FOLLOWER]["stop"] and "It did harm: the effect is surely above 1 percent" in mails[FOLLOWER]["text"]
    assert {"stop trial", "ended agreement", "key revoked"} <= {line.act for line in audit.lines(loud.store, limit=20)}
    loud.at("2026-03-25")
    await looking.look()
    assert await looking.judge() == 1
    async with loud.visitor() as anyone:
        assert "Find out what did it before it is tried again" in await anyone.ok(f"/en/trial?id={CODE}")


async def test_a_measure_that_does_nothing_goes_on_and_nobody_reads_what_the_looks_estimate(calm: Havendam) -> None:
    looking = Looking(calm.site)
    for day in (10, 17, 24, 31):
        calm.at(f"2026-03-{day:02d}")
        await looking.look()
    assert calm.trial().status == "running"
    kept = made.every(calm.store, CODE)
    seen = [one for look in kept for one in look.seen if one.could]
    assert seen and all(one.estimate is not None for one in seen)
    shares = [one.share or 0.0 for one in seen]
    spent = [looks.level("obrien-fleming", 0.05, shares[: number + 1]) for number in range(len(shares))]
    assert [one.level for one in seen] == spent
    told = calm.trial().facts.looks or {}
    assert told["harm"] == {"times": 4, "last": "2026-03-30"}
    assert [one["day"] for one in told["steps"]] == ["2026-03-16", "2026-03-30"]
    assert "estimate" not in str(told)
    async with calm.visitor() as anyone:
        page = await anyone.ok(f"/en/trial?id={CODE}")
        assert "no reason to stop was seen" in page and "What a look estimates is not shown before the end" in page
