# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A layout is tried on the past: how often it sees an effect that is not there, and how often one that was planted."""

import math
from collections.abc import Callable, Sequence

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.experiments.adviser.laying import Layout, laid
from hanze.experiments.evaluate import designs
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.planting import planted
from hanze.experiments.evaluate.power import POWER
from hanze.experiments.evaluate.question import Question

FAKES = 40
Step = Callable[[], object]


class Fake(msgspec.Struct, frozen=True):
    """What was found of a measure that never was, which began at `start`: as shares of what was expected."""

    start: str
    relative: float
    low: float
    high: float

    def with_effect(self, share: float) -> tuple[float, float]:
        """The interval if there had been such an effect: what was observed, against what was expected, is multiplied by it."""
        return (1 + self.low) * (1 + share) - 1, (1 + self.high) * (1 + share) - 1


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """`after`: moments that it lasted in each of the `fakes`; `broken`: why it could not be used in others. `windows`: so many
    periods of that length fit into the part of the past that was used without overlap, which is what the figures rest on."""

    layout: Layout
    after: int
    fakes: tuple[Fake, ...]
    broken: tuple[str, ...]
    windows: int

    @property
    def alarms(self) -> int:
        """Fakes in which an effect was seen that was not there, in either direction."""
        return sum(fake.low > 0 or fake.high < 0 for fake in self.fakes)

    def power(self, share: float) -> float:
        """How often an effect of this share, with its sign, would have been seen as one in its direction."""
        ends = [fake.with_effect(share) for fake in self.fakes]
        seen = sum(high < 0 if share < 0 else low > 0 for low, high in ends)
        return seen / len(ends) if ends else 0.0

    def detectable(self, sign: float) -> float | None:
        """The smallest effect in the direction of `sign` that is seen with `POWER`, in tenths of a percent; None beyond all of
        it (or twice it, upwards)."""
        sizes = np.arange(1, 1000 if sign < 0 else 2001) / 1000
        for size in sizes:
            if self.power(sign * float(size)) >= POWER:
                return float(size)
        return None


def starts(moments: int, after: int, count: int, before: int = 0) -> list[int]:
    """Places at which a measure may be thought to begin: spread evenly over what follows `before` moments, 0: over the second half
    of the past, so that there is as much before each. Errors: ConfigurationError where the past is too short."""
    first, last = before or max(moments // 2, 2), moments - after
    if last < first:
        needed = before + after if before else 2 * after
        raise ConfigurationError(
            f"The past has {moments} moments and the trial would last {after}; give a past of {needed} or more, or fewer weeks."
        )
    return sorted({round(float(one)) for one in np.linspace(first, last, count)})


def tried(layout: Layout, past: Panel, question: Question, after: int, count: int = FAKES, step: Step = int) -> Tried:
    """Deterministic by the seed of the question. `step` is called after each fake. Errors: ConfigurationError, past too short."""
    found = list(findings(layout, past, question, after, count, step))
    fakes = tuple(fake for fake in (_fake(start, one) for start, one in found if isinstance(one, Finding)) if fake)
    first = starts(len(past.times), after, count, layout.before)[0]
    broken = [one for _, one in found if isinstance(one, str)]
    broken += ["There is no interval of the effect as a share."] * (len(found) - len(fakes) - len(broken))
    return Tried(
        layout=layout, after=after, fakes=fakes, broken=tuple(broken), windows=(len(past.times) - first) // after,
    )  # fmt: skip


def seen(
    layout: Layout, past: Panel, question: Question, after: int, share: float, count: int = FAKES, step: Step = int
) -> float:
    """How often an effect of this share that is planted into the past is seen as one in its direction; 0 where nothing runs."""
    found = [one for _, one in findings(layout, past, question, after, count, step, share) if isinstance(one, Finding)]
    return sum(_sees(one, share) for one in found) / len(found) if found else 0.0


def findings(
    layout: Layout, past: Panel, question: Question, after: int, count: int, step: Step, share: float = 0.0
) -> Sequence[tuple[str, Finding | str]]:
    """Of each fake its start, and what was found or why it could not be."""
    estimate = designs.find(layout.design)
    asked = msgspec.structs.replace(question, design=layout.design)
    found: list[tuple[str, Finding | str]] = []
    for number, start in enumerate(_places(layout, len(past.times), after, count)):
        rng = np.random.default_rng([question.seed, number])
        try:
            made = planted(laid(layout, past, start, after, rng), share)
            found.append((past.times[start], estimate(made, asked, None)))
        except ConfigurationError as error:
            found.append((past.times[start], error.detail))
        step()
    return found


def _places(layout: Layout, moments: int, after: int, count: int) -> list[int]:
    """Each start once; what is drawn by lot is drawn anew for as many as were asked."""
    places = starts(moments, after, count, layout.before)
    return [places[number % len(places)] for number in range(count)] if layout.drawn else places


def _fake(start: str, found: Finding) -> Fake | None:
    ends = found.relative, found.relative_low, found.relative_high
    if any(one is None or math.isnan(one) for one in ends):
        return None
    relative, low, high = (float(one) for one in ends if one is not None)
    return Fake(start, relative, low, high)


def _sees(found: Finding, share: float) -> bool:
    low, high = found.relative_low, found.relative_high
    return low is not None and high is not None and (high < 0 if share < 0 else low > 0)
