# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Aggregates over periods, against the same sums done by hand and by the standard library."""

import statistics
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import InvalidRequest, TooManyResults
from hanze.ngsild import duration
from hanze.ngsild.selection import Window
from hanze.ngsild.times import parse, text
from hanze.store.base import Bucket, Store
from hanze.store.scope import EVERYTHING
from hanze.store.sqlite import measures
from tests.contract.making import iri
from tests.store.sqlite.past import EVER, HOUR, NOON, after, append, before, between, hour, observe, seen

ID = "urn:ngsi-ld:T:1"


def aggregate(
    store: Store, methods: list[str], period: str, window: Window = EVER, dataset: str | None = None
) -> list[Bucket]:
    return store.aggregate("", ID, iri("no2"), dataset, window, EVERYTHING, methods, duration.parse(period))


def plain(buckets: list[Bucket]) -> list[tuple[str, str, Any]]:
    return [(text(one.start), text(one.end), next(iter(one.values.values()), None)) for one in buckets]


def test_all_methods_on_numbers(store: Store) -> None:
    readings = [2, 4.5, 4.5, 7, 100_000_003]
    observe(store, ID, range(5), readings)
    bucket = aggregate(store, list(measures.METHODS), "PT0S")[0]
    assert (bucket.start, bucket.end) == (NOON, NOON + 4 * HOUR)
    assert bucket.values == {
        "totalCount": 5, "distinctCount": 4, "sum": sum(readings), "avg": sum(readings) / 5,
        "min": 2.0, "max": 100_000_003.0, "stddev": pytest.approx(statistics.stdev(readings), rel=1e-12),
        "sumsq": pytest.approx(sum(r * r for r in readings)),
    }  # fmt: skip
    assert isinstance(bucket.values["min"], float)


def test_periods_begin_at_the_first_instance_and_empty_ones_are_absent(store: Store) -> None:
    observe(store, ID, [0.05, 0.5, 1.05, 5], [1, 3, 7, 9])
    assert plain(aggregate(store, ["avg"], "PT1H")) == [
        (hour(0.05), hour(1.05), 2.0), (hour(1.05), hour(2.05), 7.0), (hour(4.05), hour(5.05), 9.0),
    ]  # fmt: skip


def test_periods_begin_at_the_window_and_end_with_it(store: Store) -> None:
    observe(store, ID, range(6), range(6))
    assert plain(aggregate(store, ["sum"], "PT2H", after(0.5)))[0] == (hour(0.5), hour(2.5), 3.0)
    assert plain(aggregate(store, ["sum"], "PT2H", between(1, 4))) == [(hour(1), hour(3), 3.0), (hour(3), hour(4), 3.0)]
    assert plain(aggregate(store, ["sum"], "PT2H", before(3))) == [(hour(0), hour(2), 1.0), (hour(2), hour(3), 2.0)]
    assert plain(aggregate(store, ["sum"], "PT0S", between(1, 4))) == [(hour(1), hour(4), 6.0)]
    assert plain(aggregate(store, ["sum"], "PT0S", after(1))) == [(hour(1), hour(5), 15.0)]
    assert aggregate(store, ["sum"], "PT1H", after(9)) == []


def test_months_and_years_are_those_of_the_calendar(store: Store) -> None:
    moments = [parse(f"2020-{month:02}-15T00:00:00Z") for month in (1, 2, 3, 12)]
    store.submit(
        lambda uow: uow.observe("", ID, ["T"], iri("no2"), {"type": "Property"}, moments, [1, 2, 3, 12])
    ).result()
    year = Window(relation="after", start=parse("2019-12-31T23:00:00Z"))
    assert plain(aggregate(store, ["sum"], "P1M", year)) == [
        ("2019-12-31T23:00:00Z", "2020-01-31T23:00:00Z", 1.0), ("2020-01-31T23:00:00Z", "2020-02-29T23:00:00Z", 2.0),
        ("2020-02-29T23:00:00Z", "2020-03-31T23:00:00Z", 3.0), ("2020-11-30T23:00:00Z", "2020-12-31T23:00:00Z", 12.0),
    ]  # fmt: skip
    assert [row[2] for row in plain(aggregate(store, ["sum"], "P1Y", year))] == [18.0]
    assert len(aggregate(store, ["sum"], "P1M")) == 4
    assert [one.values["sum"] for one in aggregate(store, ["sum"], "P2M", year)] == [3.0, 3.0, 12.0]


def test_a_window_of_the_last_instances_is_taken_before_aggregating(store: Store) -> None:
    observe(store, ID, range(6), range(6))
    for period in ("PT0S", "P1Y"):
        assert [one.values["sum"] for one in aggregate(store, ["sum"], period, Window(last=2))] == [9.0]
    assert aggregate(store, ["totalCount"], "PT0S", Window(last=99))[0].values == {"totalCount": 6}


