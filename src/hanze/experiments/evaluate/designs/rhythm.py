# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the moments of a table follow each other: by the day, the week, the month; and their places on a grid without gaps."""

from datetime import date, timedelta
from typing import Literal

import msgspec
import numpy as np

from hanze.experiments.evaluate.table import Floats, Ints

Step = Literal["moment", "hour", "day", "week", "month", "quarter", "year"]

SPARSE = 3
"""Times as many places as moments: then the places say nothing, and the order of the moments is taken."""

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS: tuple[tuple[float, Step], ...] = (
    (0.9, "hour"), (5.5, "day"), (25.0, "week"), (80.0, "month"), (300.0, "quarter"), (float("inf"), "year"),
)  # fmt: skip
"""Up to so many days between two moments."""


class Rhythm(msgspec.Struct, frozen=True, eq=False):
    """`places`: (T,) of the moments on the grid, from 0. `moment` as step: no dates, or none that say more."""

    step: Step
    places: Ints


def rhythm(moments: Floats, dated: bool) -> Rhythm:
    """`moments`: (T,) in order, days since 1970-01-01 where they are dates."""
    if len(moments) < 2:
        return Rhythm("moment", np.arange(len(moments)))
    gap = float(np.median(np.diff(moments)))
    step: Step = next(name for most, name in _DAYS if gap <= most) if dated else "moment"
    if step in _MONTHS:
        places = np.array([12 * day.year + day.month - 1 for day in days(moments)]) // _MONTHS[step]
    else:
        unit = float(np.diff(moments).min())
        places = np.rint((moments - moments[0]) / (unit if step in ("moment", "hour") else _whole(step))).astype(
            np.int64
        )
    return Rhythm(step, _places(places - places[0]))


def _whole(step: Step) -> float:
    return 7.0 if step == "week" else 1.0


def _places(found: Ints) -> Ints:
    """Their order where they are no grid: two in one place, or hardly one in any."""
    order = np.arange(len(found))
    return found if (np.diff(found) > 0).all() and found[-1] + 1 <= SPARSE * len(found) else order


def days(moments: Floats) -> list[date]:
    """The day of each, in UTC."""
    return [date(1970, 1, 1) + timedelta(days=int(one // 1)) for one in moments]
