# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Areas that overlap, and what lies between them."""

import pytest
import shapely

from hanze.goals.areas.neighbours import holes, overlaps
from hanze.goals.areas.surface import square_metres
from tests.goals.areas.making import SIDE, area, quilt, square

AROUND = [area(f"{x}{y}", square(4 + x * SIDE, 52 + y * SIDE)) for x in range(3) for y in range(3) if (x, y) != (1, 1)]
"""Eight squares around an empty place, beside the first."""


def test_what_two_have_is_measured() -> None:
    areas = [area("b", square(4, 52)), area("a", square(4 + SIDE / 2, 52)), area("c", square(4 + SIDE, 52)), area("d")]
    found = overlaps(areas)
    assert [(one.code, one.others) for one in found] == [("a", ("Area b",)), ("a", ("Area c",))]
    half = square_metres([square(4, 52)])[0] / 2
    assert [one.square_metres for one in found] == pytest.approx([half, half], rel=1e-3)
    assert found[0].told() == "Area a (a) and Area b overlap: 233 184 m² belong to both."
    assert overlaps(areas, bound=half * 1.01) == []


def test_the_same_area_twice_overlaps_with_all_of_it() -> None:
    [found] = overlaps([area("a", square(4, 52)), area("b", square(4, 52))])
    assert found.square_metres == pytest.approx(square_metres([square(4, 52)])[0])


def test_a_hole_is_measured_and_told_with_those_around_it() -> None:
    [found] = holes(AROUND)
    assert found.square_metres == pytest.approx(square_metres([square(4 + SIDE, 52 + SIDE)])[0])
    assert len(found.others) == 8
    assert (
        found.told() == "Beside Area 00, Area 01, Area 02 and 5 others lies a hole: its 466 287 m² belong to no area."
    )
    assert holes(AROUND, bound=500_000) == []


def test_a_slit_that_no_one_sees_opens_no_hole() -> None:
    narrow = area("01", shapely.box(4, 52 + SIDE + 1e-11, 4 + SIDE, 52 + 2 * SIDE - 1e-11))
    [found] = holes([narrow, *(one for one in AROUND if one.code != "01")])
    assert found.others == holes(AROUND)[0].others


def test_a_hole_that_another_area_fills_is_none() -> None:
    assert holes([*AROUND, area("11", square(4 + SIDE, 52 + SIDE))]) == []


def test_an_area_may_have_a_hole_of_its_own() -> None:
    [found] = holes([area("a", square(4, 52, 3 * SIDE) - square(4 + SIDE, 52 + SIDE))])
    assert found.others == ("Area a",)


def test_holes_come_from_the_largest() -> None:
    holed = area("a", square(4, 52, 0.1) - square(4 + SIDE, 52 + SIDE) - square(4.05, 52.05, 0.02))
    first, second = holes([holed])
    assert first.square_metres > 3 * second.square_metres


def test_what_fits_has_neither() -> None:
    areas = quilt(60)
    assert overlaps(areas, bound=0.01) == []
    assert holes(areas, bound=0.01) == []


def test_the_order_of_areas_changes_nothing() -> None:
    areas = [area("b", square(4, 52)), area("a", square(4 + SIDE / 2, 52)), *AROUND]
    assert overlaps(areas) == overlaps(areas[::-1])
    assert holes(areas) == holes(areas[::-1])


def test_no_areas() -> None:
    assert overlaps([]) == [] and holes([area("a")]) == []