def test_datasets_are_aggregated_apart_and_marks_of_deletion_never(store: Store) -> None:
    append(store, ID, no2=[seen(1, 0), seen(5, 0, datasetId="urn:d:1")])
    assert aggregate(store, ["sum"], "PT0S")[0].values == {"sum": 1.0}
    assert aggregate(store, ["sum"], "PT0S", dataset="urn:d:1")[0].values == {"sum": 5.0}
    assert aggregate(store, ["sum"], "PT0S", dataset="urn:d:2") == []
    assert (
        store.aggregate("", "urn:x:unknown", iri("no2"), None, EVER, EVERYTHING, ["sum"], duration.parse("P1D")) == []
    )


@pytest.mark.parametrize(
    ("readings", "methods", "expected"),
    [
        ([True, False, True], ["sum", "avg", "max"], {"sum": 2.0, "avg": pytest.approx(2 / 3), "max": 1.0}),
        (
            ["b", "a", "b"],
            ["totalCount", "distinctCount", "min", "max"],
            {"totalCount": 3, "distinctCount": 2, "min": "a", "max": "b"},
        ),
        ([[1, 2], [], [3]], ["sum", "avg", "min", "max"], {"sum": 3.0, "avg": 1.0, "min": 0.0, "max": 2.0}),
        ([{"a": 1}, {"a": 1}, {"b": 2}], ["totalCount", "distinctCount"], {"totalCount": 3, "distinctCount": 2}),
        ([1 << 70, 1, 3], ["max", "totalCount"], {"max": float(1 << 70), "totalCount": 3}),
        ([5], ["stddev", "sum"], {"sum": 5.0}),
        (["5"], ["stddev"], None),
        ([[1]], ["sumsq"], None),
        ([{"a": 1}], ["min"], None),
        ([1, "a"], ["avg"], None),
    ],
)
def test_methods_on_values_of_every_kind(store: Store, readings: list[Any], methods: list[str], expected: Any) -> None:
    append(store, ID, no2=[seen(value, n) for n, value in enumerate(readings)])
    if expected is None:
        with pytest.raises(InvalidRequest, match=f"aggrMethods has {methods[0]}"):
            aggregate(store, methods, "PT0S")
    else:
        assert aggregate(store, methods, "PT0S")[0].values == expected


@pytest.mark.parametrize(
    "instance",
    [
        {"type": "Relationship", "object": "urn:x:1"},
        {"type": "LanguageProperty", "languageMap": {"nl": "a"}},
        {"type": "VocabProperty", "vocab": "urn:x:1"},
        {"type": "JsonProperty", "json": [1]},
    ],
)
def test_what_is_no_value_is_only_counted(store: Store, instance: dict[str, Any]) -> None:
    append(store, ID, no2=[{**instance, "observedAt": hour(n)} for n in range(2)])
    assert aggregate(store, ["totalCount", "distinctCount"], "PT0S")[0].values == {"totalCount": 2, "distinctCount": 1}
    with pytest.raises(InvalidRequest, match=instance["type"]):
        aggregate(store, ["max"], "PT0S")


def test_texts_fall_into_the_periods_that_numbers_fall_into(store: Store) -> None:
    append(store, ID, no2=[seen(str(n), n) for n in range(5)])
    for period in ("PT2H", "P1M"):
        found = plain(aggregate(store, ["max"], period, after(1)))
        observe(store, "urn:x:2", range(5), range(5))
        numbers = store.aggregate(
            "", "urn:x:2", iri("no2"), None, after(1), EVERYTHING, ["max"], duration.parse(period)
        )
        assert [(start, end, float(value)) for start, end, value in found] == plain(numbers)


UGM, PPB = {"unitCode": "GQ"}, {"unitCode": "61"}


def test_values_in_different_units_are_never_taken_together(store: Store) -> None:
    append(store, ID, no2=[seen(40, 0, **UGM), seen(42, 1, **UGM), seen(21, 2, **PPB), seen(22, 3, **PPB)])
    for methods in (["avg"], ["totalCount", "max"], ["distinctCount"]):
        for period in ("PT0S", "PT1H", "P1M"):
            with pytest.raises(InvalidRequest) as error:
                aggregate(store, methods, period, after(0.5))
            told = error.value.detail
            assert "no2 of urn:ngsi-ld:T:1 has values with 61 (ppb) and with GQ (µg/m³)" in told and "datasetId" in told
    assert aggregate(store, ["avg"], "PT0S", before(2))[0].values == {"avg": 41.0}
    assert aggregate(store, ["avg"], "PT0S", after(2))[0].values == {"avg": 21.5}
    assert aggregate(store, ["avg"], "PT0S", Window(last=2))[0].values == {"avg": 21.5}
    assert aggregate(store, ["totalCount"], "PT0S")[0].values == {"totalCount": 4}


