# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a policy permits what is asked, in the state that the world is in.

Source: ODRL Information Model 2.2 (sections 2.4 to 2.10), ODRL Formal Semantics (W3C draft), and the compliance report model.
"""

from collections.abc import Iterator, Sequence

from hanze.experiments.agreements.odrl import comparing
from hanze.experiments.agreements.odrl.graph import Term
from hanze.experiments.agreements.odrl.policy import (
    Asked,
    Condition,
    Constraint,
    Duty,
    DutyState,
    Logical,
    Policy,
    Request,
    Rule,
    Thing,
    World,
)
from hanze.experiments.agreements.odrl.report import Premise, Report, RuleReport
from hanze.experiments.agreements.odrl.vocabulary import NAMESPACE, includes

NOW = NAMESPACE + "dateTime"


def evaluate(policy: Policy, request: Request, world: World) -> Report:
    """Each rule against each part of the request, and what follows of all of them."""
    found = tuple(_rule(policy, rule, asked, world) for asked in request.asked for rule in policy.rules)
    duties = tuple(_obligation(duty, world) for duty in policy.obligations)
    permitted = bool(request.asked) and all(_permitted(policy, found, asked.id) for asked in request.asked)
    return Report(policy.id, request.id, world.now, found + duties, permitted)


def _permitted(policy: Policy, reports: Sequence[RuleReport], asked: str) -> bool:
    """Some permission applies and no prohibition, or permissions go first; where both apply and the policy does not say which one
    goes first, all of it is void (model, 2.10)."""
    active = {one.kind for one in reports if one.active and one.asked == asked}
    return "permission" in active and ("prohibition" not in active or policy.conflict == "perm")


def _obligation(duty: Duty, world: World) -> RuleReport:
    state = _state(duty, world)
    return RuleReport("obligation", duty.id, "", (), (state,), state.deontic == "Violated")


def _rule(policy: Policy, rule: Rule, asked: Asked, world: World) -> RuleReport:
    premises = tuple(_premises(rule, asked, world))
    states = tuple(_states(policy, rule.duties, world))
    duties = {duty.id for duty in rule.duties}
    violated = any(one.deontic == "Violated" and one.rule in duties for one in states)
    active = all(one.satisfied for one in premises) and not violated
    return RuleReport(rule.kind, rule.id, asked.id, premises, states, active)


def _premises(rule: Rule, asked: Asked, world: World) -> Iterator[Premise]:
    if rule.targets:
        yield Premise("Target", any(_is(one, asked.target, asked, world) for one in rule.targets))
    if rule.assignees:
        yield Premise("Party", any(_is(one, asked.assignee, asked, world) for one in rule.assignees))
    if rule.actions:
        yield Premise("Action", any(_does(one, asked, world) for one in rule.actions))
    for condition in rule.conditions:
        yield _condition(condition, asked, world, "")


def _is(thing: Thing, given: str, asked: Asked, world: World) -> bool:
    """What is given is the thing, or part of it where that is a collection; and it is as the refinements say."""
    member = thing.id in world.parts.get(given, ())
    if not (member if thing.collection else given == thing.id):
        return False
    return all(_condition(one, asked, world, given).satisfied for one in thing.refinements)


def _does(action: Thing, asked: Asked, world: World) -> bool:
    return includes(action.id, asked.action) and all(
        _condition(one, asked, world, "").satisfied for one in action.refinements
    )


def _condition(condition: Condition, asked: Asked, world: World, subject: str) -> Premise:
    """`subject`: the thing of which facts are looked up."""
    if isinstance(condition, Logical):
        return _logical(condition, asked, world, subject)
    left = _left(condition, asked, world, subject)
    held = comparing.holds(
        condition.operator, left, condition.right, lambda one, other: other in world.parts.get(one, ())
    )
    return Premise(
        "Constraint", held, condition.id, left[0] if left else None, condition.operator, condition.right
    )  # fmt: skip


def _logical(condition: Logical, asked: Asked, world: World, subject: str) -> Premise:
    parts = tuple(_condition(one, asked, world, subject) for one in condition.parts)
    held = [one.satisfied for one in parts]
    satisfied = {"or": any(held), "xone": held.count(True) == 1}.get(condition.logic, all(held))
    return Premise("Constraint", satisfied, condition.id, logic=condition.logic, parts=parts)


def _left(condition: Constraint, asked: Asked, world: World, subject: str) -> tuple[Term, ...]:
    """The moment is that of the world; all else is told of the subject, of the request, or of the world as a whole."""
    if condition.left == NOW:
        return (world.now,)
    for told in (world.facts.get(subject, {}) if subject else {}, asked.context, world.facts.get("", {})):
        if condition.left in told:
            return told[condition.left]
    return ()


def _states(policy: Policy, duties: Sequence[Duty], world: World) -> Iterator[DutyState]:
    """How it stands with duties. Where the world tells nothing of one, what it tells of duties of other policies stands there to be
    seen; it does not count. Else nothing is known of it."""
    own = set(_ids(policy))
    strange = [one for one in world.duties if one.rule not in own]
    for duty in duties:
        told = [one for one in world.duties if one.rule == duty.id]
        yield from told or strange or [_state(duty, world)]


def _state(duty: Duty, world: World) -> DutyState:
    return next((one for one in world.duties if one.rule == duty.id), DutyState("", duty.id))


def _ids(policy: Policy) -> Iterator[str]:
    for rule in policy.rules:
        yield from (one.id for one in (*rule.duties, *rule.remedies))
    yield from (one.id for one in policy.obligations)
