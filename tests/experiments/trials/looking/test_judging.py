# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A trial that is over is judged without a hand: verdict, card, signed evidence, mails."""

import msgspec
import pytest

from hanze.access import audit
from hanze.access.identity import known
from hanze.experiments.evidence import keeping as evidence
from hanze.experiments.trials import running
from hanze.experiments.trials.looking import kept
from hanze.experiments.trials.looking.runner import Looking
from tests.experiments.trials.place import CITY, OFFICER, ZONE, City, plan

pytestmark = pytest.mark.anyio


async def test_a_trial_that_stopped_is_judged_by_itself_and_what_was_learned_is_signed(city: City) -> None:
    city.started()
    looking = Looking(city.site)
    assert await looking.judge() == 0
    city.store.submit(lambda uow: running.stop(uow, CITY, "stil", ZONE, "Klaar.", OFFICER)).result()
    # The last readings of the day may still come.
    assert await looking.judge() == 0
    city.now += 3_600_000_000
    assert await looking.judge() == 1 and await looking.judge() == 0
    trial = city.trial()
    assert (trial.status, trial.facts.verdict) == ("evaluated", "worked")
    result = kept.read(trial.facts.result)
    assert result is not None and result.finding.change == pytest.approx(-4, abs=0.3)
    [signed] = evidence.versions(city.store, CITY, "stil")
    assert signed.verdict == "worked" and evidence.wrong(signed.card, signed.signature, known(city.store)) == ()
    assert signed.card["finding"]["se"] == pytest.approx(result.finding.se) and signed.card["data_hash"] == result.hash
    assert audit.lines(city.store, limit=1)[0].act == "judge trial"
