# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a trial will be judged, fixed before it starts: all that its evaluation needs, so that nothing is chosen afterwards.

Source: the questions of a pre-registration: OSF Preregistration (hypotheses with direction, existing data, stopping rule, models,
inference criteria, exclusions), AEA RCT Registry (units, clusters, randomisation).
"""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Literal, get_args

import msgspec

from hanze.errors import BadRequestData
from hanze.errors import mark as _
from hanze.experiments.evaluate.question import Better, Design, Event, Question
from hanze.experiments.told import Told
from hanze.experiments.trials import countries, days, exits, outcome
from hanze.experiments.trials.days import Stretch
from hanze.experiments.trials.exits import Exits
from hanze.experiments.trials.outcome import UNITS, Measured, Outcome, Surveyed, Units, Wrong
from hanze.ngsild import times

Existing = Literal["not created", "not observed", "not accessed", "accessed", "analysed"]
"""What was there of the outcome when the plan was fixed: the five answers of OSF Preregistration."""

EXISTING: tuple[Existing, ...] = get_args(Existing)

Season = Literal["", "month", "weekday", "hour"]
"""What comes back by itself and is taken out: the month of the year, the day of the week, the hour of the day."""

Cluster = Literal["unit", "area"]
"""What is independent of each other: each unit, or only the areas in which they lie."""

OUTCOME, TIME, UNIT, ON, FIRST, SEASON, CLUSTER, WEIGHT, PLACEBO = (
    "outcome", "time", "unit", "on", "first", "season", "cluster", "weight", "placebo",
)  # fmt: skip
"""Columns of the table that is evaluated."""

COMPARING: frozenset[Design] = frozenset({"did", "event-study", "staggered", "synthetic-control", "sdid"})
"""Designs that need units without the measure."""

IN_TURN: frozenset[Design] = frozenset({"staggered", "stepped-wedge"})
"""Designs in which units get the measure one after the other."""

LONGEST = 1_000
"""Characters of a text."""

MOST_UNITS = 5_000


class Exclusion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days whose data do not count, and why."""

    since: str
    until: str
    why: str

    @property
    def stretch(self) -> Stretch:
        return Stretch(self.since, self.until)


class Covariate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something else that moves the outcome, such as the weather: the mean over its things in each period. `name`: a word."""

    name: str
    measured: Measured


class Plan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`hypothesis`: what is expected, in a sentence. `better`: in which direction the outcome is better. `placebo`: an outcome that
    the measure cannot change. `units`: what `treated` and `compared` are. `area`: its code. Days: data count from `since`, the
    measure is on from `starts` to `ends`. `first`: by unit, the first day of the measure where they get it one after the other.
    `blocks`: when it is on, where it is switched on and off. `order`: how it was drawn which unit or block gets it.
    `bought`: the effect that the measure is done for, as a share (0.1: a tenth); `level`: of the interval, `seed`: of what is
    drawn at random in the evaluation. `events`: what else goes on at the time."""

    hypothesis: str
    better: Better
    outcome: Outcome
    units: Units
    treated: tuple[str, ...]
    since: str
    starts: str
    ends: str
    design: Design
    compared: tuple[str, ...] = ()
    area: str = ""
    placebo: Outcome | None = None
    first: Mapping[str, str] = {}
    blocks: tuple[Stretch, ...] = ()
    order: str = ""
    season: Season = ""
    covariates: tuple[Covariate, ...] = ()
    cluster: Cluster = "unit"
    bought: float | None = None
    level: float = 0.95
    seed: int = 1
    events: tuple[Event, ...] = ()
    country: str = ""
    """Where it is, as a code such as NL: its holidays count as what else goes on."""
    exclusions: tuple[Exclusion, ...] = ()
    rules: str = ""
    """What else is left out, or done where data are missing, in words."""
    existing: Existing = "not created"
    existing_says: str = ""
    sample: str = ""
    """Why so many units and so long, in words."""
    exits: Exits | None = None

    @property
    def all(self) -> tuple[str, ...]:
        """All units."""
        return (*self.treated, *self.compared)


def read(told: object) -> Plan:
    """A plan of plain parts. Errors: BadRequestData that names the field."""
    try:
        return msgspec.convert(told, Plan)
    except msgspec.ValidationError as error:
        raise BadRequestData(f"The plan cannot be used: {error}.") from None


def question(plan: Plan, zone: tzinfo) -> Question:
    """What is asked of the table of the trial (hanze.experiments.trials.observed), by its columns."""
    shared = {
        "design": plan.design, "outcome": OUTCOME, "time": TIME, "unit": UNIT, "better": plan.better, "bought": plan.bought,
        "level": plan.level, "seed": plan.seed, "events": plan.events, "season": SEASON if plan.season else "",
        "covariates": tuple(one.name for one in plan.covariates), "cluster": CLUSTER if plan.cluster == "area" else "",
        "weights": WEIGHT if isinstance(plan.outcome, Surveyed) else "", "country": plan.country,
        "placebo_outcomes": (PLACEBO,) if plan.placebo is not None else (),
    }  # fmt: skip
    return msgspec.convert({**shared, **_when(plan, zone)}, Question)


def _when(plan: Plan, zone: tzinfo) -> Mapping[str, object]:
    if plan.design in IN_TURN:
        return {"first_treated": FIRST}
    if plan.design == "switchback":
        return {"treated": (ON,)}
    return {"treated": plan.treated, "start": label(days.since(plan.starts, zone), plan, zone)}


def label(moment: int, plan: Plan, zone: tzinfo) -> str:
    """A moment (microseconds) as the column of time writes it: a day of the city, or the moment in UTC where periods are hours."""
    if hourly(plan):
        return times.text(moment)
    return days.text(moment, zone)


