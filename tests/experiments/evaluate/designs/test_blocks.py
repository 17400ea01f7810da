# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Blocks are found in how a measure was switched, and drawn again as they could have been drawn."""

import numpy as np
import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.designs.blocks import blocks, sums
from hanze.experiments.evaluate.table import Bools


def runs(*lengths: int, first: bool = False) -> Bools:
    """(1, T): states that change after so many moments each."""
    return np.repeat([(place % 2 == 1) != first for place in range(len(lengths))], lengths)[None]


def known(on: Bools) -> Bools:
    return np.ones_like(on)


def test_runs_are_cut_into_blocks_of_the_shortest() -> None:
    found = blocks(on := runs(24, 48, 24, 72, 24), known(on), 0, "switchback")
    assert found.length == 24
    assert found.states[0].tolist() == [False, True, True, False, True, True, True, False]
    assert np.bincount(found.of).tolist() == [24] * 8
    assert found.place.max() == 23


def test_an_hour_more_or_less_makes_no_other_block() -> None:
    found = blocks(on := runs(24, 23, 24, 49, 24, 47, 24), known(on), None, "switchback")
    assert found.states.shape == (1, 9)


def test_a_long_time_before_and_after_is_no_part_of_it() -> None:
    on = runs(200, 10, 20, 10, 10, 10, 300)
    found = blocks(on, known(on), None, "switchback")
    assert (found.of >= 0).sum() == 20 + 60 + 20
    assert found.of[180] == 0
    assert found.of[179] == -1
    assert (blocks(on, known(on), 0, "switchback").of >= 0).all()


def test_in_a_short_trial_each_unit_may_stay_longer_than_a_block_by_chance() -> None:
    on = np.concatenate([runs(7, 14, 14, 7), runs(14, 14, 14)[:, :42]])
    assert blocks(on, known(on), 0, "switchback").length == 7


def test_a_gap_in_the_data_is_no_switch() -> None:
    on = runs(10, 10, 10, 10)
    gone = known(on)
    gone[0, 12:15] = False
    on[0, 12:15] = False
    assert blocks(on, gone, 0, "switchback").states[0].tolist() == [False, True, False, True]


def test_lots_keep_how_many_blocks_are_on_and_who_was_on_together() -> None:
    rng = np.random.default_rng(1)
    states = rng.permuted(np.tile([[True] * 7 + [False] * 6], (4, 1)), axis=1)
    states[3] = ~states[2]
    on = np.repeat(states, 5, axis=1)
    found = blocks(on, known(on), 0, "switchback")
    assert found.length == 5
    drawn = found.redrawn(np.random.default_rng(2))
    assert (drawn[0] == states).all()
    assert (np.sort(drawn.sum(axis=2), axis=1) == np.sort(states.sum(axis=1))).all()
    columns = {tuple(sorted(one)) for one in states.T.tolist()}
    assert {tuple(sorted(one)) for draw in drawn[:50] for one in draw.T.tolist()} == columns
    assert len({draw.tobytes() for draw in drawn}) > 1990


def test_blocks_in_pairs_are_turned_around_in_their_pairs_only() -> None:
    on = np.repeat([[True, False, False, True, True, False, True, False, True]], 6, axis=1)
    drawn = blocks(on, known(on), 0, "switchback").redrawn(np.random.default_rng(1))
    assert (drawn[:, 0, 0:8:2] != drawn[:, 0, 1:8:2]).all()
    assert drawn[:, 0, 8].all()
    assert 0.45 < drawn[:, 0, 0].mean() < 0.55
    assert len({draw.tobytes() for draw in drawn}) == 16


def test_sums_are_over_the_moments_that_count() -> None:
    found = blocks(on := runs(3, 3, 3, 3), known(on), 0, "switchback")
    values = np.arange(12.0)[None]
    assert sums(found, values, found.place >= 1).tolist() == [[3, 9, 15, 21]]


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (runs(10, 10), "goes on once; use the design its, did or stepped-wedge"),
        (runs(10, 4, 300, first=True), "needs 4 blocks that are on or off, and there are 3"),
        (np.concatenate([runs(20, *[20] * 6), runs(5, *[20] * 6, 15)]), "5 moments after each other"),
    ],
)
def test_what_cannot_be_used_is_said(on: Bools, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        blocks(on, known(on), None, "switchback")
