# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What would go wrong with a layout, told from what happened when it was tried on the past."""

from collections.abc import Iterator

import numpy as np

from hanze.errors import mark as _
from hanze.experiments.adviser.rates import least
from hanze.experiments.adviser.trying import Tried
from hanze.experiments.evaluate import size
from hanze.experiments.evaluate.power import POWER
from hanze.experiments.told import Told, Values

ALARMS = _(
    "It sees effects that are not there: in %(alarms)s of %(of)s periods without a measure, where about %(fair)s is fair."
)
WEAK = _("An effect of %(effect)s would be seen in %(power)s of the trials; four in five is usual.")
LEANS = _("In periods without a measure it finds %(drift)s on average: it leans to one side.")
BROKEN = _("It could not be used in %(broken)s of %(of)s periods: %(why)s")
SHORT = _(
    "The past holds only %(windows)s periods of this length that do not overlap, so that these figures are rough."
)
UNEVEN = _("All false alarms are of measures that begin from %(since)s to %(until)s; do not start at such a time.")
ONE = _("It has one starting date: whatever else begins at that time counts as its effect.")
FEW_ALARMS, ROUGH = 3, 5


def sound(tried: Tried, level: float) -> bool:
    """No more false alarms than fit an interval of this level, as far as can be told from so few."""
    return bool(tried.fakes) and least(tried.alarms, len(tried.fakes)) <= 1 - level


def wrong(tried: Tried, power: float, effect: float, level: float) -> Iterator[Told]:
    """What weighs most comes first."""
    of = len(tried.fakes)
    if not sound(tried, level):
        yield Told(ALARMS, {"alarms": tried.alarms, "of": of, "fair": max(1, round(of * (1 - level)))})
        yield from _uneven(tried)
    if power < POWER:
        yield Told(WEAK, {"effect": percent(effect), "power": percent(power)})
    yield from _leans(tried)
    if tried.broken:
        values: Values = {
            "broken": len(tried.broken),
            "of": of + len(tried.broken),
            "why": tried.broken[0],
        }
        yield Told(BROKEN, values)
    if not tried.layout.drawn:
        yield Told(ONE)
    if tried.windows < ROUGH:
        yield Told(SHORT, {"windows": max(1, tried.windows)})


def percent(share: float) -> Told:
    return Told("%(percent)s %%", {"percent": size.percent(share)})


def _leans(tried: Tried) -> Iterator[Told]:
    """The mean of what was found, against how far means of so many periods and units that do not overlap spread."""
    found = np.array([fake.relative for fake in tried.fakes])
    apart = max(tried.windows, 1) * (len(tried.layout.treatable) // tried.layout.count)
    if len(found) > 1 and abs(found.mean()) > 2 * float(found.std(ddof=1)) / np.sqrt(min(len(found), apart)):
        yield Told(LEANS, {"drift": percent(float(found.mean()))})


def _uneven(tried: Tried) -> Iterator[Told]:
    """Where false alarms stand together in a part of the past that is less than half of it."""
    places = [place for place, fake in enumerate(tried.fakes) if fake.low > 0 or fake.high < 0]
    if len(places) >= FEW_ALARMS and places[-1] - places[0] < len(tried.fakes) / 2:
        since, until = (tried.fakes[place].start for place in (places[0], places[-1]))
        yield Told(UNEVEN, {"since": since, "until": until})
