# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A chart of any data is well-formed, exact, readable in its language, and shows gaps as gaps."""

import re
from itertools import combinations
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.web.drawing import chart
from hanze.web.drawing.chart import About, Limit
from hanze.web.drawing.svg import Size
from hanze.web.drawing.thin import Columns, thin
from hanze.web.drawing.words import EN, NL, Words
from tests.web.drawing.reading import HOSTILE, boxes, check_texts, heard, of_class, points, read

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HOUR = 3_600_000_000
START = 1_740_000_000_000_000
SIZES = pytest.mark.parametrize("size", [chart.PHONE, chart.WIDE], ids=["390", "1280"])
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def hourly(*values: float) -> Columns:
    """One value an hour; NaN where there is none."""
    return thin(START + np.arange(len(values), dtype=np.int64) * HOUR, np.array(values, dtype=np.float64), 100)


def drawn(shown: Columns, about: About, size: Size = chart.PHONE, words: Words = NL) -> Element:
    picture = read(chart.draw(shown, about, size, words, AMSTERDAM))
    check_texts(picture)
    return picture


def path(picture: Element, name: str) -> str:
    found = of_class(picture, name)
    return found[0].get("d", "") if found else ""


@given(
    st.lists(st.one_of(NUMBERS, st.just(float("nan"))), max_size=30),
    st.integers(1, 10**14),
    st.one_of(st.none(), NUMBERS),
    st.sampled_from([chart.PHONE, chart.WIDE]),
    st.sampled_from([NL, EN]),
)
def test_any_data(values: list[float], step: int, limit: float | None, size: Size, words: Words) -> None:
    moments = START + np.arange(len(values), dtype=np.int64) * step
    shown = thin(moments, np.array(values, dtype=np.float64), 20)
    about = About("t", "µg/m³", () if limit is None else (Limit(limit, "Grenswaarde"),))
    picture = drawn(shown, about, size, words)
    if not len(shown):
        assert any(words.nothing in text for text, _ in boxes(picture))
        return
    for name in ("line", "band", "dots", "limit", "grid", "axis"):
        for one in of_class(picture, name):
            numbers = [float(number) for number in re.findall(r"-?[\d.]+", one.get("d", ""))]
            assert all(-1 <= number <= max(size.width, size.height) + 1 for number in numbers), name
    assert len(re.findall("M", path(picture, "line") + path(picture, "dots"))) >= 1


@SIZES
def test_lowest_and_highest_are_where_they_are(size: Size) -> None:
    values = np.full(4000, 50.0)
    values[1234], values[2345] = 0.0, 100.0
    moments = START + np.arange(4000, dtype=np.int64) * HOUR
    picture = drawn(thin(moments, values, chart.columns(size)), About("t"), size)
    band = list(points(path(picture, "band")))
    ticks = {text: box for text, box in boxes(picture)}
    low, high = max(y for _, y in band), min(y for _, y in band)
    # The middle of the letters of a mark stands at its value.
    assert low == pytest.approx((ticks["0"].top + ticks["0"].bottom) / 2, abs=2)
    assert high == pytest.approx((ticks["100"].top + ticks["100"].bottom) / 2, abs=2)
    lowest, highest = (next(x for x, y in band if y == extreme) for extreme in (low, high))
    line = [x for x, _ in points(path(picture, "line"))]
    wide = line[-1] - line[0]
    assert (lowest - line[0]) / wide == pytest.approx(1234 / 4000, abs=2 / chart.columns(size))
    assert (highest - line[0]) / wide == pytest.approx(2345 / 4000, abs=2 / chart.columns(size))


def test_a_gap_breaks_line_and_band_and_is_said() -> None:
    nan = float("nan")
    picture = drawn(hourly(1, 2, 3, nan, nan, nan, nan, 4, 5, nan, nan, nan, nan, 6), About("t"))
    assert path(picture, "line").count("M") == 2, "the last value stands alone"
    assert path(picture, "dots").count("M") == 6
    assert len(of_class(picture, "gap")) == 2
    assert "2 keer ontbreken er gegevens." in heard(picture)[1]
    whole = drawn(hourly(1, 2, 3, nan, 4, 5), About("t"))
    assert path(whole, "line").count("M") == 1 and not of_class(whole, "gap")


def test_a_band_is_broken_too() -> None:
    moments = START + np.arange(3000, dtype=np.int64) * HOUR
    values = np.sin(np.arange(3000.0))
    values[1000:1500] = np.nan
    shown = thin(moments, values, 50)
    picture = drawn(shown, About("t"), chart.WIDE, EN)
    assert path(picture, "band").count("M") == path(picture, "band").count("Z") == 2
    assert "no data" in [text for text, _ in boxes(picture)]


