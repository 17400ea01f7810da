# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scores of areas are shown and verified."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from hanze.access.principal import OVERSEE
from hanze.errors import BadRequestData
from hanze.goals.computing.scores import Made, Scoring, every
from hanze.goals.keeping import scores
from hanze.goals.model import ScoreFacts, ScoreReceipt
from hanze.goals.verifying import score
from hanze.ngsild import calendar, times
from hanze.node import indicators
from hanze.node.verb import Desk, Progress, Verb


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`subject`: such as liveability or goal-11, `area`: the code of an area; empty for all. `past`: also of months that are
    over."""

    subject: str = ""
    area: str = ""
    past: bool = False


class Row(msgspec.Struct, frozen=True):
    """`month`: its first day. `told`: so many indicators had a number, out of `of`. `verdict`: of a check; empty where nothing was
    checked."""

    subject: str
    area: str
    month: str
    score: float | None
    colour: str
    low: float | None
    high: float | None
    change: float | None
    told: int
    of: int
    verdict: str = ""


class Kept(msgspec.Struct, frozen=True):
    """A score of the month that begins at `start` (microseconds); `current`: it is the one that the store shows."""

    facts: ScoreFacts
    receipt: ScoreReceipt
    start: int
    current: bool


def _scores(desk: Desk, given: Asked, progress: Progress) -> list[Row]:
    return [_row(one, desk) for one in _kept(desk, given)]


def _kept(desk: Desk, given: Asked) -> list[Kept]:
    """Those that are asked for, by subject, area and month."""
    found = [
        one
        for (subject, area), kept in sorted(scores.read(desk.store).items())
        if given.subject in ("", subject) and given.area in ("", area)
        for one in _months(kept, given.past)
    ]
    if not found:
        raise BadRequestData(
            f"There is no score of {given.subject or 'any subject'} for {given.area or 'any area'} yet; "
            "they are worked out while the node runs."
        )
    return found


def _months(kept: scores.Kept, past: bool) -> Iterator[Kept]:
    for start in kept.past if past else ():
        facts = kept.of(start, over=True)
        if facts is not None and start < kept.start:
            yield Kept(facts, msgspec.convert(facts.receipt, ScoreReceipt), start, False)
    yield Kept(kept.facts, msgspec.convert(kept.facts.receipt, ScoreReceipt), kept.start, True)


def _check(desk: Desk, given: Asked, progress: Progress) -> list[Row]:
    """Works the scores out once more from the values that are there now, those of a month that runs as it ran then."""
    kept = _kept(desk, given)
    zone = ZoneInfo(desk.config.city.timezone)
    moments: dict[int, int] = {}
    for one in kept:
        at = times.parse(one.receipt.at)
        month = _month(at, zone) if one.current else 0
        moments[month] = max(at, moments.get(month, 0))
    made = {month: _made(desk, at) for month, at in moments.items()}
    rows = []
    for one in kept:
        month = _month(times.parse(one.receipt.at), zone) if one.current else 0
        new = made[month].get((one.facts.subject, one.facts.area, one.start))
        rows.append(_row(one, desk, score(one.facts, new)))
    return rows


def _month(at: int, zone: ZoneInfo) -> int:
    return calendar.period("month", at, zone).start


def _made(desk: Desk, now: int) -> Mapping[tuple[str, str, int], Made]:
    """By subject, area and month: all scores as they are at that moment."""
    definitions = indicators.definitions(desk.folder)
    job = Scoring(desk.store.looking(), desk.config.city.timezone, now, definitions, wholly=True)
    return {(one.facts.subject, one.facts.area, one.month.start): one for one in desk.work(every, job)}


def _row(one: Kept, desk: Desk, verdict: str = "") -> Row:
    day = datetime.fromtimestamp(one.start / 1e6, ZoneInfo(desk.config.city.timezone)).date().isoformat()
    facts, receipt = one.facts, one.receipt
    return Row(
        facts.subject, facts.area, day, facts.score, facts.colour, receipt.low, receipt.high, receipt.change, receipt.told,
        receipt.of, verdict,
    )  # fmt: skip


SCORES = Verb(Asked, OVERSEE, _scores)
CHECK = Verb(Asked, OVERSEE, _check)
