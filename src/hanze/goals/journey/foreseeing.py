# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forecasts worked out in a process of their own, from the values of the periods that are over."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

import msgspec
import numpy as np

from hanze import __version__
from hanze.compute import Tell
from hanze.goals.computing.compute import earlier, period
from hanze.goals.indicators.definition import Definition, Period
from hanze.goals.indicators.reducing import Floats, Moments
from hanze.goals.journey import forecasting
from hanze.goals.journey.fan import Fan
from hanze.goals.journey.foreseen import Outlook
from hanze.goals.keeping import values
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.ngsild.selection import Window
from hanze.store.base import Look, Reads
from hanze.store.scope import EVERYTHING, Scope

SEASONS: Mapping[Period, int] = {"now": 7, "day": 7, "week": 52, "month": 12, "year": 0}
"""After so many periods a season comes back."""

LATE = 2
"""The newest value is that of the period that ended last, or of one before that one."""


class Job(msgspec.Struct, frozen=True):
    """What to foresee, of the data that `look` opens, as of `now` (microseconds): these `codes` of the definitions, for an area of
    the city (their codes)."""

    look: Look
    zone: str
    now: int
    definitions: Mapping[str, Definition]
    codes: Sequence[str]
    city: str
    area: str


def run(job: Job, tell: Tell = lambda done, whole, words: None) -> dict[str, Outlook]:
    """By indicator; those with too few values are left out. It reads the store and writes nothing."""
    zone, found = ZoneInfo(job.zone), {}
    with job.look(job.now) as reads:
        for number, code in enumerate(job.codes):
            one = job.definitions[code]
            tell(number, len(job.codes), one.name.en)
            told = outlook(one, *ended(reads, EVERYTHING, values.id_of(job.city, code, job.area)), zone, job.now)
            if told is not None:
                found[code] = told
    return found


def ended(reads: Reads, scope: Scope, id: str) -> tuple[Moments, Floats]:
    """The values of a KeyPerformanceIndicator in periods that are over by the starts of these, each once: as it was told last."""
    told = reads.numbers("", id, CORE.expand("kpiValue"), None, Window(), scope)
    if not told:
        return np.empty(0, np.int64), np.empty(0)
    newest = {int(moment): float(value) for moment, value in zip(told[-1].moments, told[-1].values, strict=True)}
    return np.array(list(newest), np.int64), np.array(list(newest.values()))


def outlook(one: Definition, starts: Moments, numbers: Floats, zone: ZoneInfo, now: int) -> Outlook | None:
    """None where there are too few values that follow each other."""
    starts, numbers = _unbroken(one, starts, numbers, zone)
    if len(numbers) < forecasting.LEAST:
        return None
    starts, numbers = starts[-forecasting.MOST :], numbers[-forecasting.MOST :]
    sum = hashlib.sha256(starts.astype("<i8").tobytes() + numbers.astype("<f8").tobytes()).hexdigest()
    told = Outlook(
        "",
        forecasting.reach(len(numbers)),
        len(numbers),
        times.text(int(starts[0])),
        times.text(int(starts[-1])),
        sum,
        __version__,
    )
    if int(starts[-1]) < earlier(one, period(one, now, zone), LATE, zone).start:
        return msgspec.structs.replace(told, why="old")
    made = forecasting.forecast(numbers, SEASONS[one.period])
    assert made.why != "short"
    if made.trial is not None:
        trial = made.trial
        told = msgspec.structs.replace(
            told, gain=round(trial.gain, 4), inner=round(trial.inner, 4), outer=round(trial.outer, 4), times=trial.times
        )
    if made.fan is None:
        return msgspec.structs.replace(told, why=made.why)
    coming = tuple(times.text(start) for start in _coming(one, int(starts[-1]), made.reach, zone))
    return msgspec.structs.replace(told, starts=coming, **_edges(made.fan, one, numbers))


def _unbroken(one: Definition, starts: Moments, numbers: Floats, zone: ZoneInfo) -> tuple[Moments, Floats]:
    """The newest values without a gap between them."""
    first = len(starts) - 1
    while first > 0 and first > len(starts) - forecasting.MOST:
        if earlier(one, period(one, int(starts[first]), zone), 1, zone).start != int(starts[first - 1]):
            break
        first -= 1
    return (starts[first:], numbers[first:]) if len(starts) else (starts, numbers)


def _coming(one: Definition, newest: int, many: int, zone: ZoneInfo) -> Iterator[int]:
    """The starts of so many periods after the one that begins at `newest`."""
    when = period(one, newest, zone)
    for _ in range(many):
        when = period(one, when.end, zone)
        yield when.start


def _edges(fan: Fan, one: Definition, numbers: Floats) -> dict[str, tuple[float, ...]]:
    """The lines of the fan; what was never below zero is not foreseen below it, and no share above all."""
    low = 0.0 if numbers.min() >= 0 else -np.inf
    high = 100.0 if one.unit == "%" and numbers.max() <= 100 else np.inf
    lines = {
        "lowest": fan.middle - fan.outer, "low": fan.middle - fan.inner, "middle": fan.middle,
        "high": fan.middle + fan.inner, "highest": fan.middle + fan.outer,
    }  # fmt: skip
    return {name: tuple(np.clip(line, low, high).tolist()) for name, line in lines.items()}
