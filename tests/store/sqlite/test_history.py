# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading history: windows, last instances, pages, conditions, and nothing beyond a scope."""

from typing import Any

import pytest

from hanze.ngsild import match
from hanze.ngsild.duration import Duration
from hanze.ngsild.entity import Entity, Instance
from hanze.ngsild.selection import (
    All,
    Any_,
    Compare,
    EntitySelection,
    Exists,
    Geo,
    Literal,
    Order,
    Path,
    ScopeIs,
    TypeIs,
    Window,
)
from hanze.store.base import Series, Store
from hanze.store.scope import EVERYTHING
from tests.contract.conftest import Clock
from tests.contract.making import entity, iri, outcome, point, prop, remove, save
from tests.store.sqlite.past import (
    EVER,
    HOUR,
    ID,
    NOON,
    TYPE,
    after,
    append,
    before,
    between,
    fill,
    hour,
    ids,
    number,
    observe,
    seen,
    temporal,
    values,
)

LOCATION = "https://uri.etsi.org/ngsi-ld/location"
PERIOD = Duration(0, 0)


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (EVER, [0, 1, 2, 3, 4, 5]),
        (before(2), [0, 1]),
        (after(4), [4, 5]),
        (between(1, 3), [1, 2]),
        (between(3, 3), []),
        (between(1.5, 2.5), [2]),
        (after(1, last=2), [5, 4]),
        (before(2, last=9), [1, 0]),
    ],
)
def test_before_ends_before_and_after_begins_at_the_moment(store: Store, window: Window, expected: list[int]) -> None:
    fill(store)
    assert values(temporal(store, ID, window)) == expected


def test_instances_come_with_what_is_known_of_them(store: Store, clock: Clock) -> None:
    append(store, ID, no2=[seen(1, 0, unitCode="GQ", datasetId="urn:d:1")])
    clock.forward(60)
    place: Instance = {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [4, 52]}}
    append(store, ID, place=[place])
    found = temporal(store, ID)
    stamps = {"createdAt": "2026-01-01T00:00:00Z", "modifiedAt": "2026-01-01T00:00:00Z"}
    expected = {
        "type": "Property",
        "value": 1,
        "unitCode": "GQ",
        "datasetId": "urn:d:1",
        "observedAt": hour(0),
        **stamps,
    }
    assert found.attributes[iri("no2")][0].doc == expected
    late = {"createdAt": "2026-01-01T00:01:00Z", "modifiedAt": "2026-01-01T00:01:00Z"}
    assert found.attributes[iri("place")][0].doc == {**place, **late}
    assert (found.created, found.span) == ("2026-01-01T00:00:00Z", (NOON, clock.now))


def test_a_window_of_observed_at_leaves_out_what_was_not_observed(store: Store) -> None:
    save(store, entity("1", no2=seen(1, 0), name="x"))
    assert set(temporal(store, ID).attributes) == {iri("no2"), iri("name")}
    assert set(temporal(store, ID, after(-1)).attributes) == {iri("no2")}
    everything = after(0, property="modifiedAt")
    assert set(temporal(store, ID, everything).attributes) == {iri("no2"), iri("name")}


def test_every_change_of_a_current_entity_is_kept_and_its_deletion_leaves_a_mark(store: Store, clock: Clock) -> None:
    save(store, entity("1", no2=1))
    clock.forward(60)
    save(store, entity("1", no2=2))
    clock.forward(60)
    remove(store, ID)
    found = temporal(store, ID)
    assert (values(found), found.deleted) == ([1, 2], "2026-01-01T00:02:00Z")
    marks = temporal(store, ID, Window(property="deletedAt")).attributes[iri("no2")]
    assert [(mark.deleted, mark.doc) for mark in marks] == [("2026-01-01T00:02:00Z", {"type": "Property"})]
    late = Window(relation="after", start=clock.now - 30_000_000, property="createdAt")
    assert values(temporal(store, ID, late)) == []
    assert values(temporal(store, ID, Window(relation="before", start=clock.now, property="createdAt"))) == [1, 2]


