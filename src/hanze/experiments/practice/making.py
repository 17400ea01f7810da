# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Practice data that keep the limits: of some draws the first one that does."""

from collections.abc import Sequence

import msgspec
import numpy as np

from hanze.errors import CalculationFailed
from hanze.experiments.practice.distances import Distances, beyond, distances, kept
from hanze.experiments.practice.surrogate import Floats, surrogates

DRAWS = 8


class Made(msgspec.Struct, frozen=True):
    """`values`: (series, moments); `distances`: from the real ones."""

    values: Floats
    distances: Distances


def make(real: Floats, week: int, first: int, things: Sequence[int], seed: int) -> Made:
    """Arguments as of surrogates and distances; the same seed makes the same. Errors: CalculationFailed where no draw keeps the
    limits, as with a series that is too short to have a rhythm."""
    random = np.random.default_rng(seed)
    for _ in range(DRAWS):
        values = surrogates(real, week, first, random)
        found = distances(real, values, week, things)
        if kept(found):
            return Made(values, found)
    raise CalculationFailed(
        f"Of {DRAWS} draws of practice data none was near enough to the real ones without being a copy: the last had "
        f"{beyond(found)}; take a longer period, eight weeks at least."
    )
