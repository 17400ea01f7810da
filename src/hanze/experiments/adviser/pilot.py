# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is known of a pilot before it starts, and what is advised about it."""

import msgspec

from hanze.experiments.adviser.laying import Layout
from hanze.experiments.evaluate.question import Design
from hanze.experiments.told import Told


class Pilot(msgspec.Struct, frozen=True, kw_only=True):
    """`treatable`: the units that can get the measure, of which `count` will (0: all of them). `lot`: who gets it, or in which
    order, may be drawn by lot. `waves`: in at most so many steps (1: all at once). `block`: it can be switched on and off for so
    many moments at a time (0: it cannot). `reached`: units that the measure may change too, so that nothing is compared with
    them. `weeks`: how long it may last at most. `effect`: that it is done for, as a share, in the better direction."""

    treatable: tuple[str, ...]
    weeks: float
    effect: float
    count: int = 0
    lot: bool = False
    waves: int = 1
    block: int = 0
    reached: tuple[str, ...] = ()


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """A way to do it, and what came of it on the past. `power`: how often an effect of the asked size was seen in `weeks`.
    `alarms`, `of`: effects that were seen though there were none. `detectable`: the smallest effect that is seen four times in
    five. `needed`: weeks in which the asked effect would be seen four times in five; None where not within twice the weeks.
    `sound`: no more false alarms than the level of the interval allows, as far as the past can tell. `windows`: periods of that
    length in the past that do not overlap. `curve`: by number of weeks the smallest effect that is seen four times in five.
    `wrong`: what would go wrong."""

    layout: Layout
    weeks: float
    power: float
    alarms: int
    of: int
    windows: int
    detectable: float | None
    needed: float | None
    sound: bool
    curve: tuple[tuple[float, float | None], ...]
    """By number of weeks the smallest effect that is seen four times in five."""
    wrong: tuple[Told, ...]


class Refused(msgspec.Struct, frozen=True):
    design: Design
    why: Told


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """`options`: the best first; `refused`: designs that the pilot or its data do not allow, and why."""

    told: Told
    options: tuple[Option, ...]
    refused: tuple[Refused, ...]
    seed: int
