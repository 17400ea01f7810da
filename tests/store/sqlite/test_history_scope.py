# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading history: scopes of entities while they are valid, and nothing beyond what a principal may see."""

from hanze.ngsild import operations
from hanze.ngsild.duration import Duration
from hanze.ngsild.entity import SCOPE, Entity, Instance
from hanze.ngsild.selection import (
    EntitySelection,
    ScopeIs,
    TypeIs,
    Window,
)
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING, NOTHING, Grant, Scope
from tests.contract.conftest import Clock
from tests.contract.making import entity, iri, point, save
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
    seen,
    temporal,
    values,
)

LOCATION = "https://uri.etsi.org/ngsi-ld/location"
PERIOD = Duration(0, 0)


def scoped(value: list[str], hours: float) -> Instance:
    return {"type": "Property", "value": value, "observedAt": hour(hours)}


def test_a_scope_counts_while_it_is_valid(store: Store) -> None:
    spoken: dict[str, list[Instance]] = {SCOPE: [scoped(["/R"], -2), scoped(["/S", "/T"], 3)]}
    history = Entity(ID, [iri("T")], {iri("no2"): [seen(n, n) for n in range(6)], **spoken}, ["/S", "/T"])
    store.submit(lambda uow: uow.append_history("", history)).result()

    def found(scope: str, window: Window) -> list[list[int]]:
        selection = EntitySelection(types=TypeIs(iri("T")), scope_q=ScopeIs((scope,)))
        page = store.temporal_query("", selection, window, EVERYTHING, limit=5, count=True)
        assert page.count == len(page.entities)
        return [values(one) for one in page.entities]

    assert found("R", EVER) == [[0, 1, 2]]
    assert found("S", EVER) == found("T", EVER) == [[3, 4, 5]]
    assert found("#", EVER) == [[0, 1, 2, 3, 4, 5]]
    assert found("X", EVER) == []
    assert found("R", after(3)) == [] and found("R", after(2)) == [[2]]
    assert found("S", before(3)) == [] and found("S", between(2, 4)) == [[3]]
    assert found("R", before(-2)) == []


def test_a_scope_that_was_taken_away_counts_no_more(store: Store, clock: Clock) -> None:
    one = entity("1", no2=1)
    one.scopes = ["/A"]
    save_with_scope(store, one)
    clock.forward(60)
    two = entity("1", no2=2)
    save_with_scope(store, two)
    selection = EntitySelection(types=TypeIs(iri("T")), scope_q=ScopeIs(("A",)))
    page = store.temporal_query("", selection, before(10**5, property="createdAt"), EVERYTHING, limit=5)
    assert [values(found) for found in page.entities] == [[1]]
    late = Window(relation="after", start=clock.now, property="createdAt")
    assert store.temporal_query("", selection, late, EVERYTHING, limit=5).entities == []


def save_with_scope(store: Store, after: Entity) -> None:
    """As the operations do it: a new scope is a change of the attribute `scope`."""

    def work(uow: UnitOfWork) -> None:
        before = uow.entity("", after.id)
        made = operations.create(after, uow.stamp) if before is None else operations.replace(before, after, uow.stamp)
        uow.save("", made)

    store.submit(work).result()


def test_a_scope_shows_neither_other_types_nor_hidden_attributes(store: Store) -> None:
    append(store, ID, no2=[seen(1, 0)], secret=[seen(5, 0)])
    other = Scope((Grant(types=frozenset({iri("U")})),))
    for hidden in (NOTHING, other, Scope((Grant(without=frozenset({iri("T")})),))):
        assert store.temporal("", ID, EVER, hidden) is None
        assert store.temporal_query("", TYPE, EVER, hidden, limit=5, count=True).count == 0
        assert store.series("", ID, EVER, hidden) == []
        assert store.aggregate("", ID, iri("no2"), None, EVER, hidden, ["avg"], PERIOD) == []
    only = Scope((Grant(attributes=frozenset({iri("no2")})),))
    assert set(temporal(store, ID, scope=only).attributes) == {iri("no2")}
    assert store.temporal("", ID, EVER, only, attributes=[iri("secret")]) is None
    assert ids(store, scope=only) == ["1"]
    assert ids(store, scope=only, attributes=[iri("secret")]) == []
    assert ids(store, EntitySelection(q=number("secret", ">", 1)), scope=only) == []
    assert ids(store, EntitySelection(q=number("secret", ">", 1))) == ["1"]
    assert [one.attribute for one in store.series("", ID, EVER, only)] == [iri("no2")]
    assert store.aggregate("", ID, iri("secret"), None, EVER, only, ["avg"], PERIOD) == []


def test_a_scope_opens_its_period_only(store: Store) -> None:
    fill(store)
    scope = Scope((Grant(since=NOON + 2 * HOUR, until=NOON + 4 * HOUR),))
    assert values(temporal(store, ID, scope=scope)) == [2, 3]
    assert ids(store, window=after(4), scope=scope) == []
    assert ids(store, EntitySelection(q=number("no2", "==", 5)), scope=scope) == []
    assert ids(store, EntitySelection(q=number("no2", "==", 3)), scope=scope) == ["1"]
    bucket = store.aggregate("", ID, iri("no2"), None, EVER, scope, ["sum"], PERIOD)
    assert [one.values for one in bucket] == [{"sum": 5.0}]
    two = Scope((*scope.grants, Grant(until=NOON + HOUR), Grant(attributes=frozenset({iri("o3")}))))
    assert values(temporal(store, ID, scope=two)) == [0, 2, 3]
    assert ids(store, window=before(1), scope=two) == ["1"]


def test_a_scope_opens_its_area_only(store: Store) -> None:
    area = {"type": "Polygon", "coordinates": [[[4, 52], [5, 52], [5, 53], [4, 53], [4, 52]]]}
    inside, outside = entity("1", no2=seen(1, 0)), entity("2", no2=seen(1, 0))
    inside.attributes[LOCATION], outside.attributes[LOCATION] = [point(4.5, 52.5)], [point(6.5, 52.5)]
    save(store, inside, outside)
    scope = Scope((Grant(area=area),))
    assert ids(store, scope=scope) == ["1"]
    assert store.temporal("", outside.id, EVER, scope) is None
    assert ids(store, scope=Scope((Grant(area=area), Grant(types=frozenset({iri("U")}))))) == ["1"]


def test_tenants_do_not_mix(store: Store) -> None:
    fill(store)
    save(store, entity("2", no2=1), tenant="other")
    assert store.temporal("other", ID, EVER, EVERYTHING) is None
    assert store.temporal("unknown", ID, EVER, EVERYTHING) is None
    page = store.temporal_query("other", EntitySelection(), EVER, EVERYTHING, limit=9)
    assert [one.id for one in page.entities] == ["urn:ngsi-ld:T:2"]
    assert store.temporal_query("unknown", EntitySelection(), EVER, EVERYTHING, limit=9, count=True).count == 0
    assert (
        store.temporal_query("", EntitySelection(), EVER, Scope((Grant(tenants=frozenset({"x"})),)), limit=9).entities
        == []
    )
