# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Of an attribute with a level aggregates over whole periods are seen, and however many are asked for, no single value.

Each value is another power of two, so that a sum tells which values are in it.
"""

import itertools
import statistics
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import InvalidRequest, NoRightToAccess, TooManyResults
from hanze.ngsild.duration import parse as duration
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import Compare, EntitySelection, Exists, Literal, Order, Path, TypeIs, Window
from hanze.ngsild.times import parse, text
from hanze.store import sqlite
from hanze.store.base import Bucket, Store, UnitOfWork
from hanze.store.scope import FEWEST, Grant, Scope
from hanze.store.sqlite import levels
from tests.contract.conftest import START, Clock
from tests.contract.making import iri

MINUTE = 60_000_000
HOUR, DAY = 60 * MINUTE, 24 * 60 * MINUTE
NOISE, DB, NAME, PARK = iri("Noise"), iri("db"), iri("name"), iri("Park")
ID = "urn:ngsi-ld:Noise:1"
ALWAYS = Window(relation="after", start=START - 1000 * DAY)
ALL = ("totalCount", "sum", "avg", "stddev")
NOW = START + 3 * DAY
numbers = itertools.count()


def hourly(**more: Any) -> Scope:
    limits = {"types": frozenset({NOISE}), "attributes": frozenset({DB}), "level": HOUR, **more}
    return Scope((Grant(types=frozenset({NOISE}), attributes=frozenset({NAME})), Grant(**limits)))


@pytest.fixture(scope="module", params=["sqlite"])
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    clock = Clock()
    clock.now = NOW
    opened = sqlite.open(tmp_path_factory.mktemp("levels"), clock=clock)
    yield opened
    opened.close()


def load(store: Store, moments: Iterable[int], values: Iterable[float] | None = None, **template: Any) -> str:
    """What was observed of one entity, in a tenant of its own; gives that. Value n is 2 to the power n."""
    tenant = f"t{next(numbers)}"
    found = list(moments)
    given = [2.0**n for n in range(len(found))] if values is None else list(values)

    def work(uow: UnitOfWork) -> None:
        seen = {"type": "Property", **template}
        uow.append_history(tenant, Entity(ID, [NOISE], {NAME: [{"type": "Property", "value": "canal"}]}))
        uow.observe(tenant, ID, [NOISE], DB, seen, sorted(found), [given[found.index(at)] for at in sorted(found)])

    store.submit(work).result()
    return tenant


def ask(
    store: Store, tenant: str, period: str, window: Window = ALWAYS, scope: Scope | None = None,
    methods: tuple[str, ...] = ALL,
) -> list[Bucket]:  # fmt: skip
    scope = hourly() if scope is None else scope
    return store.aggregate(tenant, ID, DB, None, window, scope, methods, duration(period))


def members(bucket: Bucket) -> frozenset[int]:
    """Which values are in a sum."""
    whole = int(bucket.values["sum"])
    return frozenset(n for n in range(whole.bit_length()) if whole >> n & 1)


def counted(buckets: Iterable[Bucket]) -> list[tuple[str, int]]:
    return [(text(bucket.start), bucket.values["totalCount"]) for bucket in buckets]


def test_whole_hours_with_three_values_or_more(store: Store) -> None:
    moments = [START + n * 10 * MINUTE for n in range(6)] + [START + HOUR + n * MINUTE for n in (1, 2)]
    tenant = load(store, [*moments, *(START + 2 * HOUR + n for n in (1, 2, 3))], [1, 2, 3, 4, 5, 6, 50, 60, 7, 7, 7])
    first, third = ask(store, tenant, "PT1H")
    assert (first.start, first.end) == (START, START + HOUR)
    assert first.values == pytest.approx(
        {"totalCount": 6, "sum": 21, "avg": 3.5, "stddev": statistics.stdev(range(1, 7))}
    )
    assert third.start == START + 2 * HOUR and third.values["stddev"] == pytest.approx(0, abs=1e-6)
    # The two in between are in no longer period either: it would tell their sum.
    assert counted(ask(store, tenant, "PT4H")) == [("2026-01-01T00:00:00Z", 9)]
    assert counted(ask(store, tenant, "P1D")) == [("2026-01-01T00:00:00Z", 9)]


def test_what_no_hour_has_enough_of_a_day_may_have(store: Store) -> None:
    tenant = load(store, [START + n * HOUR + 5 for n in range(24)])
    assert ask(store, tenant, "PT1H") == [] == ask(store, tenant, "PT12H")
    assert counted(ask(store, tenant, "P1D")) == [("2026-01-01T00:00:00Z", 24)]
    assert counted(ask(store, tenant, "P1W")) == []
    assert counted(ask(store, tenant, "P1D", Window(relation="before", start=START + DAY - 1))) == []


def test_neither_a_running_period_nor_one_that_the_window_cuts(store: Store) -> None:
    tenant = load(store, [NOW - 2 * HOUR + n * MINUTE for n in range(180)])
    two = [(text(NOW - n * HOUR), 60) for n in (2, 1)]
    assert counted(ask(store, tenant, "PT1H")) == two
    for start, end, expected in (
        (NOW - 2 * HOUR + 1, NOW + DAY, two[1:]), (NOW - 2 * HOUR, NOW - 1, two[:1]), (NOW - 2 * HOUR + 1, NOW - 1, []),
    ):  # fmt: skip
        assert counted(ask(store, tenant, "PT1H", Window(relation="between", start=start, end=end))) == expected
    period = {"since": NOW - 2 * HOUR + 1, "until": NOW}
    assert counted(ask(store, tenant, "PT1H", scope=hourly(**period))) == two[1:]
    assert counted(ask(store, tenant, "PT2H", scope=hourly(**period))) == []


@pytest.mark.parametrize("period", ["PT59M", "PT1S", "PT0S"])
def test_a_finer_period_is_refused_and_the_floor_named(store: Store, period: str) -> None:
    tenant = load(store, [START + n * MINUTE for n in range(60)])
    with pytest.raises(NoRightToAccess, match="at least PT1H") as found:
        ask(store, tenant, period)
    assert found.value.status == 403


def test_what_would_tell_more_is_refused(store: Store) -> None:
    tenant = load(store, [START + n * MINUTE for n in range(60)])
    for period in ("PT61M", "PT90M", "P1MT1H"):
        with pytest.raises(NoRightToAccess, match="multiple of PT1H"):
            ask(store, tenant, period)
    for method in ("min", "max", "distinctCount", "sumsq"):
        with pytest.raises(NoRightToAccess, match=method):
            ask(store, tenant, "PT1H", methods=("avg", method))
    for window, says in ((Window(last=5), "lastN"), (Window(property="modifiedAt"), "timeproperty")):
        with pytest.raises(NoRightToAccess, match=says):
            ask(store, tenant, "PT1H", window)
    weekly = hourly(level=7 * DAY)
    with pytest.raises(NoRightToAccess, match="multiple of P7D"):
        ask(store, tenant, "P1M", scope=weekly)
    with pytest.raises(NoRightToAccess, match="at least P7D"):
        ask(store, tenant, "P1D", scope=weekly)


def test_months_and_years_of_the_calendar(store: Store) -> None:
    begin = parse("2025-01-01T00:00:00Z")
    tenant = load(store, [begin + n * DAY + m for n in range(365) for m in range(3)], [1.0] * 1095)
    months = counted(ask(store, tenant, "P1M"))
    assert (len(months), months[1]) == (12, ("2025-02-01T00:00:00Z", 84))
    assert counted(ask(store, tenant, "P1Y")) == [("2025-01-01T00:00:00Z", 1095)]
    assert counted(ask(store, tenant, "P1W"))[0] == ("2024-12-30T00:00:00Z", 15)


def test_no_single_value_is_seen_or_asked_about(store: Store) -> None:
    tenant = load(store, [START + n * MINUTE for n in range(60)])
    scope = hourly()
    found = store.get(tenant, ID, scope)
    assert found is not None and list(found.attributes) == []
    high = Compare(Path(DB), ">", (Literal("number", 0),))
    for q in (high, Exists(Path(DB)), Exists(Path(DB, ("observedAt",)))):
        assert store.query(tenant, EntitySelection(q=q), scope, limit=5, count=True).count == 0
        past = EntitySelection(q=q)
        for aggregated in (False, True):
            page = store.temporal_query(tenant, past, ALWAYS, scope, limit=5, count=True, aggregated=aggregated)
            assert page.count == 0
    assert store.query(tenant, EntitySelection(attributes=(DB,)), scope, limit=5).entities == []
    assert store.attributes(tenant, scope) == [] and store.attribute_details(tenant, DB, scope) is None
    history = store.temporal(tenant, ID, Window(), scope)
    assert history is not None and list(history.attributes) == [NAME]
    assert store.numbers(tenant, ID, DB, None, Window(), scope) == []
    assert store.temporal(tenant, ID, ALWAYS, scope, attributes=(DB,)) is None
    ordered = store.query(tenant, EntitySelection(), scope, limit=5, order=[Order(Path(DB))])
    assert [one.id for one in ordered.entities] == [ID]


def test_an_entity_of_which_there_is_nothing_else(store: Store) -> None:
    tenant = load(store, [START + n * MINUTE for n in range(60)])
    scope = Scope((Grant(types=frozenset({NOISE}), attributes=frozenset({DB}), level=HOUR),))
    found = store.get(tenant, ID, scope)
    assert found is not None and (found.types, found.attributes) == ([NOISE], {})
    assert store.types(tenant, scope) == [NOISE] and store.type_details(tenant, NOISE, scope) == (1, {})
    selection = EntitySelection(types=TypeIs(NOISE))
    for window, count in ((ALWAYS, 1), (Window(relation="between", start=START, end=START + HOUR - 1), 0)):
        for aggregated, more in ((False, 0), (True, count)):
            page = store.temporal_query(
                tenant, selection, window, scope, limit=5, count=True, cap=0, aggregated=aggregated
            )
            assert page.count == more
    assert store.temporal(tenant, ID, ALWAYS, scope, cap=0) is None
    summed = store.temporal(tenant, ID, ALWAYS, scope, cap=0, aggregated=True)
    assert summed is not None and summed.attributes == {} and summed.held == {}
    assert [one.attribute for one in store.series(tenant, ID, ALWAYS, scope)] == [DB]


def test_what_is_public_as_it_is_stays_so(store: Store) -> None:
    tenant = load(store, [START + n * 20 * MINUTE for n in range(9)])
    public = Scope((Grant(types=frozenset({NOISE})), *hourly().grants))
    found = store.get(tenant, ID, public)
    assert (found is not None and list(found.attributes) == [NAME, DB]) or (
        found is not None and DB in found.attributes
    )
    assert len(ask(store, tenant, "PT20M", scope=public, methods=("min", "max"))) == 9


def test_texts_and_what_has_no_moment_count_for_nothing_and_units_are_not_mixed(store: Store) -> None:
    tenant = load(store, [START + n * MINUTE for n in range(4)])

    def work(uow: UnitOfWork) -> None:
        loud = [{"type": "Property", "value": "loud", "observedAt": text(START + n)} for n in range(5)]
        uow.append_history(tenant, Entity(ID, [NOISE], {DB: [*loud, {"type": "Property", "value": 9}]}))

    store.submit(work).result()
    assert counted(ask(store, tenant, "PT1H")) == [("2026-01-01T00:00:00Z", 4)]

    def mixed(uow: UnitOfWork) -> None:
        other = {"type": "Property", "value": 9, "unitCode": "2N", "observedAt": text(START + 7)}
        uow.append_history(tenant, Entity(ID, [NOISE], {DB: [other]}))

    store.submit(mixed).result()
    with pytest.raises(InvalidRequest, match="different units"):
        ask(store, tenant, "PT1H")
    # Where the other unit lies outside of what was agreed, there is nothing to be told of it.
    assert ask(store, tenant, "PT1H", scope=hourly(since=START + HOUR)) == []


def test_too_many_periods(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    tenant = load(store, [START + n * HOUR for n in range(20)])
    monkeypatch.setattr(levels, "MOST_PERIODS", 10)
    with pytest.raises(TooManyResults, match="shorter"):
        ask(store, tenant, "P1D")


minutes = st.lists(st.integers(0, 3 * 24 * 60), min_size=1, max_size=40, unique=True)
periods = st.sampled_from(["PT1H", "PT2H", "PT3H", "PT5H", "PT12H", "P1D", "P2D", "P1W", "P1M", "PT30M", "PT90M"])
edges = st.one_of(
    st.integers(-10, 80).map(lambda n: START + n * HOUR), st.integers(0, 4400).map(lambda n: START + n * MINUTE)
)
windows = st.one_of(
    st.just(ALWAYS), edges.map(lambda at: Window(relation="before", start=at)),
    st.builds(lambda a, b: Window(relation="between", start=min(a, b), end=max(a, b)), edges, edges),
)  # fmt: skip
questions = st.lists(st.tuples(periods, windows), min_size=2, max_size=25)
spans = st.one_of(st.none(), edges)
grants = st.lists(
    st.tuples(st.sampled_from([HOUR, HOUR, 30 * MINUTE, 2 * HOUR, 90 * MINUTE, DAY]), spans, spans),
    min_size=1,
    max_size=2,
)


@given(minutes, questions, grants)
def test_no_questions_together_tell_a_single_value(
    store: Store, found: list[int], asked: list[tuple[str, Window]], given: list[tuple[int, int | None, int | None]]
) -> None:
    """Values that all answers treat alike can only be told together; of these there are never fewer than three."""
    tenant = load(store, [START + n * MINUTE for n in found])
    scope = Scope(
        tuple(
            Grant(types=frozenset({NOISE}), attributes=frozenset({DB}), level=level, since=since, until=until)
            for level, since, until in given
        )
    )
    answers: set[frozenset[int]] = set()
    for period, window in asked:
        try:
            buckets = ask(store, tenant, period, window, scope)
        except NoRightToAccess:
            continue
        for bucket in buckets:
            answers.add(members(bucket))
            assert bucket.end - bucket.start >= min(level for level, _, _ in given)
            assert bucket.end <= NOW and _inside(bucket, window, given)
            inside = [n for n in members(bucket) if not bucket.start <= START + found[n] * MINUTE < bucket.end]
            assert not inside and bucket.values["totalCount"] == len(members(bucket))
    together: dict[frozenset[frozenset[int]], int] = {}
    for n in range(len(found)):
        alike = frozenset(answer for answer in answers if n in answer)
        together[alike] = together.get(alike, 0) + 1
    assert all(count >= FEWEST for alike, count in together.items() if alike)


def _inside(bucket: Bucket, window: Window, given: list[tuple[int, int | None, int | None]]) -> bool:
    first = None if window.relation == "before" else window.start
    last = window.start if window.relation == "before" else window.end
    limits = [(first, last)]
    return all(_in(bucket, *one) for one in limits) and any(_in(bucket, since, until) for _, since, until in given)


def _in(bucket: Bucket, since: int | None, until: int | None) -> bool:
    return (since is None or bucket.start >= since) and (until is None or bucket.end <= until)
