# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands in the tenant of practice data: the same kinds of things and nothing of the real ones; for the key of it alone."""

import os
from collections.abc import Mapping

import msgspec
import numpy as np
import pytest

from hanze.access.principal import ANYONE, Principal
from hanze.errors import CalculationFailed, NoRightToAccess
from hanze.experiments.practice import delivering, gathering, keeping
from hanze.experiments.practice.distances import LIMITS, distances
from hanze.experiments.practice.gathering import Job
from hanze.experiments.practice.statics import SIMULATED
from hanze.ngsild import duration
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, TypeIs, Window
from hanze.store.scope import EVERYTHING, Grant, Scope
from tests.experiments.agreements.making import ID
from tests.experiments.agreements.place import NOW
from tests.experiments.practice.town import THINGS, TYPES, WEEK, Made, Town

TENANT = "practice-quiet"
HOUR = 3_600_000_000
NO2, LAEQ = CORE.expand("no2"), CORE.expand("LAeq")


def there(town: Town, tenant: str, scope: Scope = EVERYTHING) -> dict[str, list[Entity]]:
    """By type."""
    found = {}
    for type in TYPES:
        selection = EntitySelection(types=TypeIs(CORE.expand(type)))
        found[type] = town.store.query(tenant, selection, scope, limit=100).entities
    return found


def key(town: Town) -> Principal:
    text, _ = town.store.submit(lambda uow: delivering.key(uow, os.urandom, ID, "program", "lab")).result()
    town.access.forget_keys()
    return town.access.principal({"x-api-key": text})


def scope(town: Town, principal: Principal) -> Scope:
    return town.access.scope(principal, TENANT)


def test_the_same_types_attributes_and_units(made: Made) -> None:
    real, other = there(made.town, ""), there(made.town, TENANT)
    for type in TYPES:
        assert len(other[type]) == THINGS
        named = {CORE.expand(one.name) for part in made.terms.data if part.type == type for one in part.attributes}
        for one in other[type]:
            assert set(one.attributes) == (named & set(real[type][0].attributes)) | {SIMULATED}
            for name in named:
                told, example = one.attributes[name][0], real[type][0].attributes[name][0]
                assert {told["type"], told.get("unitCode")} == {example["type"], example.get("unitCode")}
                assert isinstance(told["value"], str | int | float | dict)


def texts(value: object) -> set[str]:
    """All words in a value."""
    if isinstance(value, Mapping):
        return set().union(*(texts(one) for one in value.values()))
    if isinstance(value, list):
        return set().union(*(texts(one) for one in value))
    return {value} if isinstance(value, str) else set()


def test_no_id_name_place_or_word_of_a_real_thing(made: Made) -> None:
    real, other = there(made.town, ""), there(made.town, TENANT)
    for type in TYPES:
        assert not {one.id for one in real[type]} & {one.id for one in other[type]}
        for one in other[type]:
            assert one.id.startswith(f"urn:ngsi-ld:{type}:havendam:practice-00")
        for name in ("name", "address", "location"):
            told, known = (_values(found[type], name) for found in (other, real))
            assert not [one for one in told if one in known]
            words = set().union(*map(texts, told), set())
            assert not (words - {"Point"}) & set().union(*map(texts, known), set())
    places = [one["coordinates"] for one in _values(other["NoiseLevelObserved"], "location")]
    near = np.array([one["coordinates"] for one in _values(real["NoiseLevelObserved"], "location")])
    assert (np.array(places) >= near.min(axis=0) - 0.01).all() and (np.array(places) <= near.max(axis=0) + 0.01).all()


def _values(found: list[Entity], name: str) -> list[dict[str, object]]:
    return [each["value"] for one in found for each in one.attributes.get(CORE.expand(name), ())]


