# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Clients that others wrote work against a node; each runs in an environment of its own, which `make clients` makes."""

import subprocess
from pathlib import Path

import pytest

from tests.running import folder_of, running

HERE = Path(__file__).parent
ENVIRONMENTS = HERE.parents[1] / ".venv" / "clients"


@pytest.mark.parametrize("name", sorted(file.stem for file in HERE.glob("*.lock")))
def test_a_client_finds_what_it_expects(name: str, tmp_path: Path) -> None:
    python = ENVIRONMENTS / name / "bin" / "python"
    if not (ENVIRONMENTS / name / ".ready").exists():
        pytest.skip(f"{ENVIRONMENTS / name} is not there; 'make clients' makes it")
    with running(folder_of(tmp_path / "city"), "--allow-loopback") as node:
        done = subprocess.run(
            [python, HERE / f"use_{name}.py", str(node.port)], capture_output=True, text=True, timeout=60, cwd=tmp_path
        )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith(f"{name} is content\n")
    assert '"level":"error"' not in node.log()


def test_the_locks_name_one_version_with_hashes_and_no_address() -> None:
    for file in HERE.glob("*.lock"):
        text = file.read_text("utf-8")
        assert f"\n{file.stem}==" in text
        assert "://" not in text
        assert (HERE / f"use_{file.stem}.py").exists()
        entries = [line for line in text.splitlines() if line and not line.startswith(("#", " "))]
        assert all("==" in entry and entry.endswith("\\") for entry in entries)
