# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the past of a number tells of a trial: how small a change could be seen, and whether it has a season; pure functions."""

from zoneinfo import ZoneInfo

import msgspec
import numpy as np

from hanze.experiments.challenges.call import Smallest
from hanze.experiments.evaluate.noise import detectable, noise
from hanze.experiments.evaluate.power import POWER, quantile
from hanze.experiments.evaluate.table import Floats, Ints
from hanze.experiments.told import Told
from hanze.goals.indicators.definition import Period
from hanze.goals.indicators.reducing import Moments
from hanze.ngsild import calendar
from hanze.web.language import mark as _

WEEK, YEAR = 7 * 86_400_000_000, 366 * 86_400_000_000

LEAST_WEEKS, LEAST_PERIODS = 8, 6
"""Of the past, below which nothing can be said of what a trial could see."""

YEARLY = 52
"""Periods before the trial that count at most."""

MOST_ALIKE = 0.95
"""The largest share by which an error goes on that is believed."""

SEASONS = 10
"""Months of which something must be known before a season is told."""

LEVELLED = 0.1
"""Months that differ by less than this share of the mean have no season that is told."""

MONTHS = (
    _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"), _("September"),
    _("October"), _("November"), _("December"),
)  # fmt: skip

PER_WEEK = {"week": 1.0, "month": 12 / 52.18, "year": 1 / 52.18}
"""Periods of an indicator in a week."""


class Panel(msgspec.Struct, frozen=True):
    """(N units, T periods), NaN where nothing is known; `starts`: of the periods; `each`: what one of them is, in words."""

    values: Floats
    starts: Moments
    each: str


class Size(msgspec.Struct, frozen=True):
    """Of a trial: how many weeks, in how many places; `period`: of the indicator; `zone`: in which months are told."""

    weeks: int
    streets: int
    period: Period
    zone: ZoneInfo


def smallest(panel: Panel | None, size: Size) -> Smallest:
    """What a trial of this size could see, by the past; the means of as many periods before as there are, and after."""
    if panel is None:
        return Smallest(None, size.weeks, size.streets, why=Told(_("Nothing of this is measured from week to week.")))
    units, periods = panel.values.shape
    per = PER_WEEK.get(size.period, 1.0) if panel.each != "week" else 1.0
    after, least = round(size.weeks * per), LEAST_WEEKS if panel.each == "week" else LEAST_PERIODS
    told = Smallest(None, size.weeks, size.streets, units, periods, panel.each)
    if after < 1:
        why = Told(_("It is worked out once a %(each)s, which is longer than the trial. The trial needs a measurement of its own."),
                   {"each": Told(panel.each)})  # fmt: skip
        return msgspec.structs.replace(told, why=why)
    if periods < least:
        return msgspec.structs.replace(told, why=Told(_("It has been measured for too short a time to tell.")))
    try:
        return msgspec.structs.replace(told, effect=_effect(panel, size, min(periods, YEARLY), after))
    except ModuleNotFoundError:
        # scipy comes with the extra `experiments`; a node runs without it.
        return msgspec.structs.replace(told, why=Told(_("This site has no software to work that out.")))


def _effect(panel: Panel, size: Size, before: int, after: int) -> float:
    """Of several units some with the measure are compared with the others; a single one is compared with its own trend."""
    units = len(panel.values)
    if units == 1:
        return step(panel.values[0], _months(panel, size.zone), before, after)
    treated = min(size.streets, units - 1)
    return detectable(noise(panel.values), before, after, treated, units - treated)


def step(values: Floats, season: Ints | None, before: int, after: int) -> float:
    """The smallest jump, as a share, that is seen in one series with a straight trend (segmented regression, Wagner and others
    2002, Journal of Clinical Pharmacy and Therapeutics 27) with chances of four in five. The error is that of ordinary least
    squares where errors go on from one period to the next by a share (AR(1)), as they did in the past; that share is estimated too
    low in short series, by about (1 + 3 r) / n (Kendall 1954, Biometrika 41), which is put back."""
    found = noise(level(values)[None, :], season).covariances
    share = found[1] / found[0] if found[0] > 0 else 0.0
    share = min(max(share + (1 + 3 * share) / len(values), 0.0), MOST_ALIKE)
    moments = np.arange(before + after)
    table = np.column_stack([np.ones(len(moments)), moments, moments >= before])
    weights = np.linalg.pinv(table)[2]
    errors = found[0] * share ** np.abs(np.subtract.outer(moments, moments))
    return float((quantile(0.975) + quantile(POWER)) * np.sqrt(max(float(weights @ errors @ weights), 0.0)))


def level(values: Floats) -> Floats:
    """Without a straight trend, around the same mean; NaN stays where nothing is known."""
    known, moments = np.isfinite(values), np.arange(len(values), dtype=np.float64)
    if known.sum() < 3:
        return values
    slope, start = np.polyfit(moments[known], values[known], 1)
    found: Floats = values - slope * moments - start + values[known].mean()
    return found


def _months(panel: Panel, zone: ZoneInfo) -> Ints | None:
    """Over two years or more, the month of each period; over less a month stands there too seldom to be told from chance."""
    if panel.starts[-1] - panel.starts[0] < 2 * YEAR - 5 * WEEK:
        return None
    return np.array([calendar.period("month", int(one), zone).date.month for one in panel.starts], np.int64)


def season(panel: Panel | None, zone: ZoneInfo) -> Told | None:
    """In which month it is highest and lowest; None where less than about a year is known."""
    if panel is None or panel.each == "year":
        return None
    month = np.array([calendar.period("month", int(one), zone).date.month for one in panel.starts])
    with np.errstate(invalid="ignore"):
        mean = np.array([_mean(panel.values[:, place]) for place in range(len(panel.starts))])
    mean = level(mean)
    by = {
        each: float(np.nanmean(mean[month == each])) for each in range(1, 13) if np.isfinite(mean[month == each]).any()
    }
    if len(by) < SEASONS:
        return None
    high, low = max(by, key=lambda each: by[each]), min(by, key=lambda each: by[each])
    whole = sum(by.values()) / len(by)
    if by[high] - by[low] < LEVELLED * whole:
        return Told(_("It has no clear season."))
    more, less = (100 * abs(by[each] / whole - 1) for each in (high, low))
    return Told(
        _("It has a season: in %(high)s it is about %(more)s%% above the mean of the year, in %(low)s about %(less)s%% below."),
        {"high": Told(MONTHS[high - 1]), "low": Told(MONTHS[low - 1]), "more": float(round(more)), "less": float(round(less))},
    )  # fmt: skip


def _mean(column: Floats) -> float:
    known = column[np.isfinite(column)]
    return float(known.mean()) if len(known) else float("nan")
