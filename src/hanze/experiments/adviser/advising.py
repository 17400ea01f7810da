# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Advice on a pilot: its possible layouts, tried on the past one by one, the best first."""

from hanze.compute import Tell
from hanze.errors import mark as _
from hanze.experiments.adviser.laying import Layout
from hanze.experiments.adviser.pilot import Advice, Option, Pilot, Refused
from hanze.experiments.adviser.powering import PARTS, lengths, toward
from hanze.experiments.adviser.proposing import proposed
from hanze.experiments.adviser.trying import FAKES, seen
from hanze.experiments.adviser.wrong import percent, sound, wrong
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.power import POWER
from hanze.experiments.evaluate.question import Question
from hanze.experiments.told import Told, Values

GOOD = _("%(weeks)s weeks are enough to see an effect of %(effect)s in four trials of five.")
LONGER = _("An effect of %(effect)s would be missed too often in %(weeks)s weeks; %(needed)s would do.")
WEAK = _(
    "An effect of %(effect)s would be missed too often in %(weeks)s weeks; the smallest that is seen is %(least)s."
)
BLIND = _("No design can see an effect in %(weeks)s weeks; find more units, or an outcome that wanders less.")
SHORT = _("The past is too short to try %(weeks)s weeks on it.")
SAID = _("trying designs on the past")
NONE = _("No design can be used on these data; see why below.")


def advise(past: Panel, question: Question, pilot: Pilot, tell: Tell | None = None, fakes: int = FAKES) -> Advice:
    """`past`: of hanze.experiments.evaluate.planting; the design, treated and start of `question` are left aside. Deterministic by
    its seed. Errors: ConfigurationError where the pilot does not fit the data, with the fix."""
    layouts, refused = proposed(pilot, past)
    count = _Count(tell, len(layouts) * fakes * (len(PARTS) + 1))
    options: list[Option] = []
    for place, layout in enumerate(layouts):
        found = _option(layout, past, question, pilot, fakes, count)
        if isinstance(found, Option):
            options.append(found)
        else:
            refused.append(found)
        count.reach((place + 1) * fakes * (len(PARTS) + 1))
    options.sort(key=_rank)
    return Advice(told=_told(options, pilot), options=tuple(options), refused=tuple(refused), seed=question.seed)


class _Count:
    """How far it is, told as steps."""

    def __init__(self, tell: Tell | None, of: int) -> None:
        self._tell, self._of, self._done = tell, of, 0

    def __call__(self) -> None:
        self.reach(self._done + 1)

    def reach(self, done: int) -> None:
        self._done = done
        if self._tell:
            self._tell(done, self._of, SAID)


def _option(
    layout: Layout, past: Panel, question: Question, pilot: Pilot, fakes: int, step: _Count
) -> Option | Refused:  # fmt: skip
    """What came of a layout; refused where it could not be tried at all."""
    effect, weeks = pilot.effect * toward(question), pilot.weeks
    found = dict(lengths(layout, past, question, weeks, fakes, step))
    if weeks not in found:
        return Refused(layout.design, Told(SHORT, {"weeks": weeks}))
    now = found[weeks]
    if not now.fakes:
        return Refused(layout.design, Told("%(why)s", {"why": now.broken[0]}))
    power = seen(layout, past, question, now.after, effect, fakes, step)
    enough = [one for one, tried in found.items() if tried.power(effect) >= POWER]
    return Option(
        layout=layout, weeks=weeks, power=power, alarms=now.alarms, of=len(now.fakes), windows=now.windows,
        detectable=now.detectable(toward(question)), needed=enough[0] if enough else None,
        sound=sound(now, question.level),
        curve=tuple((one, tried.detectable(toward(question))) for one, tried in found.items()),
        wrong=tuple(wrong(now, power, pilot.effect, question.level)),
    )  # fmt: skip


def _rank(option: Option) -> tuple[bool, float, float, float]:
    """Those whose effects can be believed first; then by how often the effect is seen, how small a one is, and how soon."""
    return not option.sound, -option.power, option.detectable or 9.0, option.needed or 9e9


def _told(options: list[Option], pilot: Pilot) -> Told:
    if not options:
        return Told(NONE)
    best = options[0]
    values: Values = {"weeks": pilot.weeks, "effect": percent(pilot.effect)}
    if best.needed is not None and best.needed <= pilot.weeks and best.power >= POWER:
        return Told(GOOD, {**values, "weeks": best.needed})
    if best.needed is not None and best.needed > pilot.weeks:
        return Told(LONGER, {**values, "needed": best.needed})
    if best.detectable is None:
        return Told(BLIND, values)
    return Told(WEAK, {**values, "least": percent(best.detectable)})
