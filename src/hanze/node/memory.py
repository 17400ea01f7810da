# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps the process small: what large requests left free goes back to the system, but not after each of them."""

import ctypes
import gc

from hanze.node.metrics import memory

ARENA_MAX, ARENAS = -8, 2
"""glibc keeps free memory for each of so many groups of threads (malloc.h, M_ARENA_MAX); by default for eight a core."""

MMAP_THRESHOLD, TRIM_THRESHOLD, KEPT_BYTES = -3, -1, 32 << 20
"""It would give arrays and bodies of requests back at once, and each time the system makes new pages of zeros for the next
ones, which is up to a third of the work of a geo-query."""

GROWN_BYTES = 32 << 20


class Memory:
    """That of the process. Made before there are threads."""

    def __init__(self) -> None:
        library = ctypes.CDLL(None)
        self._trim = getattr(library, "malloc_trim", None)
        self._least = memory()
        if self._trim is not None:
            library.mallopt(ARENA_MAX, ARENAS)
            library.mallopt(MMAP_THRESHOLD, KEPT_BYTES)
            library.mallopt(TRIM_THRESHOLD, KEPT_BYTES)

    def tidy(self) -> None:
        """Where the process has grown: it takes 20 to 40 ms, so it is not done for a little."""
        now = memory()
        if now - self._least > GROWN_BYTES:
            # The collector runs seldom (hanze.node.serve), and what stands in a circle may be large.
            gc.collect()
            if self._trim is not None:
                self._trim(0)
            now = self._least = memory()
        self._least = min(self._least, now)
