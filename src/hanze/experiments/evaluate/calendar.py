# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What usually changes a city for some days: public holidays, and school breaks by the rule by which a country usually sets them.

Public holidays are those of the library `holidays`. Breaks are usual weeks, not the decisions of a year: regions and schools
differ by a week, which is close enough to ask whether a date coincides with one. Sources: gov.uk and the term dates of English
councils; Rijksoverheid (schoolvakanties); onderwijs.vlaanderen.be (schoolvakanties); education.gouv.fr; kmk.org.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

import msgspec

from hanze.errors import ConfigurationError
from hanze.errors import mark as _

DAY, WEEK = timedelta(days=1), timedelta(days=7)


class Break(msgspec.Struct, frozen=True, order=True):
    """First and last day; `name`: an English text of the catalogues, or the own name of a public holiday; `country`: a code."""

    since: date
    until: date
    name: str
    country: str
    school: bool


PLACES: Mapping[str, str] = {
    "AT": _("Austria"), "BE": _("Belgium"), "DE": _("Germany"), "ES": _("Spain"), "FR": _("France"), "GB": _("England"),
    "IE": _("Ireland"), "IT": _("Italy"), "NL": _("the Netherlands"), "US": _("the United States"),
}  # fmt: skip
"""Countries whose public holidays are looked at, and what they are called."""

PARTS = {"GB": "ENG"}
"""The part of a country whose public holidays are taken."""

AUTUMN, WINTER, SPRING = _("autumn holidays"), _("winter holidays"), _("spring holidays")
SUMMER, EASTER, CHRISTMAS = _("summer holidays"), _("Easter holidays"), _("Christmas holidays")
HALF_TERM = _("half-term")
"""A week in the middle of each English term."""

Found = Iterator[tuple[str, date, date]]


def breaks(country: str, years: Iterable[int]) -> list[Break]:
    """Public holidays and school breaks that begin in these years, in order of time; it needs the library.
    Errors: ConfigurationError for a country that is not known."""
    import holidays

    years = sorted(set(years))
    if country not in holidays.list_supported_countries():
        raise ConfigurationError(
            f"country is {country!r}, of which no holidays are known; give a code of two letters such as NL."
        )
    public = holidays.country_holidays(country, subdiv=PARTS.get(country), years=years, language="en_US")
    found = [Break(day, day, name, country, school=False) for day, name in public.items()]
    rule = SCHOOLS.get(country)
    if rule is not None:
        found += [Break(since, until, name, country, True) for year in years for name, since, until in rule(year)]
    return sorted(found)


def monday(day: date) -> date:
    """Of its week."""
    return day - timedelta(days=day.weekday())


def easter(year: int) -> date:
    """Easter Sunday (the algorithm in Nature 13, 1876, p. 487)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _saturday(day: date) -> date:
    """That day, or the last one before it."""
    return day - (day.weekday() - 5) % 7 * DAY


def _week(year: int, number: int) -> date:
    """The Monday of an ISO week."""
    return date.fromisocalendar(year, number, 1)


def _england(year: int) -> Found:
    """A week in the middle of each term, two at Christmas and Easter; half-term in autumn is at the end of October."""
    autumn = monday(date(year, 10, 28))
    spring = monday(date(year, 5, 31))
    yield HALF_TERM, monday(date(year, 2, 18)), monday(date(year, 2, 18)) + 4 * DAY
    yield EASTER, monday(easter(year)), monday(easter(year)) + WEEK + 4 * DAY
    yield HALF_TERM, spring, spring + 4 * DAY
    yield SUMMER, date(year, 7, 22), date(year, 8, 31)
    yield HALF_TERM, autumn, autumn + 4 * DAY
    yield CHRISTMAS, monday(date(year, 12, 23)), monday(date(year, 12, 23)) + 2 * WEEK - 3 * DAY


def _netherlands(year: int) -> Found:
    """Three regions with weeks beside each other: from the first day off in any to the last in any."""
    yield WINTER, _week(year, 8) - 2 * DAY, _week(year, 9) + 6 * DAY
    yield SPRING, _week(year, 17) + 5 * DAY, _week(year, 18) + 6 * DAY
    yield SUMMER, _week(year, 28) - 2 * DAY, _week(year, 35) + 6 * DAY
    yield AUTUMN, _week(year, 42) - 2 * DAY, _week(year, 43) + 6 * DAY
    yield CHRISTMAS, _christmas(year) - 2 * DAY, _christmas(year) + 2 * WEEK - DAY


def _christmas(year: int) -> date:
    """The Monday of the two weeks around Christmas and New Year."""
    day = date(year, 12, 25)
    return monday(day) + (WEEK if day.weekday() >= 5 else timedelta())


def _belgium(year: int) -> Found:
    """Weeks of All Saints and of Shrove Tuesday, two at Christmas and Easter (Flemish schools)."""
    saints = date(year, 11, 1)
    autumn = saints + DAY if saints.weekday() == 6 else monday(saints)
    feast = easter(year)
    first = monday(date(year, 4, 1) + 6 * DAY)
    spring = feast + DAY if feast.month == 3 else feast - 13 * DAY if feast > date(year, 4, 15) else first
    yield WINTER, feast - 48 * DAY, feast - 42 * DAY
    yield EASTER, spring, spring + 2 * WEEK - DAY
    yield SUMMER, date(year, 7, 1), date(year, 8, 31)
    yield AUTUMN, autumn, monday(autumn) + 6 * DAY
    yield CHRISTMAS, _christmas(year), _christmas(year) + 2 * WEEK - DAY


def _france(year: int) -> Found:
    """Two weeks about every seven; three zones in winter and spring, from the first day off in any to the last in any."""
    winter, spring = _saturday(date(year, 2, 10)), _saturday(date(year, 4, 10))
    autumn = _saturday(date(year, 10, 24))
    yield WINTER, winter, winter + 4 * WEEK + DAY
    yield SPRING, spring, spring + 4 * WEEK + DAY
    yield SUMMER, date(year, 7, 6), date(year, 8, 31)
    yield AUTUMN, autumn, autumn + 2 * WEEK + DAY
    yield CHRISTMAS, _christmas(year) - 2 * DAY, _christmas(year) + 2 * WEEK - DAY


def _germany(year: int) -> Found:
    """Each state sets its own; here are those at Christmas and Easter, which they share, and the weeks of most others."""
    yield EASTER, monday(easter(year)) - WEEK, monday(easter(year)) + 2 * WEEK - DAY
    yield SUMMER, date(year, 6, 25), date(year, 9, 10)
    yield AUTUMN, monday(date(year, 10, 8)), monday(date(year, 10, 8)) + 3 * WEEK - DAY
    yield CHRISTMAS, date(year, 12, 22), date(year + 1, 1, 5)


SCHOOLS: Mapping[str, Callable[[int], Found]] = {
    "BE": _belgium, "DE": _germany, "FR": _france, "GB": _england, "NL": _netherlands,
}  # fmt: skip
