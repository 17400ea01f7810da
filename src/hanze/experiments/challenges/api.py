# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Challenges as resources of /v1: the call with its rules and criteria, its baseline, and the decision."""

from typing import Annotated

import msgspec
from msgspec import Meta

from hanze.experiments.challenges import deciding, keeping
from hanze.experiments.challenges.call import Baseline, Call
from hanze.experiments.challenges.deciding import Decision
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.phases import Phase
from hanze.experiments.model import CHALLENGE
from hanze.goals.indicators.known import Known
from hanze.http.operation import Caller, Nothing, Operation

TAG = "challenges"

Code = Annotated[str, Meta(description="the code of a challenge, as the list of challenges gives it")]


class Listed(msgspec.Struct, frozen=True, rename="camel"):
    """A challenge. `phase`: as its days and the decision make it; `opens`, `closes`: first and last day to apply."""

    code: str
    id: str
    name: str
    phase: Phase
    opens: str
    closes: str
    area: str
    targets: list[str]


class Challenges(msgspec.Struct, frozen=True, rename="camel"):
    """All that were published, the newest first."""

    items: list[Listed]


class Whole(Listed, frozen=True, rename="camel"):
    """A challenge with all that its page says. `answers`: the id of what it was opened for, empty for nothing."""

    description: str
    language: str
    indicator: str
    answers: str
    call: Call
    baseline: Baseline | None
    decision: Decision | None


class Asked(msgspec.Struct, frozen=True, rename="camel"):
    code: Code


def challenges(caller: Caller, asked: Nothing) -> Challenges:
    """Those that the caller may see; what is being written is never here, nor what is in applications."""
    caller.access.note_read(caller.principal, "", (CHALLENGE.iri,), ())
    return Challenges([Listed(*_facts(one)) for one in keeping.read(caller.store, caller.scope)])


def challenge(caller: Caller, asked: Asked) -> Whole:
    """With its call, baseline and decision."""
    caller.access.note_read(caller.principal, "", (CHALLENGE.iri,), ())
    one = keeping.find(caller.store, caller.tool(Known).city, asked.code, caller.scope)
    facts = one.facts
    return Whole(
        *_facts(one), facts.description, facts.language, facts.indicator, facts.inResponseTo, one.call, one.baseline,
        deciding.decision(one),
    )  # fmt: skip


def _facts(one: Challenge) -> tuple[str, str, str, Phase, str, str, str, list[str]]:
    """The phase is the one that was kept last, which follows the days of the city within a minute."""
    facts = one.facts
    now: Phase = msgspec.convert(facts.status, Phase)
    return one.code, one.id, facts.name, now, facts.opens, facts.closes, facts.area, list(facts.targets or ())


OPERATIONS = (
    Operation(
        path="/challenges", name="listChallenges", summary="What the city asks others to solve", tag=TAG,
        handler=challenges, answer=Challenges,
    ),
    Operation(
        path="/challenges/{code}", name="getChallenge", summary="A challenge with its call, baseline and decision", tag=TAG,
        handler=challenge, answer=Whole, asked=Asked,
    ),
)  # fmt: skip

TAGS = (
    (TAG, "What the city asks others to solve: the call, its rules and criteria, and what was decided, with reasons."),
)
