# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What time it is in the node; in a demonstration it may run faster."""

from typing import Any

import msgspec

from hanze.access import audit
from hanze.access.principal import ADMINISTER, OPERATOR, OVERSEE
from hanze.errors import ConfigurationError
from hanze.node.clock import DemoClock
from hanze.node.config import FILE
from hanze.node.verb import Desk, Progress, Verb


class Nothing(msgspec.Struct, frozen=True):
    pass


class Rate(msgspec.Struct, frozen=True):
    """Seconds of the node's clock in one of the machine's."""

    rate: float


def _show(desk: Desk, given: Nothing, progress: Progress) -> Any:
    rate = desk.clock.rate if isinstance(desk.clock, DemoClock) else 1.0
    return {"now": desk.clock(), "rate": rate}


def _set(desk: Desk, given: Rate, progress: Progress) -> Any:
    if not isinstance(desk.clock, DemoClock):
        raise ConfigurationError(
            f"The time of this node is the real one. Only in a demonstration may it run faster: one with clock = true under "
            f"[demo] in {desk.folder / FILE}."
        )
    desk.clock.set(given.rate)
    desk.store.submit(lambda uow: audit.note(uow, OPERATOR.name, "clock", f"rate {given.rate:g}")).result()
    return _show(desk, Nothing(), progress)


SHOW = Verb(Nothing, OVERSEE, _show)
SET = Verb(Rate, ADMINISTER, _set)
