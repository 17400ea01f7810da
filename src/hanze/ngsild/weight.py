# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""About how many bytes a JSON value takes, without writing it."""

from typing import Any

PLAIN = 8
"""A number, true, false or null."""


def fits(value: Any, most: int) -> bool:
    """The value takes no more than so many bytes."""
    return _left(value, most) >= 0


def _left(value: Any, room: int) -> int:
    """What is left of the room; below 0 nothing more is looked at."""
    if isinstance(value, str):
        return room - len(value)
    if isinstance(value, dict):
        for key, member in value.items():
            room = _left(member, room - len(key))
            if room < 0:
                break
        return room
    if isinstance(value, list):
        for element in value:
            room = _left(element, room - 1)
            if room < 0:
                break
        return room
    return room - PLAIN
