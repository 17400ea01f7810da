# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps the process small: what large requests left free goes back to the system, which glibc does not do by itself."""

import ctypes

from hanze.node.metrics import memory

ARENA_MAX, ARENAS = -8, 2
"""glibc keeps free memory for each of so many groups of threads (malloc.h, M_ARENA_MAX); by default for eight a core."""

GROWN_BYTES = 16 << 20


class Memory:
    """That of the process; does nothing where the C library is not glibc. Made before there are threads."""

    def __init__(self) -> None:
        library = ctypes.CDLL(None)
        self._trim = getattr(library, "malloc_trim", None)
        self._least = memory()
        if self._trim is not None:
            library.mallopt(ARENA_MAX, ARENAS)

    def tidy(self) -> None:
        """Where the process has grown: it takes some milliseconds, in which others go on."""
        now = memory()
        if self._trim is not None and now - self._least > GROWN_BYTES:
            self._trim(0)
            self._least = memory()
        else:
            self._least = min(self._least, now)
