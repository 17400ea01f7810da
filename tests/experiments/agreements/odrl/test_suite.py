# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""All test cases of the ODRL Test Suite come out as they are expected."""

import time
from collections.abc import Sequence

import msgspec
import pytest

from hanze.experiments.agreements.odrl.evaluating import evaluate
from tests.experiments.agreements.odrl.suite import FOLDER, Case, Suite, differences

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"{FOLDER} is not there: the ODRL Test Suite")

CASES = 68


@pytest.fixture(scope="module")
def cases() -> Sequence[Case]:
    pytest.importorskip("rdflib", reason="hanze[experiments] is not installed")
    return list(Suite())


def test_all_cases_come_out_as_expected(cases: Sequence[Case]) -> None:
    wrong = {
        one.name: found for one in cases if (found := differences(one, evaluate(one.policy, one.request, one.world)))
    }
    print(f"{len(cases) - len(wrong)} of {len(cases)} ODRL test cases")
    assert wrong == {} and len(cases) == CASES


def test_another_report_is_seen_to_be_another_one(cases: Sequence[Case]) -> None:
    """The comparison would notice: each rule that applies when it does not, and each part that is met when it is not."""
    for one in cases:
        report = evaluate(one.policy, one.request, one.world)
        (rule,) = report.rules
        turned = msgspec.structs.replace(rule, active=not rule.active)
        assert differences(one, msgspec.structs.replace(report, rules=(turned,))), one.name
        for number, premise in enumerate(rule.premises):
            other = msgspec.structs.replace(premise, satisfied=not premise.satisfied)
            premises = (*rule.premises[:number], other, *rule.premises[number + 1 :])
            changed = msgspec.structs.replace(rule, premises=premises)
            assert differences(one, msgspec.structs.replace(report, rules=(changed,))), (one.name, number)


def test_a_policy_with_hundreds_of_nested_constraints_takes_no_time(cases: Sequence[Case]) -> None:
    large = max(cases, key=lambda one: sum(len(rule.conditions) for rule in one.policy.rules) and len(str(one.policy)))
    (condition,) = large.policy.rules[0].conditions
    assert len(condition.parts) > 260  # type: ignore[union-attr]
    began = time.perf_counter()
    for _ in range(20):
        evaluate(large.policy, large.request, large.world)
    assert (time.perf_counter() - began) / 20 < 0.05
