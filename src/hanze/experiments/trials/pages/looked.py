# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The looks at a trial on its page: when it was looked at and whether it goes on; what they estimated only once it is over."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from hanze.experiments.trials.exits import Kind
from hanze.experiments.trials.keeping import OVER, Trial
from hanze.experiments.trials.looking import looks
from hanze.experiments.trials.pages import common, saying
from hanze.experiments.trials.plan import Plan
from hanze.web.drawing.words import measure
from hanze.web.language import mark as _
from hanze.web.room import Visit

GOES_ON = _("Up to %(day)s: no reason to stop was seen. It goes on.")
TOO_EARLY = _("Up to %(day)s: too little was measured to tell. It goes on.")
SAW: Mapping[Kind, str] = {
    "success": _("Up to %(day)s: it surely works. It stopped."),
    "futility": _("Up to %(day)s: it will not show what was hoped for. It stopped."),
    "harm": _("Up to %(day)s: it does harm. It stopped."),
}
NIGHTS = _("Harm is looked for every night: %(times)s times so far, the last time up to %(day)s.")
NONE_YET = _("The first look of the plan is still to come.")
NONE = _("It was over before the first look of the plan.")
BLIND = _(
    "What a look estimates is not shown before the end, also not to who runs the trial, so that half a result moves nobody. What "
    "is measured stands in the picture above."
)
ESTIMATED = _(
    "Up to %(day)s: %(effect)s percent, between %(low)s and %(high)s (an interval that misses once in %(times)s times)"
)
CHANCE = _("Up to %(day)s: a chance of %(share)s percent to see it work by the end")
VALUED = _("Up to %(day)s: %(value)s")


class Looked(msgspec.Struct, frozen=True):
    """`lines`: looks of the plan, the newest first; `nights`: of those for harm, empty where there are none; `blind`: why nothing
    more is said, empty once it is over; `figures`: what was estimated."""

    lines: Sequence[str]
    nights: str
    blind: str
    figures: Sequence[str]


def looked(visit: Visit, trial: Trial, plan: Plan | None) -> Looked | None:
    """None where nobody looks before the end, or the trial did not begin yet."""
    if plan is None or plan.exits is None or trial.status in ("preparing", "registered"):
        return None
    told, say = trial.facts.looks or {}, visit.language.say
    lines = [_line(visit, one) for one in reversed(told.get("steps", []))]
    over = trial.status in OVER
    return Looked(
        lines or [say(NONE if over else NONE_YET)], _nights(visit, told.get("harm")), "" if over else say(BLIND),
        [_figure(visit, plan, one) for one in told.get("figures", [])],
    )  # fmt: skip


def _line(visit: Visit, step: Mapping[str, Any]) -> str:
    crossed: list[Kind] = [one["kind"] for one in step["seen"] if one["crossed"]]
    could = any(one["could"] for one in step["seen"])
    kinds: tuple[Kind, ...] = ("harm", "success", "futility")
    text = next((SAW[kind] for kind in kinds if kind in crossed), GOES_ON if could else TOO_EARLY)
    return visit.language.say(text) % {"day": common.day(visit, step["day"])}


def _nights(visit: Visit, told: Mapping[str, Any] | None) -> str:
    if told is None:
        return ""
    given = {"times": visit.language.words.number(told["times"]), "day": common.day(visit, told["last"])}
    return visit.language.say(NIGHTS) % given


def _figure(visit: Visit, plan: Plan, one: Mapping[str, Any]) -> str:
    number, day = visit.language.words.number, common.day(visit, one["day"])
    if one.get("by") == "chance":
        return visit.language.say(CHANCE) % {"day": day, "share": number(round(100 * one["value"], 1))}
    if "value" in one:
        reason = looks.names(plan).get(one.get("name", ""))
        unit = saying.unit(visit, reason.outcome if reason is not None and reason.outcome is not None else plan.outcome)
        return visit.language.say(VALUED) % {"day": day, "value": measure(number(float(f"{one['value']:.4g}")), unit)}
    given = {
        name: number(round(100 * one[key], 1)) if key in one else "\u221e"
        for name, key in (("effect", "estimate"), ("low", "low"), ("high", "high"))
    }
    times = number(looks.misses(one.get("level", 0.0)))
    return visit.language.say(ESTIMATED) % {"day": day, "times": times, **given}
