# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moments to text and back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import BadRequestData
from hanze.ngsild import times

FIRST, LAST = times.parse("0001-01-01T00:00:00Z"), times.parse("9999-12-31T23:59:59.999999Z")
MOMENTS = st.integers(FIRST, LAST)
OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59Z", -1_000_000),
        ("2026-01-31T12:00:00Z", 1_769_860_800_000_000),
        ("2026-01-31T13:00:00+01:00", 1_769_860_800_000_000),
        ("2026-01-31T06:30:00-05:30", 1_769_860_800_000_000),
        ("2026-01-31T12:00:00.5Z", 1_769_860_800_500_000),
        ("2026-01-31T12:00:00.000001Z", 1_769_860_800_000_001),
        ("2026-01-31T12:00:00.123456789Z", 1_769_860_800_123_456),
        ("2026-01-31T12:00Z", 1_769_860_800_000_000),
    ],
)
def test_texts_that_are_moments(text: str, moment: int) -> None:
    assert times.parse(text) == moment


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999999Z"), (1_500_000, "1970-01-01T00:00:01.500Z"),
        (1_500_001, "1970-01-01T00:00:01.500001Z"), (FIRST, "0001-01-01T00:00:00Z"), (LAST, "9999-12-31T23:59:59.999999Z"),
    ],
)  # fmt: skip
def test_moments_as_text(moment: int, text: str) -> None:
    assert times.text(moment) == text


@given(MOMENTS)
def test_a_moment_comes_back(moment: int) -> None:
    assert times.parse(times.text(moment)) == moment


@given(MOMENTS, MOMENTS)
def test_texts_of_the_same_length_are_in_the_order_of_time(one: int, other: int) -> None:
    a, b = times.text(one), times.text(other)
    if len(a) == len(b):
        assert (a < b) is (one < other)


@given(MOMENTS, OFFSETS)
def test_an_offset_is_taken_off_and_what_has_no_place_in_the_calendar_is_refused(moment: int, minutes: int) -> None:
    local = times.text(moment)[:-1]
    sign, off = "-" if minutes < 0 else "+", abs(minutes)
    written = f"{local}{sign}{off // 60:02}:{off % 60:02}"
    expected = moment - minutes * 60_000_000
    if FIRST <= expected <= LAST:
        assert times.text(times.parse(written)) == times.text(expected)
    else:
        with pytest.raises(BadRequestData):
            times.parse(written)


@pytest.mark.parametrize(
    "value",
    [
        "", "now", "2026-01-31", "12:00:00Z", "2026-01-31 12:00:00Z", "2026-01-31T12:00:00", "2026-02-30T12:00:00Z",
        "2026-13-01T12:00:00Z", "2026-01-31T25:00:00Z", "2026-01-31T12:60:00Z", "2026-01-31T12:00:61Z", "20260-01-31T12:00:00Z",
        "2026-01-31T12:00:00+25:00", "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "2026-01-31T12:00:00Z ", "\x00",
        "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "\uff12026-01-31T12:00:00Z",
        None, 5, True, [], {}, 1e9, ["2026-01-31T12:00:00Z"],
    ],
)  # fmt: skip
def test_what_is_no_moment(value: Any) -> None:
    with pytest.raises(BadRequestData) as error:
        times.parse(value, "endTimeAt")
    assert error.value.detail.startswith("endTimeAt is ")
    assert "such as 2026-01-31T12:00:00Z" in error.value.detail


def test_the_error_shows_no_more_than_the_beginning() -> None:
    with pytest.raises(BadRequestData) as error:
        times.parse("x" * 10_000)
    assert len(error.value.detail) < 200


@given(st.text(max_size=40))
def test_no_text_makes_another_error(text: str) -> None:
    try:
        moment = times.parse(text)
    except BadRequestData:
        return
    assert FIRST <= moment <= LAST


def test_the_clock_of_the_machine_is_in_utc() -> None:
    apart = datetime.now(UTC) - datetime.fromisoformat(times.text(times.system()))
    assert abs(apart) < timedelta(seconds=5)
