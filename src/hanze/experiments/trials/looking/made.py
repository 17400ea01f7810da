# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looks that were made: what everyone may know of them before the end, and what is kept until then.

Before a trial is over nobody reads what a look estimates: neither who runs it nor residents, so that half a result moves nobody
(blinded monitoring). Only that it was looked, and whether there was a reason to stop, is public.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from hanze.experiments.trials.looking.looks import Seen
from hanze.experiments.trials.vaults import LOOKS
from hanze.ngsild import times
from hanze.store.base import Store, UnitOfWork


class Made(msgspec.Struct, frozen=True):
    """A look. `day`: up to the end of which the data counted; `at`: when (microseconds); `planned`: one of the plan, else one of
    each night for harm."""

    day: str
    at: int
    planned: bool
    seen: tuple[Seen, ...]


def every(reads: Store | UnitOfWork, trial: str) -> list[Made]:
    """Of one trial, the earliest first."""
    rows = reads.vault(LOOKS).select({"trial": trial}, order=("day",))
    return [
        Made(row["day"], row["at"], bool(row["planned"]), msgspec.convert(row["seen"], tuple[Seen, ...])) for row in rows
    ]  # fmt: skip


def keep(uow: UnitOfWork, trial: str, made: Made) -> dict[str, Any]:
    """It was made; gives what everyone may know of all looks so far (`looks` of a trial)."""
    row = {"trial": trial, "day": made.day, "at": made.at, "planned": int(made.planned)}
    uow.vault(LOOKS).put({**row, "seen": msgspec.to_builtins(made.seen)})
    return public(every(uow, trial))


def shares(looks: Sequence[Made]) -> dict[str, list[float]]:
    """By reason, how much information there was at each look at an effect."""
    found: dict[str, list[float]] = {}
    for look in looks:
        for one in look.seen:
            if one.could and one.share is not None:
                found.setdefault(one.name, []).append(one.share)
    return found


def public(looks: Sequence[Made]) -> dict[str, Any]:
    """Looks of the plan one by one; of those of each night how many there were, and the last one."""
    steps = [_told(one) for one in looks if one.planned]
    nights = [one for one in looks if any(seen.kind == "harm" for seen in one.seen)]
    told: dict[str, Any] = {"steps": steps}
    # Where it was looked only as the plan says, these are told already.
    if any(not one.planned for one in nights):
        told["harm"] = {"times": len(nights), "last": nights[-1].day}
    return told


def _told(look: Made) -> dict[str, Any]:
    seen = [{"kind": one.kind, "could": one.could, "crossed": one.crossed} for one in look.seen]
    return {"day": look.day, "at": times.text(look.at), "seen": seen}


def figures(looks: Sequence[Made]) -> list[Mapping[str, Any]]:
    """What they estimated, once the trial is over."""
    return [
        {
            "day": look.day,
            **{name: value for name, value in msgspec.to_builtins(one).items() if value not in (None, "")},
        }
        for look in looks
        for one in look.seen
        if one.could
    ]
