# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Advice on a pilot: its possible layouts, tried on the past one by one, the best first."""

from collections.abc import Iterator

from hanze.compute import Tell
from hanze.errors import ConfigurationError
from hanze.errors import mark as _
from hanze.experiments.adviser.laying import Layout, lasting
from hanze.experiments.adviser.pilot import Advice, Option, Pilot, Refused
from hanze.experiments.adviser.proposing import proposed
from hanze.experiments.adviser.trying import FAKES, Tried, seen, tried
from hanze.experiments.adviser.wrong import percent, sound, wrong
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.power import POWER
from hanze.experiments.evaluate.question import Question
from hanze.experiments.told import Told

PARTS = (0.25, 0.5, 1.0, 2.0)
"""Of the weeks that the pilot may last: for how long each layout is tried."""

GOOD = _("%(weeks)s weeks are enough to see an effect of %(effect)s in four trials of five.")
LONGER = _("An effect of %(effect)s would be missed too often in %(weeks)s weeks; %(needed)s would do.")
WEAK = _(
    "An effect of %(effect)s would be missed too often in %(weeks)s weeks; the smallest that is seen is %(least)s."
)
BLIND = _("No design can see an effect in %(weeks)s weeks; find more units, or an outcome that wanders less.")
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
            self._tell(done, self._of, _("trying designs on the past"))


def _option(
    layout: Layout, past: Panel, question: Question, pilot: Pilot, fakes: int, step: _Count
) -> Option | Refused:  # fmt: skip
    """What came of a layout; refused where it could not be tried at all."""
    try:
        found = tried(layout, past, question, pilot.weeks, lasting(past, pilot.weeks), fakes, step)
    except ConfigurationError as error:
        return Refused(layout.design, Told("%(why)s", {"why": error.detail}))
    if not found.fakes:
        return Refused(layout.design, Told("%(why)s", {"why": found.broken[0]}))
    effect = pilot.effect * _sign(question)
    power = seen(layout, past, question, lasting(past, pilot.weeks), effect, fakes, step)
    lengths = {one.weeks: one for one in _lengths(layout, past, question, pilot, fakes, step)} | {pilot.weeks: found}
    enough = [weeks for weeks, one in sorted(lengths.items()) if one.power(effect) >= POWER]
    return Option(
        layout=layout, weeks=pilot.weeks, power=power, alarms=found.alarms, of=len(found.fakes), windows=found.windows,
        detectable=found.detectable(_sign(question)), needed=enough[0] if enough else None,
        sound=sound(found, question.level),
        curve=tuple((weeks, one.detectable(_sign(question))) for weeks, one in sorted(lengths.items())),
        wrong=tuple(wrong(found, power, effect, question.level)),
    )  # fmt: skip


def _lengths(
    layout: Layout, past: Panel, question: Question, pilot: Pilot, fakes: int, step: _Count
) -> Iterator[Tried]:  # fmt: skip
    """The same for shorter and longer, as far as the past reaches and it can be used."""
    for part in PARTS:
        weeks = pilot.weeks * part
        if part == 1 or lasting(past, weeks) == lasting(past, pilot.weeks):
            continue
        try:
            found = tried(layout, past, question, weeks, lasting(past, weeks), fakes, step)
        except ConfigurationError:
            continue
        if found.fakes:
            yield found


def _sign(question: Question) -> float:
    return -1.0 if question.better == "lower" else 1.0


def _rank(option: Option) -> tuple[bool, float, float, float]:
    """Those whose effects can be believed first; then by how often the effect is seen, how small a one is, and how soon."""
    return not option.sound, -option.power, option.detectable or 9.0, option.needed or 9e9


def _told(options: list[Option], pilot: Pilot) -> Told:
    if not options:
        return Told(NONE)
    best = options[0]
    values: dict[str, str | float | Told] = {"weeks": pilot.weeks, "effect": percent(pilot.effect)}
    if best.needed is not None and best.needed <= pilot.weeks and best.power >= POWER:
        return Told(GOOD, values | {"weeks": best.needed})
    if best.needed is not None and best.needed > pilot.weeks:
        return Told(LONGER, values | {"needed": best.needed})
    if best.detectable is None:
        return Told(BLIND, values)
    return Told(WEAK, values | {"least": percent(best.detectable)})
