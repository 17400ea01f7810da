# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From statements to a policy, a request and the state of the world."""

from collections.abc import Iterable, Iterator

from hanze.errors import BadRequestData
from hanze.experiments.agreements.odrl.graph import RDF_TYPE, Graph, Ref, Term, of_type, refs
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
from hanze.experiments.agreements.odrl.report import NAMESPACE as REPORT
from hanze.experiments.agreements.odrl.vocabulary import LOGICAL, NAMESPACE, OPERATORS, POLICIES, PREFIXES
from hanze.ngsild.checks import shown

DCT = PREFIXES["dct"]
NAMES = (PREFIXES["foaf"] + "name", PREFIXES["schema"] + "name", PREFIXES["vcard"] + "fn")
MAILS = (PREFIXES["schema"] + "email", PREFIXES["vcard"] + "hasEmail")
SOTW = "https://w3id.org/force/sotw#"
NOW = "http://example.com/request/currentTime"
"""How the test suite of ODRL names the present."""

DEEPEST = 50
"""Conditions within conditions."""

_ODRL = {
    one: NAMESPACE + one
    for one in (
        "permission", "prohibition", "obligation", "duty", "remedy", "consequence", "target", "action", "assignee",
        "assigner", "constraint", "refinement", "leftOperand", "operator", "rightOperand", "unit", "profile", "conflict",
        "partOf", "source", "uid", "dataType",
    )
}  # fmt: skip

_PLAIN = {RDF_TYPE, _ODRL["uid"], DCT + "source"}
"""What says nothing that has to be understood."""


