# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is hidden in figures cannot be worked out from the rest."""

import itertools
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hanze.experiments.challenges import figures
from hanze.experiments.challenges.figures import FEW, VALUES, Raw

COUNTS = st.lists(st.integers(0, 8), min_size=2, max_size=5)


@given(COUNTS)
def test_of_what_is_hidden_nothing_follows_from_the_whole(counts: list[int]) -> None:
    shown = figures.hidden(counts)
    assert all(one is None or one == count for one, count in zip(shown, counts, strict=True))
    assert all(one is None or one == 0 or one >= FEW for one in shown)
    away = [count for one, count in zip(shown, counts, strict=True) if one is None]
    assert len(away) != 1 and (not away or sum(away) >= FEW or len(away) == len(counts))


@given(COUNTS)
def test_a_hidden_count_could_be_another_one(counts: list[int]) -> None:
    """Who knows the whole and what is shown still cannot tell any of the hidden ones."""
    shown = figures.hidden(counts)
    places = [place for place, one in enumerate(shown) if one is None]
    rest = sum(counts[place] for place in places)
    if not places or rest == 0:
        return
    for place in places:
        others = {
            split[places.index(place)]
            for split in itertools.product(range(rest + 1), repeat=len(places))
            if sum(split) == rest and len(split) <= 3
        } or set(range(rest + 1))
        assert len(others) > 1


def raw(*kinds: int) -> Raw:
    counts = {name: [0] * len(there) for name, there in VALUES.items()}
    counts["kind"] = list(kinds)
    none = {name: [0] * len(there) for name, there in VALUES.items()}
    return Raw(counts, none, 21)


def test_a_year_does_not_betray_one_of_its_calls() -> None:
    plain, few = raw(5, 4, 3, 6), raw(5, 1, 3, 0)
    assert figures.together([plain]).by_applied["kind"] == [5, 4, 3, 6]
    # The year less the call that is told would be the call that is not.
    assert figures.together([plain, few]).by_applied["kind"] == [None] * 4
    assert figures.together([plain, few, raw(4, 3, 4, 0), raw(0, 2, 0, 4)]).by_applied["kind"] == [14, 10, 10, 10]
    assert figures.together([plain, few]).applied == 18 + 9


def test_days_are_counted_from_the_last_day_to_apply() -> None:
    assert figures.raw([], [], "2026-04-10", date(2026, 5, 1)).days == 21
