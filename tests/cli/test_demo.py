# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""make demo: the invented town runs, each address that is printed answers as typed, and a second time is quick."""

import contextlib
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from hanze.cli.demo import node, recordings
from tests.running import hanze

DEMO = [sys.executable, "-m", "hanze.cli.demo", "--port", "0", "--folder", "demo-node", "--months", "2", "--no-browser"]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of work beside which there are no recordings."""
    made = tmp_path_factory.mktemp("demo") / "work"
    made.mkdir()
    assert not (made / recordings.RIVM).exists()
    return made


@contextlib.contextmanager
def started(place: Path, *words: str) -> Iterator["subprocess.Popen[str]"]:
    running = subprocess.Popen(
        [*DEMO, *words], cwd=place, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        yield running
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)  # the demonstration, and its node where the test failed
        running.communicate()


def read(running: "subprocess.Popen[str]", upto: str) -> str:
    assert running.stdout is not None
    text = ""
    for line in running.stdout:
        text += line
        if upto in line:
            break
    return text


def test_the_town_runs_and_each_printed_line_answers_with_something_in_it(place: Path) -> None:
    begin = time.monotonic()
    with started(place, "--rivm") as running:
        text = read(running, "monthly means of a year")
        assert time.monotonic() - begin < 10, "the first page"
        text += read(running, "Ctrl-C stops the node")
        found = {
            name.strip(): command for name, command in re.findall(r"^  (\w[\w ]+?)  +(curl .*)$", text, re.MULTILINE)
        }
        assert list(found) == [
            "health", "types", "one station", "a query", "near a place", "monthly means of a year", "its partner reads"
        ]  # fmt: skip
        answers = {name: _typed(command) for name, command in found.items()}
        tried, asked = _trials(text), {one["code"] for one in _listed(text, "challenges")}
        site = re.search(r"The site: (http://127\.0\.0\.1:\d+)/\n", text)
        assert site is not None
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
    assert answers["health"]["status"] == "up"
    assert tried == {
        "buurtpoort": ("evaluated", "worked"), "aanhaakpunt": ("closed", "cannot tell"), "avondkar": ("running", ""),
    }  # fmt: skip
    assert "stille-vuurtorenlaan" in asked
    assert len(answers["its partner reads"]) == 1
    assert len(answers["types"]["typeList"]) >= 13
    assert answers["one station"]["simulated"] is True
    assert len(answers["a query"]) == 5
    assert {"Luchtmeetpunt Bruggestraat"} <= {one["name"] for one in answers["near a place"]}
    means = answers["monthly means of a year"]["no2"]["avg"]
    months = {start[:7] for _, start, _ in means}
    assert len(months) in (2, 3)
    assert "source havendam: back-filling: 1 of 2 months" in text
    assert "There are no recordings at ../shared/data/rivm_luchtmeetnet/" in text
    assert running.returncode == 0
    assert out.strip().endswith("Stopping; the data stay in demo-node")
    assert err == ""


def _trials(text: str) -> dict[str, tuple[str, str]]:
    """By code, the state and the verdict of each trial of the town that said where it is."""
    return {one["code"]: (one["status"], one["verdict"]) for one in _listed(text, "trials")}


def _listed(text: str, what: str) -> list[dict[str, Any]]:
    site = re.search(r"The site: (\S+)/\n", text)
    assert site is not None
    found: list[dict[str, Any]] = httpx2.get(f"{site[1]}/v1/{what}").json()["items"]
    return found


def _typed(command: str) -> Any:
    """What the line gives in a shell: words as a shell splits them, and nothing in the address that curl would read itself."""
    program, quiet, *headers, url = shlex.split(command)
    assert (program, quiet) == ("curl", "-s") and headers[:1] in ([], ["-H"])
    assert not re.search(r"[\[\]{} ]", url)
    answer = httpx2.get(url, headers=dict(one.split(": ") for one in headers[1:]))
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_second_time_it_finds_its_data_and_ends_at_once_and_a_taken_port_gives_the_next_one(place: Path) -> None:
    begin = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        words = [*DEMO, "--once", "--port", str(port)]
        done = subprocess.run(words, cwd=place, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert f"Port {port} is taken; the node listens on " in done.stdout
    assert "back-filling" not in done.stdout
    assert "All is there." in done.stdout
    assert time.monotonic() - begin < 20


def test_a_planted_harm_stops_a_trial_its_key_and_its_agreement_without_a_hand(place: Path) -> None:
    folder, id = place / "demo-node", f"urn:ngsi-ld:DataAgreement:havendam:{(code := 'avondkar')}"
    with started(place) as running:
        text = read(running, "Ctrl-C stops the node")
        site = re.search(r"The site: (\S+)/\n", text)
        assert site is not None and _trials(text)[code] == ("running", "")
        key = hanze("key", "create", "--agreement", id, "--folder", folder).out.strip()
        url, sent = f"{site[1]}/ngsi-ld/v1/entities?type=NoiseLevelObserved&limit=1", {"Authorization": f"Bearer {key}"}
        assert httpx2.get(url, headers=sent).status_code == 200
        assert hanze("clock", folder, "--rate", "3600").code == 0
        deadline = time.monotonic() + 90
        while _trials(text)[code][0] == "running" and time.monotonic() < deadline:
            time.sleep(0.5)
        gone = time.monotonic() + 5
        while (refused := httpx2.get(url, headers=sent).status_code) == 200 and time.monotonic() < gone:
            time.sleep(0.2)
        page, mails = (httpx2.get(f"{site[1]}/en/{path}").text for path in (f"trial?id={code}", "demo/mails"))
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=20)
    assert refused == 401
    assert "It stopped by itself on " in page and "since it did harm" in page
    assert "hallo@avondkar.example" in mails and "s Avonds bevoorraden in de Havenstraat" in mails


def test_without_a_screen_it_says_where_to_look(place: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    words = [word for word in DEMO if word != "--no-browser"]
    with subprocess.Popen(words, cwd=place, env=env, stdout=subprocess.PIPE, text=True) as running:
        text = read(running, "Ctrl-C stops the node")
        running.send_signal(signal.SIGINT)
    assert re.search(r"There is no browser here; open http://127\.0\.0\.1:\d+/ in one\.", text)


def test_it_ends_where_the_source_fails_and_says_what_to_mend(tmp_path: Path) -> None:
    made = tmp_path / "demo-node"
    assert hanze("init", made).code == 0
    (made / "feeds").mkdir()
    source = 'kind = "havendam"\nurl = "simulated:havendam"\n[options]\npilots = ["no3 -5% from 2030-01-01"]\n'
    (made / "feeds" / "havendam.toml").write_text(source)
    done = subprocess.run([*DEMO, "--once"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.startswith("hanze: havendam: pilots, line 1: attribute names 'no3'; Havendam knows intensity,")
    assert done.stderr.endswith("Mend [options] in the file of the source.\n")


def test_it_ends_where_the_configuration_is_wrong_which_is_told(tmp_path: Path) -> None:
    (tmp_path / "demo-node").mkdir()
    (tmp_path / "demo-node" / "hanze.toml").write_text("[citty]\n", "utf-8")
    done = subprocess.run([*DEMO, "--once"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr == "hanze: demo-node/hanze.toml: there is no key citty; did you mean city?\n"


def test_commands_that_run_together_end_where_one_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        node.hanze(["init", "one"], ["goals", "enter", "nowhere.csv", "--folder", "one"], ["init", "two"])
    assert ended.value.code == 2 and "nowhere.csv cannot be read" in capsys.readouterr().err
    assert (tmp_path / "one").is_dir() and not (tmp_path / "two").exists()
