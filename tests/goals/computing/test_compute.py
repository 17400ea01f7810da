# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures of indicators by area, by hand."""

from collections.abc import Mapping

import pytest
import shapely

from hanze.goals.computing.compute import Computing, Figures
from hanze.goals.computing.scene import Entered, Scene, Sources, Thing
from hanze.goals.grades import Grade
from hanze.goals.indicators.definition import Definition, Part, Spread
from hanze.goals.indicators.reducing import HOUR
from hanze.goals.runner import asked
from hanze.ngsild.context import CORE
from tests.goals.computing.making import NOW, ZONE, Told, at, city, indicator, level, place, thing

# A day of winter begins at 23 o'clock in UTC; hours count from the start of 2024 in UTC.
FIRST = range(-1, 23)
DAY = at(2024, 1, 1, 12)


def figures(
    one: Definition, sources: Sources, scene: Scene | None = None, *others: Definition, moment: int = DAY
) -> Figures:
    known = {each.code: each for each in (one, *others)}
    return Computing(known, scene or city(), sources, ZONE, NOW).figures(one.code, moment).figures


def values(found: Figures) -> dict[str, float | None]:
    return {code: figure.value for code, figure in found.items()}


FAR = Thing("s4", None, shapely.Point(9, 52))
THREE = {"S": [thing("s1", "N1"), thing("s2", "N1"), thing("s3", "N2"), FAR]}
SERIES = {
    "s1": {hour: 10.0 for hour in FIRST}, "s2": {hour: 20.0 for hour in FIRST}, "s3": {hour: 40.0 for hour in FIRST},
    "s4": {hour: 1000.0 for hour in FIRST},
}  # fmt: skip


def test_things_of_an_area_come_together() -> None:
    assert values(figures(indicator(level()), Told(THREE, SERIES))) == {"C": pytest.approx(70 / 3), "N1": 15, "N2": 40}
    assert values(figures(indicator(level(things="sum")), Told(THREE, SERIES))) == {"C": 70, "N1": 30, "N2": 40}
    assert values(figures(indicator(level(things="max")), Told(THREE, SERIES)))["C"] == 40


def test_areas_are_weighed_by_their_residents() -> None:
    found = figures(indicator(level(things="people")), Told(THREE, SERIES))
    assert values(found) == {"C": (15 * 100 + 40 * 300) / 400, "N1": 15, "N2": 40}
    assert (found["C"].things, found["C"].of) == (3, 3)
    unknown = figures(indicator(level(things="people")), Told(THREE, SERIES), city(people=(100, None)))
    assert (unknown["C"].value, unknown["C"].why, unknown["N2"].value) == (None, "not known", 40)


def test_too_little_is_no_number_and_says_so() -> None:
    half = {"s1": {hour: 10.0 for hour in FIRST if hour < 10}}
    found = figures(indicator(level()), Told({"S": [thing("s1", "N1")]}, half))
    assert (found["N1"].value, found["N1"].why, found["N1"].coverage, found["N1"].of) == (
        None,
        "too little",
        11 / 24,
        1,
    )
    assert (found["N2"].value, found["N2"].why) == (None, "nothing measures")


def test_missing_hours_widen_where_it_lies() -> None:
    some = {hour: float(hour + 1) for hour in range(-1, 19)}
    found = figures(indicator(level()), Told({"S": [thing("s1", "N1")]}, {"s1": some}))["N1"]
    # 20 of 24 hours with 0 to 19; their tenths are 1.9 and 17.1.
    assert found.value == 9.5
    assert found.low == pytest.approx((190 + 4 * 1.9) / 24) and found.high == pytest.approx((190 + 4 * 17.1) / 24)
    whole = figures(indicator(level()), Told(THREE, SERIES))["N1"]
    assert whole.low == whole.value == whole.high


def test_a_formula_of_parts() -> None:
    one = indicator(level("night", hours=(0, 1, 2)), level("noon", hours=(12,)), formula="100 * (noon - night) / noon")
    told = {"s1": {hour: 60.0 if hour == 11 else 15.0 for hour in FIRST}}
    assert values(figures(one, Told({"S": [thing("s1", "N1")]}, told))) == {"C": 75, "N1": 75, "N2": None}


