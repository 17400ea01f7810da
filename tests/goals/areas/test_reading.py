# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files of areas: what is guessed, what is told, and what cannot be read."""

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import ConfigurationError
from hanze.goals.areas import rd
from hanze.goals.areas.naming import ID, Columns
from hanze.goals.areas.reading import Reading, every, read
from tests.goals.areas.making import collection, feature, polygon, ring, square, written

A, B = polygon(ring(4, 52, 1)), polygon(ring(5, 52, 1))

TOPOLOGY: dict[str, Any] = {
    "type": "Topology",
    "arcs": [[[4, 52], [5, 52], [5, 53], [4, 53], [4, 52]]],
    "objects": {
        "labels": {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [4, 52]}]},
        "layer": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[0]], "id": "WK036301"}]},
    },
}


def told(reading: Reading) -> list[str]:
    return [one.told() for one in reading.findings]


def wrong(folder: Path, document: Any, *told: Any, **more: Any) -> str:
    with pytest.raises(ConfigurationError) as caught:
        read(written(folder, document), *told, **more)
    assert caught.value.detail.startswith("areas.json ") and caught.value.detail.endswith(".")
    return caught.value.detail


def test_a_collection(tmp_path: Path) -> None:
    found = read(written(tmp_path, collection(feature(A, code=" N1 ", name="Oost", district="D1"), feature(B, code=2))),
                 "neighbourhood", Columns(parent="district"))  # fmt: skip
    assert [(one.code, one.name, one.level, one.parent) for one in found.areas] == [
        ("N1", "Oost", "neighbourhood", "D1"),
        ("2", "2", "neighbourhood", None),
    ]
    assert shapely.equals([one.geometry for one in found.areas], [square(4, 52, 1), square(5, 52, 1)]).all()
    assert found.findings == []


def test_one_feature_alone(tmp_path: Path) -> None:
    [one] = read(written(tmp_path, feature(A, GM_CODE="GM0001", GM_NAAM="Havendam"))).areas
    assert (one.code, one.name, one.level) == ("GM0001", "Havendam", "city")


@pytest.mark.parametrize(
    ("properties", "level", "code", "name", "parent"),
    [
        ({"statcode": "GM0014", "statnaam": "Groningen"}, "city", "GM0014", "Groningen", None),
        ({"statcode": "x", "statnaam": "Oost", "rubriek": "wijk"}, "district", "x", "Oost", None),
        ({"gemeentecode": "0014", "gemeentenaam": "G", "jaar": 2023}, "city", "0014", "G", None),
        ({"WK_CODE": "WK001401", "WK_NAAM": "Oost", "GM_CODE": "GM0014", "GM_NAAM": "G"}, "district", "WK001401", "Oost", "GM0014"),
        ({"BU_CODE": "BU1", "BU_NAAM": "De Hoek", "WK_CODE": "WK1", "GM_CODE": "GM1"}, "neighbourhood", "BU1", "De Hoek", "WK1"),
        ({"buurtcode": 363.0, "buurtnaam": "De Hoek", "gemeentecode": 7}, "neighbourhood", "363", "De Hoek", "7"),
        ({"Neighbourhood code": "a", "Neighbourhood": "The Corner"}, "neighbourhood", "a", "The Corner", None),
        ({"code": "WK012345", "naam": "Oost"}, "district", "WK012345", "Oost", None),
    ],
)  # fmt: skip
def test_what_is_guessed(
    properties: dict[str, Any], level: str, code: str, name: str, parent: str | None, tmp_path: Path
) -> None:
    [one] = read(written(tmp_path, collection(feature(A, **properties)))).areas
    assert (one.level, one.code, one.name, one.parent) == (level, code, name, parent)


def test_what_is_told_goes_before(tmp_path: Path) -> None:
    file = written(tmp_path, collection(feature(A, "i", code="a", name="b", label="c", upper="d")))
    [one] = read(file, "district", Columns("label", "code", "upper")).areas
    assert (one.code, one.name, one.parent) == ("c", "a", "d")
    assert read(file, "district", Columns(code=ID)).areas[0].code == "i"


