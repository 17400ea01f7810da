# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rules that the published test cases do not have: logic, sets, refinements, collections, conflicts, obligations."""

from typing import Any

import pytest

from hanze.errors import BadRequestData
from hanze.experiments.agreements.odrl import comparing, jsonld
from hanze.experiments.agreements.odrl.evaluating import evaluate
from hanze.experiments.agreements.odrl.graph import XSD, Ref, Term, Value
from hanze.experiments.agreements.odrl.policy import Asked, DutyState, Policy, Request, World
from hanze.experiments.agreements.odrl.reading import Reader
from hanze.experiments.agreements.odrl.report import Report
from hanze.experiments.agreements.odrl.vocabulary import NAMESPACE, includes

NOW = Value("2026-03-10T12:00:00Z", XSD + "dateTime")
EX = "http://example.org/"


def policy(**parts: Any) -> Policy:
    return Reader(jsonld.read({"@type": "Set", "uid": EX + "policy", **parts})).policy()


def rule(*constraints: Any, **parts: Any) -> dict[str, Any]:
    told = {"uid": EX + "rule", "action": "use", **parts}
    return {**told, "constraint": list(constraints)} if constraints else told


def compare(left: str, operator: str, right: Any) -> dict[str, Any]:
    return {"leftOperand": left, "operator": operator, "rightOperand": right}


def number(value: float) -> Value:
    return Value(str(value), XSD + "decimal")


def ask(
    one: Policy,
    world: World | None = None,
    /,
    *,
    action: str = "read",
    target: str = "x",
    who: str = "alice",
    **context: Term,
) -> Report:
    """`context`: by word of ODRL, what it is at this request."""
    told = {NAMESPACE + name: (value,) for name, value in context.items()}
    asked = Asked("asked", NAMESPACE + action, EX + target, EX + who, told)
    return evaluate(one, Request("request", (asked,)), world or World(NOW))


@pytest.mark.parametrize(("logic", "held"), [("and", (3,)), ("or", (1, 2, 3)), ("xone", (1, 2)), ("andSequence", (3,))])
def test_how_conditions_are_joined(logic: str, held: tuple[int, ...]) -> None:
    """`held`: sums of 1 where the first condition holds and 2 where the second one does."""
    parts = [compare("count", "lteq", 5), compare("percentage", "gt", 50)]
    one = policy(permission=rule({logic: parts}))
    for number_, (count, share) in enumerate(((9, 1), (1, 1), (9, 99), (1, 99))):
        report = ask(one, count=number(count), percentage=number(share))
        assert report.permitted == (number_ in held), (logic, number_)


def test_logic_within_logic() -> None:
    within = {"or": [{"and": [compare("count", "gt", 1), compare("count", "lt", 3)]}, compare("count", "eq", 7)]}
    one = policy(permission=rule(within))
    assert [count for count in range(9) if ask(one, count=number(count)).permitted] == [2, 7]


def test_what_is_not_known_satisfies_nothing() -> None:
    for operator in ("eq", "neq", "lt", "gteq", "isNoneOf", "isAnyOf"):
        assert not ask(policy(permission=rule(compare("purpose", operator, "x")))).permitted, operator


@pytest.mark.parametrize(
    ("operator", "left", "right", "held"),
    [
        ("eq", ("1.0", "decimal"), [("1", "integer")], True),
        ("eq", ("2026-03-10T13:00:00+01:00", "dateTime"), [("2026-03-10T12:00:00Z", "dateTime")], True),
        ("lt", ("PT59M", "duration"), [("PT1H", "duration")], True),
        ("gteq", ("P1D", "duration"), [("PT24H", "duration")], True),
        ("lt", ("a", "string"), [("b", "string")], False),
        ("lt", ("1", "integer"), [("PT1H", "duration")], False),
        ("lt", ("9", "string"), [("10", "integer")], False),
        ("isAnyOf", ("b", "string"), [("a", "string"), ("b", "string")], True),
        ("isNoneOf", ("c", "string"), [("a", "string"), ("b", "string")], True),
        ("isAllOf", ("a", "string"), [("a", "string"), ("b", "string")], False),
        ("lteq", ("nan", "double"), [("1", "double")], False),
        ("gt", ("2026-03-10", "date"), [("2026-03-09T23:59:59Z", "dateTime")], True),
        ("eq", ("true", "boolean"), [("1", "boolean")], True),
        ("eq", ("no date", "dateTime"), [("no date", "dateTime")], True),
    ],
)
def test_values_are_compared_as_their_types_mean(
    operator: str, left: tuple[str, str], right: list[tuple[str, str]], held: bool
) -> None:
    terms = tuple(Value(text, XSD + type) for text, type in right)
    assert (
        comparing.holds(NAMESPACE + operator, (Value(left[0], XSD + left[1]),), terms, lambda one, other: False) == held
    )


def test_parts_of_things() -> None:
    world = World(NOW, {EX + "street": frozenset({EX + "city"})})
    one = policy(permission=rule(compare("spatial", "isPartOf", {"@id": EX + "city"})))
    assert ask(one, world, spatial=Ref(EX + "street")).permitted
    assert not ask(one, world, spatial=Ref(EX + "sea")).permitted
    whole = policy(permission=rule(compare("spatial", "hasPart", {"@id": EX + "street"})))
    assert ask(whole, world, spatial=Ref(EX + "city")).permitted


