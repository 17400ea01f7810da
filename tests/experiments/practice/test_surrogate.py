# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Practice data are near enough to the real ones to build against, and no copy of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.errors import CalculationFailed
from hanze.experiments.practice.distances import LIMITS, distances, kept
from hanze.experiments.practice.making import make
from hanze.experiments.practice.surrogate import Floats, surrogates

WEEK, MONDAY = 168, np.datetime64("2019-01-07T00", "h")
RIVM = Path(__file__).parents[4] / "shared/data/rivm_luchtmeetnet/luchtmeetnet_2017_2023_hourly.parquet"

recorded = pytest.mark.skipif(not RIVM.exists(), reason=f"RIVM's hours are not at {RIVM}")


def rivm(stations: list[str], weeks: int = 25) -> tuple[Floats, list[int]]:
    """(series, hours) of some stations, in CET, and of each series the station."""
    parquet: Any = pytest.importorskip("pyarrow.parquet")
    until = MONDAY + np.timedelta64(weeks * WEEK, "h")
    inside = [
        ("start", ">=", MONDAY.astype("M8[ms]")),
        ("start", "<", until.astype("M8[ms]")),
        ("station", "in", stations),
    ]
    table = parquet.read_table(RIVM, filters=inside)
    places, components = (
        np.unique(table[name].to_numpy().astype(str), return_inverse=True)[1] for name in ("station", "component")
    )
    found = np.full((places.max() + 1, components.max() + 1, weeks * WEEK), np.nan)
    hours = (table["start"].to_numpy().astype("M8[h]") - MONDAY).astype(int)
    found[places, components, hours] = table["value"].to_numpy()
    known = np.isfinite(found).mean(axis=2) > 0.5
    return found[known], np.nonzero(known)[0].tolist()


@pytest.fixture(scope="module")
def real() -> tuple[Floats, list[int]]:
    return rivm(["NL01487", "NL10636", "NL49012"])


@recorded
@pytest.mark.parametrize("seed", range(3))
def test_series_of_real_stations_are_followed_within_the_limits(real: tuple[Floats, list[int]], seed: int) -> None:
    values, things = real
    made = make(values, WEEK, 0, things, seed)
    assert distances(values, made.values, WEEK, things) == made.distances and kept(made.distances)
    assert np.isnan(made.values).sum() == np.isnan(values).sum()
    assert np.nanmax(made.values) < np.nanmax(values)


def test_a_series_too_short_for_a_rhythm_is_refused() -> None:
    with pytest.raises(CalculationFailed, match="eight weeks"):
        make(np.random.default_rng(0).lognormal(1, 1, (2, 200)).cumsum(axis=1), WEEK, 0, [0, 0], 1)


@recorded
def test_the_same_seed_makes_the_same(real: tuple[Floats, list[int]]) -> None:
    one, same, other = (surrogates(real[0], WEEK, 0, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(one, same, equal_nan=True) and not np.array_equal(one, other, equal_nan=True)


def shuffled(values: Floats) -> Floats:
    return np.random.default_rng(0).permuted(values, axis=1)


def alone(values: Floats) -> Floats:
    """Each series by itself."""
    return np.concatenate(
        [surrogates(one[None], WEEK, 0, np.random.default_rng(row)) for row, one in enumerate(values)]
    )


@recorded
@pytest.mark.parametrize(
    ("spoil", "limits"),
    [
        (lambda values: values, {"nearest"}),
        (lambda values: values * 1.2, {"spread"}),
        (shuffled, {"step", "day", "week"}),
        (alone, {"cross"}),
    ],
)  # fmt: skip
def test_what_is_a_copy_or_unlike_is_found(
    real: tuple[Floats, list[int]], spoil: Callable[[Floats], Floats], limits: set[str]
) -> None:
    values, things = real
    found = distances(values, spoil(values), WEEK, things)
    over = {name for name in LIMITS.__struct_fields__ if getattr(found, name) > getattr(LIMITS, name)} - {"nearest"}
    over |= {"nearest"} if found.nearest < LIMITS.nearest else set()
    assert limits <= over and not kept(found)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**31), st.booleans(), st.integers(0, WEEK - 1))
def test_values_stay_between_the_observed_ones(seed: int, whole: bool, first: int) -> None:
    random = np.random.default_rng(seed)
    values = random.poisson(20, (2, 6 * WEEK)).astype(float) if whole else random.lognormal(2, 1, (2, 6 * WEEK))
    values[0, 100:150] = np.nan
    made = surrogates(values, WEEK, first, random)
    for one, other in zip(values, made, strict=True):
        assert np.nanmin(one) <= np.nanmin(other) and np.nanmax(other) <= np.nanmax(one)
        assert not whole or np.array_equal(other, np.round(other), equal_nan=True)


def test_a_series_that_never_changes_stays_as_it_is() -> None:
    made = surrogates(np.full((1, 4 * WEEK), 3.0), WEEK, 0, np.random.default_rng(0))
    assert (made == 3.0).all()
