# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A map of any places is well-formed, its names do not touch, and its values are told by more than colour."""

import re
from typing import Any
from xml.etree.ElementTree import Element

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import BadRequestData
from hanze.web.drawing import map as maps
from hanze.web.drawing.map import Area, Plan, Point
from hanze.web.drawing.svg import Box, Size
from hanze.web.drawing.words import EN, NL, Words
from tests.web.drawing.places import CITY, HIGH, SOUTH, WEST, WIDE, line, meters, neighbourhoods, square
from tests.web.drawing.reading import HOSTILE, boxes, check_texts, heard, of_class, read

SIZES = pytest.mark.parametrize("size", [maps.PHONE, maps.WIDE], ids=["390", "1280"])


def drawn(plan: Plan, size: Size = maps.PHONE, words: Words = NL) -> Element:
    picture = read(maps.draw(plan, size, words))
    check_texts(picture)
    assert float(picture.get("width", "")) == size.width and float(picture.get("height", "")) <= size.height + 0.1
    return picture


def shade(one: Element) -> str:
    return one.get("class", "").split()[-1]


@SIZES
def test_a_city(size: Size) -> None:
    picture = drawn(CITY, size)
    assert heard(picture) == (
        "Lucht in Havendam",
        "Kaart met 6 plekken. Hoogste: 58\u00a0µg/m³ (Meter 5). Laagste: 4\u00a0µg/m³ (Meter 0). "
        "Van 1 plek zijn er geen gegevens.",
    )
    written = [text for text, _ in boxes(picture)]
    assert "Stikstofdioxide, µg/m³" in written
    assert "Meter 1: 12,5" in written
    assert written[-4:] == ["onder 20", "20 \u2013 40", "40 en meer", "geen gegevens"]
    assert len(of_class(picture, "area")) == 6
    for name in ("water", "river", "way"):
        assert [bool(one.get("d")) for one in of_class(picture, name)] == [True], name


def test_shape_tells_the_value_as_well_as_colour() -> None:
    picture = drawn(CITY)
    marks = of_class(picture, "value")
    by_shade: dict[str, set[int]] = {}
    for one in marks:
        corners = len(re.findall(r"[ML]", one.get("d", "")))
        by_shade.setdefault(shade(one), set()).add(corners)
    assert set(by_shade) == {"value-0", "value-1", "value-3", "value-5"}
    assert all(len(corners) == 1 for corners in by_shade.values())
    told = {one[0].text for one in marks if len(one)}
    assert {"Meter 0: 4\u00a0µg/m³", "Meter 4: geen gegevens"} <= told


def test_areas_with_values_and_one_without() -> None:
    areas = neighbourhoods(1, 2, 3, 4, 5, None)
    picture = drawn(msgspec.structs.replace(CITY, areas=areas, points=()), maps.WIDE, EN)
    shades = [shade(one) for one in picture.iter() if (one.get("class") or "").startswith("area-")]
    assert shades[:6] == ["area-1", "area-2", "area-3", "area-4", "area-5", "area-0"]
    pattern = next(one for one in picture.iter() if one.tag.endswith("pattern"))
    hatched = [one for one in picture.iter() if one.get("fill")]
    assert {one.get("fill") for one in hatched} == {f"url(#{pattern.get('id')})"}
    assert not of_class(picture, "value")
    assert {"Binnenstad", "1", "no data"} <= {text for text, _ in boxes(picture)}


def test_an_area_that_stands_out_has_a_border_above_all_areas() -> None:
    here = msgspec.structs.replace(neighbourhoods()[1], here=True)
    picture = drawn(Plan("Buurten", areas=[neighbourhoods()[0], here]))
    (border,) = of_class(picture, "here")
    assert border.get("d") == of_class(picture, "area")[1].get("d")
    assert of_class(drawn(Plan("Buurten", areas=neighbourhoods())), "here") == []