def test_refinements_of_action_target_and_party() -> None:
    facts = {
        EX + "alice": {NAMESPACE + "industry": (Value("care"),)}, EX + "x": {NAMESPACE + "language": (Value("nl"),)},
        EX + "y": {NAMESPACE + "language": (Value("de"),)},
    }  # fmt: skip
    world = World(NOW, {EX + "x": frozenset({EX + "all"}), EX + "y": frozenset({EX + "all"})}, facts=facts)
    action = {"rdf:value": {"@id": NAMESPACE + "read"}, "refinement": [compare("count", "lteq", 3)]}
    target = {"@type": "AssetCollection", "source": EX + "all", "refinement": [compare("language", "eq", "nl")]}
    party = {"uid": EX + "alice", "refinement": [compare("industry", "eq", "care")]}
    one = policy(permission=rule(action=action, target=target, assignee=party))
    assert ask(one, world, count=number(3)).permitted
    assert not ask(one, world, count=number(4)).permitted
    assert not ask(one, world, count=number(3), target="y").permitted
    assert not ask(one, World(NOW, world.parts), count=number(3)).permitted


def test_a_collection_is_not_its_own_member() -> None:
    one = policy(permission=rule(target={"@type": "AssetCollection", "uid": EX + "all"}))
    assert not ask(one, target="all").permitted
    assert ask(one, World(NOW, {EX + "x": frozenset({EX + "all"})})).permitted


@pytest.mark.parametrize(
    ("conflict", "permitted"), [("perm", True), ("prohibit", False), ("invalid", False), ("", False)]
)
def test_where_both_apply_the_policy_says_which_goes_first(conflict: str, permitted: bool) -> None:
    told = {"conflict": conflict} if conflict else {}
    both = policy(permission=rule(), prohibition=rule(uid=EX + "other"), **told)
    assert ask(both).permitted == permitted
    assert ask(policy(permission=rule(), prohibition=rule(uid=EX + "other", action="sell"))).permitted


def test_one_of_several_targets_and_actions_is_enough_and_the_policy_says_it_for_all_rules() -> None:
    one = policy(permission=rule(action=["read", "sell"], target=[EX + "x", EX + "y"]))
    assert ask(one, target="y", action="sell").permitted and not ask(one, target="z").permitted
    compact = policy(target=EX + "x", assignee=EX + "alice", permission=[rule(), rule(uid=EX + "2", target=EX + "y")])
    assert ask(compact).permitted and ask(compact, target="y").permitted and not ask(compact, target="z").permitted
    assert not ask(compact, who="bob").permitted


def test_duties_and_obligations_have_a_state() -> None:
    duty = {"uid": EX + "duty", "action": "compensate"}
    one = policy(permission=rule(duty=duty), obligation={"uid": EX + "must", "action": "delete"})
    for state, permitted in (("Fulfilled", True), ("NonSet", True), ("Violated", False)):
        world = World(NOW, duties=(DutyState("told", EX + "duty", "Performed", state),))
        report = ask(one, world)
        assert report.permitted == permitted and report.rules[0].conditions == world.duties
    strange = World(NOW, duties=(DutyState("told", EX + "of-another-policy", "Unperformed", "Violated"),))
    assert ask(one, strange).permitted
    missed = World(NOW, duties=(DutyState("told", EX + "must", "Unperformed", "Violated"),))
    last = ask(one, missed).rules[-1]
    assert last.kind == "obligation" and last.active and last.conditions == missed.duties


def test_which_actions_another_one_includes() -> None:
    for wide, narrow, held in (
        ("use", "read", True), ("use", "display", True), ("play", "display", True), ("read", "use", False),
        ("transfer", "sell", True), ("use", "sell", False), ("modify", "write", True), ("use", "write", True),
        ("read", "made up", False), ("made up", "made up", True),
    ):  # fmt: skip
        assert includes(NAMESPACE + wide, NAMESPACE + narrow) == held, (wide, narrow)


def test_nothing_is_permitted_without_a_permission_or_a_question() -> None:
    assert not ask(policy()).permitted
    assert not evaluate(policy(permission=rule()), Request("empty", ()), World(NOW)).permitted


def test_what_is_not_understood_is_told_by_name() -> None:
    one = policy(permission=rule(**{"https://other.example/weight": 3}), inheritFrom=EX + "parent")
    assert set(one.unread) == {"https://other.example/weight", "inheritFrom"}
    for parts, told in (
        ({"permission": rule({"leftOperand": "count", "operator": "near", "rightOperand": 1})}, "near"),
        ({"permission": rule({"operator": "eq", "rightOperand": 1})}, "leftOperand"),
        ({"permission": rule({"and": [], "or": []})}, ""),
        ({"permission": {"action": "fly"}}, "fly"),
    ):
        if told:
            with pytest.raises(BadRequestData, match=told):
                policy(**parts)
    with pytest.raises(BadRequestData, match="0 things"):
        Reader(jsonld.read({"@type": "Asset", "uid": EX})).policy()
    for wrong in ([], "policy", [3], {"@context": 3}, {"@context": {"x": 3}}, {"@type": "Set", "uid": 3}):
        with pytest.raises(BadRequestData):
            Reader(jsonld.read(wrong)).policy()
