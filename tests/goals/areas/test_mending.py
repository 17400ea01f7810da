# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Shapes that are wrong become right ones, or are told by name."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from hanze.goals.areas.mending import mend
from hanze.goals.areas.surface import square_metres
from tests.goals.areas.making import area, ring, square

UNIT = square_metres([square(0, 0, 1)])[0]


def mended(shape: shapely.Geometry) -> tuple[shapely.Geometry, list[str]]:
    found = mend([area("a", shape, name="Oost")])
    return found.areas[0].geometry, [one.told() for one in found.findings]


BOWTIE = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
SPIKE = shapely.Polygon([(0, 0), (1, 0), (1, 0.5), (3, 0.5), (1, 0.5), (1, 1), (0, 1)])
INWARD = shapely.Polygon([(0, 0), (1, 0), (1, 0.5), (0.2, 0.5), (1, 0.5), (1, 1), (0, 1)])
TWICE = shapely.Polygon(ring(0, 0, 1) + ring(0, 0, 1))
DOUBLE = shapely.MultiPolygon([square(0, 0, 1), square(0, 0, 1)])
LAPPING = shapely.MultiPolygon([square(0, 0, 1), square(0.5, 0, 1)])

HOLED = shapely.Polygon(ring(0, 0, 4), [ring(3, 1, 2)])


@pytest.mark.parametrize(
    ("shape", "after"),
    [(BOWTIE, 0.5), (SPIKE, 1), (INWARD, 1), (TWICE, 1), (DOUBLE, 1), (LAPPING, 1.5), (HOLED, 14)],
    ids=[
        "crossing",
        "spike",
        "spike inwards",
        "drawn twice",
        "the same twice",
        "parts that overlap",
        "a hole across the border",
    ],
)
def test_a_shape_is_mended_and_told(shape: shapely.Geometry, after: float) -> None:
    assert not shape.is_valid
    found, told = mended(shape)
    assert found.is_valid and found.geom_type in ("Polygon", "MultiPolygon")
    assert found.area == pytest.approx(after)
    assert len(told) == 1 and told[0].startswith("The shape of Oost (a) crosses or covers itself; it was mended")


@pytest.mark.parametrize(
    "wkt",
    [
        "POLYGON ((4 0, 2 3, 3 3, 5 2, 0 3, 5 3, 1 5, 4 0))",
        """MULTIPOLYGON (((2 4, 4 3, 0 1, 2 4), (0.6815549736884333 0.8543142557903941, 0.3826684841743644 -0.6732330485464034,
        0.3432402166389693 0.6794560994380264, -0.7533222106723865 1.5472834518492165, 0.6815549736884333 0.8543142557903941),
        (4 3, 3 2, 3 0, 4 3, 1 2, 4 5, 5 4, 0 1, 4 3)), ((-0.7202863045791026 -0.660862365139084, 0.0183389972250856
        0.9480535781188737, -0.7673521782693791 -0.147514565507902, -0.7202863045791026 -0.660862365139084)))""",
        """MULTIPOLYGON (((-1.1788644501922183 2.378606046405146, 0.1487865504600107 0.493216164815419, 2.8235366919554754
        0.334486757316303, -1.1788644501922183 2.378606046405146), (0.7615843011161919 0.1264703123494586, -0.3838423504579656
        0.089492573902115, -0.0286351488818795 -1.5532688433336956, -0.5315413581896052 0.7942139769707618, 0.7615843011161919
        0.1264703123494586)), ((1 2, 3 0, 3 1, 2 3, 1 3, 5 2, 3 5, 3 5, 1 2), (0 0, 4 3, 5 5, 0 0), (4 5, 0 4, 2 2, 3 2, 1 5,
        2 1, 4 2, 4 5)))""",
    ],
    ids=["a side is left", "GEOS gives up", "lines beside it"],
)
def test_what_geos_does_not_put_right_at_once(wkt: str) -> None:
    """Found by trying 60 000 random shapes."""
    found, told = mended(shapely.from_wkt(wkt))
    assert found.is_valid and found.geom_type in ("Polygon", "MultiPolygon") and found.area > 0.9
    assert len(told) == 1


def test_the_change_of_surface_is_told() -> None:
    [finding] = mend([area("a", LAPPING)]).findings
    assert finding.square_metres == pytest.approx(-UNIT / 2, rel=1e-3)
    assert finding.told().endswith("which made its surface 6 154.23 km² smaller.")


@pytest.mark.parametrize(
    "shape",
    [
        shapely.Polygon(),
        shapely.Polygon([(0, 0)] * 4),
        shapely.Polygon([(0, 0), (1, 1), (2, 2), (0, 0)]),
        square(0, 0, 1e-6),
    ],
    ids=["empty", "a point", "a line", "too small to see"],
)
def test_without_a_surface_it_is_told_by_name_and_kept(shape: shapely.Geometry) -> None:
    found, told = mended(shape)
    assert found is None
    assert told == ["The shape of Oost (a) has no surface; it is kept without a shape."]


def test_what_is_right_stays_and_is_not_told() -> None:
    right = [area("b", square(0, 0, 1) - square(0.2, 0.2, 0.1)), area("a", square(1, 0, 1)), area("c")]
    found = mend(right)
    assert found.findings == []
    assert [one.code for one in found.areas] == ["b", "a", "c"] and found.areas[2].geometry is None
    for one, was in zip(found.areas[:2], right, strict=False):
        assert one.geometry is not None and one.geometry.equals(was.geometry)


def test_rings_run_as_geojson_has_them() -> None:
    clockwise = shapely.Polygon(ring(0, 0, 1)[::-1], [ring(0.2, 0.2, 0.1)])
    found, told = mended(clockwise)
    assert found.exterior.is_ccw and not found.interiors[0].is_ccw
    assert told == []


def test_no_areas() -> None:
    assert mend([]).areas == []


@given(
    st.lists(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=3, max_size=8), min_size=1, max_size=4)
)
def test_every_shape_is_right_or_told(rings: list[list[tuple[int, int]]]) -> None:
    given = [area(str(at), shapely.Polygon(ring)) for at, ring in enumerate(rings)]
    found = mend(given)
    told = {one.code: one.kind for one in found.findings}
    assert [one.code for one in found.areas] == [one.code for one in given]
    for one, was in zip(found.areas, given, strict=True):
        assert was.geometry is not None
        if one.geometry is None:
            assert told[one.code] == "no surface"
        else:
            assert one.geometry.is_valid and one.geometry.area > 0
            assert was.geometry.is_valid or told[one.code] == "mended"
