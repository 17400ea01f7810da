# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What large requests leave in memory goes back to the system."""

import resource
import threading

from hanze.node.memory import GROWN_BYTES, Memory
from hanze.node.metrics import memory

PIECES, PIECE = 40_000, 6_000


def scattered() -> list[bytearray]:
    """So much in small pieces, of which every hundredth stays: the C library keeps the room of all the others."""
    made = [bytearray(PIECE) for _ in range(PIECES)]
    return made[::100]


def test_a_process_that_has_grown_becomes_small_again() -> None:
    tidy = Memory().tidy
    before = memory()
    kept: list[list[bytearray]] = []
    thread = threading.Thread(target=lambda: kept.append(scattered()))
    thread.start()
    thread.join()
    grown = memory() - before
    assert grown > 2 * GROWN_BYTES
    tidy()
    assert memory() - before < grown / 2
    assert len(kept[0]) == PIECES // 100


def test_what_stands_in_a_circle_goes_too() -> None:
    tidy = Memory().tidy
    before = memory()
    circle: list[object] = [bytearray(2 * GROWN_BYTES)]
    circle.append(circle)
    del circle
    assert memory() - before > GROWN_BYTES
    tidy()
    assert memory() - before < GROWN_BYTES


def test_what_requests_need_again_and_again_is_kept() -> None:
    def request() -> None:
        """As the arrays of a geo-query: several pieces, given back together."""
        assert len([b"x" * (3 << 20) for _ in range(6)]) == 6

    def faults() -> int:
        return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt

    Memory()
    request()
    before = faults()
    for _ in range(10):
        request()
    assert (faults() - before) * resource.getpagesize() < 10 * (18 << 20) / 10
