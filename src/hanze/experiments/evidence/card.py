# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands in the evidence of a trial: all that somebody elsewhere needs to judge it, to repeat it, and to pool it.

Source: what a meta-analysis takes of a study: estimate, standard error, scale, numbers of units (PRISMA 2020, items 10 and 19).
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from hanze.experiments.evaluate.finding import Counts, Finding
from hanze.experiments.evaluate.question import Better, Design
from hanze.experiments.evaluate.result import Result, Verdict
from hanze.experiments.trials.changes import Changed
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.outcome import Outcome
from hanze.ngsild import times

FORM = "hanze-evidence-1"
"""Of what is signed; another one where its fields mean something else."""

Ends = tuple[float | None, float | None]


class Where(msgspec.Struct, frozen=True):
    """`city`, `area`: codes; `people`: who live in the area, else in the city; None where that is not known."""

    city: str
    name: str
    area: str
    people: float | None


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """`stopped`: person, success, futility or harm; empty where it went on until its last day."""

    id: str
    name: str
    question: str
    description: str
    language: str
    starts: str
    ended: str
    goals: list[int]
    stopped: str
    simulated: bool


class Version(msgspec.Struct, frozen=True):
    """Of the plan. `when`: beside the days of the trial; `changed`: fields of the plan."""

    version: int
    at: str
    hash: str
    when: str
    changed: tuple[str, ...]
    why: str


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """As it was fixed. `bought`: the effect that it was done for, as a share; `hash`: of the newest version."""

    hypothesis: str
    outcome: Outcome
    better: Better
    design: Design
    bought: float | None
    level: float
    hash: str
    versions: list[Version]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """As hanze.experiments.evaluate.finding; a number without an end is null. `level`: of the intervals."""

    scale: str
    estimate: float | None
    se: float | None
    interval: Ends
    level: float
    relative: float | None
    relative_interval: Ends
    change: float | None
    change_interval: Ends
    p: float | None
    degrees: float | None
    detectable: float | None
    counts: Counts
    parts: dict[str, float]
    weights: dict[str, float]


class Stood(msgspec.Struct, frozen=True):
    """A check: its name, pass, warn or fail, and what was looked at and found, in English."""

    name: str
    status: str
    text: str


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What is signed. `at`: the moment of it; `data_until`: only what was measured before counted; `data_hash`: SHA-256 of the
    table as it was then, for numbers may be mended later. `method`, `sure`, `advice`: in English."""

    form: str
    at: str
    where: Where
    trial: Tried
    plan: Planned
    verdict: Verdict
    sure: str
    finding: Found
    checks: list[Stood]
    maryland: int
    nesta: int
    looks: list[Mapping[str, Any]]
    advice: str
    method: str
    version: str
    seed: int
    data_until: str
    data_hash: str


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What a card is made of. `at`, `cut`: microseconds; `figures`: of the looks before the end."""

    id: str
    trial: Trial
    versions: Sequence[Changed]
    result: Result
    where: Where
    at: int
    cut: int
    figures: Sequence[Mapping[str, Any]]


def card(made: Made) -> Card:
    """Numbers are finite, so that it can be signed."""
    result, question = made.result, made.result.question
    checks = [Stood(one.name, one.status, one.told.said()) for one in result.checks]
    return Card(
        form=FORM, at=times.text(made.at), where=made.where, trial=_tried(made), plan=_planned(made), verdict=result.verdict,
        sure=result.sure.said(), finding=_found(result), checks=checks, maryland=result.levels.maryland,
        nesta=result.levels.nesta, looks=list(made.figures), advice=result.advice.said(), method=result.finding.method.said(),
        version=result.version, seed=question.seed, data_until=times.text(made.cut), data_hash=result.hash,
    )  # fmt: skip


def _tried(made: Made) -> Tried:
    facts = made.trial.facts
    return Tried(
        id=made.id, name=facts.name, question=facts.question, description=facts.description, language=facts.language,
        starts=facts.starts, ended=facts.ended, goals=facts.goals or [], stopped=(facts.stopped or {}).get("kind", ""),
        simulated=bool(facts.simulated),
    )  # fmt: skip


def _planned(made: Made) -> Planned:
    newest = made.versions[-1].version
    plan = newest.plan
    versions = [
        Version(
            one.version.number,
            times.text(one.version.at),
            one.version.link.hash,
            one.when,
            one.fields,
            one.version.why,
        )
        for one in made.versions
    ]
    return Planned(
        hypothesis=plan.hypothesis, outcome=plan.outcome, better=plan.better, design=plan.design, bought=plan.bought,
        level=plan.level, hash=newest.link.hash, versions=versions,
    )  # fmt: skip


def _found(result: Result) -> Found:
    finding = result.finding
    return Found(
        scale=finding.scale, estimate=_finite(finding.estimate), se=_finite(finding.se),
        interval=(_finite(finding.low), _finite(finding.high)), level=result.question.level, relative=_finite(finding.relative),
        relative_interval=(_finite(finding.relative_low), _finite(finding.relative_high)), change=_finite(finding.change),
        change_interval=(_finite(finding.change_low), _finite(finding.change_high)), p=_finite(finding.p),
        degrees=_finite(finding.degrees), detectable=_finite(result.seeing.detectable), counts=finding.counts,
        parts=_all_finite(finding, "parts"), weights=_all_finite(finding, "weights"),
    )  # fmt: skip


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _all_finite(finding: Finding, name: str) -> dict[str, float]:
    return {unit: value for unit, value in getattr(finding, name).items() if math.isfinite(value)}
