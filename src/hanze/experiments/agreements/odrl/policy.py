# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A policy as values: rules about who may, must or must not do what with which thing, and under which conditions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from hanze.experiments.agreements.odrl.graph import Term

Logic = Literal["and", "or", "xone", "andSequence"]

Kind = Literal["permission", "prohibition", "obligation"]


class Constraint(msgspec.Struct, frozen=True):
    """`left`: the IRI of what is looked at; `operator`: an IRI; `right`: one value, or several for a set."""

    id: str
    left: str
    operator: str
    right: tuple[Term, ...]
    unit: str = ""


class Logical(msgspec.Struct, frozen=True):
    id: str
    logic: Logic
    parts: tuple[Condition, ...]


Condition = Constraint | Logical


class Thing(msgspec.Struct, frozen=True):
    """An asset, a party or an action. `collection`: what is part of it is meant. `refinements`: which parts of it."""

    id: str
    collection: bool = False
    refinements: tuple[Condition, ...] = ()
    name: str = ""
    mail: str = ""


class Duty(msgspec.Struct, frozen=True):
    """What has to be done. `then`: what has to be done where it was not (consequence)."""

    id: str
    actions: tuple[Thing, ...] = ()
    targets: tuple[Thing, ...] = ()
    assignees: tuple[Thing, ...] = ()
    assigners: tuple[Thing, ...] = ()
    conditions: tuple[Condition, ...] = ()
    then: tuple[Duty, ...] = ()
    about: str = ""
    """A text that says what."""


class Rule(msgspec.Struct, frozen=True):
    """A permission or a prohibition. Where a part is empty the rule holds for all of it; of several one is enough.
    `duties`: of a permission; `remedies`: of a prohibition."""

    id: str
    kind: Literal["permission", "prohibition"]
    actions: tuple[Thing, ...] = ()
    targets: tuple[Thing, ...] = ()
    assignees: tuple[Thing, ...] = ()
    assigners: tuple[Thing, ...] = ()
    conditions: tuple[Condition, ...] = ()
    duties: tuple[Duty, ...] = ()
    remedies: tuple[Duty, ...] = ()


class Policy(msgspec.Struct, frozen=True):
    """`kind`: Set, Offer, Agreement … `conflict`: perm, prohibit or invalid (model, 2.10). `unread`: what stands in it and was
    not understood, by name, so that nothing of it is dropped in silence."""

    id: str
    kind: str
    rules: tuple[Rule, ...] = ()
    obligations: tuple[Duty, ...] = ()
    profiles: tuple[str, ...] = ()
    conflict: str = "invalid"
    title: str = ""
    about: str = ""
    unread: tuple[str, ...] = ()


class Asked(msgspec.Struct, frozen=True):
    """What somebody wants to do. `context`: by IRI of a left operand, what it is at this request, such as its purpose."""

    id: str
    action: str = ""
    target: str = ""
    assignee: str = ""
    context: Mapping[str, tuple[Term, ...]] = {}


class Request(msgspec.Struct, frozen=True):
    id: str
    asked: tuple[Asked, ...]


class DutyState(msgspec.Struct, frozen=True):
    """How it stands with a duty. `rule`: the id of the duty; the states as the compliance report model names them."""

    id: str
    rule: str
    performance: str = "Unknown"
    deontic: str = "NonSet"


class World(msgspec.Struct, frozen=True):
    """The state of the world. `now`: a moment as xsd:dateTime. `parts`: a thing to the collections that it is part of.
    `duties`: how it stands with them. `facts`: by thing and IRI of a left operand, what is known of it."""

    now: Term
    parts: Mapping[str, frozenset[str]] = {}
    duties: tuple[DutyState, ...] = ()
    facts: Mapping[str, Mapping[str, tuple[Term, ...]]] = {}
