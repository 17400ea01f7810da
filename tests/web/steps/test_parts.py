# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the steps are made of: colours that can be read, boundaries that are boundaries, differences line by line."""

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import BadRequestData
from hanze.web import background, look
from hanze.web.steps import boundary, colour, difference

COLOURS = st.from_regex(r"#[0-9a-fA-F]{6}", fullmatch=True)

RING = [[4.0, 52.0], [4.1, 52.0], [4.1, 52.1], [4.0, 52.0]]


def test_contrast_is_that_of_wcag() -> None:
    assert colour.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colour.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(COLOURS, st.sampled_from([colour.LIGHT, colour.DARK]))
def test_a_colour_can_be_read_on_its_ground(chosen: str, ground: str) -> None:
    made = colour.readable(chosen, ground)
    assert colour.contrast(made, ground) >= colour.ENOUGH
    if colour.contrast(chosen, ground) >= colour.ENOUGH:
        assert made == chosen.lower()


@given(COLOURS, COLOURS)
def test_a_style_sheet_keeps_what_is_not_of_the_page(first: str, second: str) -> None:
    own = ":root { --font: serif; }\n"
    once = colour.sheet(own, first)
    twice = colour.sheet(once, second)
    assert twice == colour.sheet(own, second) and twice.startswith(own)
    assert colour.chosen(twice) == colour.readable(second, colour.LIGHT) and colour.chosen(own) == ""
    assert "--font: serif" in look.checked(Path("city.css"), twice.encode())


def test_a_shape_alone_gets_the_name_of_the_city() -> None:
    shape = {"type": "Polygon", "coordinates": [RING]}
    made = boundary.collection(msgspec.json.encode(shape), "Stad")
    (area,) = background.parsed(Path("b.geojson"), made).areas
    assert area.name == "Stad" and area.geometry == shape
    whole = {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"name": "Oost", "kind": "water", "code": 7}, "geometry": shape},
        {"type": "Feature", "properties": None, "geometry": shape},
    ]}  # fmt: skip
    ground = background.parsed(Path("b.geojson"), boundary.collection(msgspec.json.encode(whole), "Stad"))
    assert ground.water == (shape,) and [area.name for area in ground.areas] == [""]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"\xff", "is no GeoJSON"), (b"[]", "is no GeoJSON"), (b"{}", "no area and no line"),
        (b'{"type":"FeatureCollection","features":[]}', "has no shapes"),
        (b'{"type":"FeatureCollection","features":[1]}', "has no shapes"),
        (b'{"type":"Point","coordinates":[4,52]}', "no area and no line"),
        (b'{"type":"Polygon","coordinates":[[[155000,463000],[156000,463000],[156000,464000],[155000,463000]]]}', "no degrees"),
        (b'{"type":"Polygon","coordinates":[]}', "no degrees"),
        (b'{"type":"Polygon","coordinates":[["a"]]}', "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_boundary_is_refused_with_a_sentence(body: bytes, told: str) -> None:
    with pytest.raises(BadRequestData, match=re.escape(told)):
        boundary.collection(body, "Stad")


def test_a_box_lies_around_all_points() -> None:
    assert boundary.box([], "Stad") is None
    made = boundary.box([(4.0, 52.0), (4.2, 52.1)], "Stad")
    assert made is not None
    (area,) = background.parsed(Path("b.geojson"), made).areas
    ring = area.geometry["coordinates"][0]
    assert (ring[0], ring[2]) == ([3.99, 51.995], [4.21, 52.105])
    alone = boundary.box([(4.0, 52.0)], "Stad")
    assert alone is not None and b"3.999" in alone and b"4.001" in alone


def test_a_difference_shows_what_goes_and_comes_with_some_lines_around() -> None:
    before = "\n".join(f"line {number}" for number in range(20))
    assert difference.lines(before, before) == []
    found = difference.lines(before, before.replace("line 10", "new").replace("line 11\n", ""))
    assert [(one.kind, one.text) for one in found] == [
        ("gap", "…"), ("same", "line 8"), ("same", "line 9"), ("gone", "line 10"), ("gone", "line 11"), ("new", "new"),
        ("same", "line 12"), ("same", "line 13"),
    ]  # fmt: skip
    assert [one.kind for one in difference.lines("a", "a\nb")] == ["same", "new"]
