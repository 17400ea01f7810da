# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof "properties": the property tests look for new examples, many of them, for as long as they are given."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator

from tests.prove.seen import Seen, check

SECONDS = 15 * 60
PLACES = ("tests/ngsild", "tests/contract")

_OUTCOME = re.compile(r"(\d+) passed")


def prove(rounds: Iterable[int], seed: int) -> Iterator[Seen]:
    for number in rounds:
        yield _run(seed + number)


def _run(seed: int) -> Seen:
    """Failed where a test fails; a run that is not done in time counts for what it has passed."""
    words = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", f"--hypothesis-seed={seed}", *PLACES]
    begin = time.monotonic()
    process = subprocess.Popen(
        words, env={**os.environ, "HANZE_PROFILE": "prove"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        told, _ = process.communicate(timeout=SECONDS)
        check(process.returncode == 0, told[-3000:])
        found = _OUTCOME.search(told)
        passed, late = int(found[1]) if found else 0, 0
    except subprocess.TimeoutExpired:
        process.kill()
        told, _ = process.communicate()
        lines = [line.partition(" ")[0] for line in told.splitlines()]
        passed, late = sum(line.count(".") for line in lines if set(line) <= set(".s")), 1
    return Seen(
        {"property and contract tests passed": passed, "stopped by the clock": late},
        {"minutes": round((time.monotonic() - begin) / 60, 1)},
    )
