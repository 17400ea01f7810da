# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Content-Range of an answer that holds only part of what was asked. Source: clause 6.3.10.

An answer is complete from START to END. Where the last instances were asked for, it runs from the newest back, and SIZE
is lastN; else it is `*`. A client goes on at END: what lies exactly on it comes again.
"""

from collections.abc import Sequence

from hanze.http.reply import Headers
from hanze.ngsild import times
from hanze.ngsild.selection import Window
from hanze.store.base import TemporalEntity


def content_range(window: Window, found: Sequence[TemporalEntity]) -> Headers:
    """The header; none where the answer is whole."""
    spans = [entity.span for entity in found if entity.span is not None]
    if not spans or not any(entity.cut for entity in found):
        return []
    oldest, newest = min(span[0] for span in spans), max(span[1] for span in spans)
    if window.last is None:
        start = oldest if window.relation in ("", "before") or window.start is None else window.start
        end, size = newest, "*"
    else:
        bound = window.end if window.relation == "between" else window.start if window.relation == "before" else None
        start, end, size = newest if bound is None else bound, oldest, str(window.last)
    return [(b"content-range", f"date-time {times.text(start)}-{times.text(end)}/{size}".encode())]
