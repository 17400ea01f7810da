# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The areas of the Netherlands: correctness on 342 municipalities, and a coarse file of 11 691 neighbourhoods in which nothing
is dropped silently.

The geodesic surfaces were calculated with GeographicLib; land in km² is that of Statistics Netherlands (CBS).
"""

import csv
from collections import Counter
from pathlib import Path
from statistics import median

import msgspec
import numpy as np
import pytest
import shapely

from hanze.goals.areas.area import Area
from hanze.goals.areas.assigning import Map
from hanze.goals.areas.levels import place
from hanze.goals.areas.mending import Mended, mend
from hanze.goals.areas.neighbours import holes, overlaps
from hanze.goals.areas.reading import Reading, read
from hanze.goals.areas.surface import square_kilometres
from tests.feeds.kinds.serving import SHARED

DATA = SHARED / "nl_boundaries"
LAND = SHARED / "nl_municipal_stats/housing_nl/mun_size.csv"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason=f"the boundaries are not at {DATA}")

MUNICIPALITIES, NEIGHBOURHOODS = DATA / "gemeente_housing-nl.geojson", DATA / "ties_Buurt_2014_layer_q1e3.json"
DISTRICTS = DATA / "ties_Wijk_2014_layer_labels_q1e3.json"

GEODESIC = {"Amsterdam": 223.47711586, "Groningen": 202.91869214, "Aa en Hunze": 276.32226550, "Terschelling": 83.69500731,
            "Blaricum": 10.25679627}  # fmt: skip
"""km² with sides that are geodesics."""


@pytest.fixture(scope="module")
def municipalities() -> Mended:
    return mend(read(MUNICIPALITIES).areas)


@pytest.fixture(scope="module")
def coarse() -> Reading:
    return read(NEIGHBOURHOODS)


@pytest.fixture(scope="module")
def neighbourhoods(coarse: Reading) -> Mended:
    return mend(coarse.areas)


def test_all_municipalities_are_read(municipalities: Mended) -> None:
    assert len(municipalities.areas) == 342
    assert {one.level for one in municipalities.areas} == {"city"}
    assert next(one.name for one in municipalities.areas if one.code == "GM0014") == "Groningen"
    assert all(one.geometry is not None and one.geometry.is_valid for one in municipalities.areas)


def test_the_six_that_cross_themselves_are_told(municipalities: Mended) -> None:
    assert {one.kind for one in municipalities.findings} == {"mended"}
    assert sorted(one.name for one in municipalities.findings) == [
        "Gooise Meren", "Hilversum", "Rotterdam", "Schouwen-Duiveland", "Westervoort", "Zuidplas",
    ]  # fmt: skip


def test_every_municipality_lies_in_itself(municipalities: Mended) -> None:
    """Whatever the order; islands and exclaves too, if they are larger than what two municipalities both have."""
    whole = [(one.code, one.geometry) for one in municipalities.areas]
    parts = [(code, part) for code, shape in whole for part in shapely.get_parts(shape)]
    large = [one for one, size in zip(parts, square_kilometres(part for _, part in parts), strict=True) if size > 0.001]
    assert len(large) == 350
    for areas in (municipalities.areas, municipalities.areas[::-1]):
        for rows in (whole, large):
            assert Map(areas).shapes([shape for _, shape in rows]) == [code for code, _ in rows]


def test_surfaces_are_those_of_geodesics(municipalities: Mended) -> None:
    found = dict(zip((one.name for one in municipalities.areas), _surfaces(municipalities.areas), strict=True))
    for name, expected in GEODESIC.items():
        assert found[name] == pytest.approx(expected, rel=1e-3)


def test_surfaces_hold_the_land_that_is_published(municipalities: Mended) -> None:
    """The borders hold water too, and are drawn coarsely; where nearly all is land the surfaces are nearly equal."""
    if not LAND.exists():
        pytest.skip(f"the surfaces are not at {LAND}")
    with LAND.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter=";") if len(row) == 5 and row[1] == "2023" and row[4]]
    land = {row[0]: float(row[4].replace(",", ".")) for row in rows}
    found = dict(zip((one.name for one in municipalities.areas), _surfaces(municipalities.areas), strict=True))
    shares = {name: found[name] / land[name] for name in found.keys() & land.keys()}
    assert len(shares) == 331
    assert min(shares.values()) > 0.9 and 1.02 < median(shares.values()) < 1.04
    for dry in ("Aa en Hunze", "Barneveld", "Winterswijk"):
        assert shares[dry] == pytest.approx(1, abs=0.01)


def test_two_files_of_the_same_borders_agree(municipalities: Mended) -> None:
    """TopoJSON of one publisher, GeoJSON of another, both generalised: nearly all of the surface lies in the same municipality."""
    other = mend(read(DATA / "nl-vr-gm.topo.json", "city", layer="gm_features").areas).areas
    assert [one.code for one in other] == [one.code for one in municipalities.areas]
    pairs = zip(municipalities.areas, other, strict=True)
    both = square_kilometres(shapely.intersection(one.geometry, same.geometry) for one, same in pairs)
    assert (both / _surfaces(other)).min() > 0.8
    assert both.sum() / sum(_surfaces(other)) > 0.97


def test_municipalities_overlap_nowhere_and_enclose_the_water(municipalities: Mended) -> None:
    assert overlaps(municipalities.areas) == []
    assert [one.others[0] for one in overlaps(municipalities.areas, bound=100)] == ["Zuidplas"]
    largest = holes(municipalities.areas)[0]
    assert {"Urk", "Dronten"} <= set(largest.others) and 1.1e9 < largest.square_metres < 1.2e9


def test_each_coarse_neighbourhood_is_right_or_told_by_name(coarse: Reading, neighbourhoods: Mended) -> None:
    assert len(coarse.areas) == len(neighbourhoods.areas) == 11_691 and coarse.findings == []
    invalid = {one.code for one in coarse.areas if not one.geometry.is_valid}  # type: ignore[union-attr]
    kinds = Counter(one.kind for one in neighbourhoods.findings)
    assert kinds == {"no surface": 1_277, "mended": 1_065}
    told = {one.code for one in neighbourhoods.findings}
    assert len(told) == 2_342 and len(invalid) == 2_340 and invalid < told
    for one in neighbourhoods.findings:
        assert one.name in one.told()
    lost = {one.code for one in neighbourhoods.areas if one.geometry is None}
    assert lost == {one.code for one in neighbourhoods.findings if one.kind == "no surface"}
    assert all(one.geometry.is_valid for one in neighbourhoods.areas if one.geometry is not None)


def test_all_without_a_surface_in_whole_numbers_are_told(neighbourhoods: Mended) -> None:
    """By the positions of the file themselves, without its scale: 1 281 have none, four of them because two halves cancel out."""
    flat = _flat(NEIGHBOURHOODS)
    told = {one.code: one.kind for one in neighbourhoods.findings}
    assert len(flat) == 1_281 and flat <= told.keys()
    assert Counter(told[code] for code in flat) == {"no surface": 1_277, "mended": 4}


def test_neighbourhoods_lie_in_their_districts(neighbourhoods: Mended) -> None:
    """By code all but one, whose district is not in the file; by the coarse surfaces nearly all of those that have one."""
    districts = mend(read(DISTRICTS).areas).areas
    placed = place([*neighbourhoods.areas, *districts])
    assert [one.name for one in placed.findings] == ["Achterberg"]
    parents = {one.code: one.parent for one in placed.areas}
    unnamed = [msgspec.structs.replace(one, code=f"x{one.code}") for one in neighbourhoods.areas]
    shapes = place([*unnamed, *districts])
    agree = [one.parent == parents[one.code[1:]] for one in shapes.areas if one.code[0] == "x" and one.parent]
    assert len(agree) > 10_400 and np.mean(agree) > 0.95
    assert {one.code for one in shapes.findings if one.kind == "outside"} >= {
        f"x{one.code}" for one in neighbourhoods.areas if one.geometry is None
    }


def _surfaces(areas: list[Area]) -> list[float]:
    return [float(one) for one in square_kilometres(one.geometry for one in areas)]


def _flat(file: Path) -> set[str]:
    """Codes whose rings enclose nothing, by the shoelace formula in whole numbers."""
    document = msgspec.json.decode(file.read_bytes())
    arcs = [np.cumsum(np.array(arc, dtype=np.int64), axis=0) for arc in document["arcs"]]

    def twice(ring: list[int]) -> int:
        line = np.concatenate([arcs[at] if at >= 0 else arcs[~at][::-1] for at in ring])
        (x, y), (nx, ny) = line.T, np.roll(line, -1, axis=0).T
        return abs(int((x * ny - nx * y).sum()))

    found = set()
    for one in document["objects"]["layer"]["geometries"]:
        polygons = one["arcs"] if one["type"] == "MultiPolygon" else [one["arcs"]]
        if sum(twice(rings[0]) - sum(map(twice, rings[1:])) for rings in polygons) == 0:
            found.add(one["id"])
    return found
