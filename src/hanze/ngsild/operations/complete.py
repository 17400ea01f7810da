# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an attribute instance must have to be stored: a kind, and the value of that kind."""

from hanze.errors import BadRequestData
from hanze.ngsild.entity import VALUE_MEMBER, Instance


def complete(one: Instance, name: str, kind: str | None = None) -> Instance:
    """The instance, of `kind` where it says none itself; BadRequestData where it has no kind or no value."""
    own = one.get("type")
    if own is None:
        if kind is None:
            raise BadRequestData(f"{name} has no value; give it one.")
        own = kind
        one = {"type": kind, **one}
    member = VALUE_MEMBER[own]
    if member not in one:
        raise BadRequestData(f"{name} is a {own} without {member}; give it a {member}.")
    return one
