# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Holidays and school breaks are where they were, as far as their usual rule tells."""

from datetime import date

import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.calendar import PLACES, SCHOOLS, breaks, easter


@pytest.mark.parametrize(
    ("year", "day"),
    [(1961, (4, 2)), (2000, (4, 23)), (2019, (4, 21)), (2021, (4, 4)), (2024, (3, 31)), (2038, (4, 25))],
)
def test_easter(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == date(year, *day)


def schools(country: str, year: int, month: int) -> list[tuple[date, date]]:
    found = [one for one in breaks(country, [year]) if one.school and one.since.month == month]
    return [(one.since, one.until) for one in found]


@pytest.mark.parametrize("day", [date(2021, 10, 25), date(2022, 10, 24), date(2023, 10, 23), date(2025, 10, 27)])
def test_half_term_in_england_is_at_the_end_of_october(day: date) -> None:
    ((since, until),) = schools("GB", day.year, 10)
    assert (since, (until - since).days) == (day, 4)


@pytest.mark.parametrize(
    ("country", "month", "first", "last"),
    [
        ("NL", 10, date(2021, 10, 16), date(2021, 10, 31)),
        ("FR", 10, date(2021, 10, 23), date(2021, 11, 7)),
        ("BE", 11, date(2021, 11, 1), date(2021, 11, 7)),
        ("NL", 12, date(2021, 12, 25), date(2022, 1, 9)),
    ],
)
def test_breaks_as_they_were_set(country: str, month: int, first: date, last: date) -> None:
    ((since, until),) = schools(country, 2021, month)
    assert since == first and abs((until - last).days) <= 1


def test_every_country_has_public_holidays_in_order() -> None:
    for country in PLACES:
        found = breaks(country, [2026])
        assert found == sorted(found)
        assert any(one.since == date(2026, 1, 1) and not one.school for one in found), country
        assert all(one.since <= one.until for one in found)
        assert {one.country for one in found} == {country}
    assert set(SCHOOLS) <= set(PLACES)


def test_an_unknown_country_is_told() -> None:
    with pytest.raises(ConfigurationError, match="country is 'XX'"):
        breaks("XX", [2026])
