# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A trial that is over is judged without a hand: verdict, card, signed evidence, mails."""

import msgspec
import pytest

from hanze.access import audit
from hanze.access.identity import Signature, known, verified
from hanze.experiments.evidence import keeping as evidence
from hanze.experiments.trials import running
from hanze.experiments.trials.looking import kept
from hanze.experiments.trials.looking.runner import Looking
from tests.experiments.trials.place import CITY, OFFICER, ZONE, City

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


async def judged(city: City) -> None:
    """The quiet street, stopped today and judged."""
    city.started()
    city.store.submit(lambda uow: running.stop(uow, CITY, "stil", ZONE, "Klaar.", OFFICER)).result()
    city.now += 3_600_000_000
    assert await Looking(city.site).judge() == 1


async def test_the_page_shows_the_card_in_the_names_that_people_know(city: City) -> None:
    await judged(city)
    async with city.visitor() as anyone:
        page = await anyone.ok("/en/trial?id=stil")
        assert "It worked" in page and "lower, in all likelihood between" in page and "Wijk N" in page
        main = page[page.index("<main") : page.index('class="origin"')]
        assert "urn:ngsi-ld" not in main and ">outcome" not in main
        dutch = await anyone.ok("/nl/trial?id=stil")
        assert "Het werkte" in dutch
        signed = await anyone.ok("/en/trial/evidence?id=stil")
        assert "In order: it is as the city signed it." in signed
        file = msgspec.json.decode(await anyone.ok("/en/trial/evidence.json?id=stil"))
        assert verified(file["card"], msgspec.convert(file["signature"], Signature))