def test_a_formula_knows_people_and_surface() -> None:
    one = indicator(Part("n", "things", type="T"), formula="1000 * n / people + surface")
    found = figures(one, Told({"T": [thing("a", "N1"), thing("b", "N2"), thing("c", "N2"), thing("d", None)]}))
    assert values(found) == {"C": 1000 * 3 / 400 + 2, "N1": 10 + 1, "N2": pytest.approx(1000 * 2 / 300 + 1)}


def test_amounts_of_things() -> None:
    many = {"T": [thing("a", "N1", 5.0), thing("b", "N1", 7.0), thing("c", "N1", None), thing("d", "N2", 1.0)]}
    part = Part("n", "things", type="T", attribute="size", unit="MTK", things="sum")
    found = figures(indicator(part), Told(many))
    assert values(found) == {"C": 13, "N1": 12, "N2": 1}
    assert (found["N1"].things, found["N1"].of) == (2, 3)
    assert found["N1"].coverage == pytest.approx(2 / 3)


def test_an_earlier_period() -> None:
    one = indicator(level("now"), level("before", ago=1), formula="now - before")
    told = {"s1": {**{hour: 3.0 for hour in FIRST}, **{hour + 24: 10.0 for hour in FIRST}}}
    assert values(figures(one, Told({"S": [thing("s1", "N1")]}, told), moment=at(2024, 1, 2, 12)))["N1"] == 7


def entered(*told: tuple[str, str, int, float | None, Grade]) -> Told:
    """By part and area: what was entered for a year."""
    return Told(
        entered={
            ("x", part, area, at(year - 1, 12, 31, 23)): Entered(at(year - 1, 12, 31, 23), number, grade)
            for part, area, year, number, grade in told
        }
    )


def test_what_people_enter() -> None:
    one = indicator(Part("n", "entered", unit="P1"), period="year")
    found = figures(one, entered(("n", "C", 2024, 4.5, "measured")))
    assert values(found) == {"C": 4.5, "N1": None, "N2": None}
    assert found["N1"].why == "not entered"


def test_what_people_enter_holds_for_as_many_periods_as_it_says() -> None:
    told = entered(
        ("n", "C", 2020, 7.0, "measured"), ("n", "C", 2021, 4.5, "survey"), ("n", "N1", 2022, 3.0, "unknown")
    )

    def of(holds: int) -> Figures:
        return figures(indicator(Part("n", "entered", unit="P1", holds=holds), period="year"), told)

    assert values(of(1)) == {"C": None, "N1": None, "N2": None}
    assert values(of(2)) == {"C": None, "N1": 3, "N2": None}
    found = of(3)
    assert values(found) == {"C": 4.5, "N1": 3, "N2": None}
    assert (found["C"].since, found["C"].grade) == (at(2020, 12, 31, 23), "survey")


def test_what_was_taken_back_counts_no_more() -> None:
    told = entered(("n", "C", 2023, 7.0, "measured"), ("n", "C", 2024, None, "survey"))
    assert values(figures(indicator(Part("n", "entered", unit="P1"), period="year"), told))["C"] is None
    assert values(figures(indicator(Part("n", "entered", unit="P1", holds=1), period="year"), told))["C"] == 7


def test_a_figure_has_the_worst_grade_of_what_was_entered() -> None:
    parts = Part("votes", "entered", unit="C62", holds=1), Part("entitled", "entered", unit="C62", holds=2)
    one = indicator(*parts, formula="100 * votes / entitled", period="year")
    told = entered(("votes", "C", 2024, 30.0, "measured"), ("entitled", "C", 2022, 60.0, "assumed"))
    found = figures(one, told)["C"]
    assert (found.value, found.grade, found.since) == (50, "assumed", at(2021, 12, 31, 23))
    told = entered(("n", "N1", 2024, 1.0, "survey"), ("n", "N2", 2024, 5.0, "personal"))
    inner = indicator(Part("n", "entered", unit="P1"), code="x", period="year")
    gap = indicator(Part("s", "spread", indicator="x", spread="gap"), code="y", period="year")
    over = figures(gap, told, None, inner)
    assert (over["C"].value, over["C"].grade, over["N1"].grade) == (4, "personal", "measured")
    assert figures(indicator(level()), Told(THREE, SERIES))["C"].grade == "measured"


