# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of the town's time has been told, and what is next: the present first, then its history, newest first.

All as values, so that a source that is cut off goes on where it was.
"""

import msgspec

from hanze.feeds.havendam.clock import HOUR, STEP
from hanze.feeds.havendam.pilots import Effect

MONTH = 730 * HOUR * STEP
"""A twelfth of a year, in microseconds: one piece of history."""

MOST_STEPS = HOUR
"""So many steps that were missed are told one by one; what is longer ago is told by the hour."""

Span = tuple[int, int]
"""Start and end (not included), microseconds."""


class Diary(msgspec.Struct, frozen=True, omit_defaults=True):
    """`first`: when it was begun, and `since`: how far the history goes back from there; microseconds. `told`: the last step that
    was told as the present; None before the first.

    `spans`: hours that are still to be told, oldest first. `pieces`: how many there were when the telling began.
    `still`: a digest of what stands still as it was told last.
    """

    seed: int = 0
    first: int = 0
    since: int = 0
    told: int | None = None
    spans: tuple[Span, ...] = ()
    pieces: int = 0
    effects: tuple[Effect, ...] = ()
    still: str = ""

    @property
    def end(self) -> int:
        """All of the present before this moment has been told; microseconds."""
        return 0 if self.told is None else (self.told + 1) * STEP


def begun(seed: int, now: int) -> Diary:
    """Before anything is told."""
    return Diary(seed=seed, first=now, since=now)


def back(diary: Diary, months: int) -> Diary:
    """The history shall go back so many months; what was told of longer ago stays."""
    since = diary.first - months * MONTH
    if since >= diary.since:
        return diary
    return _with(msgspec.structs.replace(diary, since=since), (since, diary.since))


def present(diary: Diary, now: int) -> tuple[Diary, list[int]]:
    """The steps that are to be told now, oldest first. What was missed for longer becomes history that is due."""
    step = now // STEP
    if diary.told is None:
        return msgspec.structs.replace(diary, told=step), [step]
    if step <= diary.told:
        return diary, []
    after = msgspec.structs.replace(diary, told=step)
    if step - diary.told > MOST_STEPS:
        return _with(after, (diary.end, step * STEP)), [step]
    return after, list(range(diary.told + 1, step + 1))


def missed(before: Diary, steps: list[int]) -> bool:
    """Between what was told before and these steps of the present there is more."""
    return bool(steps) and before.told is not None and steps[0] > before.told + 1


def piece(diary: Diary) -> tuple[Diary, Span | None]:
    """The next part of the history, and the diary once it is told; None where all is told."""
    if not diary.spans:
        return diary, None
    *older, (start, end) = diary.spans
    first = max(start, end - MONTH)
    left = (*older, (start, first)) if first > start else tuple(older)
    return msgspec.structs.replace(diary, spans=left, pieces=diary.pieces if left else 0), (first, end)


def left(diary: Diary) -> int:
    """How many pieces of history are still to be told."""
    return sum(-(-(end - start) // MONTH) for start, end in diary.spans)


def _with(diary: Diary, span: Span) -> Diary:
    if span[0] >= span[1]:
        return diary
    added = msgspec.structs.replace(diary, spans=tuple(sorted((*diary.spans, span))))
    return msgspec.structs.replace(added, pieces=diary.pieces + left(added) - left(diary))
