# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A trial of Havendam that did harm, stopped by itself and was judged, from numbers that are made up here."""

import tempfile
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from hanze.access.identity import Identity, remember
from hanze.experiments.evaluate.evaluating import evaluate
from hanze.experiments.evaluate.result import Result
from hanze.experiments.evaluate.table import Table
from hanze.experiments.evidence import card as evidence
from hanze.experiments.evidence import keeping as signed
from hanze.experiments.evidence.card import Made, Where
from hanze.experiments.model import ExperimentFacts
from hanze.experiments.trials import changes, keeping, running
from hanze.experiments.trials import plan as plans
from hanze.experiments.trials.chain import Link
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.looking import kept
from hanze.experiments.trials.looking import made as looks
from hanze.experiments.trials.looking.looks import Seen
from hanze.experiments.trials.registered import Version
from hanze.experiments.trials.running import By
from hanze.feeds.havendam.city import City
from hanze.ngsild import times
from hanze.store.base import UnitOfWork
from tests.goals.journey.making import ZONE

CITY, CODE, NOW = "havendam", "kade", times.parse("2026-03-10T13:02:00Z")

BY = By("person:test", "innovation-officer")


def plan() -> plans.Plan:
    stations = [one.id for one in City().now(NOW) if "AirQualityObserved" in one.types[0]]
    told: dict[str, Any] = {
        "hypothesis": "Havendam probeert iets.", "better": "lower", "units": "things", "design": "did",
        "outcome": {"kind": "measured", "type": "AirQualityObserved", "attribute": "no2", "unit": "GQ", "step": "day"},
        "treated": stations[:2], "compared": stations[2:], "since": "2026-01-01", "starts": "2026-02-20", "ends": "2026-06-30",
        "bought": 0.1, "exits": {"looks": {"first": 7, "every": 7, "most": 9}, "reasons": [
            {"kind": "success", "beyond": "below", "threshold": -0.1, "alpha": 0.05},
            {"kind": "futility", "by": "chance", "beyond": "below", "threshold": 0.1},
            {"kind": "harm", "beyond": "above", "threshold": 0.05, "alpha": 0.05},
        ]},
    }  # fmt: skip
    return plans.read(told)


def result(plan: plans.Plan, code: str = CODE) -> Result:
    """Of thirty days before and ten with the measure, which makes it a quarter more."""
    chance, rows = np.random.default_rng(3), []
    for number, unit in enumerate(plan.all):
        for day in range(40):
            on = unit in plan.treated and day >= 30
            value = (20 + number + 3 * np.sin(day) + chance.normal()) * (1.25 if on else 1.0)
            rows.append((unit, str(np.datetime64("2026-01-21") + day), repr(float(value)), str(int(on))))
    names = (plans.UNIT, plans.TIME, plans.OUTCOME, plans.ON)
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    return evaluate(Table(columns, "0" * 64, code), plans.question(plan, ZONE))


def quay(uow: UnitOfWork) -> None:
    """All of it, as a node writes it."""
    one = plan()
    facts = ExperimentFacts(
        "Kade",
        "Helpt het?",
        "Havendam probeert iets.",
        "nl",
        "preparing",
        area="HVD01",
        goals=[11],
        madeBy=BY.name,
        simulated=True,
    )
    keeping.write(uow, CITY, Trial(CODE, facts))
    fixed = running.register(uow, CITY, CODE, one, BY)
    running.start(uow, CITY, CODE, one, ZONE, BY)
    shares: dict[str, Any] = {
        "low": 0.18,
        "high": 0.31,
        "estimate": 0.245,
        "level": 0.9991,
        "share": 0.1,
        "could": True,
    }
    harm = Seen(name="harm-effect-1", kind="harm", by="effect", crossed=True, **shares)
    calm = Seen(name="success-effect-1", kind="success", by="effect", **shares)
    few = Seen(name="futility-chance-1", kind="futility", by="chance", could=True, share=0.1, value=0.21)
    for day, seen in (("2026-02-28", (calm, few)), ("2026-03-08", (calm, harm))):
        told = looks.keep(uow, CODE, looks.Made(day, uow.now, True, seen))
        keeping.change(uow, CITY, CODE, looks=told)
    after = running.stop(uow, CITY, CODE, ZONE, "", By("node", "node"), kind="harm")
    _judge(uow, after, fixed.hash, result(one))


def _judge(uow: UnitOfWork, trial: Trial, hash: str, found: Result) -> None:
    one = plan()
    link = Link(msgspec.to_builtins(one), {"why": "", "seen": None, "role": BY.name}, 1, uow.now, "", hash)
    figures = looks.figures(looks.every(uow, CODE))
    card = evidence.card(
        Made(
            id=keeping.id_of(CITY, CODE), trial=trial, versions=changes.changed([Version(link)], ZONE),
            result=found, where=Where(CITY, "Havendam", "HVD01", None), at=uow.now, cut=uow.now, figures=figures,
        )
    )  # fmt: skip
    told = kept.told(found) | {"places": {unit: "HVD01" for unit in one.treated}}
    running.judge(
        uow, CITY, CODE, found.verdict, told, looks={**looks.public(looks.every(uow, CODE)), "figures": figures}
    )
    with tempfile.TemporaryDirectory() as folder:
        identity = Identity(Path(folder))
        identity.make()
        remember(uow, identity.key, "test")
        signed.write(uow, CITY, CODE, keeping.id_of(CITY, CODE), card, identity.sign(card))
