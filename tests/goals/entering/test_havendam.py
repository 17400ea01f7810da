# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the town of the demonstration enters can be used, is plausible, and says that it is simulated."""

from collections import defaultdict
from zoneinfo import ZoneInfo

from hanze.feeds.havendam import areas, entered
from hanze.goals.catalogue.reading import shipped
from hanze.goals.entering import table
from hanze.goals.entering.reading import Ground
from hanze.goals.indicators.formula import Formula
from hanze.goals.keeping.entered import Number
from hanze.ngsild import times

TOLD = [one["properties"] for one in areas.areas()["features"]]
PEOPLE = {one["code"]: one["population"] for one in TOLD}
GROUND = Ground(
    shipped(), {one["code"]: one["name"] for one in TOLD}, areas.CITY, ZoneInfo("Europe/Amsterdam"),
    times.parse("2026-03-10T13:02:00Z"),
)  # fmt: skip


def numbers() -> list[Number]:
    found = table.read(entered.table(2026).encode(), GROUND)
    assert [(one.line, one.told(str)) for one in found.problems] == []
    return found.numbers


def test_enough_is_entered_for_three_years_with_different_grades() -> None:
    found = numbers()
    assert len({one.code for one in found}) >= 12
    years = {one.start for one in found if one.code == "unemployment"}
    assert len(years) == 3
    assert {one.grade for one in found} == {"measured", "survey", "larger", "assumed", "personal"}
    assert all(one.source.startswith("simulated: ") for one in found)
    assert len({one.area for one in found if one.code == "voter-turnout"}) == 1 + sum(
        one["level"] == "neighbourhood" for one in TOLD
    )


def test_the_same_year_gives_the_same_and_another_one_moves_on() -> None:
    assert entered.table(2026) == entered.table(2026)
    shared = set(entered.table(2026).splitlines()) & set(entered.table(2027).splitlines())
    assert len(shared) > 100 and "2026" in entered.table(2027)


def test_what_they_make_is_plausible_and_parts_fit() -> None:
    parts: dict[tuple[str, str, int], dict[str, float | None]] = defaultdict(dict)
    for one in numbers():
        parts[one.code, one.area, one.start][one.part] = one.number
    colours = defaultdict(set)
    for (code, area, _), told in parts.items():
        definition = GROUND.definitions[code]
        value = Formula(definition.formula or definition.part[0].name)({**told, "people": float(PEOPLE[area])})
        assert value is not None
        scale = definition.scale
        low, high = sorted((scale.best, scale.worst))
        assert low - 0.2 * (high - low) <= value <= high + 0.2 * (high - low), (code, area, value)
        colours[code].add((value - scale.worst) / (scale.best - scale.worst) > 0.5)
    assert {True, False} == set().union(*colours.values())
