# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people write in a field is read as they mean it, or refused with what to write."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.goals.entering import reading
from hanze.goals.entering.reading import EXAMPLES, Unfit
from hanze.goals.grades import GRADES, worst
from hanze.goals.indicators.definition import Part, Period
from tests.goals.entering.making import GROUND

SHARE = Part("share", "entered", unit="P1", least=0.0, most=100.0)
ANY = Part("any", "entered", unit="C62")
UNEMPLOYMENT = GROUND.definitions["unemployment"]


def refused(take: Callable[[], object]) -> str:
    with pytest.raises(Unfit) as found:
        take()
    return str(found.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("4", 4), ("4.1", 4.1), ("4,1", 4.1), ("0.286", 0.286), ("0,286", 0.286), ("-3", -3), ("+3", 3), ("1234", 1234),
     ("1.2340", 1.234), ("007", 7), ("1234.567", 1234.567)],
)  # fmt: skip
def test_numbers(text: str, value: float) -> None:
    assert reading.number(text, ANY) == value


@pytest.mark.parametrize(
    "text", ["", "x", "1e9", "nan", "inf", "-", "1 000", "1'000", "1.000.000", "1,000.5", "٣", "4%", "=1+1", "4.", ".5", "9" * 16]
)  # fmt: skip
def test_what_is_no_number_is_refused(text: str) -> None:
    assert "is no number. Write digits, such as 12.5." in refused(lambda: reading.number(text, ANY))


@pytest.mark.parametrize("text", ["1.234", "12,345", "999.000"])
def test_what_can_be_read_in_two_ways_is_refused_with_both(text: str) -> None:
    whole, broken = text.replace(".", "").replace(",", ""), text + "0"
    assert f"Write {whole} or {broken}." in refused(lambda: reading.number(text, ANY))
    assert reading.number(whole, ANY) == 1000 * reading.number(broken, ANY)


def test_numbers_lie_where_the_indicator_says() -> None:
    assert (reading.number("0", SHARE), reading.number("100", SHARE)) == (0, 100)
    assert refused(lambda: reading.number("-0.1", SHARE)) == "-0.1 is too small. It is 0 or more."
    assert refused(lambda: reading.number("100,1", SHARE)) == "100,1 is too large. It is 100 or less."


@pytest.mark.parametrize(
    ("kind", "text", "first"),
    [("year", "2025", date(2025, 1, 1)), ("year", "2026", date(2026, 1, 1)), ("month", "2025-12", date(2025, 12, 1)),
     ("week", "2026-W01", date(2025, 12, 29)), ("week", "2020-W53", date(2020, 12, 28)),
     ("day", "2026-03-10", date(2026, 3, 10)), ("now", "2024-02-29", date(2024, 2, 29))],
)  # fmt: skip
def test_periods_of_each_kind(kind: Period, text: str, first: date) -> None:
    one = msgspec.structs.replace(UNEMPLOYMENT, period=kind)
    found = reading.period(text, one, GROUND)
    assert found.date == first
    assert reading.written(found, one) == text


@pytest.mark.parametrize(
    ("kind", "text"),
    [("year", ""), ("year", "25"), ("year", "2025-03"), ("year", "1899"), ("year", "٢٠٢٥"), ("year", "0000"), ("month", "2025"),
     ("month", "2025-13"), ("month", "2025-3"), ("week", "2025-W53"), ("week", "2025-10"), ("day", "2025-02-29"),
     ("day", "10-03-2025"), ("year", "2025 ")],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_an_example(kind: Period, text: str) -> None:
    one = msgspec.structs.replace(UNEMPLOYMENT, period=kind)
    assert f"Write it like {EXAMPLES[kind]}." in refused(lambda: reading.period(text, one, GROUND))


@pytest.mark.parametrize(
    ("kind", "text"), [("year", "2027"), ("month", "2026-04"), ("week", "2026-W12"), ("day", "2026-03-11")]
)
def test_the_future_is_refused(kind: Period, text: str) -> None:
    one = msgspec.structs.replace(UNEMPLOYMENT, period=kind)
    assert refused(lambda: reading.period(text, one, GROUND)) == f"{text} has not begun yet. Give a period until today."


def test_grades_are_six_and_the_worst_of_several_is_the_last() -> None:
    assert len(GRADES) == 6
    assert [reading.grade(one.upper()) for one in GRADES] == list(GRADES)
    assert "Write one of measured, survey, larger, assumed, personal, unknown." in refused(
        lambda: reading.grade("good")
    )
    assert (worst([]), worst(["survey", "unknown", "measured"])) == ("measured", "unknown")


def test_areas_by_code_or_by_a_name_that_only_one_has() -> None:
    assert [reading.area(text, GROUND) for text in ("", "C", "N2", "north")] == ["C", "C", "N2", "N1"]
    assert "Write one of the codes N2, N3." in refused(lambda: reading.area("South", GROUND))
    assert "There is no area 'N9'." in refused(lambda: reading.area("N9", GROUND))
    parts = msgspec.structs.replace(GROUND, whole="")
    assert refused(lambda: reading.area("", parts)) == "None of the areas is the whole city. Write the code of one."


def test_a_source_is_told_and_can_be_read() -> None:
    assert reading.source("CBS StatLine, tabel 85224") == "CBS StatLine, tabel 85224"
    assert refused(lambda: reading.source("")) == "Say where the number comes from."
    assert "has 301 signs" in refused(lambda: reading.source("x" * 301))
    assert "has signs that cannot be read" in refused(lambda: reading.source("a\u202eb"))


@given(st.text(max_size=40))
def test_whatever_is_written_is_read_or_refused_in_one_sentence(text: str) -> None:
    for take in (
        lambda: reading.number(text, SHARE), lambda: reading.period(text, UNEMPLOYMENT, GROUND), lambda: reading.grade(text),
        lambda: reading.area(text, GROUND), lambda: reading.source(text),
    ):  # fmt: skip
        try:
            take()
        except Unfit as unfit:
            assert str(unfit) and "\n" not in str(unfit)
