# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whatever a text holds, it stays text; what is said to fit, fits."""

from hypothesis import given
from hypothesis import strategies as st

from hanze.web.drawing import svg
from hanze.web.drawing.svg import Box, Size
from tests.web.drawing.reading import HOSTILE, heard, read

ANY = st.text(st.characters(), max_size=40)
"""Also signs that UTF-8 and XML cannot hold."""


@given(ANY, ANY)
def test_any_text_stays_text(title: str, told: str) -> None:
    made = svg.picture(Size(100, 50), svg.text(told, 1, 2), name="a", kind="k", title=title, told=told, lang="nl")
    picture = read(made)
    assert heard(picture) == (svg.clean(title), svg.clean(told))
    assert [one.tag.split("}")[1] for one in picture] == ["title", "desc", "text"]


def test_a_hostile_name_is_harmless_everywhere() -> None:
    made = svg.picture(
        Size(1, 1),
        svg.tag("path", class_=HOSTILE),
        name=HOSTILE,
        kind=HOSTILE,
        title=HOSTILE,
        told=HOSTILE,
        lang=HOSTILE,
    )
    picture = read(made)
    assert "<script" not in made
    assert [one.tag.split("}")[1] for one in picture] == ["title", "desc", "path"]
    assert heard(picture)[0] == "</title><script>alert(1)</script>&'\"]]>{} %s x"


def test_what_letters_need_stays() -> None:
    assert svg.clean("Fryslân  “s-Gravenhage\t日本 क्षि 👩‍🚒") == "Fryslân “s-Gravenhage 日本 क्षि 👩‍🚒"


def test_coordinates_are_short() -> None:
    assert [svg.pixels(value) for value in (1.0, 1.25, -0.04, -3.26, 1000)] == ["1", "1.2", "0", "-3.3", "1000"]
    assert svg.tag("rect", x=1.04, class_="a b", text_anchor="end") == '<rect x="1" class="a b" text-anchor="end"/>'


@given(ANY, st.floats(0, 400))
def test_what_is_cut_fits(words: str, room: float) -> None:
    found = svg.cut(words, room)
    assert svg.width(found) <= room
    assert found == svg.clean(words) or svg.clean(words).startswith(found.removesuffix("…"))


def test_cutting_says_so() -> None:
    assert svg.cut("Burgemeester", 60) == "Burge…"
    assert svg.cut("Burgemeester", 600) == "Burgemeester"
    assert svg.cut("Burgemeester", 3) == ""


def test_boxes_that_share_an_edge_do_not_meet() -> None:
    box = Box(0, 0, 10, 10)
    assert not box.meets(Box(10, 0, 20, 10)) and not box.meets(Box(0, 10, 10, 20))
    assert box.meets(Box(9, 9, 20, 20)) and box.meets(Box(2, 2, 3, 3))
    assert box.holds(Box(0, 0, 10, 10)) and not box.holds(Box(1, 1, 11, 2))
    assert box.wider(1) == Box(-1, -1, 11, 11)
