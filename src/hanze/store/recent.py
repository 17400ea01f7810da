# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was asked for last, as much as fits within a weight: for caches that must not grow with what they stand before."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Recent(Generic[K, T]):
    """Keeps at most `most` of weight, and always the very last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._weight = 0
        self._found: OrderedDict[K, tuple[T, int]] = OrderedDict()

    def get(self, key: K) -> T | None:
        found = self._found.get(key)
        if found is None:
            return None
        self._found.move_to_end(key)
        return found[0]

    def put(self, key: K, value: T, weight: int) -> None:
        self.drop(key)
        self._weight += weight
        self._found[key] = value, weight
        while self._weight > self._most and len(self._found) > 1:
            self._weight -= self._found.popitem(last=False)[1][1]

    def drop(self, key: K) -> None:
        old = self._found.pop(key, None)
        if old is not None:
            self._weight -= old[1]

    def clear(self) -> None:
        self._found.clear()
        self._weight = 0
