# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers as people of a language write them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.web.drawing.scale import marks
from hanze.web.drawing.words import DE, EN, NL, Words, counted, measure

ANY = st.floats(-1.79e308, 1.79e308)
TIMES = "\u00d7"
LANGUAGES = pytest.mark.parametrize("words", [NL, EN, DE], ids=["nl", "en", "de"])


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (0.0, "0", "0"),
        (-0.0, "0", "0"),
        (23.0, "23", "23"),
        (61.23, "61,2", "61.2"),
        (-4.25, "\u22124,25", "\u22124.25"),
        (0.01234, "0,0123", "0.0123"),
        (99.96, "100", "100"),
        (1234.5, "1.234", "1,234"),
        (999_999.4, "999.999", "999,999"),
        (1_500_000.0, "1,5\u00a0mln", "1.5\u00a0million"),
        (2e9, "2\u00a0mld", "2\u00a0billion"),
        (-3e12, "\u22123\u00a0bln", "\u22123\u00a0trillion"),
        (1.5e300, "1,50\u00a0\u00d7\u00a010³⁰⁰", "1.50\u00a0\u00d7\u00a010³⁰⁰"),
        (4e-9, "4,00\u00a0\u00d7\u00a010⁻⁹", "4.00\u00a0\u00d7\u00a010⁻⁹"),
    ],
)  # fmt: skip
def test_a_number(value: float, dutch: str, english: str) -> None:
    assert (NL.number(value), EN.number(value)) == (dutch, english)


def _back(text: str, words: Words) -> float:
    """The number that a person reads."""
    first, *rest = text.split("\u00a0")
    number = first.replace(words.thousands, "").replace(words.decimal, ".").replace("\u2212", "-")
    plain = [number, *rest]
    if plain[1:] and plain[1] == TIMES:
        power = plain[2][2:].translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))
        return float(f"{plain[0]}e{power}")
    return float(plain[0]) * (10.0 ** (6 + 3 * words.large.index(plain[1])) if plain[1:] else 1.0)


@LANGUAGES
@given(ANY)
def test_any_number_can_be_read_back(words: Words, value: float) -> None:
    told = words.number(value)
    assert _back(told, words) == pytest.approx(value, rel=6e-3, abs=5e-324)
    assert len(told) <= 18
    assert re.fullmatch(
        r"\u2212?[\d.,]+(\xa0(mln|mld|bln|Mio\.|Mrd\.|Bio\.|million|billion|trillion|\u00d7\xa010[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+))?",
        told,
    )


@LANGUAGES
@given(ANY, ANY, st.integers(2, 9))
def test_the_numbers_of_an_axis_differ_and_can_be_read_back(words: Words, one: float, other: float, most: int) -> None:
    ruler = marks(min(one, other), max(one, other), most)
    told = words.numbers(ruler.values, ruler.step)
    assert len(set(told)) == len(ruler.values)
    for text, value in zip(told, ruler.values, strict=True):
        assert _back(text, words) == pytest.approx(value, rel=1e-12, abs=ruler.step * 1e-6)


def test_numbers_of_an_axis_are_written_alike() -> None:
    assert NL.numbers((0.0, 0.5, 1.0), 0.5) == ["0", "0,5", "1,0"]
    assert EN.numbers((0.0, 500_000.0, 1_000_000.0), 500_000.0) == ["0", "0.5\u00a0million", "1.0\u00a0million"]
    assert NL.numbers((1_234_000.0, 1_234_002.0), 2.0) == ["1.234.000", "1.234.002"]
    assert NL.numbers((), 1.0) == []


def test_a_unit_stays_with_its_number() -> None:
    assert measure("4", "µg/m³") == "4\u00a0µg/m³"
    assert measure("4", "%") == "4%"
    assert measure("4", "") == "4"


@LANGUAGES
def test_one_and_more_differ(words: Words) -> None:
    assert counted(words.gaps, 1) != counted(words.gaps, 2)
    assert "2" in counted(words.gaps, 2)
    assert "1 " in counted(words.places, 1) and "0 " in counted(words.places, 0)


def test_each_language_says_the_same_things() -> None:
    assert len(NL.months) == len(EN.months) == len(NL.short_months) == len(EN.short_months) == 12
    for name in NL.__struct_fields__:
        dutch, english = getattr(NL, name), getattr(EN, name)
        assert str(dutch).count("{}") == str(english).count("{}"), name
        assert dutch and english, name