def hours(
    town: Town, tenant: str, ids: list[str], name: str, start: int, count: int
) -> "np.typing.NDArray[np.float64]":
    """What the API gives by the hour."""
    window = Window(relation="between", start=start, end=start + count * HOUR)
    found = np.full((len(ids), count), np.nan)
    for row, id in enumerate(ids):
        (told,) = town.store.numbers(tenant, id, name, None, window, EVERYTHING)
        found[row, (told.moments - start) // HOUR] = told.values
    return found


def test_series_are_near_the_real_ones_and_no_copy(made: Made) -> None:
    town = made.town
    weeks = keeping.find(town.store, ID).about[0].weeks  # type: ignore[union-attr]
    start = NOW - NOW % HOUR - weeks * WEEK
    ids = [[one.id for one in there(town, tenant)["AirQualityObserved"]] for tenant in ("", TENANT)]
    real, other = (
        hours(town, tenant, found, NO2, start, weeks * 168) for tenant, found in zip(("", TENANT), ids, strict=True)
    )
    apart = distances(real, other, 168, range(THINGS))
    assert apart.nearest >= LIMITS.nearest and apart.spread <= LIMITS.spread and apart.day <= LIMITS.day
    # Not one made-up day is a real one, of any thing.
    days = [one.reshape(-1, 24) for one in (real, other)]
    whole = [one[np.isfinite(one).all(axis=1)] for one in days]
    between = apart_by(whole[0], whole[0])
    np.fill_diagonal(between, np.inf)
    assert apart_by(whole[1], whole[0]).min() > between.min() / 2, "none is nearer than two real days can be"


def apart_by(
    one: "np.typing.NDArray[np.float64]", other: "np.typing.NDArray[np.float64]"
) -> "np.typing.NDArray[np.float64]":
    """The mean difference of each two days."""
    found: np.typing.NDArray[np.float64] = np.abs(one[:, None, :] - other[None, :, :]).mean(axis=2)
    return found


def test_the_key_reads_practice_data_as_it_will_read_the_real_ones(made: Made) -> None:
    town, principal = made.town, key(made.town)
    found = there(town, TENANT, scope(town, principal))
    air, noise = found["AirQualityObserved"][0], found["NoiseLevelObserved"][0]
    assert {"no2", "simulated"} <= {CORE.compact(name) for name in air.attributes}
    # By the day only, as it was agreed: no single value.
    assert LAEQ not in noise.attributes and SIMULATED in noise.attributes
    window = Window(relation="between", start=NOW - 3 * WEEK, end=NOW)
    asked = (TENANT, noise.id, LAEQ, None, window, scope(town, principal), ["avg"])
    assert len(town.store.aggregate(*asked, duration.parse("P1D"))) >= 7
    with pytest.raises(NoRightToAccess):
        town.store.aggregate(*asked, duration.parse("PT1H"))


def test_the_key_opens_nothing_else_and_nothing_else_opens_them(made: Made) -> None:
    town, principal = made.town, key(made.town)
    assert not any(there(town, "", scope(town, principal)).values()), "the real ones are not public"
    assert not any(there(town, "practice-other", scope(town, principal)).values())
    with pytest.raises(NoRightToAccess):
        town.access.check_write(principal, TENANT, [CORE.expand(TYPES[0])])
    for other in (ANYONE, msgspec.structs.replace(principal, agreement="", tenants=frozenset({""}))):
        assert not any(there(town, TENANT, scope(town, other)).values())


def test_made_again_it_is_the_same_draw(made: Made) -> None:
    town = made.town
    one = keeping.find(town.store, ID)
    assert one is not None
    grants = (Grant(types=frozenset({CORE.expand("AirQualityObserved")}), attributes=frozenset({NO2})),)
    job = Job(town.store.looking(), NOW, "Europe/Amsterdam", "havendam", grants, one.seed)
    first, again = gathering.run(job), gathering.run(job)
    assert first == again and [len(each.lines) for each in first.things] == [1] * THINGS
    assert gathering.run(msgspec.structs.replace(job, seed=one.seed + 1)) != first


def test_without_weeks_of_data_it_is_refused(made: Made) -> None:
    town = made.town
    grants = (Grant(types=frozenset({CORE.expand("Streetlight")})),)
    with pytest.raises(CalculationFailed, match="nothing to practise with yet"):
        gathering.run(Job(town.store.looking(), NOW, "Europe/Amsterdam", "havendam", grants, 1))


def test_what_is_outside_of_the_terms_is_not_read(made: Made) -> None:
    for found in there(made.town, TENANT).values():
        for one in found:
            assert not {"instrument", "description", "o3", "pm25"} & {CORE.compact(name) for name in one.attributes}
