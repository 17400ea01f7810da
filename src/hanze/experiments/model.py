# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The entities of this room: challenges, solutions, agreements about data, trials, their plans, and what was learned."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from hanze.ngsild.described import Described

ROOM = "experiments"

ANSWERS = "The id of what it answers: a goal's challenge, a challenge, a trial."
SIMULATED = "True where a computer made it up, as in a demonstration."


class ChallengeFacts(msgspec.Struct, frozen=True):
    """A problem for which the city asks others for solutions; its history holds what was changed."""

    name: Annotated[str, Meta(description="What it is called.")]
    description: Annotated[str, Meta(description="The problem in plain words.")]
    language: Annotated[str, Meta(description="The language of its texts: a code such as nl.")]
    status: Annotated[str, Meta(description="draft, announced, open, judging, decided or withdrawn.")]
    area: Annotated[str, Meta(description="The code of the area.")] = ""
    indicator: Annotated[str, Meta(description="The code of the indicator that has to get better.")] = ""
    targets: Annotated[list[str] | None, Meta(description="Targets of the SDGs, such as 11.6.")] = None
    opens: Annotated[str, Meta(description="The first day on which can be applied, such as 2026-03-01.")] = ""
    closes: Annotated[str, Meta(description="The last day.")] = ""
    call: Annotated[
        dict[str, Any] | None,
        Meta(description="The call: text, phases with dates, eligibility, criteria with weights, budget, routes."),
    ] = None
    baseline: Annotated[
        dict[str, Any] | None,
        Meta(description="How it was when the challenge was opened, and the smallest effect that could be detected."),
    ] = None
    decision: Annotated[
        dict[str, Any] | None, Meta(description="What the jury decided and why, and figures of who applied and won.")
    ] = None
    inResponseTo: Annotated[str, Meta(description=ANSWERS)] = ""
    madeBy: Annotated[str, Meta(description="The role of who opened it.")] = ""
    simulated: Annotated[bool | None, Meta(description=SIMULATED)] = None


CHALLENGE = Described(
    "Challenge", ROOM, ChallengeFacts, frozenset({"name", "description", "simulated"}), linked=frozenset({"inResponseTo"}),
    located=True,
)  # fmt: skip


class SolutionFacts(msgspec.Struct, frozen=True):
    """What a partner offered for a challenge and the city took up; what was not chosen stays confidential."""

    name: Annotated[str, Meta(description="What it is called.")]
    description: Annotated[str, Meta(description="What it does, in plain words.")]
    offeredBy: Annotated[str, Meta(description="The name of the organisation.")]
    kind: Annotated[str, Meta(description="company, social enterprise, knowledge institute or residents' group.")]
    builtOn: Annotated[list[str] | None, Meta(description="Existing products and open source that it combines.")] = None
    inResponseTo: Annotated[str, Meta(description=ANSWERS)] = ""
    simulated: Annotated[bool | None, Meta(description=SIMULATED)] = None


SOLUTION = Described(
    "Solution", ROOM, SolutionFacts, frozenset({"name", "description", "simulated"}), linked=frozenset({"inResponseTo"}),
)  # fmt: skip


class AgreementFacts(msgspec.Struct, frozen=True):
    """Who may use which data of the city, for what, and until when; signed by both sides."""

    name: Annotated[str, Meta(description="What it is called.")]
    partner: Annotated[str, Meta(description="The name of the organisation that gets the data.")]
    status: Annotated[str, Meta(description="draft, offered, signed, suspended or ended.")]
    terms: Annotated[dict[str, Any], Meta(description="All that was agreed, as hanze.experiments.agreements.terms.")]
    policy: Annotated[dict[str, Any] | None, Meta(description="The same as an ODRL 2.2 agreement in JSON-LD.")] = None
    signatures: Annotated[
        dict[str, Any] | None, Meta(description="By side, the moment, the role of who signed, and what was signed.")
    ] = None
    stopped: Annotated[dict[str, Any] | None, Meta(description="When and why it was suspended or ended early.")] = None
    inResponseTo: Annotated[str, Meta(description=ANSWERS)] = ""
    simulated: Annotated[bool | None, Meta(description=SIMULATED)] = None


AGREEMENT = Described(
    "DataAgreement", ROOM, AgreementFacts, frozenset({"name", "simulated"}), linked=frozenset({"inResponseTo"}),
)  # fmt: skip


