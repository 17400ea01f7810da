# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What comes after the verdict: stop, repeat, scale or buy, with who does it, by when, for how much, and how it is bought."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from hanze.errors import mark as _
from hanze.experiments.routes import ROUTES
from hanze.experiments.told import Told
from hanze.experiments.trials import days, outcome
from hanze.experiments.trials.outcome import Wrong

What = Literal["stop", "repeat", "scale", "buy"]

WHAT: Mapping[str, str] = {
    "stop": _("Stop: it is not done any more"),
    "repeat": _("Repeat: try it once more, or elsewhere"),
    "scale": _("Scale: do it in more places"),
    "buy": _("Buy: take it up for good"),
}

PAID: frozenset[str] = frozenset({"scale", "buy"})
"""What costs money, so that a budget is asked for."""


class FollowUp(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`owner`: the name or role of who does it; `by`: the last day; `budget`: in euros, None where nothing is needed. `at`: the day
    on which it was decided; `done`: on which it was done, empty while it is open, and what came of it (`came`)."""

    what: What
    why: str
    owner: str
    by: str
    route: str = "none"
    budget: float | None = None
    at: str = ""
    done: str = ""
    came: str = ""

    def late(self, today: str) -> bool:
        """It should be done by now and is not."""
        return not self.done and self.by < today


def wrong(one: FollowUp, today: str) -> Iterator[Wrong]:
    """What cannot be used, with the fix; `today`: a day such as 2026-03-01."""
    for name in ("why", "owner"):
        if not getattr(one, name).strip():
            yield Wrong(name, Told(outcome.MISSING))
    if days.day(one.by) is None:
        yield Wrong("by", Told(_("This is no day. Write it like 2026-03-31.")))
    elif one.by < today:
        yield Wrong("by", Told(_("This day is over. Give a later one.")))
    if one.route not in ROUTES:
        yield Wrong("route", Told(_("Choose one of the answers.")))
    elif one.what == "buy" and one.route == "none":
        yield Wrong("route", Told(_("Say how it is bought.")))
    if one.what in PAID and one.budget is None:
        yield Wrong("budget", Told(_("Say what it may cost, 0 where it costs nothing.")))
    elif one.budget is not None and one.budget < 0:
        yield Wrong("budget", Told(_("Give a number of euros from 0 on.")))


def read(told: Mapping[str, Any] | None) -> list[FollowUp]:
    """Those that a trial holds (followUp), the earliest first."""
    return msgspec.convert((told or {}).get("steps", []), list[FollowUp])


def kept(steps: Sequence[FollowUp]) -> dict[str, Any]:
    """The other way round."""
    return {"steps": msgspec.to_builtins(list(steps))}
