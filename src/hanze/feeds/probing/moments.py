# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which of the values tells when a thing was observed, and how it is written."""

import re
from collections.abc import Sequence
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from hanze.errors import BadRequestData
from hanze.feeds.kinds.answers import moment
from hanze.feeds.probing.leaves import Leaf
from hanze.feeds.shapes.shape import Moment
from hanze.feeds.tables import mapping, times
from hanze.ngsild.times import parse

FORMS: tuple[str | None, ...] = (
    None, "%d.%m.%Y, %H:%M:%S", "%d.%m.%Y, %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M",
    "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%Y%m%d",
)  # fmt: skip
"""Ways to write a time; None is ISO 8601. The day comes before the month, as in Europe, where either may be meant."""

DATED = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|^(19|20)\d{6}$")
OFFSET = re.compile(r"(Z|[+-]\d\d:?\d\d)$", re.IGNORECASE)

GOOD = re.compile(
    r"observ|measur|gemeten|meting|mess(ung|zeit)|time_?stamp|tijdstip|zeitpunkt|pub_?date|updat|aktual|received|seen|report|scraped"
)
MEDIUM = re.compile(r"time|date|datum|tijd|zeit|moment|utc|yyyy|(^|_)at ")
BAD = re.compile(
    r"begin|start|(^|_)end|eind|ende |creat|first|expir|valid|since|open|birth|jaar|year|jahr|(^|_)to |until|tot "
)

BEGIN = re.compile(r"^(start|begin|from|van|von|datetime_?from|start_?time|begin_?tijd)")
"""Of one reading, the hour or day that it is of begins then."""

EARLIEST, LATEST = 631_152_000_000_000, 4_102_444_800_000_000
"""Microseconds: 1990 and 2100."""

SLACK = 600_000_000
"""Microseconds that clocks may differ."""


class Written(NamedTuple):
    """How a moment is told. `newest`: in microseconds. `zoned`: the texts name their zone, or are no texts."""

    moment: Moment
    newest: int
    zoned: bool


def best(found: list[Leaf], zone: str = "UTC", *, readings: bool = False) -> Written | None:
    """How the moment of each thing is told; None where no value does. `readings`: a thing is one reading."""
    rated = []
    for leaf in found:
        worth = _worth(leaf) or (1.0 if readings and BEGIN.search(leaf.key) else 0.0)
        if worth > 0 and 2 * len(leaf.told) >= len(leaf.values):
            written = _written(leaf, zone)
            if written is not None:
                rated.append((worth, written))
    return max(rated, key=lambda one: one[0])[1] if rated else None


def zone_of(found: list[Leaf], written: Written, zone: str, now: int | None) -> Written:
    """The same in the zone that fits to the moment `now` of the answer, where the texts name none."""
    if written.zoned:
        return written
    leaf = next(one for one in found if one.path == written.moment.path)
    both = [one for one in (_written(leaf, zone), _written(leaf, "UTC")) if one is not None]
    if now is not None:
        past = [one for one in both if one.newest <= now + SLACK]
        both = sorted(past, key=lambda one: now - one.newest) or both
    return both[0]


def told(headers: Any, document: Any) -> int | None:
    """The moment of the answer itself, by what it says or by its header; None where neither tells."""
    for name, value in document.items() if isinstance(document, dict) else ():
        if isinstance(value, str) and MEDIUM.search(name.lower()) and OFFSET.search(value):
            try:
                return parse(value)
            except BadRequestData:
                continue
    try:
        return int(parsedate_to_datetime(headers.get("date", "")).timestamp() * 1_000_000)
    except (ValueError, TypeError):
        return None


def _worth(leaf: Leaf) -> float:
    key = leaf.key
    way = " ".join(part.key for part in _ways(leaf))
    if not MEDIUM.search(way) and not GOOD.search(way):
        return 0
    worth = 12.0 if GOOD.search(way) else 6.0
    worth -= 4 * bool(BAD.search(way)) + 3 * ("record" in key) + 2 * ("local" in key) + 0.5 * len(leaf.steps)
    return worth


def _ways(leaf: Leaf) -> Sequence[Leaf]:
    """The last two names: datetime.utc tells more than utc."""
    return [Leaf("", (name,), []) for name in leaf.steps[-2:]]


def _written(leaf: Leaf, zone: str) -> Written | None:
    values = leaf.told
    if all(type(one) in (int, float) for one in values):
        return _newest(leaf, [lambda value: moment(value, leaf.name)], None, "UTC", True)
    if not all(isinstance(one, str) and DATED.search(one) for one in values):
        return None
    zoned = all(OFFSET.search(one.strip()) for one in values)
    for form in FORMS:
        reader = times.reader(mapping.Time(leaf.path, "UTC" if zoned else zone, form))
        found = _newest(leaf, [lambda value, read=reader: read(value.strip())], form, "UTC" if zoned else zone, zoned)
        if found is not None:
            return found
    return None


def _newest(leaf: Leaf, reads: Sequence[Any], form: str | None, zone: str, zoned: bool) -> Written | None:
    try:
        moments = [read(value) for value in leaf.told for read in reads]
    except (ValueError, BadRequestData):
        return None
    # A number may be anything; a text that is written as a date is one.
    numbers = not isinstance(leaf.told[0], str)
    if numbers and not all(EARLIEST <= one <= LATEST for one in moments):
        return None
    return Written(Moment(leaf.path, zone, form), max(moments), zoned)
