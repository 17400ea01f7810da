# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a picture shows can be read: in a sentence, and in a table with the same numbers."""

from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hanze.ngsild.times import parse
from hanze.web.drawing.rows import Valued, places, surveyed, table, told
from hanze.web.drawing.thin import Columns, thin
from hanze.web.drawing.words import EN, NL

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAY = 86_400_000_000
MIDNIGHT = parse("2026-01-31T23:00:00Z")


def daily(*values: float, most: int = 100, step: int = DAY) -> Columns:
    return thin(MIDNIGHT + np.arange(len(values), dtype=np.int64) * step, np.array(values, dtype=np.float64), most)


def test_a_sentence_about_a_series() -> None:
    assert told(daily(3, 4, 8.25), "°C", NL, AMSTERDAM) == (
        "Van 1 februari 2026 tot 3 februari 2026. Laagste 3\u00a0°C, hoogste 8,25\u00a0°C, gemiddeld 5,08\u00a0°C."
    )
    assert told(daily(3, 3), "", EN, AMSTERDAM) == "From 1 February 2026 to 2 February 2026. The value is 3."
    assert told(daily(), "", EN, AMSTERDAM) == "No data in this period."


def test_the_mean_weighs_values_not_columns() -> None:
    shown = thin(np.array([0, 1, 2, 100], dtype=np.int64), np.array([1.0, 1.0, 1.0, 9.0]), 2)
    assert len(shown) == 2
    assert "average 3." in told(shown, "", EN, AMSTERDAM)


def test_a_table_of_single_values_with_a_gap() -> None:
    nan = float("nan")
    found = table(daily(3, 4.5, nan, nan, nan, nan, 8), "Temperatuur", "°C", NL, AMSTERDAM)
    assert found.caption == "Temperatuur"
    assert found.head == ("Moment", "Waarde (°C)")
    assert found.rows == (
        ("1 februari 2026", "3"),
        ("2 februari 2026", "4,5"),
        ("2 februari 2026 \u2013 7 februari 2026", "geen gegevens"),
        ("7 februari 2026", "8"),
    )


def test_a_table_of_columns() -> None:
    found = table(daily(1, 2, 6, 4, most=2, step=DAY // 24), "t", "", EN, AMSTERDAM)
    assert found.head == ("Moment", "Lowest", "Average", "Highest")
    assert found.rows == (
        ("1 February 2026, 00:00\u201301:00", "1", "1.5", "2"),
        ("1 February 2026, 02:00\u201303:00", "4", "5", "6"),
    )


@given(st.lists(st.one_of(st.floats(allow_infinity=False), st.none()), max_size=40), st.integers(1, 10))
def test_a_table_has_a_row_for_each_column_and_gap(values: list[float | None], most: int) -> None:
    shown = daily(*(float("nan") if value is None else value for value in values), most=most)
    found = table(shown, "t", "m", NL, AMSTERDAM)
    assert len(found.rows) == len(shown) + np.count_nonzero(shown.after_gap)
    assert all(len(row) == len(found.head) and all(row) for row in found.rows)


def test_a_sentence_about_places() -> None:
    found = [Valued("Haven", 41.0), Valued("Park", 12.5), Valued("Plein", None)]
    assert surveyed(found, "µg/m³", NL) == (
        "Kaart met 3 plekken. Hoogste: 41\u00a0µg/m³ (Haven). Laagste: 12,5\u00a0µg/m³ (Park). "
        "Van 1 plek zijn er geen gegevens."
    )
    assert surveyed([Valued("", 1.0)], "", EN) == "Map with 1 place. Highest: 1. Lowest: 1."
    assert surveyed([Valued("Park", None)], "", EN) == "Map with 1 place."


def test_a_table_of_places() -> None:
    found = places([Valued("Haven", 41.0), Valued("Plein", None)], "Lucht", "µg/m³", NL)
    assert found.head == ("Plek", "Waarde (µg/m³)")
    assert found.rows == (("Haven", "41"), ("Plein", "geen gegevens"))
    assert places([Valued("Haven", None)], "Lucht", "", EN).rows == (("Haven",),)