def test_created_at_of_a_corrected_instance_stays_where_it_was(store: Store, clock: Clock) -> None:
    fill(store, 1)
    start = clock.now
    clock.forward(60)
    number = temporal(store, ID).attributes[iri("no2")][0].number
    assert store.submit(lambda uow: uow.replace_instance("", ID, iri("no2"), number, {"value": 7})).result()
    created = Window(relation="before", start=start + 1, property="createdAt")
    modified = Window(relation="before", start=start + 1, property="modifiedAt")
    assert (values(temporal(store, ID, created)), values(temporal(store, ID, modified))) == ([7], [])


def test_datasets_and_attributes_are_chosen(store: Store) -> None:
    append(
        store, ID, no2=[seen(1, 0), seen(2, 1, datasetId="urn:d:1"), seen(3, 2, datasetId="urn:d:2")], o3=[seen(9, 0)]
    )
    assert values(temporal(store, ID, datasets=["@none"])) == [1]
    assert values(temporal(store, ID, datasets=["urn:d:1", "@none"])) == [1, 2]
    assert values(temporal(store, ID, datasets=["urn:d:9"])) == []
    assert set(temporal(store, ID, attributes=[iri("o3")]).attributes) == {iri("o3")}
    assert store.temporal("", ID, EVER, EVERYTHING, attributes=[iri("unknown")]) is None
    assert values(temporal(store, ID, oldest_first=False)) == [3, 2, 1]
    series = store.series("", ID, EVER, EVERYTHING, attributes=[iri("no2")])
    expected = [Series(iri("no2"), dataset, "Property") for dataset in (None, "urn:d:1", "urn:d:2")]
    assert sorted(series, key=str) == sorted(expected, key=str)
    assert store.series("", ID, after(2), EVERYTHING) == [Series(iri("no2"), "urn:d:2", "Property")]


