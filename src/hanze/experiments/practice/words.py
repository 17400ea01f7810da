# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words that change, such as open and closed: drawn anew from what was true at the same hour of the week."""

from collections.abc import Mapping, Sequence

import numpy as np

from hanze.experiments.practice.hours import HOUR, WEEK, Weeks

Word = str | bool

MOST_KINDS = 12
"""An attribute with more of them is text, of which nothing is kept."""

Told = tuple[list[int], list[Word]]
"""Moments (microseconds), and what is true from each of them on."""


def resampled(
    things: Sequence[Mapping[str, list[Word | None]]], span: Weeks, random: np.random.Generator
) -> list[dict[str, Told]]:
    """`things`: of each, by attribute, what was true in each hour of the longest span. What is drawn for an hour was true of one of
    the things in the same hour of any week; only changes are told."""
    found: list[dict[str, Told]] = [{} for _ in things]
    for name in sorted({name for thing in things for name in thing}):
        real = {number: thing[name][span.skipped :] for number, thing in enumerate(things) if name in thing}
        kinds = {one for told in real.values() for one in told if one is not None}
        if not 1 < len(kinds) <= MOST_KINDS:
            continue
        pools: list[list[Word]] = [[] for _ in range(WEEK)]
        for told in real.values():
            for hour, one in enumerate(told):
                if one is not None:
                    pools[hour % WEEK].append(one)
        for number in real:
            found[number][name] = _drawn(pools, span, random)
    return found


def _drawn(pools: Sequence[Sequence[Word]], span: Weeks, random: np.random.Generator) -> Told:
    moments: list[int] = []
    values: list[Word] = []
    for hour, share in enumerate(random.uniform(0, 1, span.hours).tolist()):
        pool = pools[hour % WEEK]
        if pool and pool[int(share * len(pool))] not in values[-1:]:
            moments.append(span.start + hour * HOUR)
            values.append(pool[int(share * len(pool))])
    return moments, values