def test_reach_is_the_share_of_residents_within_a_distance() -> None:
    # 0.01 degrees at 52.005 north are 685 m; the stop stands in the middle of the western edge of N2.
    stop = Thing("s", "N2", shapely.Point(5.01, 52.005))
    part = Part("r", "reach", type="Stop", metres=200)
    found = figures(indicator(part, better="more"), Told({"Stop": [stop]}))
    half = 100 * (3.14159 * 200**2 / 2) / (685.3 * 1113.2)
    assert found["N1"].value == pytest.approx(half, rel=0.01) and found["N2"].value == pytest.approx(half, rel=0.01)
    assert found["C"].value == pytest.approx(half, rel=0.01)
    assert values(figures(indicator(part), Told())) == {"C": None, "N1": None, "N2": None}


def test_reach_looks_at_homes_where_they_are_known() -> None:
    homes = shapely.box(5.009, 52.004, 5.01, 52.006)
    scene = Scene([place("N1", "neighbourhood", 0, homes=homes)])
    stop = Thing("s", "N1", shapely.Point(5.0095, 52.005))
    assert (
        figures(indicator(Part("r", "reach", type="Stop", metres=500)), Told({"Stop": [stop]}), scene)["N1"].value
        == 100
    )


def test_uses_of_land_by_the_latest_map() -> None:
    maps = {2020: {"farmland": 3.0, "homes": 1.0}, 2023: {"farmland": 2.0, "homes": 2.0}}
    scene = Scene([place("C", "city", 0, wide=0.02, people=None), place("N1", "neighbourhood", 0, "C", uses=maps),
                   place("N2", "neighbourhood", 0.01, "C", uses={2019: {"farmland": 4.0}})])  # fmt: skip
    now, before = (Part(name, "land", uses=("farmland",), ago=ago) for name, ago in (("now", 0), ("before", 3)))
    one = indicator(now, before, formula="before - now", period="year")
    found = figures(one, Told(), scene)
    assert values(found) == {"C": (7 - 6) / 8 * 100, "N1": 25, "N2": 0}


@pytest.mark.parametrize(
    ("how", "limit", "value"),
    [("gap", None, 25), ("share over", 20.0, 75), ("share under", 20.0, 25), ("gini", None, 5 / 36)],
)
def test_spread_between_areas(how: Spread, limit: float | None, value: float) -> None:
    inner = indicator(level(), code="inner")
    one = indicator(Part("s", "spread", indicator="inner", spread=how, limit=limit))
    assert values(figures(one, Told(THREE, SERIES), None, inner)) == {"C": pytest.approx(value), "N1": None, "N2": None}


def test_what_everyone_may_read() -> None:
    assert values(figures(indicator(Part("o", "open")), Told(open=80.0))) == {"C": 80, "N1": 80, "N2": 80}


def test_a_reading_makes_due_what_looks_at_it_and_what_builds_on_that() -> None:
    air, bikes = indicator(level(), code="air"), indicator(Part("n", "things", type="Bike"), code="bikes")
    gap = indicator(Part("s", "spread", indicator="air", spread="gap"), code="gap")
    found = asked([air, bikes, gap])

    def due(type: str, attributes: list[str]) -> list[str]:
        names = set(map(CORE.expand, attributes))
        return [code for looked, code in found.get(CORE.expand(type), ()) if looked is None or looked & names]

    assert due("S", ["a", "b"]) == ["air", "gap"]
    assert due("S", ["b"]) == []
    assert due("S", ["location"]) == ["air", "gap"]
    assert (due("Bike", ["anything"]), due("Bike", ["location"])) == ([], ["bikes"])


def test_what_things_are_chosen_by_is_looked_at_too() -> None:
    lights = indicator(Part("n", "things", type="Light", where='status=="ok";kind|power>5'), code="lights")
    ((looked, code),) = asked([lights])[CORE.expand("Light")]
    assert code == "lights" and set(looked or ()) == {
        CORE.expand(name) for name in ("location", "status", "kind", "power")
    }


