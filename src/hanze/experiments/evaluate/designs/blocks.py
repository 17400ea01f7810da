# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The blocks of time in which a measure was switched on or off, and how else they could have been drawn."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.designs.lots import DRAWS
from hanze.experiments.evaluate.table import Bools, Floats, Ints

FEWEST = 4
"""Blocks, of which two are on or two are off."""

JITTER = 1.5
"""Times the shortest run: longer ones are several blocks in the same state."""


CHANCE = 8
"""Runs, none of which is only one block long: each is with a chance of a half, so that this is none."""


class Blocks(msgspec.Struct, frozen=True, eq=False):
    """`of`: (T,) the block of each moment, -1 outside of the trial. `states`: (U, B) of units that were switched, whose places are
    `units`; `place`: (T,) of each moment in its block, from 0. `length`: moments in a usual block."""

    of: Ints
    place: Ints
    units: Ints
    states: Bools
    length: int

    def redrawn(self, rng: np.random.Generator) -> Bools:
        """(L, U, B), the real states first. Whoever drew blocks in turn could as well have drawn them in another order, the same
        for all units, and given the courses to units in another way; that holds for coins that are tossed, for as many blocks on as
        off, and for units in pairs that are never on together. Where the two blocks of each pair always differ, the pair was
        drawn as one: only its order changes."""
        units, count = self.states.shape
        who = rng.random((DRAWS, units)).argsort(axis=1)
        when = _pairs(count, rng) if self._paired() else rng.random((DRAWS, count)).argsort(axis=1)
        return np.concatenate([self.states[None], self.states[who[:, :, None], when[:, None, :]]])

    def _paired(self) -> bool:
        even = self.states.shape[1] // 2 * 2
        return bool((self.states[:, 0:even:2] != self.states[:, 1:even:2]).all())


def _pairs(count: int, rng: np.random.Generator) -> Ints:
    """(L, count): orders in which pairs are turned around by lot; the last of an odd number stays."""
    turned = rng.random((DRAWS, count // 2)) < 0.5
    found = np.tile(np.arange(count), (DRAWS, 1))
    even = found[:, : count // 2 * 2]
    even += np.stack([turned, -1 * turned], axis=2).reshape(even.shape)
    return found


def blocks(on: Bools, known: Bools, since: int | None, what: str) -> Blocks:
    """Of (N, T), where the measure is on and the outcome is known. `since`: the place in time at which the trial began, None where
    nobody said: then what lies before the first change, and after the last, is part of it unless it is more than twice as long as
    lies between changes at most; of that as much is. Errors: ConfigurationError where it is not switched often enough, or units are
    switched at moments of their own."""
    turns = [_turns(*pair, since or 0) for pair in zip(on, known, strict=True)]
    units = np.flatnonzero([len(one) > 0 for one in turns])
    edges = _edges([turn for one in turns for turn in one])
    runs = [run for unit in units for run in np.diff(edges[np.searchsorted(edges, [low for low, _ in turns[unit]])])]
    if not runs:
        raise ConfigurationError(
            f"{what} is for a measure that goes on and off, and here it goes on once; use the design its, did or stepped-wedge."
        )
    gaps = np.diff(edges)
    if gaps.min() * JITTER < min(runs) and len(runs) >= CHANCE:
        raise ConfigurationError(
            f"Units are switched {gaps.min()} moments after each other, and each stays as it is for {min(runs)} or more; {what} "
            "needs blocks that begin together. Evaluate the units one by one."
        )
    return _cut(on[units], known[units], units, edges, since, what)


def _turns(on: Bools, known: Bools, since: int) -> list[tuple[int, int]]:
    """The first and the last moment at which each switch of a unit can have been: as in the data, there may be a gap around it."""
    places = np.flatnonzero(known)
    places = places[places >= since]
    turned = np.flatnonzero(on[places][1:] != on[places][:-1])
    return [(int(places[one]) + 1, int(places[one + 1])) for one in turned]


def _edges(turns: Sequence[tuple[int, int]]) -> Ints:
    """The fewest moments at which all switches can have been."""
    found: list[int] = []
    for low, high in sorted(turns, key=lambda turn: turn[1]):
        if not found or found[-1] < low:
            found.append(high)
    return np.array(found, np.int64)


def _cut(on: Bools, known: Bools, units: Ints, edges: Ints, since: int | None, what: str) -> Blocks:
    gaps, moments = np.diff(edges), on.shape[1]
    length = max(1, round(float(np.median(gaps[gaps <= JITTER * gaps.min()]))))
    most = int(gaps.max())
    begin = since if since is not None else 0 if edges[0] <= 2 * most else int(edges[0]) - most
    end = moments if since is not None or moments - edges[-1] <= 2 * most else int(edges[-1]) + most
    bounds = _bounds([begin, *edges.tolist(), end], length)
    if len(bounds) - 1 < FEWEST:
        raise ConfigurationError(f"{what} needs {FEWEST} blocks that are on or off, and there are {len(bounds) - 1}.")
    of, place = np.full(moments, -1, np.int64), np.zeros(moments, np.int64)
    for block, (first, last) in enumerate(pairwise(bounds)):
        of[first:last], place[first:last] = block, np.arange(last - first)
    starts = [slice(*pair) for pair in pairwise(bounds)]
    states = np.array([(on & known)[:, one].sum(axis=1) * 2 > known[:, one].sum(axis=1) for one in starts]).T
    return Blocks(of, place, units, states, length)


def _bounds(edges: Sequence[int], length: int) -> list[int]:
    """Runs cut into as many blocks as are in them."""
    found = [edges[0]]
    for first, last in pairwise(edges):
        count = max(1, round((last - first) / length))
        found += [first + round((last - first) * part / count) for part in range(1, count + 1)]
    return found


def sums(blocks: Blocks, values: Floats, moments: Bools) -> Floats:
    """(U, B): of values (N, T) over the moments (T,) of each block."""
    inside = moments & (blocks.of >= 0)
    found = np.zeros(blocks.states.shape)
    part = values[np.ix_(blocks.units, np.flatnonzero(inside))]
    np.add.at(found.T, blocks.of[inside], part.T)
    return found
