# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Findings as designs give them, of which a test changes what it is about."""

from hanze.experiments.evaluate.finding import Counts, Finding, Point
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.result import Check, Status
from hanze.experiments.told import Told

COUNTS = Counts(rows=240, units=10, treated=1, clusters=10, dates=1, before=18, after=6)

QUESTION = Question(design="did", outcome="noise", time="month", unit="street", treated=("Quay",), start="2025-07")


def found(estimate: float, wide: float, expected: float = 100.0) -> Finding:
    """An effect, in units of the outcome, with half its interval, where so much was expected."""
    ends = estimate - wide, estimate, estimate + wide
    low, middle, high = (one / expected for one in ends)
    return Finding(
        scale="difference", estimate=estimate, se=wide / 1.96, low=ends[0], high=ends[2], p=None, relative=middle,
        relative_low=low, relative_high=high, change=estimate, change_low=ends[0], change_high=ends[2],
        method=Told("The mean of two."), counts=COUNTS, line=_line(estimate, expected),
    )  # fmt: skip


def _line(effect: float, expected: float) -> tuple[Point, ...]:
    months = [f"{2024 + month // 12}-{month % 12 + 1:02}" for month in range(24)]
    return tuple(
        Point(month, expected + (effect if place >= COUNTS.before else 0), expected, expected - 3, expected + 3)
        for place, month in enumerate(months)
    )


def check(status: Status, *, doubts: bool = False, name: str = "dates") -> Check:
    return Check(name, status, Told("It was looked at."), doubts)