def sums_of(sources: Sources, scene: Scene | None = None) -> Mapping[str, str]:
    inner, one = indicator(level(), code="inner"), indicator(Part("s", "spread", indicator="inner", spread="gap"))
    known = {each.code: each for each in (one, inner)}
    return Computing(known, scene or city(), sources, ZONE, NOW).figures("x", DAY).sums


def sum_of(sources: Sources, scene: Scene | None = None) -> str:
    return sums_of(sources, scene)["C"]


def test_whatever_is_altered_alters_the_sum() -> None:
    plain = sum_of(Told(THREE, SERIES))
    assert plain == sum_of(Told({"S": list(THREE["S"])}, {id: dict(values) for id, values in SERIES.items()}))
    altered = {**SERIES, "s3": {**SERIES["s3"], 5: 40.000001}}
    later = {**SERIES, "s3": {hour + (1 if hour == 22 else 0): value for hour, value in SERIES["s3"].items()}}
    moved = {"S": [thing("s1", "N2"), *THREE["S"][1:]]}
    others = [
        sum_of(Told(THREE, altered)),
        sum_of(Told(THREE, later)),
        sum_of(Told(moved, SERIES)),
        sum_of(Told(THREE, SERIES), city(people=(100, 301))),
    ]
    assert len({plain, *others}) == 5
    # What lies outside of the period is not looked at.
    assert sum_of(Told(THREE, {**SERIES, "s1": {**SERIES["s1"], 100: 5.0}})) == plain


def test_what_is_altered_alters_the_sums_of_its_areas_only() -> None:
    known = {"x": indicator(level())}

    def sums(sources: Sources, scene: Scene | None = None, now: int = NOW) -> Mapping[str, str]:
        return Computing(known, scene or city(), sources, ZONE, now).figures("x", DAY).sums

    plain = sums(Told(THREE, SERIES))
    altered = sums(Told(THREE, {**SERIES, "s3": {**SERIES["s3"], 5: 40.000001}}))
    assert {code for code in plain if plain[code] != altered[code]} == {"C", "N2"}
    more = sums(Told(THREE, SERIES), city(people=(100.0, 301.0)))
    assert {code for code in plain if plain[code] != more[code]} == {"C", "N2"}
    # What has no place is of the city, what lies outside of it of nobody.
    trip = {"S": [*THREE["S"], thing("t", None)]}
    other = sums(Told(trip, {**SERIES, "t": {5: 1.0}}))
    assert {code for code in plain if plain[code] != other[code]} == {"C"}
    out = {"S": [*THREE["S"], Thing("out", None, shapely.Point(9, 52))]}
    assert sums(Told(out, {**SERIES, "out": {5: 1.0}})) == plain


def test_a_later_look_at_the_same_readings_comes_to_the_same_sum() -> None:
    known = {"x": indicator(level())}
    half = at(2024, 1, 1, 12)
    first = {id: {hour: value for hour, value in told.items() if hour < 10} for id, told in SERIES.items()}
    before, after = (
        Computing(known, city(), Told(THREE, first), ZONE, now).figures("x", half).sums for now in (half, half + HOUR)
    )
    assert before == after


def test_what_reaches_over_a_border_is_of_all_areas() -> None:
    known = {"x": indicator(Part("r", "reach", type="S", metres=500.0))}
    one, other = (Thing("s", "N1", shapely.Point(lon, 52.005)) for lon in (5.004, 5.005))
    told = [Computing(known, city(), Told({"S": [each]}), ZONE, NOW).figures("x", DAY).sums for each in (one, other)]
    assert all(told[0][code] != told[1][code] for code in ("C", "N1", "N2"))


def test_what_has_no_place_is_of_the_city_as_a_whole() -> None:
    trips = {"S": [thing("s1", "N1"), thing("t1", None), Thing("out", None, shapely.Point(9, 52))]}
    told = {id: {hour: value for hour in FIRST} for id, value in (("s1", 10.0), ("t1", 30.0), ("out", 1000.0))}
    assert values(figures(indicator(level()), Told(trips, told))) == {"C": 20, "N1": 10, "N2": None}