def test_a_name_stands_on_its_area_or_not_at_all() -> None:
    high = Area(square(WEST, SOUTH, WIDE / 20, HIGH), "Lange Smalle Strook", 3.0)
    wide = Area(square(WEST + WIDE / 20, SOUTH), "Veld", 4.0)
    written = {text for text, _ in boxes(drawn(Plan("t", [high, wide]), maps.WIDE))}
    assert {"Veld", "4", "3"} <= written
    assert "Lange Smalle Strook" not in written


def test_points_tell_no_values_where_only_areas_do() -> None:
    picture = drawn(Plan("t", neighbourhoods(1, 2), meters(None, None)))
    assert len(of_class(picture, "spot")) == 2 and not of_class(picture, "value")


def test_a_map_without_values_has_no_legend() -> None:
    picture = drawn(msgspec.structs.replace(CITY, points=meters(None, None)))
    assert len(of_class(picture, "spot")) == 2
    assert not of_class(picture, "legend")


def test_the_map_keeps_proportions() -> None:
    """A square of ground is a square on the map, and the bar tells its length."""
    metre = 1 / 111_195
    ground = square(5, 52, 1000 * metre / np.cos(np.radians(52.0045)), 1000 * metre)
    picture = drawn(Plan("t", areas=[Area(ground)]), Size(600, 600))
    corners = np.array(_corners(of_class(picture, "area")[0].get("d", "")))
    wide, high = np.ptp(corners, axis=0)
    assert wide == pytest.approx(high, rel=0.005)
    bar = of_class(picture, "bar")[0].get("d", "")
    told = of_class(picture, "label-bar")[0].text
    assert told in ("100\u00a0m", "200\u00a0m")
    long = float(re.findall(r"h([\d.]+)", bar)[0])
    assert long == pytest.approx(wide / 1000 * float(str(told).split("\u00a0")[0]), rel=0.02)


def _corners(data: str) -> list[tuple[float, float]]:
    """Of the first ring of a path."""
    numbers = [float(one) for one in re.findall(r"-?[\d.]+", data.split("Z")[0])]
    steps = np.array(numbers).reshape(-1, 2)
    return [(float(x), float(y)) for x, y in np.cumsum(steps, axis=0)]


def test_north_is_up_and_east_is_right() -> None:
    plan = Plan("t", points=[Point(5.0, 52.0, "a"), Point(5.01, 52.01, "b")])
    picture = drawn(plan)
    # Who stands first is drawn last, on top.
    second, first = of_class(picture, "spot")
    assert float(first.get("cx", "")) < float(second.get("cx", ""))
    assert float(first.get("cy", "")) > float(second.get("cy", ""))


def test_what_lies_outside_the_view_is_cut_off() -> None:
    view = (WEST, SOUTH, WEST + WIDE, SOUTH + HIGH)
    far = [Point(9.0, 50.0, "Ver weg", 3.0)]
    picture = drawn(msgspec.structs.replace(CITY, view=view, points=[*CITY.points, *far]))
    assert len(of_class(picture, "area")) < 6
    for one in of_class(picture, "area"):
        for x, y in _corners(one.get("d", "")):
            assert -10 <= x <= 370 and -10 <= y <= 430
    assert "Ver weg" not in " ".join(text for text, _ in boxes(picture))


def test_over_the_date_line() -> None:
    points = [Point(179.99, -17.0, "west"), Point(-179.99, -17.0, "oost")]
    for view in (None, (179.98, -17.01, -179.98, -16.99)):
        second, first = of_class(drawn(Plan("t", points=points, view=view)), "spot")
        xs = float(first.get("cx", "")), float(second.get("cx", ""))
        assert 0 < xs[0] < 160 < xs[1] < 358


def test_names_that_find_no_room_are_left_out_not_laid_over_others() -> None:
    crowd = [Point(5.0 + 0.0001 * number, 52.0, f"Een lange naam {number}", float(number)) for number in range(200)]
    picture = drawn(Plan("t", points=crowd, what="w"), maps.WIDE)
    assert len(of_class(picture, "value")) > 200, "each is marked, and those of the legend"
    written = of_class(picture, "label-place")
    assert 1 < len(written) < 120