def hourly(plan: Plan) -> bool:
    return getattr(plan.outcome, "step", "") == "hour"


def wrong(plan: Plan) -> tuple[Wrong, ...]:
    """All that cannot be used of it, each with the fix; a plan with something wrong cannot be fixed."""
    return (*_texts(plan), *_days(plan), *_outcomes(plan), *_units(plan), *_judging(plan))


def demand(plan: Plan) -> None:
    """Errors: BadRequestData with the first field that cannot be used, and the fix."""
    for one in wrong(plan)[:1]:
        raise BadRequestData(f"{one.field} of the plan cannot be used: {one.told.said()}")


def _texts(plan: Plan) -> Iterator[Wrong]:
    if not plan.hypothesis.strip():
        yield Wrong("hypothesis", Told(outcome.MISSING))
    for name in ("hypothesis", "rules", "existing_says", "sample", "order"):
        if len(getattr(plan, name)) > LONGEST:
            yield Wrong(name, Told(_("This is too long. Make it shorter.")))


def _days(plan: Plan) -> Iterator[Wrong]:
    told = {name: days.day(getattr(plan, name)) for name in ("since", "starts", "ends")}
    bad = [name for name, found in told.items() if found is None]
    for name in bad:
        yield Wrong(name, Told(_("This is no day. Write it like 2026-03-31.")))
    if bad:
        return
    if plan.since >= plan.starts:
        yield Wrong("since", Told(_("Data have to count from before the first day of the measure.")))
    if plan.ends < plan.starts:
        yield Wrong("ends", Told(_("The last day comes after the first one.")))
    for name, stretches in (("exclusions", plan.exclusions), ("events", plan.events)):
        if not all(_is_stretch(one.since, one.until) for one in stretches):
            yield Wrong(name, Told(_("Give a first and a last day for each line, such as 2026-03-01.")))


def _is_stretch(since: str, until: str) -> bool:
    return days.is_edge(since) and days.is_edge(until) and since <= until


def _outcomes(plan: Plan) -> Iterator[Wrong]:
    starts = plan.starts if days.day(plan.starts) else ""
    yield from outcome.wrong(plan.outcome, "outcome", starts)
    if plan.placebo is not None:
        yield from outcome.wrong(plan.placebo, "placebo", starts)
    if plan.units not in UNITS[type(plan.outcome)]:
        yield Wrong("units", Told(_("This outcome is not there for these. Choose others to compare.")))
    for one in plan.covariates:
        yield from outcome.wrong(one.measured, "covariates", starts)
    names = [one.name for one in plan.covariates]
    if len(set(names)) < len(names) or not all(name.isidentifier() for name in names):
        yield Wrong("covariates", Told(_("Give each its own name: a word of letters.")))


def _units(plan: Plan) -> Iterator[Wrong]:
    if not plan.treated:
        yield Wrong("treated", Told(_("Say where the measure is tried.")))
    if len(plan.all) > MOST_UNITS:
        yield Wrong("compared", Told(_("These are too many. Give at most 5,000.")))
    if len(set(plan.treated)) < len(plan.treated) or len(set(plan.compared)) < len(plan.compared):
        yield Wrong("treated", Told(_("One stands there twice. Leave one out.")))
    if set(plan.treated) & set(plan.compared):
        yield Wrong(
            "compared", Told(_("Where the measure is tried cannot be compared with itself. Leave it out here."))
        )
    if plan.design in COMPARING and not plan.compared:
        yield Wrong("compared", Told(_("This design needs places without the measure to compare with. Name some.")))
    if plan.design in ("synthetic-control", "sdid") and len(plan.compared) == 1:
        yield Wrong("compared", Told(_("This design needs at least two places to compare with.")))
    if plan.design in IN_TURN:
        yield from _turns(plan)
    if plan.design == "switchback":
        yield from _blocks(plan)


def _turns(plan: Plan) -> Iterator[Wrong]:
    if set(plan.first) != set(plan.treated) or not all(days.day(one) for one in plan.first.values()):
        yield Wrong("first", Told(_("Give for each place of the trial the first day of the measure there.")))
    elif any(not plan.starts <= one <= plan.ends for one in plan.first.values()):
        yield Wrong("first", Told(_("Each of these days lies within the trial.")))
    elif len(set(plan.first.values())) < 2 and not plan.compared:
        yield Wrong(
            "first", Told(_("All get it on the same day, and nothing is left to compare with. Give other days."))
        )


def _blocks(plan: Plan) -> Iterator[Wrong]:
    edges = [edge for one in plan.blocks for edge in (one.since, one.until)]
    if len(plan.blocks) < 2 or not all(map(days.is_edge, edges)):
        yield Wrong("blocks", Told(_("Give at least two stretches in which the measure is on, such as 2026-03-01.")))
    elif list(edges) != sorted(edges):
        yield Wrong("blocks", Told(_("Put them in their order; one ends before the next one begins.")))
    elif edges[0][:10] < plan.starts or edges[-1][:10] > plan.ends:
        yield Wrong("blocks", Told(_("Each of these days lies within the trial.")))


def _judging(plan: Plan) -> Iterator[Wrong]:
    if not 0.5 <= plan.level < 1:
        yield Wrong("level", Told(_("Give a share from 50 to below 100 percent.")))
    if plan.bought is not None and not 0 < plan.bought <= 10:
        yield Wrong("bought", Told(_("Give a percentage above 0, such as 10.")))
    if plan.country and countries.known() and plan.country not in countries.known():
        yield Wrong(
            "country", Told(_("Of this country no holidays are known. Give a code of two letters, such as NL."))
        )
    if plan.exits is not None:
        yield from exits.wrong(plan.exits, plan.starts if days.day(plan.starts) else "")
