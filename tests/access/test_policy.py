# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a principal may read and write follows from role, key and what the node declares."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.access.policy import Policy, Public, check_write, demand, scope_of
from hanze.access.principal import (
    ADMINISTER,
    ANYONE,
    ANYONE_WHERE_OPEN,
    OPERATOR,
    OVERSEE,
    READ,
    RESTRICTED,
    ROLES,
    SUBSCRIBE,
    WRITE,
    Principal,
)
from hanze.errors import NoRightToAccess
from hanze.ngsild.entity import Entity
from hanze.store import sight
from hanze.store.scope import EVERYTHING, NOTHING

TYPES, NAMES, TENANTS = ["A", "B", "C"], ["a", "b", "c"], ["", "north"]
types = st.frozensets(st.sampled_from(TYPES))
publics = st.builds(
    Public,
    st.sampled_from(TYPES),
    st.one_of(st.none(), st.frozensets(st.sampled_from(NAMES))),
    st.sampled_from(TENANTS),
)
policies = st.builds(
    Policy,
    public=st.lists(publics, max_size=4).map(tuple),
    restricted=types,
    open=st.sampled_from([False, False, True]),
)
holders = st.builds(
    Principal, st.just("id"), st.just("name"), st.sampled_from(list(ROLES.values())),
    st.one_of(st.none(), types), st.one_of(st.none(), st.frozensets(st.sampled_from(TENANTS))),
)  # fmt: skip


def seen(principal: Principal, policy: Policy, tenant: str, entity: set[str]) -> set[str] | None:
    """The attributes that the rules show of an entity with these types; None where they hide it."""
    if principal.id == "anyone" and policy.open:
        return set(NAMES)
    hidden = policy.restricted - (principal.types or frozenset())
    if principal.types is None and RESTRICTED in principal.rights:
        hidden = frozenset()
    found: list[set[str]] = []
    mine = principal.tenants is None or tenant in principal.tenants
    fits = principal.types is None or entity & principal.types
    if READ in principal.rights and mine and fits and not entity & hidden:
        found.append(set(NAMES))
    for public in policy.public:
        if public.tenant == tenant and public.type in entity and not entity & policy.restricted:
            found.append(set(NAMES if public.attributes is None else public.attributes))
    return set().union(*found) if found else None


@given(
    policies, st.one_of(holders, st.just(ANYONE)), st.sampled_from(TENANTS), st.sets(st.sampled_from(TYPES), min_size=1)
)
def test_the_scope_shows_what_the_rules_say(
    policy: Policy, principal: Principal, tenant: str, entity: set[str]
) -> None:
    made = Entity("urn:x", sorted(entity), {name: [{"type": "Property", "value": 1}] for name in NAMES})
    shown = sight.visible(made, scope_of(principal, policy), tenant)
    expected = seen(principal, policy, tenant, entity)
    assert (None if shown is None else set(shown.attributes)) == expected


def test_who_may_read_everything_has_the_quick_scope() -> None:
    reader = Principal("id", "name", ROLES["reader"])
    assert scope_of(reader, Policy(public=(Public("A"),))) is EVERYTHING
    assert scope_of(OPERATOR, Policy(restricted=frozenset("A"), public=(Public("A"),))) is EVERYTHING
    assert scope_of(ANYONE_WHERE_OPEN, Policy(open=True, restricted=frozenset("A"))) is EVERYTHING
    assert scope_of(ANYONE, Policy(restricted=frozenset("A"))) is NOTHING


def test_many_public_types_are_one_grant() -> None:
    public = tuple(Public(str(n)) for n in range(2000)) + tuple(Public(str(n), frozenset("a")) for n in range(2000))
    assert len(scope_of(ANYONE, Policy(public=public)).grants) == 2
    reader = Principal("id", "name", ROLES["reader"])
    assert len(scope_of(reader, Policy(public=public, restricted=frozenset("X"))).grants) == 1


def test_roles_and_rights() -> None:
    order = [READ, SUBSCRIBE, WRITE, RESTRICTED, OVERSEE, ADMINISTER]
    table = {name: [right in rights for right in order] for name, rights in ROLES.items()}
    assert table == {
        "reader": [True, True, False, False, False, False],
        "writer": [True, True, True, False, False, False],
        "officer": [True, True, True, True, True, False],
        "admin": [True, True, True, True, True, True],
    }
    assert not ANYONE.rights and ADMINISTER not in ANYONE_WHERE_OPEN.rights and OPERATOR.rights == ROLES["admin"]


def test_a_right_that_is_missing() -> None:
    with pytest.raises(NoRightToAccess, match="needs a key with the right to write") as found:
        demand(ANYONE, WRITE)
    assert found.value.status == 401
    with pytest.raises(NoRightToAccess, match="Key 'k' has no right to write") as found:
        demand(Principal("1", "k", ROLES["reader"]), WRITE)
    assert found.value.status == 403
    demand(OPERATOR, ADMINISTER)
    demand(OPERATOR, ADMINISTER, "north")


WRITER = Principal("1", "k", ROLES["writer"])
POLICY = Policy(restricted=frozenset("R"), owned={"O": "budget"})


@pytest.mark.parametrize(
    ("types", "rights", "written", "says"),
    [
        (None, "writer", "A", None),
        (None, "writer", "R", "Type R is restricted"),
        (None, "officer", "R", None),
        (None, "reader", "A", "no right to write"),
        ("R", "writer", "R", None),
        ("R", "writer", "A", "may not write entities of type A"),
        ("A", "officer", "R", "may not write entities of type R"),
        ("A", "writer", "AB", "may not write entities of type B"),
        ("AB", "writer", "AB", None),
        ("AB", "writer", "", None),
        ("O", "writer", "O", "owned by the room 'budget'"),
        (None, "admin", "O", "owned by the room 'budget'"),
        (None, "admin", "AO", "owned by the room 'budget'"),
    ],
)  # fmt: skip
def test_what_may_be_written(types: str | None, rights: str, written: str, says: str | None) -> None:
    principal = Principal("1", "k", ROLES[rights], None if types is None else frozenset(types))
    if says is None:
        check_write(principal, POLICY, "", written)
        return
    with pytest.raises(NoRightToAccess, match=says):
        check_write(principal, POLICY, "", written)


def test_tenants_of_a_key() -> None:
    principal = Principal("1", "k", ROLES["admin"], None, frozenset({"north"}))
    check_write(principal, POLICY, "north", "A")
    for tenant in ("", "south"):
        with pytest.raises(NoRightToAccess, match=f"not for tenant '{tenant}'"):
            check_write(principal, POLICY, tenant, "A")


def test_what_is_written_can_be_read() -> None:
    """A write never needs what a read would hide: for a hidden entity writes say what reads say."""
    for types, role, written in itertools.product(
        (None, "A", "R", "AR"), ("writer", "officer", "admin"), ("A", "B", "R", "AR", "AB")
    ):
        principal = Principal("1", "k", ROLES[role], None if types is None else frozenset(types))
        try:
            check_write(principal, POLICY, "", written)
        except NoRightToAccess:
            continue
        assert sight.seen(Entity("urn:x", list(written)), scope_of(principal, POLICY), "")
