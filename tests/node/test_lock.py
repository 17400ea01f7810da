# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The lock of a folder: one process holds it, and however that one ends the next can have it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hanze.errors import ConfigurationError
from hanze.node.lock import FILE, Busy, FolderLock

HOLD = """
import sys
from pathlib import Path
from hanze.node.lock import FolderLock
FolderLock(Path(sys.argv[1]), "a running node")
print("held", flush=True)
sys.stdin.read()
"""


def holder(folder: Path) -> "subprocess.Popen[bytes]":
    """A process that holds the folder until its input ends."""
    made = subprocess.Popen([sys.executable, "-c", HOLD, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert made.stdout is not None and made.stdout.readline() == b"held\n"
    return made


def test_one_at_a_time_and_the_other_learns_who_it_is(tmp_path: Path) -> None:
    with holder(tmp_path) as other:
        with pytest.raises(Busy) as found:
            FolderLock(tmp_path, "hanze load")
        assert found.value.detail == (
            f"{tmp_path} is in use by a running node (process {other.pid}); stop that one first, "
            "or give another folder with --folder."
        )
        other.communicate()
    FolderLock(tmp_path, "hanze load").release()


def test_the_lock_of_a_process_that_was_killed_is_taken_over(tmp_path: Path) -> None:
    with holder(tmp_path) as other:
        other.kill()
        other.wait()
        assert str(other.pid) in (tmp_path / FILE).read_text("utf-8")
        lock = FolderLock(tmp_path, "hanze load")
        assert (tmp_path / FILE).read_text("utf-8") == f"hanze load (process {os.getpid()})"
        lock.release()


def test_a_released_lock_is_free_although_a_child_lives_on(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path, "hanze load")
    with pytest.raises(Busy, match=r"in use by hanze load"):
        FolderLock(tmp_path, "hanze key")
    child = subprocess.Popen(["sleep", "60"], close_fds=False)
    lock.release()
    FolderLock(tmp_path, "hanze key").release()
    child.kill()
    child.wait()


def test_nobody_else_may_read_the_lock(tmp_path: Path) -> None:
    FolderLock(tmp_path, "hanze load").release()
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="check that the folder exists and may be written") as found:
        FolderLock(tmp_path / "nowhere", "hanze load")
    assert not isinstance(found.value, Busy)
