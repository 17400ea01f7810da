# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The unit of an indicator is one, people can read it, and it is that of what the parts give."""

from typing import Any

import pytest

from hanze.goals.indicators.measure import problems
from tests.goals.indicators.making import TEXTS, history, indicator

OTHERS = {"noise": indicator()}


def told(**changed: Any) -> dict[str, str]:
    return dict(problems(indicator(**changed), OTHERS))


def entered(unit: str) -> list[dict[str, str]]:
    return [{"name": "value", "what": "entered", "unit": unit}]


def spread(how: str, **more: float) -> list[dict[str, Any]]:
    return [{"name": "gap", "what": "spread", "indicator": "noise", "spread": how, **more}]


@pytest.mark.parametrize("unit", ["kg/{person}", "10*-5/{person}", "L/d/{person}", "1", "{bike}/d", "kW.h/{person}"])
def test_a_unit_without_a_symbol_needs_words(unit: str) -> None:
    assert told(unit=unit, formula="level / people", words=TEXTS) == {}
    assert "people cannot read" in told(unit=unit, formula="level / people")["words"]


@pytest.mark.parametrize("unit", ["kilo", "kg/person", "kg/{}", "10^5", "µg/m³", "kg//d", "{a}{b}"])
def test_what_is_no_unit(unit: str) -> None:
    assert told(unit=unit, words=TEXTS) == {
        "unit": f"is {unit!r}; give a unit in UCUM, such as ug/m3, d, % or kg/{{person}}."
    }


@pytest.mark.parametrize(
    ("part", "unit"),
    [
        ([history()], "dB"),
        ([history(unit="GP")], "ug/m3"),
        ([history(unit="KEL")], "Cel"),
        ([history(over="above", limit=55.0)], "h"),
        ([history(over="below", limit=55.0, step="day")], "d"),
        ([history(over="share above", limit=55.0)], "%"),
        ([{"name": "share", "what": "open"}], "%"),
        (entered("P1"), "%"),
        (entered("C62"), "%"),
        (spread("gap"), "dB"),
        (spread("share under", limit=50.0), "%"),
    ],
)
def test_the_only_part_gives_the_unit(part: list[dict[str, Any]], unit: str) -> None:
    assert told(part=part, unit=unit) == {}
    assert (
        "a unit of" in told(part=part, unit="J")["unit"]
        or "give that, or a formula" in told(part=part, unit="J")["unit"]
    )
    assert told(part=part, unit="J", formula=f"2 * {part[0]['name']}") == {}


def test_gini_has_no_unit() -> None:
    assert told(part=spread("gini"), unit="1", words=TEXTS) == {}
    assert "gives '1'" in told(part=spread("gini"), unit="%")["unit"]


def test_of_an_indicator_that_is_not_there_nothing_is_known() -> None:
    assert dict(problems(indicator(part=spread("gap"), unit="J"), {})) == {}
