# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What does not fit together in an indicator is told: by key, with what to write."""

from typing import Any, get_args

import pytest

from hanze.goals.indicators.checking import KEYS, problems
from hanze.goals.indicators.definition import What
from tests.goals.indicators.making import FITTING, TEXTS, history, indicator

LAND = {"name": "share", "what": "land", "uses": ["nature"]}
COUNT = {"name": "stops", "what": "things", "type": "GtfsStop"}
REACH = {"name": "share", "what": "reach", "type": "GtfsStop", "metres": 500.0}
OPEN = {"name": "share", "what": "open"}
ENTERED = {"name": "votes", "what": "entered", "unit": "P1", "asks": TEXTS}
SPREAD = {"name": "gap", "what": "spread", "indicator": "noise", "spread": "gap"}

OTHERS = {"noise": indicator(), "quiet": indicator(code="quiet", part=[SPREAD])}


def scale(best: float, green: float, red: float, worst: float) -> dict[str, Any]:
    return {**FITTING["scale"], "best": best, "green": green, "red": red, "worst": worst}


def told(**changed: Any) -> dict[str, str]:
    found = problems(indicator(**changed), OTHERS)
    assert len(found) == len(dict(found)), found
    return dict(found)


def test_each_kind_of_part_has_its_keys() -> None:
    assert set(KEYS) == set(get_args(What))


@pytest.mark.parametrize(
    "changed",
    [
        {}, {"part": [history(over="energy", together="energy", hours=[23], days="workdays", step="day", ago=1)]},
        {"part": [history(things="people", where='status=="ok"')]},
        {"part": [LAND], "unit": "%"}, {"part": [REACH], "unit": "%"}, {"part": [OPEN], "unit": "%"},
        {"part": [ENTERED], "unit": "%", "waits": TEXTS}, {"part": [SPREAD]},
        {"part": [ENTERED | {"holds": 4, "least": 0.0}], "unit": "%", "waits": TEXTS, "formula": "2 * votes"},
        {"part": [COUNT], "unit": "1", "words": TEXTS},
        {"part": [COUNT, LAND], "formula": "stops / people * share / surface"},
        {"better": "more", "scale": scale(75, 65, 53, 40)}, {"scale": scale(40, 40, 75, 75)},
    ],
)  # fmt: skip
def test_what_fits(changed: dict[str, Any]) -> None:
    assert problems(indicator(**changed), OTHERS) == []


@pytest.mark.parametrize(
    ("part", "key", "sentence"),
    [
        (history(type=""), "type", "is missing; a part of the kind 'history' needs it"),
        (history(unit=""), "unit", "is missing"),
        (history(metres=500.0), "metres", "says nothing in a part of the kind 'history'; take it away"),
        (history(uses=["water"]), "uses", "says nothing"),
        (history(over="above"), "limit", "is missing; 'above' looks at a number"),
        (history(limit=5.0), "limit", "says nothing to 'mean'; take it away"),
        (history(hours=[24]), "hours", "is [24]; give hours from 0 to 23, each once, ascending"),
        (history(hours=[7, 7]), "hours", "is [7, 7]"),
        (history(hours=[]), "hours", "is []"),
        (history(where="status=="), "where", "cannot be read: "),
        (history(unit="DB"), "unit", "cannot be used: unitCode DB is the dry pound"),
        (history(name="people"), "name", "is 'people', which means something else in a formula"),
        (history(name="max"), "name", "is 'max', which means something else"),
        (LAND | {"uses": []}, "uses", "is missing"),
        (LAND | {"type": "Garden"}, "type", "says nothing"),
        (REACH | {"metres": None}, "metres", "is missing"),
        (OPEN | {"ago": 1}, "ago", "says nothing in a part of the kind 'open'"),
        (COUNT | {"things": "sum"}, "things", "says nothing where things are counted"),
        (COUNT | {"unit": "C62"}, "unit", "says nothing where things are counted"),
        (COUNT | {"attribute": "lanes"}, "unit", "is missing; give the UN/CEFACT code that the attribute is taken in"),
        (COUNT | {"attribute": "lanes", "unit": "C62", "things": "people"}, "things", "is \"people\", but only"),
        (SPREAD | {"spread": "share over"}, "limit", "is missing; 'share over' looks at a number"),
        (SPREAD | {"limit": 3.0}, "limit", "says nothing to 'gap'"),
        (SPREAD | {"indicator": "nois"}, "indicator", "is 'nois', which is not there; give the code of an indicator"),
        (SPREAD | {"indicator": "quiet"}, "indicator", "is 'quiet', which tells of areas together itself"),
        (ENTERED | {"attribute": "votes"}, "attribute", "says nothing"),
        (ENTERED | {"asks": None}, "asks", "is missing; say what is asked for"),
        (ENTERED | {"least": 5.0, "most": 5.0}, "least", "is 5; give a number below most, 5"),
        (history(holds=1), "holds", "says nothing in a part of the kind 'history'"),
    ],
)  # fmt: skip
def test_what_a_part_lacks_or_has_too_much(part: dict[str, Any], key: str, sentence: str) -> None:
    # A formula keeps the unit of the part out of it.
    found = told(part=[part], formula=f"2 * {part['name']}", waits=TEXTS)
    assert sentence in found[f"part[0].{key}"]
    assert set(found) <= {f"part[0].{key}", "formula"}


@pytest.mark.parametrize(
    ("changed", "key", "sentence"),
    [
        ({"part": [LAND, LAND], "formula": "share"}, "part[1].name", "is 'share' a second time"),
        ({"part": [COUNT, LAND]}, "formula", "is missing; it says how share, stops become one number"),
        ({"part": [LAND], "formula": "shre"}, "formula", "leaves out the part share"),
        ({"part": [LAND], "formula": "share +"}, "formula", "cannot be read: 'share +' is no formula"),
        ({"part": [LAND], "formula": "share / peple"}, "formula", "names peple, which is no part; the parts are share"),
        ({"scale": scale(75, 65, 53, 40)}, "scale.best", "is 75, but less is better; give a number below worst, 40"),
        ({"better": "more"}, "scale.best", "is 40, but more is better; give a number above worst, 75"),
        ({"scale": scale(40, 65, 53, 75)}, "scale.green", "is 65 and red 53; from best to worst they stand as best 40"),
        ({"scale": scale(40, 53, 53, 75)}, "scale.green", "is 53 and red 53"),
        ({"scale": scale(40, 30, 53, 75)}, "scale.green", "is 30"),
        ({"scale": scale(40, 53, 80, 75)}, "scale.green", "is 53 and red 80"),
        ({"part": [ENTERED], "unit": "%"}, "waits", "is missing; say which source"),
        ({"part": [SPREAD], "period": "month"}, "period", "is 'month', but that of noise is 'year'; give the same"),
    ],
)
def test_what_the_whole_lacks(changed: dict[str, Any], key: str, sentence: str) -> None:
    found = problems(indicator(**changed), OTHERS)
    assert any(one == key and sentence in text for one, text in found), found
