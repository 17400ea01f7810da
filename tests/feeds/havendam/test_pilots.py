# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A planted effect is in the data, of the right size, where and when it should be and nowhere else."""

import numpy as np
import pytest

from hanze.errors import ConfigurationError
from hanze.feeds.havendam import air, noise, parking, traffic, waste
from hanze.feeds.havendam.city import City
from hanze.feeds.havendam.pilots import Effect, low_traffic
from hanze.feeds.havendam.sensors import Kind, Sensor
from tests.feeds.havendam.asking import SEED, Told, at, readings, steps, told

START, CHANGE, END = "2025-03-01T00:00", "2025-06-01T00:00", "2025-09-01T00:00"


@pytest.fixture(scope="module")
def pilot() -> dict[tuple[str, str], Told]:
    return told(list(City(SEED, low_traffic("Bruggestraat", at(CHANGE))).hours(at(START), at(END))))


@pytest.fixture(scope="module")
def plain() -> dict[tuple[str, str], Told]:
    return told(list(City(SEED).hours(at(START), at(END))))


def beside(kind: Kind, road: str) -> list[Sensor]:
    return [one for one in kind.sensors() if one.road == road]


def change(found: dict[tuple[str, str], Told], sensors: list[Sensor], attribute: str) -> float:
    """The mean after the change as a part of that before."""
    before, after = [], []
    for one in sensors:
        moments, values = found[one.id, attribute]
        before.append(values[moments < at(CHANGE)].mean())
        after.append(values[moments >= at(CHANGE)].mean())
    return float(np.mean(after) / np.mean(before))


def test_the_flow_is_found_against_other_streets(pilot: dict[tuple[str, str], Told]) -> None:
    """As an evaluation would: before and after, there and elsewhere."""
    others = [one for road in ("Havenstraat", "Veldweg", "Vuurtorenlaan") for one in beside(traffic, road)]
    found = change(pilot, beside(traffic, "Bruggestraat"), "intensity") / change(pilot, others, "intensity")
    assert found == pytest.approx(0.75, abs=0.02)


def test_the_air_is_found_against_other_stations(pilot: dict[tuple[str, str], Told]) -> None:
    there = [one for one in beside(air, "Bruggestraat") if not one.drift]
    others = [one for road in ("Kadeweg", "Oosterring") for one in beside(air, road)]
    assert len(there) == 1 and len(others) == 2
    found = change(pilot, there, "no2") / change(pilot, others, "no2")
    assert found == pytest.approx(0.88, abs=0.03)


@pytest.mark.parametrize(
    ("kind", "attribute", "size"), [(traffic, "intensity", -0.25), (air, "no2", -0.12)], ids=["flow", "no2"]
)
def test_the_same_town_without_it_differs_by_its_size(
    pilot: dict[tuple[str, str], Told], plain: dict[tuple[str, str], Told], kind: Kind, attribute: str, size: float
) -> None:
    for one in beside(kind, "Bruggestraat"):
        (moments, values), other = pilot[one.id, attribute], plain[one.id, attribute]
        after = moments >= at(CHANGE)
        assert np.array_equal(values[~after], other.values[~after])
        assert values[after].sum() / other.values[after].sum() == pytest.approx(1 + size, abs=0.005)


def test_nothing_else_changes(pilot: dict[tuple[str, str], Told], plain: dict[tuple[str, str], Told]) -> None:
    touched = {(one.id, "intensity") for one in beside(traffic, "Bruggestraat")}
    touched |= {(one.id, "no2") for one in beside(air, "Bruggestraat")}
    assert {name for name in plain if not np.array_equal(plain[name].values, pilot[name].values)} == touched


def test_it_ends_and_holds_in_its_district_only() -> None:
    effect = Effect(
        attribute="occupancy", districts=("Weidepoort",), start=at(CHANGE), end=at("2025-07-01T00:00"), size=-0.5
    )
    found = steps(START, END)
    one, other = (readings(parking, City(SEED, effects).world(found)) for effects in ((effect,), ()))
    during = (found >= at(CHANGE) // 300_000_000) & (found < at("2025-07-01T00:00") // 300_000_000)
    for (name, attribute), values in one.items():
        same = values == other[name, attribute]
        if name == "Parkeerterrein Weidepoort":
            assert np.all(same[~during]) and not np.any(same[during])
            if attribute == "occupancy":
                assert np.allclose(values[during], other[name, attribute][during] / 2, atol=0.05)
        else:
            assert np.all(same)


def test_half_the_sound_is_three_decibels() -> None:
    effect = Effect(attribute="LAeq", roads=("Kadeweg",), start=at(START), size=-0.5)
    found = steps(START, CHANGE)
    one, other = (readings(noise, City(SEED, effects).world(found)) for effects in ((effect,), ()))
    assert np.allclose(one["Geluidmeter Kadeweg", "LAeq"] + 3.01, other["Geluidmeter Kadeweg", "LAeq"], atol=0.01)


def test_less_waste_comes_in() -> None:
    effect = Effect(attribute="fillingLevel", districts=("Noorderveld",), start=at("2025-03-01T00:00"), size=-0.3)
    found = steps("2025-04-01T00:00", "2025-07-01T00:00")
    one, other = (City(SEED, effects).world(found) for effects in ((effect,), ()))
    for number, sensor in enumerate(waste.sensors()):
        part = waste.content(one, number).sum() / waste.content(other, number).sum()
        assert part == pytest.approx(0.7 if sensor.district == "Noorderveld" else 1.0, abs=0.001)


def test_effects_are_multiplied() -> None:
    effects = tuple(Effect(attribute="no2", start=at(START), size=size) for size in (-0.5, 1.0))
    assert list(City(SEED, effects).hours(at(START), at(CHANGE))) == list(City(SEED).hours(at(START), at(CHANGE)))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"attribute": "no3"}, "attribute names 'no3'; Havendam knows intensity,"),
        ({"districts": ("Centrum",)}, "districts names 'Centrum'; Havendam knows Oude Rede,"),
        ({"roads": ("A9",)}, "roads names 'A9'; Havendam knows Zeeweg,"),
        ({"size": -1.0}, "size is -1.0; give more than -1"),
        ({"size": float("nan")}, "size is nan"),
        ({"size": 11.0}, "at most 10"),
        ({"end": at(START)}, "end is 2025-03-01T00:00:00Z, which is not after start"),
    ],
)
def test_what_cannot_be_planted_is_refused(given: dict[str, object], said: str) -> None:
    fields: dict[str, object] = {"attribute": "no2", "start": at(START), "size": -0.1, **given}
    with pytest.raises(ConfigurationError, match=said):
        Effect(**fields)  # type: ignore[arg-type]
