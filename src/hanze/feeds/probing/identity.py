# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which of the values tells one thing from another, for good."""

import re
from typing import Any

from hanze.feeds.probing.leaves import Leaf

NAMED = (
    (100, r"(^|_)(id|identifier|uuid|guid|uid|object_?id|identificatie|kennung)( |$)|^(ogc_)?(fid|gid) "),
    (90, r"_id |(^|_)(lfd_?nr|code|number|nummer|nr|key|ref|reference|sleutel|pk) |^(station|sensor|device|stn) "),
    (40, r"(^|_)(name|naam|title|titel|bezeichnung|displayname) "),
    (20, r"record_?id "),
)
"""How good a name is for an id. The recordid of some portals is made of the content, so that it changes with it."""

NEVER = re.compile(r"house|huis|haus|post|zip|phone|tel|floor|type|country|land")
"""Numbers and codes of something else."""

LONGEST = 200
ODD = 70
"""What an address or a text with blanks is worth less as an id."""


def best(found: list[Leaf], *, repeated: bool = False) -> Leaf | None:
    """The value by which each thing can be named; None where none is known. `repeated`: things may be readings of one."""
    rated = [(worth, leaf) for leaf in found if (worth := _worth(leaf, repeated)) > 0]
    return max(rated, key=lambda one: one[0])[1] if rated else None


def content_made(leaf: Leaf) -> bool:
    """The id may change with the content."""
    return _worth_of_name(leaf) == NAMED[-1][0]


def _worth(leaf: Leaf, repeated: bool) -> float:
    named = _worth_of_name(leaf)
    if not named or len(leaf.told) != len(leaf.values) or not all(map(_fits, leaf.told)):
        return 0
    if not repeated and len({str(value) for value in leaf.told}) != len(leaf.told):
        return 0
    odd = any(isinstance(one, str) and ("://" in one or " " in one.strip()) for one in leaf.told)
    return named - len(leaf.steps) - ODD * odd * (named > NAMED[2][0])


def _worth_of_name(leaf: Leaf) -> int:
    key = leaf.key.partition(" ")[0] + " "
    squashed = leaf.key.partition(" ")[2] + " "
    if NEVER.search(squashed):
        return 0
    if re.search(NAMED[-1][1], key):
        return NAMED[-1][0]
    return next((worth for worth, form in NAMED if re.search(form, key) or re.search(form, squashed)), 0)


def _fits(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, int) or (isinstance(value, str) and 0 < len(value.strip()) <= LONGEST)
