# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""All that is known of the way of one subject: what was, what was promised, what was foreseen and what came of that."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from hanze.goals.computing.compute import period
from hanze.goals.journey import foreseeing, foreseen, targets
from hanze.goals.journey.drawing import Fan, Point
from hanze.goals.journey.foreseen import Made, Outlook
from hanze.goals.journey.subject import Subject
from hanze.goals.journey.targets import Target
from hanze.goals.keeping import scores, values
from hanze.goals.pages import told
from hanze.ngsild import calendar, times
from hanze.ngsild.calendar import Period
from hanze.ngsild.described import VOCABULARY
from hanze.ngsild.selection import Window
from hanze.ngsild.times import EPOCH, MICROSECOND
from hanze.web.room import Visit

SHOWN = 12
"""Earlier forecasts in the picture."""


class Step(msgspec.Struct, frozen=True):
    """The value of a period; `over`: False where it still runs."""

    period: Period
    value: float
    over: bool

    @property
    def point(self) -> Point:
        return self.period.end, self.value


class Way(msgspec.Struct, frozen=True):
    """`steps`: in order. `made`: forecasts, the newest last. `targets`: by year, also those that were taken back. `area`: the code
    of the city. `simulated`: something of it was made up."""

    subject: Subject
    area: str
    steps: Sequence[Step]
    made: Sequence[Made]
    targets: Sequence[Target]
    simulated: bool

    @property
    def promised(self) -> list[Target]:
        """Those that count."""
        return [one for one in self.targets if one.counts]

    @property
    def outlook(self) -> Outlook | None:
        return self.made[-1].outlook if self.made else None


def read(visit: Visit, subject: Subject) -> Way:
    """As the visitor may see it."""
    city = told.city(visit)
    area = told.code_of(city)
    known = told.known(visit).city
    store, scope = visit.site.store, visit.scope
    found = targets.read(store, scope, [subject.code])
    simulated = any(one.newest.simulated for one in found)
    if subject.one is None:
        return Way(subject, area, _scored(visit, known, subject, area), (), found, simulated)
    value = told.found(visit, [subject.code], [area]).get((subject.code, area))
    made = foreseen.every(store, scope, known, subject.code, area)
    simulated = simulated or (value is not None and value.receipt.simulated)
    return Way(subject, area, _measured(visit, known, subject, area, value), made, found, simulated)


def _measured(visit: Visit, known: str, subject: Subject, area: str, value: told.Value | None) -> list[Step]:
    assert subject.one is not None
    starts, numbers = foreseeing.ended(visit.site.store, visit.scope, values.id_of(known, subject.code, area))
    steps = [
        Step(period(subject.one, start, zone_of(visit)), number, True)
        for start, number in zip(starts.tolist(), numbers.tolist(), strict=True)
    ]
    if value is not None and value.value is not None and (not steps or steps[-1].period.start < value.start):
        steps.append(Step(period(subject.one, value.start, zone_of(visit)), value.value, value.end <= visit.now))
    return steps


def _scored(visit: Visit, known: str, subject: Subject, area: str) -> list[Step]:
    id = scores.id_of(known, subject.code, area)
    found = visit.site.store.numbers("", id, VOCABULARY + "score", None, Window(), visit.scope)
    moments = dict(zip(found[-1].moments.tolist(), found[-1].values.tolist(), strict=True)) if found else {}
    now = told.graded(visit, [subject.code], [area]).get((subject.code, area))
    if now is not None and now.facts.score is not None:
        moments[now.start] = now.facts.score
    months = [(calendar.period("month", start, visit.site.zone), value) for start, value in sorted(moments.items())]
    return [Step(month, value, month.end <= visit.now) for month, value in months]


def fan(way: Way, outlook: Outlook, zone: ZoneInfo) -> Fan | None:
    """A forecast as it is drawn; None where it has no fan, or goes on from a value that is not there any more."""
    last = next((one for one in way.steps if one.period.start == times.parse(outlook.until)), None)
    if not outlook.starts or last is None:
        return None
    ends = [one.end for one in periods(way.subject, outlook, zone)]
    return Fan(last.point, ends, outlook.lowest, outlook.low, outlook.middle, outlook.high, outlook.highest)


def periods(subject: Subject, outlook: Outlook, zone: ZoneInfo) -> list[Period]:
    """Those that a forecast tells of."""
    assert subject.one is not None
    return [period(subject.one, times.parse(start), zone) for start in outlook.starts]


def came(way: Way) -> tuple[int, int]:
    """Of so many periods that were foreseen and are over by now, so many came to lie in the outer band."""
    happened = {one.period.start: one.value for one in way.steps if one.over}
    foretold = [
        (low, happened[times.parse(start)], high)
        for made in way.made
        for start, low, high in zip(made.outlook.starts, made.outlook.lowest, made.outlook.highest, strict=True)
        if times.parse(start) in happened
    ]
    return sum(low <= value <= high for low, value, high in foretold), len(foretold)


def year_ends(year: int, zone: ZoneInfo) -> int:
    """The last moment of a year, microseconds."""
    return (datetime(year + 1, 1, 1, tzinfo=zone) - EPOCH) // MICROSECOND - 1


def zone_of(visit: Visit) -> ZoneInfo:
    """That of the city."""
    assert isinstance(visit.site.zone, ZoneInfo)
    return visit.site.zone
