# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a story says: a challenge with its applications and decision, an agreement, a trial with its plan, and what came after."""

from collections.abc import Mapping
from typing import Any

import msgspec

from hanze.experiments.agreements.terms import Terms
from hanze.experiments.challenges.call import Criterion, Rules
from hanze.experiments.challenges.submissions import Offer
from hanze.experiments.organisations.keeping import Kind, Locality, Size
from hanze.experiments.routes import Route
from hanze.experiments.trials.deviation import Deviation
from hanze.experiments.trials.followup import What
from hanze.experiments.trials.plan import Plan

Moment = str
"""A day such as 2026-03-01, which stands for its noon, or 2026-03-01T09:30; by the clocks of the city."""


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Party(_Part, frozen=True, kw_only=True):
    """An organisation; one of this name that the city knows already is taken as it is. `id`: how the story calls it."""

    id: str
    name: str
    kind: Kind
    size: Size
    locality: Locality
    newcomer: bool = False
    contact: str


class Asked(_Part, frozen=True, kw_only=True):
    """A question about the call, and its answer."""

    at: Moment
    question: str
    answer: str


class Calling(_Part, frozen=True, kw_only=True):
    """What a challenge asks (hanze.experiments.challenges.call). `decided`, `begins`, `ends`: days. `weeks`, `streets`: how long
    and in how many places can be tried; 0 weeks: what such a trial could show is not worked out."""

    text: str
    decided: str
    begins: str = ""
    ends: str = ""
    budget: int = 0
    places: int = 1
    rights: str
    routes: tuple[Route, ...]
    after: str = ""
    rules: Rules = Rules()
    criteria: tuple[Criterion, ...]
    weeks: int = 0
    streets: int = 1


class Challenged(_Part, frozen=True, kw_only=True):
    """`code`: the last word of the address of its page. `published`: when everyone could read it; `opens`, `closes`: the first and
    last day to apply."""

    code: str
    name: str
    description: str
    published: Moment
    opens: str
    closes: str
    area: str = ""
    indicator: str = ""
    targets: tuple[str, ...] = ()
    call: Calling
    questions: tuple[Asked, ...] = ()


class Application(_Part, frozen=True, kw_only=True):
    """`by`: the organisation, as the story calls it. `chosen`, `why`: what was decided, and the reason."""

    by: str
    sent: Moment
    offer: Offer
    chosen: bool
    why: str


class Judged(_Part, frozen=True, kw_only=True):
    """What one juror gave one application: a score for each criterion, in their order, and why."""

    scores: tuple[int, ...]
    why: str


class Juror(_Part, frozen=True, kw_only=True):
    """`judged`: by organisation. `interests`: organisations whose application is not judged, and what the interest is (`tells`)."""

    at: Moment
    judged: Mapping[str, Judged]
    interests: tuple[str, ...] = ()
    tells: str = ""


class Agreeing(_Part, frozen=True, kw_only=True):
    """A data agreement: when it was offered, and when each side signed. `ended`: early, and `why`."""

    code: str
    offered: Moment
    city: Moment
    partner: Moment
    terms: Terms
    ended: Moment = ""
    why: str = ""


class Change(_Part, frozen=True, kw_only=True):
    """`plan`: the fields that differ from then on."""

    at: Moment
    why: str
    plan: dict[str, Any]


class Extension(_Part, frozen=True, kw_only=True):
    at: Moment
    until: str
    by: str
    why: str


class Stopped(_Part, frozen=True, kw_only=True):
    at: Moment
    why: str


class Answers(_Part, frozen=True, kw_only=True):
    """To the survey of the plan: of one wave (counted from 1) and area, how often each answer was given, in their order."""

    wave: int
    area: str
    counts: tuple[int, ...]


class Follow(_Part, frozen=True, kw_only=True):
    """What came after the verdict (hanze.experiments.trials.followup); `done`: when, and what `came` of it."""

    at: Moment
    what: What
    why: str
    owner: str
    by: str
    route: str = "none"
    budget: float | None = None
    done: Moment = ""
    came: str = ""


class Trying(_Part, frozen=True, kw_only=True):
    """`solution`: the organisation whose solution is tried, as the story calls it. `planted`: where a computer made the numbers up,
    the true effect on the outcome as a share (-0.22: 22 % less). `started`: empty where it did not begin yet. That it
    ended by itself follows from its last day, and what it found from the data: the node judges it."""

    code: str
    name: str
    question: str
    description: str
    opened: Moment
    area: str = ""
    goals: tuple[int, ...] = ()
    solution: str = ""
    planted: float | None = None
    room: Deviation | None = None
    plan: Plan
    fixed: Moment
    started: Moment = ""
    changes: tuple[Change, ...] = ()
    extensions: tuple[Extension, ...] = ()
    stopped: Stopped | None = None
    answers: tuple[Answers, ...] = ()
    follow_ups: tuple[Follow, ...] = ()
    closed: Moment = ""


class Story(_Part, frozen=True, kw_only=True):
    """`language`: of its texts. `simulated`: a computer made all of it up; everything that comes of it says so."""

    language: str
    simulated: bool
    organisations: tuple[Party, ...] = ()
    challenge: Challenged | None = None
    applications: tuple[Application, ...] = ()
    jury: tuple[Juror, ...] = ()
    decided: Moment = ""
    agreement: Agreeing | None = None
    trial: Trying | None = None
