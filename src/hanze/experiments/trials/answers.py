# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What residents answer to the short survey of a trial: once a browser and wave, and seen by others as counts only."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import tzinfo

import msgspec

from hanze.errors import AlreadyExists
from hanze.experiments.trials import days
from hanze.experiments.trials.outcome import Surveyed
from hanze.experiments.trials.vaults import ANSWERS
from hanze.store.base import Reads, UnitOfWork

FEWEST = 5
"""Of one area and wave: fewer answers are not told, so that nobody is known by them."""


class Answered(msgspec.Struct, frozen=True):
    """`wave`: counted from 0; `area`: the code of an area; `answer`: its place in the plan."""

    wave: int
    area: str
    answer: int


class Cell(msgspec.Struct, frozen=True):
    """Of one area and wave: how often each answer was given, in the order of the plan; None where too few answered."""

    wave: int
    area: str
    counts: tuple[int, ...] | None


def open_wave(survey: Surveyed, now: int, zone: tzinfo) -> int | None:
    """The wave in which can be answered at a moment (microseconds); None where none is."""
    return next((number for number, one in enumerate(survey.waves) if days.holds([one], now, zone)), None)


def mark(held: str, trial: str, wave: int) -> str:
    """By which a browser is known again in one wave of one trial, and nowhere else. `held`: what it alone holds."""
    return hashlib.sha256(f"{held}\n{trial}\n{wave}".encode()).hexdigest()


def put(uow: UnitOfWork, trial: str, answered: Answered, browser: str, *, simulated: bool = False) -> bool:
    """Keeps an answer; False where this browser answered already, and the first answer stays."""
    try:
        uow.vault(ANSWERS).insert(
            {
                "trial": trial, **msgspec.structs.asdict(answered), "browser": browser, "at": uow.real,
                "simulated": int(simulated),
            }
        )  # fmt: skip
    except AlreadyExists:
        return False
    return True


def cells(reads: Reads, trial: str, survey: Surveyed, areas: Mapping[str, str]) -> list[Cell]:
    """By wave and area of the plan. `areas`: from the code that was answered to that of the plan; others are left out."""
    counted: dict[tuple[int, str], list[int]] = {}
    for row in reads.vault(ANSWERS).select({"trial": trial}):
        area, answer = areas.get(row["area"]), row["answer"]
        if area is not None and 0 <= answer < len(survey.answers) and 0 <= row["wave"] < len(survey.waves):
            counted.setdefault((row["wave"], area), [0] * len(survey.answers))[answer] += 1
    return [
        Cell(wave, area, tuple(counts) if sum(counts) >= FEWEST else None)
        for (wave, area), counts in sorted(counted.items())
    ]


def scores(found: list[Cell], survey: Surveyed) -> Iterator[tuple[Cell, float, int]]:
    """The mean of what the answers of a cell count as, and how many there are; without cells of which is not told."""
    for one in found:
        if one.counts is not None:
            many = sum(one.counts)
            total = sum(count * answer.score for count, answer in zip(one.counts, survey.answers, strict=True))
            yield one, total / many, many


def counted(reads: Reads, trial: str) -> int:
    """All answers so far."""
    return reads.vault(ANSWERS).count({"trial": trial})
