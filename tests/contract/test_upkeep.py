# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""History goes when its retention is over, by the narrowest rule that fits, and never much of it at once."""

from collections.abc import Sequence

import pytest

from hanze.ngsild.entity import Entity, Instance
from hanze.ngsild.selection import Window
from hanze.ngsild.times import text
from hanze.store.base import RetentionRule, Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from tests.contract.conftest import VAULT, Clock
from tests.contract.making import entity, iri, save

DAY = 86_400_000_000
DAYS = range(1, 41)


@pytest.fixture
def filled(store: Store, clock: Clock) -> Store:
    """Three entities with an observation of a and of b on each of the last forty days."""

    def seen(days: int) -> Instance:
        return {"type": "Property", "value": days, "observedAt": text(clock.now - days * DAY)}

    def work(uow: UnitOfWork) -> None:
        for id, types in (("x:A", "A"), ("x:B", "B"), ("x:AB", "AB")):
            observations = [seen(days) for days in DAYS]
            attributes = {iri("a"): observations, iri("b"): observations}
            uow.append_history("", Entity(id, [iri(type) for type in types], attributes))

    store.submit(work).result()
    return store


def rule(days: int, type: str | None = None, attribute: str | None = None) -> RetentionRule:
    return RetentionRule(type and iri(type), attribute and iri(attribute), days)


def retain(store: Store, rules: Sequence[RetentionRule], limit: int = 10_000) -> int:
    return store.submit(lambda uow: uow.retain(rules, limit)).result()


def left(store: Store, id: str) -> tuple[int, int]:
    """Days back to which a and b of the entity go."""
    found = store.temporal("", id, Window(), EVERYTHING)
    kept = {} if found is None else found.attributes
    a, b = (max((one.doc["value"] for one in kept.get(iri(name), ())), default=0) for name in "ab")
    return a, b


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([], [(40, 40)] * 3),
        ([rule(30)], [(30, 30)] * 3),
        ([rule(30, attribute="a")], [(30, 40)] * 3),
        ([rule(30, type="A")], [(30, 30), (40, 40), (30, 30)]),
        ([rule(10), rule(20, "A", "a"), rule(30, attribute="a"), rule(5, type="B")], [(20, 10), (30, 5), (20, 5)]),
        ([rule(20, attribute="a"), rule(30, attribute="a")], [(20, 40)] * 3),
        ([rule(20, type="A"), rule(30, type="B")], [(20, 20), (30, 30), (20, 20)]),
        ([rule(20, type="C"), rule(20, attribute="c")], [(40, 40)] * 3),
    ],
)  # fmt: skip
def test_the_narrowest_rule_counts(filled: Store, rules: list[RetentionRule], expected: list[tuple[int, int]]) -> None:
    went = retain(filled, rules)
    assert [left(filled, id) for id in ("x:A", "x:B", "x:AB")] == expected
    assert went == 3 * 2 * 40 - sum(a + b for a, b in expected)
    assert retain(filled, rules) == 0


def test_a_call_deletes_no_more_than_it_may(filled: Store) -> None:
    went: list[int] = []
    while not went or went[-1]:
        went.append(retain(filled, [rule(30)], 7))
    assert sum(went) == 60 and max(went) == 7
    assert [left(filled, id) for id in ("x:A", "x:B", "x:AB")] == [(30, 30)] * 3


def test_what_was_deleted_has_its_types_still(filled: Store, clock: Clock) -> None:
    save(filled, entity("1", "A", a=1))
    filled.submit(lambda uow: uow.expire(10)).result()
    clock.forward(50 * 86_400)
    retain(filled, [rule(30, type="A")])
    assert [left(filled, id) for id in ("x:A", "x:B", "x:AB")] == [(0, 0), (40, 40), (0, 0)]
    found = filled.get("", "urn:ngsi-ld:A:1", EVERYTHING)
    assert found is not None and found.attributes[iri("a")][0]["value"] == 1
    assert filled.temporal("", found.id, Window(), EVERYTHING) is None


def test_rows_of_a_vault_go_in_steps_too(store: Store, clock: Clock) -> None:
    def work(uow: UnitOfWork) -> None:
        for n in range(10):
            uow.vault(VAULT).insert({"name": str(n), "age": clock.now + n * DAY})

    store.submit(work).result()
    clock.forward(38 * 86_400)
    assert [retain(store, [], 5) for _ in range(3)] == [5, 3, 0]
    assert [row["name"] for row in store.vault(VAULT).select()] == ["8", "9"]
