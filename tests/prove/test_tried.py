# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tests that are run for a proof: what passed is counted, what fails is told, what the clock ends counts for what it has passed."""

from pathlib import Path

import pytest

from tests.prove.seen import Failed
from tests.prove.tried import tried

TRIED = """
import os, time, pytest
def test_hard(): assert os.environ["HANZE_PROFILE"] == "prove"
@pytest.mark.parametrize("number", range(3))
def test_some(number): {some}
"""


def written(folder: Path, some: str) -> str:
    file = folder / "test_some.py"
    file.write_text(TRIED.format(some=some))
    return str(file)


def test_what_passed_is_counted(tmp_path: Path) -> None:
    seen = tried((written(tmp_path, "pass"),), "good", 60)
    assert seen.counts == {"good": 4, "stopped by the clock": 0}


def test_what_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="assert 2 < 2"):
        tried((written(tmp_path, "assert number < 2"),), "good", 60)


def test_what_is_skipped_proves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="nothing was tried"):
        tried((written(tmp_path, "pytest.skip('no browser')") + "::test_some",), "good", 60)


def test_the_clock_ends_it(tmp_path: Path) -> None:
    seen = tried((written(tmp_path, "time.sleep(30 * number)"),), "good", 5)
    assert seen.counts == {"good": 2, "stopped by the clock": 1}
