# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What comes back each season, as columns of a model: by the day of the week, the month, or a season that was told or found."""

from collections.abc import Sequence

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.errors import mark as _
from hanze.experiments.evaluate.designs.rhythm import Rhythm, days
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Bools, Floats, Ints
from hanze.experiments.told import Told

WHOLE = 8
"""Seasons from which each part of it gets an effect of its own; with fewer two waves are drawn (as in Bernal, Cummins &
Gasparrini 2017, International Journal of Epidemiology 46), which are four numbers to learn."""

WAVES = 2
LEAST = 2
"""Seasons without which nothing can be said of one."""

YEAR = 365.25
CLEAR, SEEN, NEARLY = 0.3, 3.0, 0.75
"""A season is found where moments that lie one apart are alike: a correlation of that, and of so many of its errors; the
last: how near to the highest."""

NONE = _("No season was taken along.")
COLUMN = _("With a season from the column %(column)s.")
TOLD = _("With a season of %(period)s moments, as was told.")
FOUND = _("With a season of %(period)s moments, which the outcome shows by itself before the measure.")
WEEKDAY = _("With the day of the week.")
BOTH = _("With the day of the week and the time of year.")
YEARLY = _("With the time of year.")
HOURLY = _("With the hour of the day.")


class Season(msgspec.Struct, frozen=True, eq=False):
    """`columns`: (T, S). `period`: moments in it, 0 for none."""

    columns: Floats
    period: int
    told: Told


def season(panel: Panel, question: Question, moments: Floats, rhythm: Rhythm, values: Floats | None) -> Season:
    """Of `moments` (T,), those of the panel or what was made of them. What was told goes before what the dates tell, and that
    before what is found in `values`, of before the measure, on the grid, NaN where nothing is known; None: it is not looked for.
    Errors: ConfigurationError where what was told cannot be used."""
    places = rhythm.places
    if question.season:
        codes = _codes(panel, question)
        return Season(_parts(codes), int(codes.max()) + 1, Told(COLUMN, {"column": question.season}))
    if question.period is not None:
        _long_enough(question.period, places)
        return _periodic(places, question.period, TOLD)
    if panel.dated and rhythm.step != "moment":
        return _dated(moments, rhythm)
    period = 0 if values is None else found(values)
    return _periodic(places, period, FOUND) if period else none(len(places))


def none(moments: int) -> Season:
    return Season(np.zeros((moments, 0)), 0, Told(NONE))


def _periodic(places: Ints, period: int, text: str) -> Season:
    return Season(_parts(places % period, period), period, Told(text, {"period": float(period)}))


def _long_enough(period: int, places: Ints) -> None:
    if period < 2 or places[-1] + 1 < LEAST * period:
        raise ConfigurationError(
            f"period is {period} and there are {places[-1] + 1} moments; give one of 2 or more that fits in {LEAST} times."
        )


def _codes(panel: Panel, question: Question) -> Ints:
    """(T,): the part of the season at each moment, numbered as they first come in time."""
    assert panel.season is not None
    found = np.full(len(panel.times), -1, np.int64)
    for place, code in zip(panel.time.tolist(), panel.season.tolist(), strict=True):
        if found[place] not in (-1, code):
            raise ConfigurationError(
                f"{question.season} has several values at {question.time} {panel.times[place]}; a moment is in one season."
            )
        found[place] = code
    known = {code: number for number, code in enumerate(dict.fromkeys(found[found >= 0].tolist()))}
    # A moment without a row has no outcome either, so that it does not matter which part it is given.
    return np.array([known.get(code, 0) for code in found.tolist()], np.int64)


def _dated(moments: Floats, rhythm: Rhythm) -> Season:
    count, dates = len(moments), days(moments)
    years = float(moments[-1] - moments[0]) / YEAR
    year = _waves((moments / YEAR) % 1) if years > LEAST - 0.05 else np.zeros((count, 0))
    if rhythm.step == "hour":
        return Season(_parts(np.rint(moments % 1 * 24).astype(np.int64) % 24, 24), 24, Told(HOURLY))
    if rhythm.step == "day":
        weekday = np.array([day.weekday() for day in dates], np.int64)
        whole = rhythm.places[-1] + 1 >= 2 * LEAST * 7
        columns = [_parts(weekday, 7) if whole else np.zeros((count, 0)), year]
        text = BOTH if year.shape[1] else WEEKDAY if whole else NONE
        return Season(np.column_stack(columns), 7 if whole else 0, Told(text))
    if rhythm.step == "week":
        return Season(year, 52 if year.shape[1] else 0, Told(YEARLY if year.shape[1] else NONE))
    parts = {"month": 12, "quarter": 4}.get(rhythm.step, 0)
    if not parts or rhythm.places[-1] + 1 < LEAST * parts:
        return none(count)
    place = np.array([(day.month - 1) * parts // 12 for day in dates], np.int64)
    return Season(_parts(place, parts), parts, Told(YEARLY))


def _parts(codes: Ints, period: int = 0) -> Floats:
    """(T, S): an effect of each part but the first where there are enough seasons, else waves."""
    period = period or int(codes.max()) + 1
    if period > 2 * WAVES + 1 and len(codes) < WHOLE * period:
        return _waves(codes / period)
    known = np.unique(codes)[1:]
    found: Floats = (codes[:, None] == known[None, :]).astype(np.float64)
    return found


def _waves(phase: Floats) -> Floats:
    """`phase`: (T,) shares of a season."""
    turns: Sequence[Floats] = [2 * np.pi * wave * phase for wave in range(1, WAVES + 1)]
    return np.column_stack([wave(turn) for turn in turns for wave in (np.sin, np.cos)])


def found(values: Floats) -> int:
    """The period that changes from moment to moment repeat themselves at, by the highest peak of their autocorrelation; 0 for none.
    Changes, since a trend is alike at all distances. A peak counts that is `CLEAR`, lies above its neighbours, and comes back at
    twice its distance; with at least three seasons."""
    changes = np.diff(values)
    known: Bools = np.isfinite(changes)
    if known.sum() < 3 * LEAST * 2 or np.nanstd(changes) == 0:
        return 0
    about = np.where(known, changes - changes[known].mean(), 0.0)
    longest = len(changes) // 3
    alike = [
        float((about[lag:] * about[: len(about) - lag]).sum() / (about**2).sum()) for lag in range(2 * longest + 1)
    ]
    least = max(CLEAR, SEEN / float(np.sqrt(known.sum())))
    peaks = [
        lag
        for lag in range(2, longest + 1)
        if alike[lag] >= least and alike[lag] >= max(alike[lag - 1], alike[lag + 1]) and alike[2 * lag] >= least / 2
    ]
    highest = max((alike[lag] for lag in peaks), default=0.0)
    # Two seasons are as alike as one, and the first that is nearly as high as all others is one.
    return next((lag for lag in peaks if alike[lag] >= NEARLY * highest), 0)
