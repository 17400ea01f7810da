# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs tests as hard as they can be: with HANZE_PROFILE=prove they look for new examples, many of them."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence

from tests.prove.seen import Seen, check

_OUTCOME = re.compile(r"(\d+) passed")


def tried(places: Sequence[str], name: str, seconds: float, *words: str) -> Seen:
    """Failed where a test fails, or all are skipped; a run that is not done in time counts for what it has passed.

    `name`: what the tests are called that passed. `words`: more for pytest.
    """
    begin = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *words, *places],
        env={**os.environ, "HANZE_PROFILE": "prove"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        told, _ = process.communicate(timeout=seconds)
        check(process.returncode == 0, told[-3000:])
        found = _OUTCOME.search(told)
        check(found is not None, f"nothing was tried: {told[-300:]}")
        passed, late = int(found[1]) if found else 0, 0
    except subprocess.TimeoutExpired:
        process.kill()
        told, _ = process.communicate()
        lines = [line.partition(" ")[0] for line in told.splitlines()]
        passed, late = sum(line.count(".") for line in lines if set(line) <= set(".s")), 1
    finally:
        process.kill()
    return Seen({name: passed, "stopped by the clock": late}, {"minutes": round((time.monotonic() - begin) / 60, 1)})
