# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls that fit what somebody makes: by goals, place, kind and size."""

from collections.abc import Collection
from typing import Literal

import msgspec

from hanze.experiments.challenges.call import Rules
from hanze.experiments.organisations.keeping import SIZES, Kind, Locality, Size


class Wanted(msgspec.Struct, frozen=True):
    """What somebody is and makes; what is empty does not limit. `goals`: numbers of the SDGs."""

    goals: tuple[int, ...] = ()
    kind: Kind | Literal[""] = ""
    size: Size | Literal[""] = ""
    place: Locality | Literal[""] = ""
    newcomer: bool | None = None


def goals(targets: Collection[str]) -> frozenset[int]:
    """The goals of targets such as 11.6."""
    return frozenset(int(one.partition(".")[0]) for one in targets)


def fits(rules: Rules, targets: Collection[str], wanted: Wanted) -> bool:
    """Somebody of this kind may apply, and the call is about one of the goals; a call about no goal is for everyone."""
    about = goals(targets)
    if wanted.goals and about and about.isdisjoint(wanted.goals):
        return False
    small = not (wanted.size and rules.largest) or SIZES.index(wanted.size) <= SIZES.index(rules.largest)
    kind = not (wanted.kind and rules.kinds) or wanted.kind in rules.kinds
    place = not (wanted.place and rules.places) or wanted.place in rules.places
    return small and kind and place and not (rules.newcomers and wanted.newcomer is False)
