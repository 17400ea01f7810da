# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The test cases of the ODRL Test Suite (SolidLabResearch, MIT), read as they stand: policy, request, state of the world, and the
report that is expected."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from hanze.experiments.agreements.odrl import comparing, turtle
from hanze.experiments.agreements.odrl.graph import RDF_TYPE, Graph, Ref, Term, of_type, refs
from hanze.experiments.agreements.odrl.policy import Policy, Request, World
from hanze.experiments.agreements.odrl.reading import DCT, Reader
from hanze.experiments.agreements.odrl.report import NAMESPACE, Premise, Report, RuleReport

FOLDER = Path(__file__).parents[5] / "shared/data/experiments/odrl/data"
EX = "http://example.org/"

STATES = {True: "Satisfied", False: "Unsatisfied"}
KINDS = {"permission": "PermissionReport", "prohibition": "ProhibitionReport"}


class Case(msgspec.Struct, frozen=True):
    """`id`: of the report that is expected, which stands in `graph`."""

    name: str
    policy: Policy
    request: Request
    world: World
    id: str
    graph: Graph


class Suite:
    """All cases, with each file read once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        policies = [Reader(graph).policy() for graph in self._graphs("policies")]
        requests = [Reader(graph).request() for graph in self._graphs("requests")]
        self._policies = {one.id: one for one in policies}
        self._requests = {one.id: one for one in requests}
        self._worlds = {
            next(iter(of_type(graph, EX + "Sotw"))): Reader(graph).world() for graph in self._graphs("sotw")
        }

    def _graphs(self, part: str) -> Iterator[Graph]:
        for file in sorted((self._folder / part).glob("*.ttl")):
            yield turtle.read(file.read_text("utf-8"))

    def __iter__(self) -> Iterator[Case]:
        for file in sorted((self._folder / "test_cases").glob("*.ttl")):
            graph = turtle.read(file.read_text("utf-8"))
            (case,) = of_type(graph, EX + "TestCase")
            policy, request, world, expected = (
                next(refs(graph, case, EX + name)) for name in ("policy", "request", "sotw", "expectedReport")
            )
            given = (self._policies[policy], self._requests[request], self._worlds[world])
            yield Case(file.stem, *given, expected, graph)


def differences(case: Case, report: Report) -> list[str]:
    """Where the report is another one than is expected; empty where it is the same. An expected report may lead to parts that the
    file does not have, which says nothing of them; parts to which nothing leads are looked for among all."""
    look = _Look(case.graph)
    found = look.plain(case.id, {"policy": report.policy, "policyRequest": report.request})
    if not look.value(case.id, DCT + "created", report.created):
        found.append("created is another moment")
    wanted = list(refs(case.graph, case.id, NAMESPACE + "ruleReport"))
    if len(wanted) != len(report.rules):
        return [*found, f"{len(report.rules)} rules in the place of {len(wanted)}"]
    for id in wanted:
        rule = next(iter(refs(case.graph, id, NAMESPACE + "rule")))
        mine = [one for one in report.rules if one.rule == rule]
        found += look.rule(id, mine[0]) if len(mine) == 1 else [f"nothing is told of rule {rule}"]
    return found + look.loose(report)


class _Look:
    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def plain(self, id: str, told: dict[str, str]) -> list[str]:
        """Where what is told of a report, by the names of its properties, is another thing than expected."""
        wanted = {name: [one.rpartition("#")[2] for one in refs(self._graph, id, NAMESPACE + name)] for name in told}
        return [
            f"{name} of {id} is {told[name]} and not {one[0]}"
            for name, one in wanted.items()
            if one and one[0] != told[name].rpartition("#")[2]
        ]

    def value(self, id: str, property: str, mine: Term | None) -> bool:
        wanted = self._graph.get(id, {}).get(property, ())
        return not wanted or (mine is not None and comparing.same(wanted[0], mine))

    def rule(self, id: str, mine: RuleReport) -> list[str]:
        state = "Active" if mine.active else "Inactive"
        told = {"attemptState": "Attempted", "ruleRequest": mine.asked, "activationState": state}
        found = self.plain(id, told)
        if not self.is_a(id, KINDS[mine.kind]):
            found.append(f"{id} is no {KINDS[mine.kind]}")
        conditions = set(refs(self._graph, id, NAMESPACE + "conditionReport"))
        if conditions != {one.id for one in mine.conditions}:
            found.append(f"conditions of {id} are {mine.conditions}")
        return found + self._same(list(refs(self._graph, id, NAMESPACE + "premiseReport")), mine.premises)

    def is_a(self, id: str, type: str) -> bool:
        return NAMESPACE + type in refs(self._graph, id, RDF_TYPE)

    def _same(self, wanted: list[str], mine: tuple[Premise, ...]) -> list[str]:
        """Each one that is expected has one of mine, and none is left."""
        if len(wanted) != len(mine):
            return [f"{len(mine)} premises in the place of {len(wanted)}"]
        left = list(mine)
        for id in sorted(wanted, key=lambda one: one not in self._graph):
            match = next((one for one in left if id not in self._graph or self.premise(id, one)), None)
            if match is None:
                return [f"no premise is as {id}: {self._graph[id]}"]
            left.remove(match)
        return []

    def premise(self, id: str, mine: Premise) -> bool:
        told = {"satisfactionState": STATES[mine.satisfied]}
        if mine.constraint:
            told["constraint"] = mine.constraint
        if mine.logic:
            told["constraintLogicalOperand"] = mine.logic
        given = {"constraintLeftOperand": mine.left, "constraintRightOperand": next(iter(mine.right), None)}
        if not self.is_a(id, f"{mine.kind}Report") or not all(
            self.value(id, NAMESPACE + a, b) for a, b in given.items()
        ):
            return False
        operator = {one.rpartition("/")[2] for one in refs(self._graph, id, NAMESPACE + "constraintOperator")}
        if operator - {mine.operator.rpartition("/")[2]}:
            return False
        logic = {one.rpartition("/")[2] for one in refs(self._graph, id, NAMESPACE + "constraintLogicalOperand")}
        told.pop("constraintLogicalOperand", None)
        wanted = list(refs(self._graph, id, NAMESPACE + "premiseReport"))
        return logic <= {mine.logic} and not self.plain(id, told) and not self._same(wanted, mine.parts)

    def loose(self, report: Report) -> list[str]:
        """Parts to which nothing leads: each is as one of mine, of any rule."""
        led = {
            ref.iri for told in self._graph.values() for terms in told.values() for ref in terms if isinstance(ref, Ref)
        }
        all = [part for rule in report.rules for one in rule.premises for part in _down(one)]
        return [
            f"nothing is as {id}, to which nothing leads: {told}"
            for id, told in self._graph.items()
            if id not in led
            and NAMESPACE + "satisfactionState" in told
            and not any(self.premise(id, one) for one in all)
        ]


def _down(premise: Premise) -> Iterator[Premise]:
    yield premise
    for one in premise.parts:
        yield from _down(one)
