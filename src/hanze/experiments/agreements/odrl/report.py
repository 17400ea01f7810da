# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What comes of a request: per rule whether it applies, and for each of its parts whether that is so.

Source: the compliance report model (https://w3id.org/force/compliance-report), whose words these are.
"""

from __future__ import annotations

import msgspec

from hanze.experiments.agreements.odrl.graph import Term
from hanze.experiments.agreements.odrl.policy import DutyState, Kind

NAMESPACE = "https://w3id.org/force/compliance-report#"


class Premise(msgspec.Struct, frozen=True):
    """`kind`: Action, Party, Target or Constraint. Of a constraint: its id, the value that was found (None: none), operator and
    right operand, or the logic by which its parts are joined."""

    kind: str
    satisfied: bool
    constraint: str = ""
    left: Term | None = None
    operator: str = ""
    right: tuple[Term, ...] = ()
    logic: str = ""
    parts: tuple[Premise, ...] = ()


class RuleReport(msgspec.Struct, frozen=True):
    """`active`: the rule applies to what was asked. `conditions`: how it stands with duties."""

    kind: Kind
    rule: str
    asked: str
    premises: tuple[Premise, ...]
    conditions: tuple[DutyState, ...] = ()
    active: bool = False


class Report(msgspec.Struct, frozen=True):
    """`created`: the moment of the world. `permitted`: all that was asked may be done."""

    policy: str
    request: str
    created: Term
    rules: tuple[RuleReport, ...]
    permitted: bool
