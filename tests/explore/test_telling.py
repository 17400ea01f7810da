# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values in a sentence, all to the same digit."""

import pytest

from hanze.explore.telling import Teller
from hanze.explore.usual import Range
from hanze.web.language import languages


@pytest.mark.parametrize(
    ("attribute", "unit", "low", "high", "told"),
    [
        ("no2", "GQ", 9.05, 30.8, ("9", "31\u00a0µg/m³")),
        ("no2", "GQ", 4.52, 8.0, ("4,5", "8\u00a0µg/m³")),
        ("no2", "GQ", 0.042, 0.31, ("0,042", "0,31\u00a0µg/m³")),
        ("no2", "GQ", 30.6, 30.8, ("31\u00a0µg/m³", "31\u00a0µg/m³")),
        ("temperature", "CEL", -3.25, -1.0, ("\u22123,2", "\u22121\u00a0°C")),
        ("occupancy", "C62", 0.123, 0.567, ("12", "57%")),
        ("intensity", None, 1234.5, 5678.0, ("1.234", "5.678")),
    ],
)
def test_the_lowest_and_the_highest(
    attribute: str, unit: str | None, low: float, high: float, told: tuple[str, str]
) -> None:
    tell = Teller(languages()["nl"], attribute, unit, high)
    assert (tell.low(Range(low, high, 7)), tell.value(high)) == told
