# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Trials of Havendam in each state, for what is asked of every page of the site."""

import msgspec

from hanze.experiments.model import ExperimentFacts
from hanze.experiments.trials import answers, keeping, running
from hanze.experiments.trials import plan as plans
from hanze.experiments.trials.answers import Answered
from hanze.experiments.trials.deviation import Deviation
from hanze.experiments.trials.followup import FollowUp
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.pages import drafts
from hanze.experiments.trials.running import By
from hanze.feeds.havendam.city import City
from hanze.ngsild import times
from hanze.store.base import UnitOfWork
from tests.experiments.trials.looking import judged
from tests.goals.journey.making import ZONE

CITY, NOW = "havendam", times.parse("2026-03-10T13:02:00Z")

BY = By("person:test", "innovation-officer")

STREET, DESK, IDEA, COUNTER, QUAY = "stille-straat", "wijkloket", "oud-idee", "teller", "kade"

ASKED = {
    "trial": f"id={STREET}", "trial/plan": f"id={COUNTER}", "trial/fix": f"id={COUNTER}", "trial/room": f"id={COUNTER}",
    "trial/start": f"id={DESK}", "trial/extend": f"id={STREET}", "trial/stop": f"id={STREET}", "trial/follow-up": f"id={IDEA}",
    "trial/judge": f"id={QUAY}", "trial/evidence": f"id={QUAY}",
    "trial/table": f"id={COUNTER}", "trial/answer": f"id={DESK}", "trial/check": f"id={STREET}", "dossier": f"id={STREET}",
}  # fmt: skip

MORE = (
    "trials?phase=over&verdict=cannot+tell", "trials?goal=3", f"trial?id={DESK}", f"trial?id={IDEA}", f"trial?id={COUNTER}",
    f"trial/fix?id={STREET}", f"dossier?id={IDEA}", "learned?q=nothing+like+it", f"trial/plan?id={COUNTER}&step=outcome",
    *(f"trial/plan?id={STREET}&step={step}" for step in ("expect", "outcome", "places", "days", "judging")),
    f"trial?id={QUAY}", f"dossier?id={QUAY}", f"trial/answer?id={DESK}&said=yes", f"trial/answer?id={DESK}&said=before",
)  # fmt: skip


def fill(uow: UnitOfWork) -> None:
    """All of them, made up; their plans were fixed today."""
    _street(uow)
    _desk(uow)
    _idea(uow)
    judged.quay(uow)
    _opened(uow, COUNTER, "Teller")
    told = {
        "hypothesis": ["Meer fietsers."],
        "better": ["higher"],
        "kind": ["table"],
        "unit_column": ["straat"],
        "time_column": ["dag"],
    }
    drafts.keep(uow, COUNTER, {**drafts.BLANK, **told})


def _opened(uow: UnitOfWork, code: str, name: str) -> None:
    facts = ExperimentFacts(
        name,
        "Helpt het?",
        "Havendam probeert iets.",
        "nl",
        "preparing",
        area="HVD01",
        goals=[3, 11],
        madeBy=BY.name,
        simulated=True,
    )
    keeping.write(uow, CITY, Trial(code, facts))


def _street(uow: UnitOfWork) -> None:
    stations = [one.id for one in City().now(NOW) if "AirQualityObserved" in one.types[0]]
    outcome = {"kind": "measured", "type": "AirQualityObserved", "attribute": "no2", "unit": "GQ", "step": "day"}
    looks = {"first": 3, "every": 2, "most": 9}
    reasons = [
        {"kind": "success", "beyond": "below", "threshold": -0.1, "alpha": 0.05},
        {"kind": "harm", "by": "value", "beyond": "above", "threshold": 80.0, "periods": 2},
    ]
    told = {
        "hypothesis": "Havendam probeert iets.", "better": "lower", "outcome": outcome, "units": "things", "design": "did",
        "treated": stations[:1], "compared": stations[1:4], "since": "2026-03-05", "starts": "2026-03-08", "ends": "2026-04-20",
        "season": "weekday", "bought": 0.1, "area": "HVD01", "exits": {"looks": looks, "reasons": reasons},
        "exclusions": [{"since": "2026-03-15", "until": "2026-03-15", "why": "Havendam"}],
        "events": [{"since": "2026-03-20", "until": "2026-03-22", "name": "Havendam"}],
    }  # fmt: skip
    _opened(uow, STREET, "Stille straat")
    words = {name: "Havendam" for name in Deviation.__struct_fields__}
    room = Deviation(
        **{**words, "area": "HVD01", "starts": "2026-03-08", "ends": "2026-12-31", "evaluated": "2026-06-01"}
    )
    keeping.change(uow, CITY, STREET, room=msgspec.to_builtins(room))
    plan = plans.read(told)
    running.register(uow, CITY, STREET, plan, BY)
    running.register(uow, CITY, STREET, msgspec.structs.replace(plan, bought=0.05), BY, why="Havendam.")
    running.start(uow, CITY, STREET, plan, ZONE, BY)
    running.extend(uow, CITY, STREET, "2026-05-20", "Havendam.", BY)


def _desk(uow: UnitOfWork) -> None:
    said = [{"text": "Goed", "score": 1.0}, {"text": "Slecht", "score": 0.0}]
    outcome = {
        "kind": "survey", "question": "Hoe is het loket?", "answers": said,
        "waves": [{"since": "2026-03-01", "until": "2026-03-12"}, {"since": "2026-04-01", "until": "2026-04-09"}],
    }  # fmt: skip
    told = {
        "hypothesis": "Het loket helpt.", "better": "higher", "outcome": outcome, "units": "areas", "design": "did",
        "treated": ["HVD0101"], "compared": ["HVD0102"], "since": "2026-02-20", "starts": "2026-03-20", "ends": "2026-05-01",
    }  # fmt: skip
    _opened(uow, DESK, "Loket in de wijk")
    running.register(uow, CITY, DESK, plans.read(told), BY)
    for number in range(8):
        answers.put(uow, DESK, Answered(0, "HVD0101" if number else "HVD0102", number % 2), str(number), simulated=True)


def _idea(uow: UnitOfWork) -> None:
    told = {
        "hypothesis": "Havendam.", "better": "lower", "outcome": {"kind": "indicator", "indicator": "waste-full"}, "units": "areas",
        "design": "its", "treated": ["HVD01"], "since": "2025-01-01", "starts": "2026-02-01", "ends": "2026-12-01",
    }  # fmt: skip
    _opened(uow, IDEA, "Oud idee")
    running.register(uow, CITY, IDEA, plans.read(told), BY)
    running.stop(uow, CITY, IDEA, ZONE, "Havendam.", BY)
    finding = {"finding": {"relative": -0.04, "relative_low": -0.1, "relative_high": 0.02}}
    running.judge(uow, CITY, IDEA, "cannot tell", finding)
    late = FollowUp(
        what="buy",
        why="Havendam.",
        owner="Anna",
        by="2026-03-01",
        budget=1000.0,
        route="several offers",
        at="2026-02-20",
    )
    running.follow(uow, CITY, IDEA, late, BY)
    running.follow(uow, CITY, IDEA, msgspec.structs.replace(late, what="stop", done="2026-02-25", came="Havendam."), BY)
