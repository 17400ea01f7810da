# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""When a trial stops early: for success, futility or harm, at which looks, and how often chance alone may lead to it.

Source: looks and spending of error: Lan and DeMets 1983 (Biometrika 70), with the boundaries of O'Brien and Fleming, or Pocock.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

import msgspec

from hanze.errors import mark as _
from hanze.experiments.told import Told
from hanze.experiments.trials import outcome
from hanze.experiments.trials.outcome import Outcome, Wrong
from hanze.experiments.trials.unit import measured

Kind = Literal["success", "futility", "harm"]
By = Literal["effect", "value", "chance"]
Spending = Literal["obrien-fleming", "pocock"]

MOST_LOOKS = 400


class Looks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`first`: days after the first day of the trial; then one every so many days, at most `most` in all."""

    first: int
    every: int
    most: int

    def days(self, starts: date, ends: date) -> list[date]:
        """The days of the looks, at the end of which the data count; none after the last day of the trial."""
        found = (starts + timedelta(days=self.first + number * self.every) for number in range(self.most))
        return [one for one in found if one <= ends]


class Exit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One reason to stop. `by`: `effect`, estimated as the plan says: as a share of what was expected without the measure (-0.1: a
    tenth less); `value`: what is seen at the places of the trial itself, the mean of the last `periods`, nothing estimated;
    `chance`: that the end will say that it worked, if from now on the effect is the one that was bought, else the one that was seen
    so far (conditional power). It counts where that lies `beyond` the threshold: above or below it. `alpha`: how often, over all
    looks together, chance alone may lead to it; None for others than effects. `outcome`: None is that of the plan."""

    kind: Kind
    by: By = "effect"
    beyond: Literal["above", "below"]
    threshold: float
    alpha: float | None = None
    outcome: Outcome | None = None
    periods: int = 1


class Exits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`looks`: the same for all reasons; for harm it is looked every night besides."""

    looks: Looks
    reasons: tuple[Exit, ...]
    spending: Spending = "obrien-fleming"

    def of(self, kind: Kind) -> list[Exit]:
        return [one for one in self.reasons if one.kind == kind]


def wrong(exits: Exits, starts: str) -> Iterator[Wrong]:
    """What cannot be used."""
    looks = exits.looks
    if looks.first < 1 or looks.every < 1 or not 1 <= looks.most <= MOST_LOOKS:
        yield Wrong("exits.looks", Told(_("Give whole numbers of days from 1 on, and 1 to 400 looks.")))
    if not exits.reasons:
        yield Wrong("exits.reasons", Told(_("Give at least one reason to stop, or leave the looks out.")))
    for one in exits.reasons:
        if one.by == "effect" and (one.alpha is None or not 0 < one.alpha <= 0.2):
            yield Wrong(
                f"exits.{one.kind}", Told(_("Say how often chance alone may lead to it: above 0, at most 20 percent."))
            )
        if one.by == "chance" and not 0 < one.threshold < 1:
            yield Wrong(f"exits.{one.kind}", Told(_("Give a chance above 0 and below 100 percent.")))
        if one.by == "value" and one.periods < 1:
            yield Wrong(f"exits.{one.kind}", Told(_("Give over how many periods the mean is taken: 1 or more.")))
        if one.outcome is not None:
            yield from outcome.wrong(one.outcome, f"exits.{one.kind}", starts)


REASONS = {
    "success": _("Stop since it worked"),
    "futility": _("Stop since it will not show anything"),
    "harm": _("Stop since it does harm"),
}
"""What pages call a kind."""

_EFFECT = {
    "above": _("the effect is surely above %(share)s percent; chance alone leads to it %(alpha)s times in 100"),
    "below": _("the effect is surely below %(share)s percent; chance alone leads to it %(alpha)s times in 100"),
}
_VALUE = {
    "above": _("the mean of the last %(periods)s periods is above %(value)s"),
    "below": _("the mean of the last %(periods)s periods is below %(value)s"),
}
_NEWEST = {"above": _("the last period is above %(value)s"), "below": _("the last period is below %(value)s")}


_CHANCE = {
    "above": _("the chance that it will be seen to work by the end is above %(share)s percent"),
    "below": _("the chance that it will be seen to work by the end is below %(share)s percent"),
}


def told(one: Exit, unit: str) -> Told:
    """When it stops, as the end of a sentence. `unit`: of its outcome, empty where it has none."""
    if one.by == "chance":
        return Told(_CHANCE[one.beyond], {"share": 100 * one.threshold})
    if one.by == "value":
        text = (_VALUE if one.periods > 1 else _NEWEST)[one.beyond]
        return Told(text, {"periods": float(one.periods), "value": measured(one.threshold, unit)})
    return Told(_EFFECT[one.beyond], {"share": 100 * one.threshold, "alpha": 100 * (one.alpha or 0.0)})


NIGHTLY = _("Harm is looked for every night as well.")

LOOKS = _(
    "It is looked at for the first time %(first)s days after the first day, then every %(every)s days, at most %(most)s times."
)


def scheduled(looks: Looks) -> Told:
    """When it is looked at."""
    return Told(LOOKS, {"first": float(looks.first), "every": float(looks.every), "most": float(looks.most)})
