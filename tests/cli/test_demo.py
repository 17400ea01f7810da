# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""make demo, without the recordings at hand: it runs, and each address that it prints answers as typed."""

import contextlib
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest

from hanze.cli import demo

DEMO = [sys.executable, "-m", "hanze.cli.demo", "--port", "0", "--folder", "demo-node"]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of work beside which there are no recordings."""
    made = tmp_path_factory.mktemp("demo") / "work"
    made.mkdir()
    assert not (made / demo.RIVM).exists()
    return made


def test_each_printed_line_answers_with_something_in_it(place: Path) -> None:
    running = subprocess.Popen(
        DEMO, cwd=place, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert running.stdout is not None
        text = ""
        for line in running.stdout:
            text += line
            if "Ctrl-C stops the node" in line:
                break
        found = {
            name.strip(): command for name, command in re.findall(r"^  (\w[\w ]+?)  +(curl .*)$", text, re.MULTILINE)
        }
        assert list(found) == [
            "health", "types", "one station", "a query", "near a place", "monthly means of a year"
        ]  # fmt: skip
        answers = {name: _typed(command) for name, command in found.items()}
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)  # the demonstration, and its node where the test failed
    assert "making simulated observations of three invented stations" in text
    assert answers["health"]["status"] == "up"
    assert answers["types"]["typeList"] == ["AirQualityObserved"]
    assert answers["one station"]["simulated"] is True
    assert len(answers["a query"]) == 2
    assert {one["stationName"] for one in answers["near a place"]} == {"harbour", "market", "meadow"}
    means = answers["monthly means of a year"]["no2"]["avg"]
    assert [start[:7] for _, start, _ in means] == ["2018-12", "2019-01", "2019-02"]
    assert running.returncode == 0
    assert out.strip() == "Stopping; the data stay in demo-node"
    assert err == ""


def _typed(command: str) -> Any:
    """What the line gives in a shell: words as a shell splits them, and nothing in the address that curl would read itself."""
    program, quiet, url = shlex.split(command)
    assert (program, quiet) == ("curl", "-s")
    assert not re.search(r"[\[\]{} ]", url)
    answer = httpx2.get(url)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_second_time_it_finds_its_data_and_ends_at_once(place: Path) -> None:
    done = subprocess.run([*DEMO, "--once"], cwd=place, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "are loaded already" in done.stderr
    assert " 0 new, 0 rejected." in done.stdout
    assert "Ctrl-C stops the node." in done.stdout


def test_it_ends_where_a_verb_fails_which_has_said_why(tmp_path: Path) -> None:
    (tmp_path / "demo-node").mkdir()
    (tmp_path / "demo-node" / "hanze.toml").write_text("[citty]\n", "utf-8")
    done = subprocess.run([*DEMO, "--once"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr == "hanze: demo-node/hanze.toml: there is no key citty; did you mean city?\n"
