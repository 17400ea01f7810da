# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which layouts a pilot allows: what can be done follows from its description, what is best only from trying."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from hanze.errors import ConfigurationError
from hanze.errors import mark as _
from hanze.experiments.adviser.laying import Layout, alike
from hanze.experiments.adviser.pilot import Pilot, Refused
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Design
from hanze.experiments.told import Told

LEAST: Mapping[Design, int] = {"did": 2, "event-study": 2, "synthetic-control": 3, "sdid": 3}
"""Units without the measure that each needs to compare with."""

FEW = _("It takes at least %(least)s units without the measure; there are %(found)s.")
ONCE = _("It is brought in all at once.")
CHOSEN = _("The order of the units is not drawn by lot.")
FIXED = _("It cannot be switched on and off.")

ALIKE = 10
"""From so many controls on, the third that is most alike is tried as well."""


def proposed(pilot: Pilot, past: Panel) -> tuple[list[Layout], list[Refused]]:
    """Errors: ConfigurationError where the pilot names units that the past does not have."""
    _known(pilot, past)
    found = [*_compared(pilot, past), *_drawn(pilot, past)]
    return [one for one in found if isinstance(one, Layout)], [one for one in found if isinstance(one, Refused)]


def _known(pilot: Pilot, past: Panel) -> None:
    for name in (*pilot.treatable, *pilot.reached):
        if name not in past.units:
            raise ConfigurationError(f"{name!r} is no unit of the past; there are {', '.join(past.units[:12])}.")
    if not pilot.treatable:
        raise ConfigurationError("No unit can get the measure; name at least one.")
    if pilot.count > len(pilot.treatable):
        raise ConfigurationError(
            f"{pilot.count} units would get the measure and {len(pilot.treatable)} can; give fewer, or name more that can."
        )


def _compared(pilot: Pilot, past: Panel) -> Iterator[Layout | Refused]:
    """Designs in which the measure begins once, and what it is compared with."""
    plain = _plain(pilot)
    yield plain
    others = _others(pilot, past)
    without = len(others) + len(pilot.treatable) - plain.count
    for design, least in LEAST.items():
        if without < least:
            yield Refused(design, Told(FEW, {"least": least, "found": without}))
        else:
            yield replace(plain, design=design, controls=others)
    if len(others) >= ALIKE:
        near = alike(past, pilot.treatable, others, len(past.times) // 2, max(5, len(others) // 3))
        yield replace(plain, design="did", controls=near)


def _drawn(pilot: Pilot, past: Panel) -> Iterator[Layout | Refused]:
    """Designs that take their strength from how the measure is brought in."""
    plain = _plain(pilot)
    waves = min(pilot.waves, plain.count)
    if waves < 2:
        yield from (Refused(design, Told(ONCE)) for design in ("staggered", "stepped-wedge"))
    else:
        yield replace(plain, design="staggered", controls=_others(pilot, past), waves=waves)
        yield (
            replace(plain, design="stepped-wedge", waves=waves) if pilot.lot else Refused("stepped-wedge", Told(CHOSEN))
        )
    yield replace(plain, design="switchback", block=pilot.block) if pilot.block else Refused("switchback", Told(FIXED))


def _plain(pilot: Pilot) -> Layout:
    return Layout(design="its", treatable=pilot.treatable, count=pilot.count or len(pilot.treatable))


def _others(pilot: Pilot, past: Panel) -> tuple[str, ...]:
    """Units that certainly do not get the measure and are not reached by it."""
    return tuple(name for name in past.units if name not in {*pilot.treatable, *pilot.reached})
