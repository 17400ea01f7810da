# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Periods: as text, and added to moments in UTC."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import BadRequestData
from hanze.ngsild import duration, times
from hanze.ngsild.duration import Duration

SECOND, HOUR, DAY = 1_000_000, 3_600_000_000, 86_400_000_000


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("PT0S", Duration(0, 0)), ("P1D", Duration(0, DAY)), ("P1W", Duration(0, 7 * DAY)), ("P2M", Duration(2, 0)),
        ("P1Y", Duration(12, 0)), ("P1Y2M", Duration(14, 0)), ("PT1H", Duration(0, HOUR)), ("PT15M", Duration(0, HOUR // 4)),
        ("PT90S", Duration(0, 90 * SECOND)), ("PT0.5S", Duration(0, SECOND // 2)), ("PT0.000001S", Duration(0, 1)),
        ("P1DT12H", Duration(0, DAY + 12 * HOUR)), ("P1M1DT1H1M1S", Duration(1, DAY + HOUR + 61 * SECOND)), ("P0D", Duration(0, 0)),
    ],
)  # fmt: skip
def test_texts(text: str, period: Duration) -> None:
    assert duration.parse(text) == period


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "1D", "P1", "PD", "P1H", "PT1D", "P1DT", "P-1D", "-P1D", "P1.5D", "p1d", "P1M1Y", "P1D ", " P1D", "P1D\n",
     "PT1.1234567S", "PT.5S", "P" + "9" * 5000 + "D", "PT1M1H", "P\u0661D"],
)  # fmt: skip
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(BadRequestData) as error:
        duration.parse(text, "period")
    assert error.value.detail.startswith("period is ") and "such as P1D" in error.value.detail
    assert len(error.value.detail) < 200


def test_which_have_the_same_length_everywhere() -> None:
    assert duration.parse("P1DT1H").fixed == DAY + HOUR
    assert duration.parse("PT0S").fixed == 0
    assert duration.parse("P1M").fixed is None and duration.parse("P1MT1H").fixed is None


@pytest.mark.parametrize(
    ("start", "text", "times_", "end"),
    [
        ("2026-01-31T12:00:00Z", "P1D", 1, "2026-02-01T12:00:00Z"),
        ("2026-01-31T12:00:00Z", "P1M", 1, "2026-02-28T12:00:00Z"),
        ("2026-01-31T12:00:00Z", "P1M", 2, "2026-03-31T12:00:00Z"),
        ("2028-01-31T12:00:00Z", "P1M", 1, "2028-02-29T12:00:00Z"),
        ("2028-02-29T00:00:00Z", "P1Y", 1, "2029-02-28T00:00:00Z"),
        ("2028-02-29T00:00:00Z", "P1Y", 4, "2032-02-29T00:00:00Z"),
        ("2026-11-30T00:00:00.5Z", "P1M", 3, "2027-02-28T00:00:00.500Z"),
        ("2026-01-15T00:00:00Z", "P1MT1H", 2, "2026-03-15T02:00:00Z"),
        ("2026-03-31T00:00:00Z", "P1M", -1, "2026-02-28T00:00:00Z"),
        ("2026-01-01T00:00:00Z", "P1M", 0, "2026-01-01T00:00:00Z"),
        # The clocks of the Netherlands change in these days; those of UTC do not.
        ("2026-03-28T23:00:00Z", "P1D", 1, "2026-03-29T23:00:00Z"),
        ("2026-10-24T22:00:00Z", "P1D", 1, "2026-10-25T22:00:00Z"),
        ("2026-12-31T23:59:59Z", "PT1S", 1, "2027-01-01T00:00:00Z"),
    ],
)
def test_added(start: str, text: str, times_: int, end: str) -> None:
    assert times.text(duration.parse(text).add(times.parse(start), times_)) == end


def test_beyond_the_calendar_lies_its_last_moment() -> None:
    start = times.parse("2026-01-01T00:00:00Z")
    assert times.text(duration.parse("P999999Y").add(start, 5)) == "9999-12-31T23:59:59.999999Z"


MOMENTS = st.integers(times.parse("0100-01-01T00:00:00Z"), times.parse("5000-01-01T00:00:00Z"))
PERIODS = st.builds(Duration, st.integers(0, 30), st.integers(0, 400 * DAY)).filter(lambda period: period != (0, 0))


@given(MOMENTS, PERIODS, st.integers(0, 50))
def test_periods_follow_each_other_without_gap(start: int, period: Duration, number: int) -> None:
    """The next begins later, and not more than 31 days a month later."""
    one, next_ = period.add(start, number), period.add(start, number + 1)
    assert one < next_ <= one + period.micro + period.months * 31 * DAY + 3 * DAY