def test_a_page_is_cut_at_one_moment_for_all_attributes(store: Store) -> None:
    append(store, ID, no2=[seen(n, n) for n in range(9)], o3=[seen(n, n / 2) for n in range(9)], late=[seen(1, 20)])
    found = temporal(store, ID, cap=4)
    assert found.cut and found.span == (NOON, NOON + 3 * HOUR // 2)
    assert (values(found), values(found, "o3")) == ([0, 1], [0, 1, 2, 3])
    assert (set(found.attributes), found.held) == ({iri("no2"), iri("o3")}, {iri("late"): "Property"})
    rest = temporal(store, ID, after(1.5), cap=20)
    assert (rest.cut, values(rest), values(rest, "o3")) == (False, [2, 3, 4, 5, 6, 7, 8], [3, 4, 5, 6, 7, 8])


def test_a_page_of_the_last_instances_is_cut_from_the_newest_on(store: Store) -> None:
    append(store, ID, no2=[seen(n, n) for n in range(9)], old=[seen(1, -5)])
    found = temporal(store, ID, Window(last=9), cap=4)
    assert (found.cut, values(found), found.held) == (True, [8, 7, 6, 5], {iri("old"): "Property"})
    assert not temporal(store, ID, Window(last=4), cap=4).cut
    assert not temporal(store, ID, EVER, cap=9).cut


def test_a_page_holds_all_that_share_its_last_moment(store: Store) -> None:
    observe(store, ID, [0, 1, 1, 1, 1, 1, 2], list(range(7)))
    found = temporal(store, ID, cap=3)
    assert (found.cut, values(found)) == (True, [0, 1, 2, 3, 4, 5])
    assert values(temporal(store, ID, Window(relation="after", start=NOON + HOUR + 1), cap=3)) == [6]


def three(store: Store) -> None:
    """1: no2 0..5 at 0..5; 2: no2 10 at hour 20; 3: current only, without a moment."""
    fill(store)
    append(store, "urn:ngsi-ld:T:2", no2=[seen(10, 20, datasetId="urn:d:1")])
    save(store, entity("3", no2=3, name="x"))


def test_a_query_finds_what_has_an_instance_in_the_window(store: Store) -> None:
    three(store)
    append(store, "urn:ngsi-ld:U:4", "U", no2=[seen(1, 0)])
    assert ids(store) == ["1", "2", "3"]
    assert ids(store, window=after(5)) == ["1", "2"]
    assert ids(store, window=after(6)) == ["2"]
    assert ids(store, window=before(0)) == []
    assert ids(store, attributes=[iri("name")]) == ["3"]
    assert ids(store, attributes=[iri("unknown")]) == []
    assert ids(store, datasets=["urn:d:1"]) == ["2"]
    assert ids(store, EntitySelection(ids=("urn:ngsi-ld:U:4", ID))) == ["1", "4"]
    assert ids(store, EntitySelection(id_pattern=":[24]$")) == ["2", "4"]
    found = store.temporal_query("", TYPE, between(1, 3), EVERYTHING, limit=5).entities
    assert [values(one) for one in found] == [[1, 2]]


def test_pages_of_entities_and_order(store: Store) -> None:
    for name in "badc":
        append(store, f"urn:ngsi-ld:T:{name}", no2=[seen(1, 0)])
    page = store.temporal_query("", TYPE, EVER, EVERYTHING, limit=2, offset=1, count=True)
    assert ([one.id[-1] for one in page.entities], page.count) == (["a", "d"], 4)
    assert ids(store, order=[Order(Path("id"))]) == ["a", "b", "c", "d"]
    assert ids(store, order=[Order(Path("id"), descending=True)]) == ["d", "c", "b", "a"]
    assert store.temporal_query("", TYPE, EVER, EVERYTHING, limit=0, count=True).count == 4
    heads = store.temporal_query("", TYPE, EVER, EVERYTHING, limit=9, cap=0).entities
    assert [(one.attributes, one.cut) for one in heads] == [({}, False)] * 4


def test_a_page_of_entities_is_cut_at_one_moment(store: Store) -> None:
    three(store)
    page = store.temporal_query("", TYPE, after(-1), EVERYTHING, limit=9, cap=4).entities
    assert [(values(one), one.cut) for one in page] == [([0, 1, 2, 3], True), ([], True)]
    assert (page[1].attributes, page[1].held) == ({}, {iri("no2"): "Property"})


@pytest.mark.parametrize(
    ("q", "window", "expected"),
    [
        (number("no2", ">", 4), EVER, ["1", "2"]),
        (number("no2", ">", 4), before(5), []),
        (number("no2", "<=", 0), EVER, ["1"]),
        (number("no2", "!=", 10), EVER, ["1", "3"]),
        (All((number("no2", ">", 2), number("no2", "<", 1))), EVER, ["1"]),
        (Any_((number("no2", "==", 10), number("no2", "==", 3))), EVER, ["1", "2", "3"]),
        (Exists(Path(iri("name"))), EVER, ["3"]),
        (Exists(Path(iri("nothing"))), EVER, []),
        (Compare(Path(iri("no2"), ("datasetId",)), "==", (Literal("text", "urn:d:1"),)), EVER, ["2"]),
        (Compare(Path("id"), "==", (Literal("text", ID),)), EVER, ["1"]),
    ],
)
def test_q_holds_where_one_instance_in_the_window_fulfils_it(
    store: Store, q: Any, window: Window, expected: list[str]
) -> None:
    three(store)
    assert ids(store, EntitySelection(types=TypeIs(iri("T")), q=q), window) == expected


def test_numbers_texts_booleans_and_lists_do_not_mix_in_q(store: Store) -> None:
    for name, value in {"n": 5, "t": "5", "b": True, "l": [1, 5], "s": [5], "d": {"a": 5}}.items():
        append(store, f"urn:ngsi-ld:T:{name}", no2=[seen(value, 0)])
    append(store, "urn:ngsi-ld:T:r", no2=[seen(5, 0, **{iri("sub"): [prop(7)]})])
    assert ids(store, EntitySelection(q=number("no2", ">=", 5))) == ["n", "l", "s", "r"]
    assert ids(store, EntitySelection(q=number("no2", "==", 1))) == ["l"]
    text = Compare(Path(iri("no2")), "==", (Literal("text", "5"),))
    assert ids(store, EntitySelection(q=text)) == ["t"]
    inner = Compare(Path(iri("no2"), (), ("a",)), "==", (Literal("number", 5),))
    assert ids(store, EntitySelection(q=inner)) == ["d"]
    sub = Compare(Path(iri("no2"), (iri("sub"),)), "<", (Literal("number", 1 << 70),))
    assert ids(store, EntitySelection(q=sub)) == ["r"]
    assert ids(store, EntitySelection(q=number("no2", "<", 1 << 70))) == ["n", "l", "s", "r"]


def test_conditions_in_sql_mean_what_match_means(store: Store) -> None:
    values_ = [5, 5.0, 4.5, "5", "a", "", True, False, [5, 6], [], {"a": 5}, None]
    instances = {f"urn:ngsi-ld:T:{n}": seen(value, 0) for n, value in enumerate(values_)}
    for id, instance in instances.items():
        append(store, id, no2=[instance])
    path = Path(iri("no2"))
    literals: list[tuple[str, float | str]] = [
        ("number", 5),
        ("number", 4.6),
        ("text", "5"),
        ("text", "a"),
        ("boolean", True),
        ("word", "a"),
    ]
    conditions: list[Any] = [Exists(path), Exists(Path(iri("no2"), (), ("a",)))]
    for op in ("==", "!=", ">", ">=", "<", "<="):
        conditions += [Compare(path, op, (Literal(kind, value),)) for kind, value in literals]
    for q in conditions:
        expected = [
            id.rpartition(":")[2]
            for id, instance in instances.items()
            if match.query(Entity(id, [], {iri("no2"): [instance]}), q)
        ]
        assert ids(store, EntitySelection(types=TypeIs(iri("T")), q=q)) == expected, q


def test_what_has_no_moment_counts_beside_any_window_of_observed_at(store: Store) -> None:
    one, two = entity("1", no2=seen(1, 0), name="here"), entity("2", no2=seen(1, 0), name=seen("here", -9))
    one.attributes[LOCATION] = [point(4.5, 52.5)]
    save(store, one, two)
    named = Compare(Path(iri("name")), "==", (Literal("text", "here"),))
    assert ids(store, EntitySelection(q=named), after(0)) == ["1"]
    near = Geo("near", {"type": "Point", "coordinates": [4.5, 52.5]}, LOCATION, max_distance=100)
    assert ids(store, EntitySelection(geo=near), after(0)) == ["1"]
    assert ids(store, EntitySelection(geo=near), after(0, property="createdAt")) == ["1"]


def test_geo_and_scope(store: Store) -> None:
    there: Instance = {**point(4.5, 52.5), "observedAt": hour(0)}
    away: Instance = {**point(5.5, 52.5), "observedAt": hour(1)}
    append(store, ID, place=[there, away])
    near = Geo("near", {"type": "Point", "coordinates": [4.5, 52.5]}, iri("place"), max_distance=100)
    assert ids(store, EntitySelection(geo=near), before(1)) == ["1"]
    assert ids(store, EntitySelection(geo=near), after(1)) == []
    assert ids(store, EntitySelection(geo=near)) == ["1"]
    scoped = entity("2", place={**there})
    scoped.scopes = ["/NL/Utrecht"]
    save(store, scoped)
    assert ids(store, EntitySelection(scope_q=ScopeIs(("NL", "#")))) == ["2"]


def test_one_huge_page_is_shared_out_over_its_attributes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hanze.store.sqlite.history.MOST_AT_ONCE", 6)
    fill(store)
    observe(store, "urn:ngsi-ld:T:2", range(6), range(6))
    page = store.temporal_query("", TYPE, EVER, EVERYTHING, limit=9, cap=1000).entities
    assert [values(one) for one in page] == [[0, 1, 2], [0, 1, 2]]
    assert all(one.cut for one in page)


def test_a_change_of_one_attribute_is_one_instance(store: Store, clock: Clock) -> None:
    save(store, entity("1", a=1, b=1))
    clock.forward(1)
    both = entity("1", a=2, b=1)
    store.submit(lambda uow: uow.save("", outcome(uow.entity("", ID), both))).result()
    found = temporal(store, ID)
    assert (values(found, "a"), values(found, "b")) == ([1, 2], [1])
