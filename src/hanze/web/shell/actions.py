# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be done with a thing, as all rooms offer it; templates show it on the page of the thing."""

from collections.abc import Callable, Iterable

from hanze.web.room import Room, Visit

Offered = list[tuple[str, str]]
"""Texts in the visitor's language, and addresses."""

Actions = Callable[[Visit, str, str], Offered]
"""From a visitor, the type of a thing (IRI) and its id to what this visitor can do with it."""


def actions(rooms: Iterable[Room]) -> Actions:
    """In the order of the rooms."""
    every = [action for room in rooms for action in room.actions]

    def of(visit: Visit, type: str, id: str) -> Offered:
        return [
            (visit.language.say(one.text), visit.address(one.page.path, about=id))
            for one in every
            if one.type == type and visit.may(one.page)
        ]

    return of
