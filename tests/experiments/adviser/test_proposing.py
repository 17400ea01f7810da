# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is possible follows from the description of the pilot, and from nothing else."""

import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.adviser.pilot import Pilot
from hanze.experiments.adviser.proposing import proposed
from tests.experiments.adviser.city import town

NAMES = tuple(f"street {number}" for number in range(1, 13))


def designs(pilot: Pilot) -> tuple[list[str], dict[str, str]]:
    layouts, refused = proposed(pilot, town())
    return [one.design for one in layouts], {one.design: one.why.said() for one in refused}


def test_all_streets_at_once_can_only_be_compared_with_before() -> None:
    possible, refused = designs(Pilot(treatable=NAMES, weeks=12, effect=0.1))
    assert possible == ["its"]
    assert refused["did"] == "It takes at least 2 units without the measure; there are 0."
    assert refused["switchback"] == "It cannot be switched on and off."
    assert refused["stepped-wedge"] == "It is brought in all at once."


def test_streets_without_it_are_compared_with_also_where_they_might_have_had_it() -> None:
    possible, _ = designs(Pilot(treatable=NAMES, count=4, weeks=12, effect=0.1))
    assert possible == ["its", "did", "event-study", "synthetic-control", "sdid"]


def test_with_many_controls_those_that_are_most_alike_are_tried_as_well() -> None:
    layouts, _ = proposed(Pilot(treatable=NAMES[:1], weeks=12, effect=0.1), town())
    assert [len(one.controls) for one in layouts if one.design == "did"] == [11, 5]


def test_streets_that_the_measure_reaches_too_are_no_controls() -> None:
    layouts, _ = proposed(Pilot(treatable=NAMES[:1], reached=NAMES[1:3], weeks=12, effect=0.1), town())
    assert all(not {*one.controls} & {*NAMES[:3]} for one in layouts)


def test_waves_and_switches_make_more_possible() -> None:
    pilot = Pilot(treatable=NAMES[:6], lot=True, waves=3, block=1, weeks=12, effect=0.1)
    possible, refused = designs(pilot)
    assert {"staggered", "stepped-wedge", "switchback"} <= {*possible} and not refused


def test_waves_whose_order_people_choose_are_no_lottery() -> None:
    possible, refused = designs(Pilot(treatable=NAMES[:6], waves=3, weeks=12, effect=0.1))
    assert "staggered" in possible and refused["stepped-wedge"] == "The order of the units is not drawn by lot."


@pytest.mark.parametrize(
    ("pilot", "told"),
    [
        (Pilot(treatable=("street 99",), weeks=12, effect=0.1), "'street 99' is no unit of the past"),
        (Pilot(treatable=(), weeks=12, effect=0.1), "name at least one"),
        (Pilot(treatable=NAMES[:2], count=3, weeks=12, effect=0.1), "3 units would get the measure and 2 can"),
    ],
)
def test_what_does_not_fit_is_said(pilot: Pilot, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        proposed(pilot, town())
