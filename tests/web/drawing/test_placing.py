# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Labels never touch each other, what is marked, or the edge."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from hanze.web.drawing.placing import MOST, beside, place, upon, written
from hanze.web.drawing.svg import Box
from tests.web.drawing.reading import boxes, read

WINDOW = Box(0, 0, 300, 200)
PLACES = st.lists(st.tuples(st.floats(-20, 320), st.floats(-20, 220), st.text(min_size=1, max_size=15)), max_size=30)


@given(PLACES)
def test_any_labels(places: list[tuple[float, float, str]]) -> None:
    marked = [Box(x - 5, y - 5, x + 5, y + 5) for x, y, _ in places]
    found = place([beside((name,), x, y, 5, "k") for x, y, name in places], marked, WINDOW)
    assert all(WINDOW.holds(one.box) for one in found)
    assert not any(one.box.meets(other.box) for one, other in combinations(found, 2))
    assert not any(one.box.meets(box) for one in found for box in marked)


def test_who_is_first_has_the_choice() -> None:
    one, other = beside(("aaaa",), 100, 100, 5, "k"), beside(("bbbb",), 101, 100, 5, "k")
    first, second = place([one, other], [], WINDOW)
    assert (first.lines, first.side) == (("aaaa",), "start")
    assert (second.lines, second.side) == (("bbbb",), "end")


def test_at_the_edge_the_other_side_is_taken() -> None:
    assert [one.side for one in place([beside(("aaaa",), 295, 100, 5, "k")], [], WINDOW)] == ["end"]
    assert place([[]], [], WINDOW) == []


def test_a_map_is_no_text() -> None:
    wanted = [[upon((".",), 10 * (number % 40) + 10, 20 * (number // 40) + 10, "k")] for number in range(400)]
    assert len(place(wanted, [], Box(0, 0, 1000, 1000))) == MOST


def test_lines_stand_in_their_box() -> None:
    label = upon(("Binnenstad", "23"), 100, 100, "k")
    picture = read(f'<svg xmlns="http://www.w3.org/2000/svg">{written(label)}</svg>')
    found = boxes(picture)
    assert [text for text, _ in found] == ["Binnenstad", "23"]
    assert all(label.box.holds(box) for _, box in found)
    assert not found[0][1].meets(found[1][1])
