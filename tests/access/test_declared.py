# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is declared public, restricted, owned and open is known from one start to the next, and each change is an act."""

from hypothesis import given
from hypothesis import strategies as st

from hanze.access import Access, Policy, Public, audit
from hanze.access.declared import subjects
from hanze.store.base import Store
from tests.contract.conftest import Clock


def declare(store: Store, clock: Clock, policy: Policy) -> list[tuple[str, str]]:
    """The acts that the audit has of it, and that they are as many as was told."""
    before = len(audit.lines(store, limit=1000))
    told = Access(store, clock, policy).declare("operator").result()
    lines = audit.lines(store, limit=1000)
    fresh = lines[: len(lines) - before]
    assert told == len(fresh) and {line.principal for line in fresh} <= {"operator"}
    return sorted((line.act, line.subject) for line in fresh)


def test_each_difference_is_an_act(store: Store, clock: Clock) -> None:
    assert declare(store, clock, Policy()) == []
    first = Policy(
        public=(Public("A"), Public("B", frozenset({"b", "a"})), Public("C", None, "north")),
        restricted=frozenset({"R"}), owned={"O": "budget"}, open=True,
    )  # fmt: skip
    assert declare(store, clock, first) == [
        ("given to a room", "O (budget)"),
        ("made public", "A"),
        ("made public", "B [a, b]"),
        ("made public", "C (tenant north)"),
        ("made restricted", "R"),
        ("opened", "the node"),
    ]
    assert declare(store, clock, first) == []
    second = Policy(public=(Public("A"), Public("B", frozenset({"a"}))), owned={"O": "plans"})
    assert declare(store, clock, second) == [
        ("closed", "the node"),
        ("given to a room", "O (plans)"),
        ("made public", "B [a]"),
        ("no longer of a room", "O (budget)"),
        ("no longer public", "B [a, b]"),
        ("no longer public", "C (tenant north)"),
        ("no longer restricted", "R"),
    ]


names = st.sampled_from(["A", "B"])
policies = st.builds(
    Policy,
    public=st.lists(
        st.builds(Public, names, st.one_of(st.none(), st.frozensets(names)), st.sampled_from(["", "north"])), max_size=3
    ).map(tuple),
    restricted=st.frozensets(names), owned=st.dictionaries(names, st.sampled_from(["budget", "plans"])), open=st.booleans(),
)  # fmt: skip


@given(policies, policies)
def test_policies_that_differ_have_other_subjects(one: Policy, other: Policy) -> None:
    same = (set(one.public), one.restricted, dict(one.owned), one.open) == (
        set(other.public), other.restricted, dict(other.owned), other.open
    )  # fmt: skip
    assert (subjects(one) == subjects(other)) == same