class ExperimentFacts(msgspec.Struct, frozen=True):
    """A trial: something that is done for a while, in a part of the city, to learn whether it works."""

    name: Annotated[str, Meta(description="What it is called.")]
    question: Annotated[str, Meta(description="What is to be learned, in a sentence.")]
    description: Annotated[str, Meta(description="What is done, in plain words.")]
    language: Annotated[str, Meta(description="The language of its texts: a code such as nl.")]
    status: Annotated[str, Meta(description="preparing, registered, running, stopped, ended, evaluated or closed.")]
    area: Annotated[str, Meta(description="The code of the area.")] = ""
    starts: Annotated[str, Meta(description="Its first day, such as 2026-03-01.")] = ""
    sunset: Annotated[str, Meta(description="The day after which it ends, unless somebody extends it.")] = ""
    room: Annotated[
        dict[str, Any] | None,
        Meta(description="The rule that is deviated from, what applies instead, who is responsible, how to object."),
    ] = None
    exits: Annotated[
        dict[str, Any] | None, Meta(description="When it stops early: for success, futility and harm, and the looks.")
    ] = None
    looks: Annotated[dict[str, Any] | None, Meta(description="What the looks so far saw.")] = None
    stopped: Annotated[dict[str, Any] | None, Meta(description="When and why it was stopped, and by whom.")] = None
    verdict: Annotated[str, Meta(description="worked, did not work, cannot tell or made it worse.")] = ""
    result: Annotated[dict[str, Any] | None, Meta(description="The result, as hanze.experiments.evaluate.result.")] = (
        None
    )
    followUp: Annotated[
        dict[str, Any] | None,
        Meta(
            description="What comes next: stop, repeat, scale or buy, with owner, date, budget and procurement route."
        ),
    ] = None
    solution: Annotated[str, Meta(description="The id of the solution that is tried.")] = ""
    agreement: Annotated[str, Meta(description="The id of the agreement about its data.")] = ""
    goals: Annotated[list[int] | None, Meta(description="Goals of the SDGs, 1 to 17, that it is for.")] = None
    extended: Annotated[
        dict[str, Any] | None,
        Meta(description="Each time that it was extended: from and to which day, by whom, and why."),
    ] = None
    ended: Annotated[str, Meta(description="The last day on which the measure was on, where it is over.")] = ""
    planted: Annotated[
        float | None,
        Meta(
            description="Where a computer made the numbers up: the true effect on the outcome as a share, such as -0.22."
        ),
    ] = None
    madeBy: Annotated[str, Meta(description="The role of who opened it.")] = ""
    inResponseTo: Annotated[str, Meta(description=ANSWERS)] = ""
    simulated: Annotated[bool | None, Meta(description=SIMULATED)] = None


EXPERIMENT = Described(
    "Experiment", ROOM, ExperimentFacts, frozenset({"name", "description", "simulated"}),
    linked=frozenset({"inResponseTo", "solution", "agreement"}), located=True,
)  # fmt: skip


class RegisteredFacts(msgspec.Struct, frozen=True):
    """How a trial will be judged, fixed before it starts; its history holds each version, and a chain of hashes binds them."""

    name: Annotated[str, Meta(description="The name of the trial.")]
    plan: Annotated[dict[str, Any], Meta(description="The plan, as hanze.experiments.trials.plan.")]
    version: Annotated[int, Meta(description="1 for the first one; later ones are changes.")]
    hash: Annotated[str, Meta(description="SHA-256 of plan, version, moment and the hash before.")]
    before: Annotated[str, Meta(description="The hash of the version before; empty for the first.")] = ""
    why: Annotated[str, Meta(description="Why it was changed, in the words of who did.")] = ""
    seen: Annotated[
        dict[str, Any] | None,
        Meta(description="Who read the outcome before, by the access log, and what that cannot know."),
    ] = None
    registeredBy: Annotated[str, Meta(description="The role of who fixed it.")] = ""
    inResponseTo: Annotated[str, Meta(description=ANSWERS)] = ""
    simulated: Annotated[bool | None, Meta(description=SIMULATED)] = None


REGISTERED = Described(
    "PreRegistration", ROOM, RegisteredFacts, frozenset({"name", "simulated"}),
    timed=frozenset({"plan", "version", "hash", "before", "why", "seen", "registeredBy"}), linked=frozenset({"inResponseTo"}),
)  # fmt: skip


class EvidenceFacts(msgspec.Struct, frozen=True):
    """What was learned from a trial and how sure that is, signed by the city, ready to be pooled with that of other cities."""

    name: Annotated[str, Meta(description="The name of the trial.")]
    verdict: Annotated[str, Meta(description="worked, did not work, cannot tell or made it worse.")]
    card: Annotated[dict[str, Any], Meta(description="The result and what it rests on.")]
    signature: Annotated[
        dict[str, Any], Meta(description="Ed25519 over the canonical JSON (RFC 8785) of the card, and the key.")
    ]
    inResponseTo: Annotated[str, Meta(description=ANSWERS)] = ""
    simulated: Annotated[bool | None, Meta(description=SIMULATED)] = None


EVIDENCE = Described(
    "Evidence", ROOM, EvidenceFacts, frozenset({"name", "simulated"}), timed=frozenset({"verdict", "card", "signature"}),
    linked=frozenset({"inResponseTo"}),
)  # fmt: skip

TYPES = (CHALLENGE, SOLUTION, AGREEMENT, EXPERIMENT, REGISTERED, EVIDENCE)