class Reader:
    """Reads one graph, and notes by name what it does not understand."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._unread: dict[str, None] = {}

    def policy(self, id: str = "") -> Policy:
        """The policy with this id, or the only one. Errors: BadRequestData."""
        kinds = {one: kind for kind in POLICIES for one in of_type(self._graph, NAMESPACE + kind) if kind != "Request"}
        id = id or _only(kinds, "policy")
        if id not in kinds:
            raise BadRequestData(f"There is no policy {shown(id)}; give one of type {', '.join(POLICIES)} of ODRL.")
        used = (
            "permission",
            "prohibition",
            "obligation",
            "profile",
            "conflict",
            "target",
            "action",
            "assignee",
            "assigner",
        )
        self._look(id, used, (DCT + "title", DCT + "description"))
        common = {name: self._things(id, name) for name in ("target", "action", "assignee", "assigner")}
        rules = [
            *self._rules(id, "permission", common),
            *self._rules(id, "prohibition", common),
        ]
        conflict = next(refs(self._graph, id, _ODRL["conflict"]), NAMESPACE + "invalid").removeprefix(NAMESPACE)
        obligations = tuple(self._duty(one, common) for one in refs(self._graph, id, _ODRL["obligation"]))
        return Policy(
            id, kinds[id], tuple(rules), obligations, tuple(refs(self._graph, id, _ODRL["profile"])), conflict,
            self._text(id, DCT + "title"), self._text(id, DCT + "description"), tuple(self._unread),
        )  # fmt: skip

    def request(self, id: str = "") -> Request:
        """The request with this id, or the only one. Errors: BadRequestData."""
        id = id or _only(of_type(self._graph, NAMESPACE + "Request"), "request")
        return Request(id, tuple(self._asked(one) for one in refs(self._graph, id, _ODRL["permission"])))

    def _asked(self, id: str) -> Asked:
        context: dict[str, tuple[Term, ...]] = {}
        for property in (SOTW + "context", _ODRL["constraint"]):
            for one in refs(self._graph, id, property):
                found = self._constraint(one)
                context[found.left] = (*context.get(found.left, ()), *found.right)
        action, target, assignee = (
            next(refs(self._graph, id, _ODRL[name]), "") for name in ("action", "target", "assignee")
        )
        return Asked(id, action, target, assignee, context)

    def world(self) -> World:
        """All that the graph tells of the state of the world. Errors: BadRequestData where it has no present."""
        now = self._graph.get(NOW, {}).get(DCT + "issued")
        if not now:
            raise BadRequestData(f"The state of the world has no present; give {NOW} with dct:issued.")
        parts = {
            one: frozenset(refs(self._graph, one, _ODRL["partOf"]))
            for one in self._graph
            if _ODRL["partOf"] in self._graph[one]
        }
        duties = tuple(self._state(one) for one in of_type(self._graph, REPORT + "DutyReport"))
        return World(now[0], parts, duties, self._facts())

    def _state(self, id: str) -> DutyState:
        told = [
            next(refs(self._graph, id, REPORT + name), "").removeprefix(REPORT)
            for name in ("performanceState", "deonticState")
        ]
        return DutyState(id, next(refs(self._graph, id, REPORT + "rule"), ""), *told)

    def _facts(self) -> dict[str, dict[str, tuple[Term, ...]]]:
        """What is said of things by properties that are left operands too."""
        return {
            thing: {property: tuple(terms) for property, terms in told.items() if property not in _PLAIN}
            for thing, told in self._graph.items()
        }

    def _rules(self, policy: str, kind: str, common: dict[str, tuple[Thing, ...]]) -> Iterator[Rule]:
        for id in refs(self._graph, policy, _ODRL[kind]):
            used = ("target", "action", "assignee", "assigner", "constraint", "duty", "remedy")
            self._look(id, used, (DCT + "description",))
            own = {name: self._things(id, name) or common[name] for name in common}
            duties = tuple(self._duty(one, common) for one in refs(self._graph, id, _ODRL["duty"]))
            remedies = tuple(self._duty(one, common) for one in refs(self._graph, id, _ODRL["remedy"]))
            yield Rule(
                id, "permission" if kind == "permission" else "prohibition", own["action"], own["target"], own["assignee"],
                own["assigner"], self._conditions(id, "constraint"), duties, remedies,
            )  # fmt: skip

    def _duty(self, id: str, common: dict[str, tuple[Thing, ...]], depth: int = 0) -> Duty:
        _bounded(depth, id)
        used = ("target", "action", "assignee", "assigner", "constraint", "consequence")
        self._look(id, used, (DCT + "description",))
        then = tuple(self._duty(one, common, depth + 1) for one in refs(self._graph, id, _ODRL["consequence"]))
        own = {name: self._things(id, name) for name in ("target", "assignee", "assigner")}
        own = {name: found or common[name] for name, found in own.items()}
        return Duty(
            id, self._things(id, "action"), own["target"], own["assignee"], own["assigner"],
            self._conditions(id, "constraint"), then, self._text(id, DCT + "description"),
        )  # fmt: skip

    def _things(self, rule: str, property: str) -> tuple[Thing, ...]:
        return tuple(self._thing(one, property) for one in refs(self._graph, rule, _ODRL[property]))

    def _thing(self, id: str, property: str) -> Thing:
        types = set(refs(self._graph, id, RDF_TYPE))
        collection = not types.isdisjoint({NAMESPACE + "AssetCollection", NAMESPACE + "PartyCollection"})
        # An action with refinements stands in a node of its own, which names it by rdf:value (model, 2.4 and 2.5.2).
        value = next(refs(self._graph, id, PREFIXES["rdf"] + "value"), "") if property == "action" else ""
        self._look(id, ("refinement", "source", "partOf"), (PREFIXES["rdf"] + "value", *NAMES, *MAILS))
        source = next(refs(self._graph, id, _ODRL["source"]), "") if self._anonymous(id) else ""
        return Thing(
            value or source or id, collection, self._conditions(id, "refinement"),
            self._first(id, NAMES), self._first(id, MAILS).removeprefix("mailto:"),
        )  # fmt: skip

    def _anonymous(self, id: str) -> bool:
        """It has no name of its own, only a source."""
        return id.startswith("_:")

    def _conditions(self, id: str, property: str) -> tuple[Condition, ...]:
        return tuple(self._condition(one) for one in refs(self._graph, id, _ODRL[property]))

    def _condition(self, id: str, depth: int = 0) -> Condition:
        _bounded(depth, id)
        logic = [one for one in LOGICAL if NAMESPACE + one in self._graph.get(id, {})]
        if not logic:
            return self._constraint(id)
        if len(logic) > 1:
            raise BadRequestData(f"Constraint {shown(id)} has {' and '.join(logic)}; give one of them.")
        self._look(id, logic)
        parts = tuple(self._condition(one, depth + 1) for one in refs(self._graph, id, NAMESPACE + logic[0]))
        return Logical(id, logic[0], parts)  # type: ignore[arg-type]

    def _constraint(self, id: str) -> Constraint:
        left, operator = (next(refs(self._graph, id, _ODRL[one]), "") for one in ("leftOperand", "operator"))
        right = tuple(self._graph.get(id, {}).get(_ODRL["rightOperand"], ()))
        if not left:
            raise BadRequestData(f"Constraint {shown(id)} has no leftOperand; give one, such as dateTime.")
        if operator not in OPERATORS:
            raise BadRequestData(
                f"operator of constraint {shown(id)} is {shown(operator)}; give one of ODRL, such as eq or lteq."
            )
        if not right:
            raise BadRequestData(
                f"Constraint {shown(id)} has no rightOperand; give the value that it is compared with."
            )
        self._look(id, ("leftOperand", "operator", "rightOperand", "unit", "dataType"))
        return Constraint(id, left, operator, right, next(refs(self._graph, id, _ODRL["unit"]), ""))

    def _text(self, id: str, property: str) -> str:
        return next((one.text for one in self._graph.get(id, {}).get(property, ()) if not isinstance(one, Ref)), "")

    def _first(self, id: str, properties: Iterable[str]) -> str:
        for property in properties:
            for term in self._graph.get(id, {}).get(property, ()):
                return term.iri if isinstance(term, Ref) else term.text
        return ""

    def _look(self, id: str, used: Iterable[str], more: Iterable[str] = ()) -> None:
        """Notes what the thing is told to have beyond that."""
        known = {NAMESPACE + one for one in used} | set(more) | _PLAIN
        for property in self._graph.get(id, {}):
            if property not in known:
                self._unread[property.removeprefix(NAMESPACE)] = None


def _only(found: Iterable[str], what: str) -> str:
    ids = list(found)
    if len(ids) != 1:
        raise BadRequestData(f"There are {len(ids)} things that are a {what}; give one, or say which one is meant.")
    return ids[0]


def _bounded(depth: int, id: str) -> None:
    if depth > DEEPEST:
        raise BadRequestData(f"{shown(id)} holds itself, or more than {DEEPEST} levels; give fewer.")
