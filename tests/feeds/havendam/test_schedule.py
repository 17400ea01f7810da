# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pilots are read from lines of text, and no change of a plan tells the past anew."""

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import ConfigurationError
from hanze.feeds.havendam.pilots import Effect, factor
from hanze.feeds.havendam.schedule import read, revised
from tests.feeds.havendam.asking import at

NOW = at("2026-06-01T12:00:00")
DAY = 86_400_000_000


def planned(start: int, end: int | None = None, size: float = -0.25) -> Effect:
    return Effect(attribute="intensity", start=start, end=end, size=size)


def test_lines_are_effects() -> None:
    assert read(
        [
            "intensity -25% on Bruggestraat from 2027-03-01 to 2027-06-01",
            "  occupancy  +10.5 %  in Oude Rede, Weidepoort  from 2027-03-01T07:00:00Z ",
            "no2 -12% in Weidepoort on Kadeweg,Bruggestraat from 2027-01-01",
        ]
    ) == [
        # Days begin at midnight in the town, an hour or two before it is midnight in UTC.
        Effect(
            attribute="intensity", roads=("Bruggestraat",), size=-0.25, start=at("2027-02-28T23:00:00"),
            end=at("2027-05-31T22:00:00"),
        ),
        Effect(attribute="occupancy", districts=("Oude Rede", "Weidepoort"), size=0.105, start=at("2027-03-01T07:00:00")),
        Effect(
            attribute="no2", districts=("Weidepoort",), roads=("Bruggestraat", "Kadeweg"), size=-0.12,
            start=at("2026-12-31T23:00:00"),
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "'' is no effect; write it such as: intensity -25% on Bruggestraat from"),
        ("intensity -25 from 2027-01-01", "is no effect"),
        ("intensity from 2027-01-01", "is no effect"),
        ("no3 -25% from 2027-01-01", "attribute names 'no3'; Havendam knows intensity,"),
        ("no2 -25% on Kerkstraat from 2027-01-01", "roads names 'Kerkstraat'; Havendam knows Zeeweg,"),
        ("no2 -25% in Centrum from 2027-01-01", "districts names 'Centrum'"),
        ("no2 -100% from 2027-01-01", "size is -1.0; give more than -1"),
        ("no2 -25% from yesterday", "from is 'yesterday'; give a date and time in UTC"),
        ("no2 -25% from 2027-01-01 to 2027-13-01", "to is '2027-13-01'"),
        ("no2 -25% from 2027-01-01 to 2026-01-01", "which is not after start"),
    ],
)
def test_a_wrong_line_is_told_with_its_number_and_what_to_write(line: str, told: str) -> None:
    with pytest.raises(ConfigurationError) as found:
        read(["no2 -12% from 2027-01-01", line])
    assert found.value.detail.startswith("pilots, line 2: ")
    assert told in found.value.detail


def test_one_that_is_there_twice_is_told() -> None:
    with pytest.raises(ConfigurationError, match="line 2: it is there twice"):
        read(["no2 -12% from 2027-01-01", "no2 -12% from 2027-01-01 to 2028-01-01"])


def test_before_anything_is_told_all_may_be_planned() -> None:
    assert revised([], [planned(at("2020-01-01T00:00:00"))], 0) == (planned(at("2020-01-01T00:00:00")),)


def test_one_that_would_have_begun_is_refused() -> None:
    with pytest.raises(
        ConfigurationError, match=r"line 2: it begins at .*let it begin at 2026-06-01T12:00:00Z or later"
    ):
        revised([], [planned(NOW), planned(NOW - 1)], NOW)


@pytest.mark.parametrize(
    ("was", "wanted"),
    [(NOW - DAY, NOW + DAY), (NOW - DAY, None), (NOW + DAY, NOW - DAY), (None, NOW - DAY)],
    ids=["it was over", "it was over for good", "it would be over", "it would be over although it was for good"],
)
def test_an_end_in_the_past_stays_as_it_was(was: int | None, wanted: int | None) -> None:
    begin = NOW - 10 * DAY
    with pytest.raises(ConfigurationError, match="line 1: its end would change what has been told"):
        revised([planned(begin, was)], [planned(begin, wanted)], NOW)


def test_one_that_has_begun_may_end_at_another_time_and_ends_now_where_it_is_taken_away() -> None:
    begin = NOW - 10 * DAY
    assert revised([planned(begin)], [planned(begin, NOW + DAY)], NOW) == (planned(begin, NOW + DAY),)
    assert revised([planned(begin, NOW + DAY)], [], NOW) == (planned(begin, NOW),)
    assert revised([planned(begin, NOW - DAY)], [], NOW) == (planned(begin, NOW - DAY),)
    assert revised([planned(NOW + DAY)], [], NOW) == ()


MOMENT = st.integers(-40, 40).map(lambda days: NOW + days * DAY)
PLAN = st.lists(
    st.builds(
        lambda start, days, size: planned(start, None if days is None else start + days * DAY, size),
        MOMENT, st.none() | st.integers(1, 60), st.sampled_from([-0.5, -0.1, 0.3]),
    ),
    max_size=4, unique_by=lambda one: (one.start, one.size),
)  # fmt: skip


@given(PLAN, PLAN, st.data())
def test_whatever_is_planned_the_past_is_as_it_was(
    before: list[Effect], after: list[Effect], data: st.DataObject
) -> None:
    """Where a plan is taken, all steps until now are multiplied by the same as before."""
    kept = data.draw(st.lists(st.sampled_from(before), unique=True)) if before else []
    ends = {one: [end for end in (None, NOW + DAY, one.end) if end is None or end > one.start] for one in kept}
    moved = [msgspec.structs.replace(one, end=data.draw(st.sampled_from(ends[one]))) for one in kept]
    given = [one for one in after if (one.start, one.size) not in {(b.start, b.size) for b in before}] + moved
    try:
        found = revised(before, given, NOW)
    except ConfigurationError:
        return
    steps = np.arange((NOW - 50 * DAY) // 300_000_000, NOW // 300_000_000, 288, dtype=np.int64)
    was, now = (
        np.ones(len(steps)) * factor(one, "intensity", "", "", steps)
        for one in (sorted(before, key=repr), sorted(found, key=repr))
    )
    assert np.allclose(was, now)
