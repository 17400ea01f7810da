# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Any values fall into few classes with round borders, each with a sign of its own."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hanze.web.drawing import shades
from hanze.web.drawing.shades import Legend, classes
from hanze.web.drawing.svg import Size
from hanze.web.drawing.words import EN, NL
from tests.web.drawing.reading import boxes, check_texts, read

VALUES = st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20)


@given(VALUES)
@example([1e290, -1.0])
def test_any_values(values: list[float]) -> None:
    found = classes(values, NL)
    assert 1 <= len(found.names) == len(found.breaks) + 1 <= shades.MOST
    assert len(set(found.names)) == len(found.names)
    assert found.shades == sorted(set(found.shades))
    ordered = [found.shade(value) for value in sorted(values)]
    assert ordered == sorted(ordered)
    assert set(ordered) <= set(found.shades)
    assert found.shade(min(values)) == found.shades[0] and found.shade(max(values)) == found.shades[-1]


def test_borders_are_round_and_belong_to_the_class_above() -> None:
    found = classes([4, 58], NL)
    assert found.names == ("onder 20", "20 \u2013 40", "40 en meer")
    assert [found.shade(value) for value in (4, 19.99, 20, 39.99, 40, 58)] == [1, 1, 3, 3, 5, 5]


def test_one_value_is_one_class() -> None:
    found = classes([17.3, 17.3], EN)
    assert found.names == ("17.3",) and found.shade(17.3) == 3


def test_signs_differ() -> None:
    assert len({shades.mark(shade, 10, 10).split('class="')[0] for shade in range(6)}) == 6


@pytest.mark.parametrize("width", [200.0, 358.0, 1216.0])
@pytest.mark.parametrize(("points", "areas"), [(True, False), (False, True), (True, True)])
def test_a_legend_fits(width: float, points: bool, areas: bool) -> None:
    legend = Legend(classes([0, 1e6], NL), "Iets", points, areas, True, "h")
    size = Size(width, 1000)
    high = legend.height(size, NL)
    picture = read(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {high}">'
                   f"{legend.draw(0, size, NL)}</svg>")  # fmt: skip
    check_texts(picture)
    assert len(boxes(picture)) == len(legend.classes.names) + 2
    signs = len(list(picture)) - len(boxes(picture))
    assert signs == (len(legend.classes.names) + 1) * (points + areas)