def test_a_topology_is_read_by_its_layer_of_polygons(tmp_path: Path) -> None:
    [one] = read(written(tmp_path, TOPOLOGY), "district").areas
    assert (one.code, one.name) == ("WK036301", "WK036301")
    assert one.geometry is not None and one.geometry.equals(square(4, 52, 1))


def test_rd_new_becomes_degrees(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    for members in ({}, {"crs": crs}):
        document = collection(feature(polygon(ring(121_000, 487_000, 1000)), "a"), **members)
        [one] = read(written(tmp_path, document), "city").areas
        corners = shapely.get_coordinates(one.geometry)
        expected = rd.degrees(shapely.get_coordinates(shapely.Polygon(ring(121_000, 487_000, 1000))))
        assert corners == pytest.approx(expected)
        assert corners[0] == pytest.approx([4.888, 52.3697], abs=0.001)


def test_areas_without_a_shape_are_kept_and_told(tmp_path: Path) -> None:
    features = (
        feature(A, code="a"),
        feature(None, code="b", name="Oost"),
        feature({"type": "Point", "coordinates": [4, 52]}, code="c", name="West"),
        feature({"type": "GeometryCollection", "geometries": [B, {"type": "LineString", "coordinates": []}]}, code="d"),
        feature(polygon(ring(6, 52, 1)[:-1]), code="e"),
    )
    found = read(written(tmp_path, collection(*features)), "district")
    assert [one.geometry is None for one in found.areas] == [False, True, True, False, False]
    assert told(found) == [
        "Feature 2, Oost (b), has no shape; it is kept without one.",
        "Feature 3, West (c), is a Point and no polygon; it is kept without a shape.",
        "Feature 4, d, holds a LineString beside its polygons; only the polygons are used.",
        "Feature 5, e, had a line that does not end where it starts; it was closed.",
    ]


def test_features_of_one_code_and_name_are_one_area(tmp_path: Path) -> None:
    features = [feature(A, code="a", name="Oost"), feature(None, code="b"), feature(B, code="a", name="Oost")]
    found = read(written(tmp_path, collection(*features)), "district")
    assert [one.code for one in found.areas] == ["a", "b"]
    assert found.areas[0].geometry is not None and found.areas[0].geometry.area == 2
    assert told(found)[-1] == "Features 1 and 3 are all Oost (a); they were taken together as its parts."


def test_a_code_of_several_areas_is_refused(tmp_path: Path) -> None:
    features = [feature(A, code="a", name="Oost"), feature(B, code="b", name="West"), feature(B, code="a", name="Zuid")]
    detail = wrong(tmp_path, collection(*features), "district")
    assert "gives a code to several areas: a in feature 1 (Oost), feature 3 (Zuid)" in detail


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"", "is neither GeoJSON nor TopoJSON"),
        (b"[1]", "is neither GeoJSON nor TopoJSON"),
        (b'{"type": "\xff"}', "is neither GeoJSON nor TopoJSON"),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, "is neither GeoJSON nor TopoJSON"),
        (A, "has the type 'Polygon' and no features"),
        ({"type": "FeatureCollection", "features": [1]}, "and no features"),
        (collection(), "no property that is known as a code, such as code or statcode; there are none at all"),
        (collection(feature(A, colour="red")), "there are colour; say which it is"),
        (collection(feature(A, code="a"), feature(B, name="Oost")), "has no code in feature 2 (Oost)"),
        (collection(feature(A, code=True)), "has no code in feature 1 (without a name)"),
        (collection(feature({"type": "Point", "coordinates": [4, 52]}, code="a")), "has no polygon, only Point"),
        (collection(feature(None, code="a")), "has no polygon; areas are drawn as polygons"),
        (collection(feature(polygon([[4, 52], ["x", 52]]), code="a", name="Oost")), "in feature 1, Oost: it has a position"),
        (collection(feature(A, code="a"), feature(polygon(ring(1e6, 1e6, 1)), code="b", name="Oost")),
         "such as 1e+06, 1e+06 in feature 2, Oost, that are neither degrees"),
        (collection(feature(A, code="a"), crs={"properties": {"name": "EPSG:3857"}}), "has the coordinates EPSG:3857; save it in"),
        ({"type": "Topology"}, "has no objects"),
        ({**TOPOLOGY, "objects": {}}, "has 0 layers with polygons among none"),
        ({**TOPOLOGY, "objects": {"a": TOPOLOGY["objects"]["layer"], "b": TOPOLOGY["objects"]["layer"]}},
         "has 2 layers with polygons among a, b; say which to read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read(document: Any, said: str, tmp_path: Path) -> None:
    assert said in wrong(tmp_path, document, "district")


def test_told_names_that_are_not_there(tmp_path: Path) -> None:
    document = collection(feature(A, code="a", name="Oost"))
    assert "has no property 'nr'; there are code, name" in wrong(tmp_path, document, "city", Columns(code="nr"))
    assert "has no layer 'x'; there are labels, layer" in wrong(tmp_path, TOPOLOGY, "city", layer="x")
    assert "say city, district or neighbourhood" in wrong(tmp_path, document)


def test_a_layer_of_points_is_refused(tmp_path: Path) -> None:
    document = {**TOPOLOGY, "objects": {"labels": {"type": "Point", "id": "a"}}}
    assert "has no polygon, only Point" in wrong(tmp_path, document, "city", layer="labels")


def test_a_coordinate_system_of_a_layer_is_seen(tmp_path: Path) -> None:
    layer = {**TOPOLOGY["objects"]["layer"], "crs": {"properties": {"name": "EPSG:3857"}}}
    assert "EPSG:3857" in wrong(tmp_path, {**TOPOLOGY, "objects": {"layer": layer}}, "district")


ODD: list[Any] = [None, True, -1, 1e300, "", "Polygon", "Point", "GeometryCollection", [], [[]], [[[]]], {}, A, ring(4, 52, 1),
                  [A], [1], [[0]], [[[0]]], {"code": "a"}, {"name": "EPSG:1"}]  # fmt: skip
OBJECT = st.dictionaries(
    st.sampled_from(
        ["type", "id", "properties", "geometry", "coordinates", "arcs", "code", "geometries", "objects", "crs"]
    ),
    st.sampled_from(ODD)
    | st.dictionaries(st.sampled_from(["type", "code", "arcs", "geometries"]), st.sampled_from(ODD)),
)


@given(st.sampled_from(["FeatureCollection", "Topology", "Feature"]), OBJECT, st.lists(OBJECT, max_size=3))
def test_rubbish_is_an_error_in_words(
    tmp_path_factory: pytest.TempPathFactory, kind: str, members: dict[str, Any], features: list[Any]
) -> None:
    file = written(tmp_path_factory.getbasetemp(), {**members, "features": features, "type": kind})
    try:
        read(file, "city")
    except ConfigurationError as error:
        assert error.detail.startswith("areas.json ") and error.detail.endswith(".")


def test_a_file_of_several_levels_is_read_level_by_level(tmp_path: Path) -> None:
    drawn = {"type": "Polygon", "coordinates": [[[5, 52], [5.01, 52], [5.01, 52.01], [5, 52]]]}
    told: list[dict[str, object]] = [
        {"code": "C", "name": "City", "level": "city", "population": 30},
        {"code": "N1", "name": "One", "level": "neighbourhood", "parent": "C", "population": 10},
        {"code": "N2", "name": "Two", "level": "neighbourhood", "parent": "C", "population": -99999999},
    ]
    features = [{"type": "Feature", "properties": one, "geometry": drawn} for one in told]
    file = tmp_path / "areas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    found = [[(one.code, one.level, one.parent, one.people) for one in reading.areas] for reading in every(file)]
    assert found == [[("C", "city", None, 30)], [("N1", "neighbourhood", "C", 10), ("N2", "neighbourhood", "C", None)]]
    assert [len(reading.areas) for reading in every(file, "district")] == [3]