def test_one_value_is_a_dot_and_a_constant_a_flat_line() -> None:
    one = drawn(hourly(17.3), About("t", "%"))
    assert path(one, "dots").count("M") == 1 and not path(one, "line")
    assert "Op 19 februari 2025, 22:20. De waarde is 17,3%." in heard(one)[1]
    flat = drawn(hourly(*[17.3] * 50), About("t"))
    assert len({y for _, y in points(path(flat, "line"))}) == 1
    assert not path(flat, "band")


@SIZES
def test_the_limit_is_drawn_named_and_heard(size: Size) -> None:
    about = About("Stikstofdioxide", "µg/m³", (Limit(40, "Grenswaarde voor een jaar"),))
    picture = drawn(hourly(*range(10, 30)), about, size)
    assert [one.text for one in of_class(picture, "label-limit")] == ["Grenswaarde voor een jaar"]
    y = float(re.findall(r"M[\d.]+ ([\d.]+)H", path(picture, "limit"))[0])
    assert y < min(y for _, y in points(path(picture, "line"))), "above all that is lower"
    assert heard(picture) == (
        "Stikstofdioxide",
        "Van 19 februari 2025, 22:20 tot 20 februari 2025, 17:20. Laagste 10\u00a0µg/m³, hoogste 29\u00a0µg/m³, "
        "gemiddeld 19,5\u00a0µg/m³. Grenswaarde voor een jaar: 40\u00a0µg/m³.",
    )


def test_the_label_of_the_limit_keeps_away_from_the_data() -> None:
    about = About("t", "", (Limit(50, "Limit"),))
    for values, side in ((range(100), "right"), (range(100, 0, -1), "left")):
        picture = drawn(hourly(*(value / 2 + 52 for value in values)), about, chart.WIDE)
        box = next(box for text, box in boxes(picture) if text == "Limit")
        near = [y for x, y in points(path(picture, "line")) if box.left < x < box.right]
        assert not any(box.top < y < box.bottom for y in near), side


@SIZES
def test_limits_that_lie_close_have_labels_apart(size: Size) -> None:
    about = About("t", "m", tuple(Limit(value, f"Limit {value}") for value in (20, 20.5, 40)))
    picture = drawn(hourly(*range(10, 30)), about, size, EN)
    labels = [box for text, box in boxes(picture) if text.startswith("Limit")]
    assert len(labels) == 3
    assert not any(one.meets(other) for one, other in combinations(labels, 2))
    assert all(f"Limit {value}: {value:g}" in heard(picture)[1] for value in (20, 20.5, 40))


@SIZES
@pytest.mark.parametrize("words", [NL, EN], ids=["nl", "en"])
def test_both_languages(size: Size, words: Words) -> None:
    picture = drawn(hourly(0.5, 0.75, 1.5), About("t", "m"), size, words)
    assert picture.get("lang") == words.code
    written = [text for text, _ in boxes(picture)]
    assert f"1{words.decimal}0" in written and "m" in written
    assert not any("1.0" in text for text in written) or words is EN


@SIZES
def test_hostile_names_change_nothing(size: Size) -> None:
    svg = chart.draw(hourly(1, 2), About(HOSTILE, HOSTILE, (Limit(1.5, HOSTILE),)), size, EN, AMSTERDAM, HOSTILE)
    assert "<script" not in svg
    picture, plain = read(svg), drawn(hourly(1, 2), About("t", "m", (Limit(1.5, "l"),)), size, EN)
    assert [one.tag for one in picture.iter()] == [one.tag for one in plain.iter()]


def test_a_longer_period_leaves_room() -> None:
    shown = hourly(*range(24))
    whole = drawn(shown, About("t"))
    longer = drawn(shown, About("t", start=START - 24 * HOUR, end=START + 48 * HOUR))

    def wide(picture: Element) -> float:
        xs = [x for x, _ in points(path(picture, "line"))]
        return max(xs) - min(xs)

    assert wide(longer) == pytest.approx(wide(whole) * 23 / 72, rel=0.02)


def test_an_axis_begins_at_zero_unless_all_values_are_close() -> None:
    assert "0" in [text for text, _ in boxes(drawn(hourly(20, 60), About("t")))]
    assert "0" not in [text for text, _ in boxes(drawn(hourly(1010, 1030), About("t")))]


def test_nothing_at_all() -> None:
    picture = drawn(hourly(), About("Niets"))
    assert heard(picture) == ("Niets", "Geen gegevens in deze periode.")
    assert drawn(hourly(float("nan")), About("Niets"), words=EN) is not None