NUMBERS = st.one_of(st.none(), st.floats(-1e308, 1e308))
DEGREES = st.tuples(st.floats(-180, 180), st.floats(-89, 89))
NEAR = st.tuples(st.floats(4.9, 5.1), st.floats(51.9, 52.1))
NAME = st.text(max_size=30)


def _point(at: tuple[float, float], name: str, value: float | None) -> Point:
    return Point(at[0], at[1], name, value)


@st.composite
def shapes(draw: st.DrawFn) -> dict[str, Any]:
    """Any ring or line, also one that crosses itself or has no extent."""
    places = draw(st.lists(st.one_of(NEAR, DEGREES), min_size=3, max_size=7))
    if draw(st.booleans()):
        return line(*places)
    return {"type": "Polygon", "coordinates": [[list(place) for place in (*places, places[0])]]}


@given(
    st.lists(st.builds(Area, shapes(), NAME, NUMBERS), max_size=4),
    st.lists(st.builds(_point, st.one_of(NEAR, DEGREES), NAME, NUMBERS), max_size=8),
    st.lists(shapes(), max_size=2),
    st.lists(shapes(), max_size=2),
    NAME,
    st.sampled_from([maps.PHONE, maps.WIDE]),
    st.sampled_from([NL, EN]),
)  # fmt: skip
def test_any_places(
    areas: list[Area], points: list[Point], water: list[dict[str, Any]], ways: list[dict[str, Any]], what: str,
    size: Size, words: Words,
) -> None:  # fmt: skip
    plan = Plan("t", areas, points, water, ways, what, "m")
    picture = read(maps.draw(plan, size, words))
    found = boxes(picture)
    whole = Box(-1, -1, size.width + 1, size.height + 1)
    assert all(whole.holds(box) for text, box in found), found
    for number, (text, box) in enumerate(found):
        assert not any(box.wider(-0.2).meets(other.wider(-0.2)) for _, other in found[:number]), text
    for one in picture.iter():
        for value in re.findall(r"-?[\d.]+(?:e[-+]?\d+)?|nan|inf", one.get("d", "")):
            assert abs(float(value)) < 5000
    table = maps.table(plan, words)
    assert all(len(row) == len(table.head) for row in table.rows)


@SIZES
def test_hostile_names_change_nothing(size: Size) -> None:
    def plan(name: str) -> Plan:
        areas = [Area(one.geometry, name, 3.0) for one in CITY.areas]
        return Plan(name, areas, [Point(5.01, 52.01, name, 4.0)], what=name, unit=name)

    svg = maps.draw(plan(HOSTILE), size, NL, HOSTILE)
    assert "<script" not in svg
    tags = [one.tag for one in read(svg).iter() if not one.tag.endswith("text")]
    assert tags == [one.tag for one in drawn(plan("Noord"), size).iter() if not one.tag.endswith("text")]


def test_nothing_at_all() -> None:
    picture = drawn(Plan("Niets"))
    assert "geen gegevens" in [text for text, _ in boxes(picture)]
    assert maps.table(Plan("Niets"), NL).rows == ()


def test_what_is_no_geometry_is_refused() -> None:
    with pytest.raises(BadRequestData, match="GeoJSON"):
        maps.draw(Plan("t", areas=[Area({"type": "Cube"})]), maps.PHONE, NL)


def test_the_table_has_each_place() -> None:
    found = maps.table(CITY, NL)
    assert found.caption == "Lucht in Havendam"
    assert ("Meter 1", "12,5") in found.rows and ("Meter 4", "geen gegevens") in found.rows
    assert len(found.rows) == 6, "areas tell no values here"
    both = maps.table(msgspec.structs.replace(CITY, areas=neighbourhoods(3)), NL)
    assert len(both.rows) == 12 and ("Binnenstad", "3") in both.rows
