# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A result is kept as JSON and comes back; in names that people know it says the same."""

import math

import msgspec
import pytest

from hanze.experiments.card import card
from hanze.experiments.evaluate.finding import Point
from hanze.experiments.evaluate.result import Check, Result
from hanze.experiments.told import Told
from hanze.experiments.trials.looking import kept, naming
from hanze.ngsild.canonical import canonical
from tests.experiments.trials.looking import judged


@pytest.fixture(scope="module")
def result() -> Result:
    return judged.result(judged.plan())


def test_what_was_kept_says_the_same_card(result: Result) -> None:
    told = msgspec.json.decode(msgspec.json.encode(kept.told(result)))
    again = kept.read(told)
    assert again is not None and card.make(again) == card.make(result)
    assert again.finding.residuals == () and canonical(told)


def test_numbers_without_an_end_are_kept_as_such(result: Result) -> None:
    check = Check(
        "x", "pass", Told("%(one)s %(two)s", {"one": math.inf, "two": Told("%(three)s", {"three": math.nan})})
    )
    finding = msgspec.structs.replace(
        result.finding, low=-math.inf, high=math.inf, se=math.nan, details={"a": math.nan, "b": 1.0}
    )
    told = kept.told(msgspec.structs.replace(result, finding=finding, checks=(check,)))
    again = kept.read(msgspec.json.decode(msgspec.json.encode(told)))
    assert again is not None and (again.finding.low, again.finding.high) == (-math.inf, math.inf)
    assert math.isnan(again.finding.se) and again.finding.details == {"b": 1.0}
    assert again.checks[0].told.said() == "\u221e \u2013"


def test_a_long_line_is_kept_as_means_that_do_not_cross_the_start(result: Result) -> None:
    line = [
        Point(f"2026-01-{1 + place // 240:02}T{place // 10 % 24:02}:{place % 10 * 6:02}", 1.0 + (place >= 2500), 1.0)
        for place in range(5000)
    ]
    start = line[2500].time
    question = msgspec.structs.replace(result.question, start=start)
    found = kept.told(
        msgspec.structs.replace(
            result, question=question, finding=msgspec.structs.replace(result.finding, line=tuple(line))
        )
    )
    thin = found["finding"]["line"]
    assert len(thin) <= kept.MOST_POINTS and {one["observed"] for one in thin} == {1.0, 2.0}
    assert next(one for one in thin if one["observed"] == 2.0)["time"] == start


@pytest.mark.parametrize("told", [None, {}, {"finding": {"relative": -0.1}}, {"finding": 3}])
def test_what_is_no_result_is_none(told: object) -> None:
    assert kept.read(told) is None  # type: ignore[arg-type]


def test_names_take_the_place_of_units_and_columns_everywhere(result: Result) -> None:
    names = {unit: f"Straat {number}" for number, unit in enumerate(judged.plan().all)} | {"outcome": "NO2"}
    found = naming.named(result, names)
    assert "urn:" not in str(msgspec.to_builtins(found.finding)) and found.question.treated == ("Straat 0", "Straat 1")
    said = [found.finding.method.said(), found.sure.said(), *(one.told.said() for one in found.checks)]
    assert not any("urn:" in one or "outcome" in one for one in said) and any("NO2" in one for one in said)
    assert naming.told(Told("%(names)s", {"names": "a, b"}), {"a": "x"}).said() == "x, b"


def test_parts_come_together_by_area(result: Result) -> None:
    one, other = judged.plan().treated
    found = naming.by_area(result, {one: "N"})
    assert found.finding.parts == {"N": result.finding.parts[one]}
    both = naming.by_area(result, {one: "N", other: "N"}).finding.parts
    assert both["N"] == pytest.approx((result.finding.parts[one] + result.finding.parts[other]) / 2)
