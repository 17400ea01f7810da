# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every number of an indicator in the demonstration is what a few independent lines make of the raw entities, in every area."""

from typing import Any, get_args

import pytest

from hanze.goals.catalogue.reading import shipped
from hanze.goals.indicators.definition import Dimension
from tests.goals.demo.checks import CHECKS
from tests.goals.demo.plain import Numbers, span
from tests.goals.demo.raw import CITY, Raw, value

SHIPPED = shipped()

UNTIL = "2026-04-10T13:00:00+00:00"
"""The last full hour."""

RUNNING = {
    "year": span("2026-01-01", UNTIL), "month": span("2026-04-01", UNTIL), "now": span("2026-04-10", UNTIL),
}  # fmt: skip

PAST = {
    "2025-12-31T23:00:00Z": span("2026-01-01", "2026-02-01"),
    "2026-01-31T23:00:00Z": span("2026-02-01", "2026-03-01"),
    # The clocks were put forward on the 29th.
    "2026-02-28T23:00:00Z": span("2026-03-01", "2026-04-01"),
}  # fmt: skip

MONTHLY = sorted(code for code in CHECKS if SHIPPED[code].period == "month")

FEW = 50
"""Of areas with fewer residents nothing is told, nor of others that would give them away."""


def close(code: str) -> Any:
    """How near a number must come: what is measured exactly, but for the last bits; what is drawn by another way of drawing."""
    drawn = SHIPPED[code].part[0].what in ("reach", "land") or code in ("transport-reach-gap", "green-gini")
    return {"rel": 2e-3, "abs": 0.2} if drawn else {"rel": 1e-9, "abs": 1e-9}


def kept(told: Raw, code: str) -> dict[str, float | None]:
    """The number that stands there, by area; those that are not told for fear of telling of persons are not there."""
    receipts = {area: (value(told.values[code, area], "receipt"), told.values[code, area]) for area in told.areas}
    hidden = {area for area, (receipt, _) in receipts.items() if receipt["why"] == "few people"}
    assert not hidden or any(told.areas[area].people < FEW for area in hidden)
    return {area: value(one, "kpiValue") for area, (_, one) in receipts.items() if area not in hidden}


def equal(code: str, there: dict[str, float | None], expected: Numbers) -> None:
    """The same numbers, and none where there is none."""
    found = {area: number for area, number in there.items() if number is not None}
    wanted = {area: number for area, number in expected.items() if area in there}
    assert found == pytest.approx(wanted, **close(code))


@pytest.mark.parametrize("code", sorted(CHECKS))
def test_a_number_is_what_a_few_plain_lines_make_of_raw_entities(told: Raw, code: str) -> None:
    expected = CHECKS[code](told, RUNNING[SHIPPED[code].period])
    there = kept(told, code)
    assert there[CITY] is not None
    equal(code, there, expected)


@pytest.mark.parametrize("code", MONTHLY)
def test_so_are_those_of_months_that_are_over(told: Raw, code: str) -> None:
    shown = kept(told, code)
    for start, month in PAST.items():
        there = {area: told.past[code, area].get(start) for area in shown}
        assert there[CITY] is not None
        expected = {area: number for area, number in CHECKS[code](told, month).items() if area in shown}
        hidden = {area for area, number in there.items() if number is None and area in expected}
        assert len(hidden) <= 2
        equal(code, {area: number for area, number in there.items() if area not in hidden}, expected)


@pytest.mark.parametrize("code", sorted(code for code in CHECKS if SHIPPED[code].part[0].what == "entered"))
def test_so_are_those_of_years_for_which_people_entered_something(told: Raw, code: str) -> None:
    for start, first, end in (
        ("2023-12-31T23:00:00Z", "2024-01-01", "2025-01-01"), ("2024-12-31T23:00:00Z", "2025-01-01", "2026-01-01"),
    ):  # fmt: skip
        expected = CHECKS[code](told, span(first, end))
        assert told.past[code, CITY][start] == pytest.approx(expected[CITY], rel=1e-9)


def numbered(told: Raw) -> set[str]:
    return {code for (code, _), one in told.values.items() if value(one, "kpiValue") is not None}


def test_all_numbers_of_the_demonstration_are_checked(told: Raw) -> None:
    assert numbered(told) == set(CHECKS)


def test_there_are_enough_of_them_of_all_kinds(told: Raw) -> None:
    shown = [SHIPPED[code] for code in numbered(told)]
    assert len(shown) >= 25
    assert {one.dimension for one in shown} == set(get_args(Dimension))
    assert len({goal for one in shown for goal in one.goals}) >= 12


def test_what_has_no_number_says_which_source_it_waits_for(told: Raw) -> None:
    waiting = {code for code, one in SHIPPED.items() if one.waits} - {code for code, *_ in told.entered}
    assert waiting and set(SHIPPED) - numbered(told) == waiting