def test_units_of_one_dimension_and_none_at_all_are_different_units_too(store: Store) -> None:
    append(store, ID, no2=[seen(20, 0, unitCode="CEL"), seen(68, 1, unitCode="FAH"), seen(0.4, 2)])
    with pytest.raises(InvalidRequest, match=r"CEL \(°C\) and with FAH \(°F\) in this"):
        aggregate(store, ["min"], "PT0S", before(2))
    with pytest.raises(InvalidRequest, match=r"FAH \(°F\) and with no unitCode"):
        aggregate(store, ["min"], "PT0S", after(1))


def test_each_dataset_may_have_its_own_unit(store: Store) -> None:
    append(store, ID, no2=[seen(40, 0, **UGM), seen(21, 0, datasetId="urn:d:ppb", **PPB)])
    assert aggregate(store, ["avg"], "PT0S")[0].values == {"avg": 40.0}
    assert aggregate(store, ["avg"], "PT0S", dataset="urn:d:ppb")[0].values == {"avg": 21.0}


def test_what_is_alike_but_for_the_unit_is_aggregated(store: Store) -> None:
    """One unit, though not all instances were observed; and a text beside numbers, which has no unit."""
    unobserved = {"type": "Property", "value": 4, **UGM}
    append(store, ID, no2=[seen(40, 0, **UGM), unobserved])
    assert aggregate(store, ["avg"], "PT0S")[0].values == {"avg": 22.0}
    append(store, ID, no2=[seen("broken", 5)])
    assert aggregate(store, ["max", "distinctCount"], "PT0S")[0].values == {"max": 40.0, "distinctCount": 3}


def test_a_number_beyond_the_column_has_its_unit_too(store: Store) -> None:
    append(store, ID, no2=[seen(40, 0, **UGM), seen(1 << 70, 1, **PPB)])
    with pytest.raises(InvalidRequest, match=r"61 .* and with GQ"):
        aggregate(store, ["max"], "PT0S")


@given(st.lists(st.one_of(st.floats(-1e9, 1e9), st.integers(-(10**9), 10**9)), min_size=2, max_size=30))
def test_both_ways_of_aggregating_agree(readings: list[float]) -> None:
    taken = {method: measures.take(method, readings) for method in measures.METHODS}
    assert taken["avg"] == pytest.approx(sum(readings) / len(readings), abs=1e-6)
    assert taken["stddev"] == pytest.approx(statistics.stdev(readings), rel=1e-9)
    assert (taken["min"], taken["max"]) == (min(readings), max(readings))


@pytest.mark.parametrize(
    ("hours", "period", "buckets"), [(8_760, "P1M", 12), (10_000, "PT0S", 1), (10_000, "PT1H", 10_000)]
)
def test_a_year_of_hours_and_10_000_instances(store: Store, hours: int, period: str, buckets: int) -> None:
    """How long it takes is measured by make bench."""
    readings = [n % 97 / 4 for n in range(20_000)]
    moments = [NOON + n * HOUR for n in range(len(readings))]
    store.submit(lambda uow: uow.observe("", ID, ["T"], iri("no2"), {"type": "Property"}, moments, readings)).result()
    found = aggregate(store, ["sum", "totalCount"], period, between(0, hours))
    assert len(found) == buckets
    assert sum(one.values["totalCount"] for one in found) == hours
    assert sum(one.values["sum"] for one in found) == sum(readings[:hours])


def test_periods_beyond_the_calendar_end_with_it(store: Store) -> None:
    end = parse("9999-12-31T23:59:59.999999Z")
    store.submit(lambda uow: uow.observe("", ID, ["T"], iri("no2"), {"type": "Property"}, [NOON, end], [1, 2])).result()
    for period in ("P9999999D", "P999999Y", "P5000Y1D", "PT0S"):
        found = aggregate(store, ["sum"], period)
        assert sum(one.values["sum"] for one in found) == 3.0
        assert all(text(one.start) and text(one.end) for one in found)


def test_too_many_periods_are_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hanze.store.sqlite.aggregates.MOST_PERIODS", 4)
    observe(store, ID, range(5), range(5))
    assert len(aggregate(store, ["sum"], "PT1H", before(4))) == 4
    with pytest.raises(TooManyResults, match="more than 4 periods"):
        aggregate(store, ["sum"], "PT1H")
