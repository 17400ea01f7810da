# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of a story cannot be told, as far as that follows from itself; the rules of the city are looked at while it is told."""

from collections.abc import Iterator

import msgspec

from hanze.errors import BadRequestData
from hanze.experiments.agreements.terms import wrong as wrong_terms
from hanze.experiments.routes import ROUTES
from hanze.experiments.telling.looked import changed
from hanze.experiments.telling.story import Answers, Change, Story, Trying
from hanze.experiments.trials import days, deviation
from hanze.experiments.trials import plan as plans
from hanze.experiments.trials.outcome import Surveyed
from hanze.experiments.trials.plan import Plan


class Bad(msgspec.Struct, frozen=True):
    """`field`: of the story, such as trial.plan.since; `told`: a sentence with the fix."""

    field: str
    told: str


def wrong(story: Story) -> Iterator[Bad]:
    """What cannot be told of it, as far as that follows from itself."""
    yield from _moments(msgspec.to_builtins(story))
    yield from _parties(story)
    if story.agreement is not None:
        for one in wrong_terms(story.agreement.terms):
            yield Bad(f"agreement.terms.{one.field}", one.told)
    if story.trial is not None:
        yield from _trial(story.trial)


MOMENTS = frozenset(
    {"at", "published", "sent", "decided", "offered", "city", "partner", "opened", "fixed", "started", "closed", "ended", "done"}
)  # fmt: skip


def _moments(told: object, path: str = "") -> Iterator[Bad]:
    """Of all parts but those that are kept as they are."""
    if isinstance(told, list):
        for number, one in enumerate(told):
            yield from _moments(one, f"{path}[{number}]")
    elif isinstance(told, dict):
        for name, value in told.items():
            here = f"{path}.{name}" if path else name
            if name in MOMENTS and isinstance(value, str) and value and not days.is_edge(value):
                yield Bad(here, "This is no moment. Write it like 2026-03-01 or 2026-03-01T09:30.")
            elif name not in ("terms", "plan", "call", "offer"):
                yield from _moments(value, here)


def _parties(story: Story) -> Iterator[Bad]:
    known, applied = {one.id for one in story.organisations}, {one.by for one in story.applications}
    fix = "This organisation is not in the story. Add it under [[organisations]]."
    for number, one in enumerate(story.applications):
        if one.by not in known:
            yield Bad(f"applications[{number}].by", fix)
    for number, juror in enumerate(story.jury):
        if {*juror.judged, *juror.interests} - applied:
            yield Bad(f"jury[{number}].judged", "Name only organisations that applied.")
    if story.agreement is not None and story.agreement.terms.partner not in known:
        yield Bad("agreement.terms.partner", fix)
    solution = "" if story.trial is None else story.trial.solution
    if solution and solution not in {one.by for one in story.applications if one.chosen}:
        yield Bad("trial.solution", "Name an organisation whose application was chosen.")
    if story.challenge is None and (story.applications or story.jury or story.decided):
        yield Bad("challenge", "Applications answer a challenge. Add it under [challenge].")


def _trial(one: Trying) -> Iterator[Bad]:
    for each in plans.wrong(one.plan):
        yield Bad(f"trial.plan.{each.field}", each.told.said())
    for each in () if one.room is None else deviation.wrong(one.room):
        yield Bad(f"trial.room.{each.field}", each.told.said())
    for number, change in enumerate(one.changes):
        yield from _change(one.plan, change, f"trial.changes[{number}].plan")
    for number, answers in enumerate(one.answers):
        yield from _answers(one.plan, answers, f"trial.answers[{number}]")
    for number, follow in enumerate(one.follow_ups):
        if days.day(follow.by) is None:
            yield Bad(f"trial.follow_ups[{number}].by", "This is no day. Write it like 2026-03-31.")
        if follow.route not in ROUTES:
            yield Bad(f"trial.follow_ups[{number}].route", f"Give one of {', '.join(ROUTES)}.")


def _change(plan: Plan, change: Change, path: str) -> Iterator[Bad]:
    """What differs from the first version alone; what other changes bring is looked at while it is told."""
    try:
        for each in plans.wrong(changed(plan, change.plan)):
            yield Bad(f"{path}.{each.field}", each.told.said())
    except BadRequestData as error:
        yield Bad(path, error.detail)


def _answers(plan: Plan, one: Answers, path: str) -> Iterator[Bad]:
    if not isinstance(plan.outcome, Surveyed):
        yield Bad(path, "The plan has no survey, so nobody can have answered it.")
    elif not 1 <= one.wave <= len(plan.outcome.waves):
        yield Bad(f"{path}.wave", f"Give the number of a wave of the plan, from 1 to {len(plan.outcome.waves)}.")
    elif len(one.counts) != len(plan.outcome.answers) or min(one.counts) < 0:
        yield Bad(f"{path}.counts", f"Give {len(plan.outcome.answers)} numbers, one for each answer of the plan.")
