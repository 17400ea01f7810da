# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a policy to JSON-LD in the short form of ODRL."""

from collections.abc import Sequence
from typing import Any

from hanze.experiments.agreements.odrl.graph import BLANK, XSD, Ref, Term
from hanze.experiments.agreements.odrl.policy import Condition, Constraint, Duty, Policy, Rule, Thing
from hanze.experiments.agreements.odrl.vocabulary import CONTEXT, NAMESPACE, WORDS

Node = dict[str, Any]


def write(policy: Policy) -> Node:
    """The policy as JSON-LD; what it does not say is left out."""
    rules: dict[str, list[Node]] = {"permission": [], "prohibition": []}
    for rule in policy.rules:
        rules[rule.kind].append(_rule(rule))
    told: Node = {
        "@context": CONTEXT, "@type": policy.kind, "uid": policy.id, "profile": list(policy.profiles),
        "conflict": "" if policy.conflict == "invalid" else policy.conflict, "dct:title": policy.title,
        "dct:description": policy.about, **rules, "obligation": [_duty(one) for one in policy.obligations],
    }  # fmt: skip
    return _known(told)


def _rule(rule: Rule) -> Node:
    told = {
        **_parts(rule), "duty": [_duty(one) for one in rule.duties], "remedy": [_duty(one) for one in rule.remedies],
    }  # fmt: skip
    return _known(told)


def _duty(duty: Duty) -> Node:
    told = {**_parts(duty), "dct:description": duty.about, "consequence": [_duty(one) for one in duty.then]}
    return _known(told)


def _parts(one: Rule | Duty) -> Node:
    return {
        "uid": _own(one.id), "target": _things(one.targets, "AssetCollection"), "action": [_action(each) for each in one.actions],
        "assigner": _things(one.assigners, "PartyCollection"), "assignee": _things(one.assignees, "PartyCollection"),
        "constraint": [_condition(each) for each in one.conditions],
    }  # fmt: skip


def _things(things: Sequence[Thing], collection: str) -> list[Node]:
    return [_thing(one, collection) for one in things]


def _thing(one: Thing, collection: str) -> Node:
    """One with refinements is a part of its source and has no name of its own, so that two parts stay apart (model, 2.2.3)."""
    told: Node = {
        "@type": collection if one.collection else "", "source" if one.refinements else "uid": one.id, "schema:name": one.name,
        "schema:email": one.mail, "refinement": [_condition(each) for each in one.refinements],
    }  # fmt: skip
    return _known(told)


def _action(action: Thing) -> str | Node:
    """One with refinements stands in a node of its own (model, 2.5.2)."""
    if not action.refinements:
        return _short(action.id)
    refinements = [_condition(each) for each in action.refinements]
    return {"rdf:value": {"@id": action.id}, "refinement": refinements}


def _condition(condition: Condition) -> Node:
    if isinstance(condition, Constraint):
        right = [_term(one) for one in condition.right]
        told: Node = {
            "uid": _own(condition.id), "leftOperand": _short(condition.left), "operator": _short(condition.operator),
            "rightOperand": right[0] if len(right) == 1 else right, "unit": _short(condition.unit),
        }  # fmt: skip
        return _known(told)
    parts = [_condition(one) for one in condition.parts]
    return _known({"uid": _own(condition.id), "@type": "LogicalConstraint", condition.logic: parts})


def _term(term: Term) -> Any:
    if isinstance(term, Ref):
        return {"@id": term.iri}
    return term.text if term.type == XSD + "string" else {"@value": term.text, "@type": term.type}


def _own(id: str) -> str:
    """Empty for a thing that has no name of its own."""
    return "" if id.startswith(BLANK) else id


def _short(iri: str) -> str:
    name = iri.removeprefix(NAMESPACE)
    return name if name != iri and name in WORDS else iri


def _known(told: Node) -> Node:
    return {key: value for key, value in told.items() if value != "" and value != []}
