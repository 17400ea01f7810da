# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The index finds every subscription that a change concerns, and forgets without a trace."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hanze.broker.subscriptions.matching import Index, concerns, type_names, watched_types
from hanze.broker.subscriptions.model import TRIGGERS, Definition
from hanze.ngsild import match
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.ngsild.language import types
from tests.broker.subscriptions.making import change, definition
from tests.contract.making import entity, iri


class One:
    """What the index holds."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition


NUMBERS = st.sampled_from(["1", "2", "3"])
TYPES = st.sampled_from(["T", "U", "V"])
SELECTIONS = st.sampled_from(["T", "U", "*", "T|U", "T;U", "(T;U)|V", "T;(U|V)"])
NAMES = st.sampled_from(["a", "b", "c"])
INFOS = st.fixed_dictionaries(
    {"type": SELECTIONS},
    optional={
        "id": st.lists(NUMBERS.map("urn:ngsi-ld:T:{}".format), min_size=1, max_size=2),
        "idPattern": st.sampled_from(["1$", "[23]$"]),
    },
)
MEMBERS = st.fixed_dictionaries(
    {"entities": st.one_of(st.none(), st.lists(INFOS, min_size=1, max_size=3))},
    optional={
        "watchedAttributes": st.lists(NAMES, min_size=1, max_size=2),
        "notificationTrigger": st.lists(st.sampled_from(sorted(TRIGGERS)), min_size=1, max_size=3),
        "q": st.sampled_from(["a>1", "b", "a|c"]),
    },
)


def defined(members: dict[str, Any], tenant: str) -> One:
    if members["entities"] is None:
        members = {"watchedAttributes": ["a"], **members}
    return One(definition(tenant, **members))


def made(number: str, kinds: list[str], attributes: dict[str, int]) -> Entity:
    found = entity(number, "T", **attributes)
    return Entity(found.id, [iri(kind) for kind in kinds], found.attributes, [], found.created, found.modified)


SUBSCRIPTIONS = st.builds(defined, MEMBERS, st.sampled_from(["", "one"]))
ATTRIBUTES = st.dictionaries(NAMES, st.integers(0, 3), max_size=3)
CHANGES = st.builds(
    lambda number, kinds, before, after, tenant: change(
        None if before is None else made(number, kinds, before),
        None if after is None and before is not None else made(number, kinds, after or {}),
        tenant=tenant,
    ),
    NUMBERS, st.lists(TYPES, min_size=1, max_size=2, unique=True), st.none() | ATTRIBUTES, st.none() | ATTRIBUTES,
    st.sampled_from(["", "one"]),
)  # fmt: skip


@given(st.lists(SUBSCRIPTIONS, max_size=8), st.lists(CHANGES, max_size=4), st.sets(st.integers(0, 7), max_size=4))
def test_none_is_overlooked(subscriptions: list[One], changes: list[Any], gone: set[int]) -> None:
    index: Index[One] = Index()
    for one in subscriptions:
        index.put(one)
    left = [one for number, one in enumerate(subscriptions) if number not in gone]
    for number in gone:
        if number < len(subscriptions):
            index.take(subscriptions[number])
    for found in changes:
        offered = index.find(found.tenant, found.entity, found.changed())
        assert len(offered) == len(set(map(id, offered))), "each once"
        assert set(map(id, offered)) <= set(map(id, left))
        for one in left:
            if one.definition.tenant == found.tenant and concerns(one.definition, found):
                assert one in offered
            if one.definition.tenant != found.tenant:
                assert one not in offered


@given(st.lists(SUBSCRIPTIONS, max_size=8))
def test_who_is_taken_out_leaves_nothing(subscriptions: list[One]) -> None:
    index: Index[One] = Index()
    for one in subscriptions:
        index.put(one)
    for one in subscriptions:
        index.take(one)
    assert index._shelves == {}


def test_the_index_looks_at_few() -> None:
    index: Index[One] = Index()
    for number in range(100):
        index.put(One(definition(entities=[{"type": f"T{number}"}])))
        index.put(One(definition(entities=[{"type": "T"}], watchedAttributes=[f"a{number}"])))
        index.put(One(definition(entities=[{"type": "T", "id": f"urn:ngsi-ld:T:{number}"}])))
    found = index.find("", entity("5", "T"), {iri("a7")})
    assert len(found) == 2


@given(SELECTIONS.filter(lambda text: text != "*"), st.lists(TYPES, min_size=1, unique=True))
def test_an_entity_that_is_selected_has_one_of_the_types(text: str, kinds: list[str]) -> None:
    selection = types.parse(text, CORE)
    if match.types(made("1", kinds, {}), selection):
        assert type_names(selection) & {iri(kind) for kind in kinds}


def test_types_that_the_journal_must_keep() -> None:
    assert watched_types(definition(entities=[{"type": "T"}, {"type": "U;V"}])) in (
        {iri("T"), iri("U")},
        {iri("T"), iri("V")},
    )
    assert watched_types(definition(entities=[{"type": "T"}, {"type": "*"}])) is None
    assert watched_types(definition(entities=None, watchedAttributes=["a"])) is None
