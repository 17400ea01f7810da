# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The present is told step by step, the history once and whole, however often the telling is broken off."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hanze.feeds.havendam import diary
from hanze.feeds.havendam.clock import HOUR, STEP
from hanze.feeds.havendam.diary import MONTH, Diary, Span

NOW = 6_000_000 * STEP + 7
HOURLY = HOUR * STEP


def through(kept: Diary) -> list[Span]:
    """The pieces up to the last one."""
    found: list[Span] = []
    while True:
        kept, span = diary.piece(kept)
        if span is None:
            assert (kept.pieces, kept.spans) == (0, ())
            return found
        found.append(span)


def test_the_present_comes_first_and_then_the_months_backwards() -> None:
    kept = diary.back(diary.begun(1, NOW), 18)
    assert (kept.pieces, diary.left(kept)) == (18, 18)
    kept, steps = diary.present(kept, NOW)
    assert steps == [NOW // STEP]
    assert through(kept) == [(NOW - (n + 1) * MONTH, NOW - n * MONTH) for n in range(18)]


def test_no_step_is_left_out_or_told_twice() -> None:
    kept, told = diary.begun(1, NOW), []
    for moment in (0, 1, STEP - 8, STEP, STEP + 1, 5 * STEP, 4 * STEP, (5 + diary.MOST_STEPS) * STEP):
        kept, steps = diary.present(kept, NOW + moment)
        told += steps
    assert told == list(range(NOW // STEP, NOW // STEP + 6 + diary.MOST_STEPS))
    assert kept.spans == ()


def test_after_a_longer_pause_the_hours_that_were_missed_are_due() -> None:
    kept, _ = diary.present(diary.begun(1, NOW), NOW)
    later = NOW + 30 * HOURLY
    kept, steps = diary.present(kept, later)
    assert steps == [later // STEP]
    assert through(kept) == [(NOW // STEP * STEP + STEP, later // STEP * STEP)]


def test_a_history_may_be_asked_to_go_back_further_later() -> None:
    kept, _ = diary.present(diary.back(diary.begun(1, NOW), 2), NOW)
    _, kept = through(kept), diary.piece(diary.piece(kept)[0])[0]
    assert diary.back(kept, 1) == diary.back(kept, 2) == kept
    assert through(diary.back(kept, 3)) == [(NOW - 3 * MONTH, NOW - 2 * MONTH)]


@given(st.integers(0, 5), st.lists(st.sampled_from(["piece", "pause", "months"]), max_size=20))
def test_in_the_end_every_hour_is_told_once(months: int, steps: list[str]) -> None:
    kept, now, found = diary.back(diary.begun(1, NOW), months), NOW, list[Span]()
    kept, _ = diary.present(kept, now)
    for step in steps:
        if step == "piece":
            kept, span = diary.piece(kept)
            found += [span] if span else []
        elif step == "pause":
            now += 50 * HOURLY
            kept, _ = diary.present(kept, now)
        else:
            months += 1
            kept = diary.back(kept, months)
    found += through(kept)
    assert all(end <= begin for (_, end), (begin, _) in pairwise(sorted(found)))
    hours = [hour for start, end in found for hour in range(-(-start // HOURLY), -(-end // HOURLY))]
    live = {moment // HOURLY for moment in range(NOW, now + 1, 50 * HOURLY)}
    due = range(-(-(NOW - months * MONTH) // HOURLY), now // HOURLY + 1)
    assert set(hours) | live == set(due) | live


def test_a_present_that_does_not_follow_on_what_was_told_has_missed_something() -> None:
    told, steps = diary.present(diary.begun(1, NOW), NOW)
    assert not diary.missed(diary.begun(1, NOW), steps) and not diary.missed(told, [])
    for later, expected in ((STEP, False), (3 * STEP, False), ((diary.MOST_STEPS + 1) * STEP, True)):
        assert diary.missed(told, diary.present(told, NOW + later)[1]) is expected
