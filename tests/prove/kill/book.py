# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What one writer knows for certain of its entities, and what the write under way may have made of them."""

from typing import Any, NamedTuple

Values = dict[str, int]
"""Attribute to number."""
State = dict[str, Values | None]
"""Id to its values; None where there is no such entity."""


class Told(NamedTuple):
    """A notification that must come: of which subscription, about whom, with which number (0: a deletion)."""

    subscription: str
    about: str
    number: int


class Write(NamedTuple):
    """A request, and what it does once it is committed. `past`: instances that history holds from then on."""

    method: str
    path: str
    body: Any
    after: State
    told: tuple[Told, ...] = ()
    past: tuple[tuple[str, str, int], ...] = ()


class Book:
    """Kept over all lives of the node."""

    def __init__(self) -> None:
        self.state: State = {}
        self.under_way: Write | None = None
        self.touched: set[str] = set()
        """Whom the writes of this life were about."""
        self.told: set[Told] = set()
        """Notifications of answered writes that are still to come."""
        self.past: dict[tuple[str, str], set[int]] = {}
        """Answered instances of this life."""
        self.answered = 0

    def begin(self, write: Write) -> None:
        self.under_way = write
        self.touched |= write.after.keys()

    def done(self, write: Write) -> None:
        """The write was answered: from now on it must be there."""
        self.state.update(write.after)
        self.told.update(write.told)
        for id, attribute, number in write.past:
            self.past.setdefault((id, attribute), set()).add(number)
        self.under_way = None
        self.answered += 1

    def settle(self, found: State) -> list[str]:
        """Compares with what the node has after a restart, and takes over what became of the write under way.

        What is wrong, in sentences.
        """
        wrong = []
        doubtful = self.under_way.after if self.under_way else {}
        before = {id: self.state.get(id) for id in doubtful}
        now = {id: found[id] for id in doubtful}
        if now != before and now != doubtful:
            wrong.append(f"half a write: {now} is neither {before} nor {doubtful}")
        self.state.update(now)
        for id, values in found.items():
            if id not in doubtful and values != self.state.get(id):
                wrong.append(f"{id} has {values}, answered was {self.state.get(id)}")
        return wrong

    def forget(self) -> None:
        """A new life begins."""
        self.touched.clear()
        self.past.clear()
        self.under_way = None
