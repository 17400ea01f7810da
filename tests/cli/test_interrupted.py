# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A load that is interrupted, killed, or loses its node, and is given again: the data are those of one undisturbed load."""

import contextlib
import os
import pty
import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hanze.feeds.tables.csv import BATCH
from tests.running import HANZE, Node, begun, folder_of, hanze, running, until

MAPPING = """
type = "AirQualityObserved"
id = "urn:ngsi-ld:AirQualityObserved:{station}"
[time]
column = "start"
[[attribute]]
name = "no2"
column = "value"
"""
ROWS = 3 * BATCH
BAD = range(BATCH + 5, ROWS, BATCH // 2)
"""Rows that are rejected: the first stands in the second part, so that its file says that the first part is loaded."""

STATIONS = 6


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the table."""
    made = tmp_path_factory.mktemp("data")
    (made / "air.toml").write_text(MAPPING, "utf-8")
    with (made / "air.csv").open("w", encoding="utf-8") as lines:
        lines.write("station,start,value\n")
        for number in range(ROWS):
            minute, second = divmod(number, 60)
            hour, minute = divmod(minute, 60)
            value = "many" if number in BAD else number % 997
            lines.write(f"s{number % STATIONS},2026-01-01T{hour:02d}:{minute:02d}:{second:02d},{value}\n")
    return made


def words(data: Path, folder: Path) -> list[str | Path]:
    return ["load", data / "air.csv", "--mapping", data / "air.toml", "--folder", folder]


def digest(node: Node) -> Any:
    """Count, sum, extremes and spread of each hour of each station, and the current values, over the API."""
    aggregates = "options=aggregatedValues&aggrMethods=totalCount,sum,min,max,stddev&aggrPeriodDuration=PT1H"
    period = "timerel=after&timeAt=2020-01-01T00:00:00Z"
    past = node.ok("GET", f"/temporal/entities?type=AirQualityObserved&{period}&{aggregates}")
    return past, node.ok("GET", "/entities?type=AirQualityObserved&options=simplified")


@pytest.fixture(scope="module")
def undisturbed(data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, str]:
    """The digest of a load that nothing disturbs, and the rows that it rejects."""
    folder = folder_of(tmp_path_factory.mktemp("undisturbed") / "city")
    with running(folder) as node:
        done = hanze(*words(data, folder))
        assert done.out.endswith(f": {ROWS:,} rows, {ROWS - len(BAD):,} new, {len(BAD)} rejected.\n")
        rejected = data / "air.csv.rejected.csv"
        found = digest(node), rejected.read_text("utf-8")
        rejected.unlink()
    entities = found[0][1]
    assert len(entities) == STATIONS
    counted = sum(value for one in found[0][0] for value, *_ in one["no2"]["totalCount"])
    assert counted == ROWS - len(BAD)
    return found


def half_way(data: Path) -> Callable[[], bool]:
    """True when the first part is loaded and the second is not."""
    return (data / "air.csv.rejected.csv").exists


def check(data: Path, node: Node, undisturbed: tuple[Any, str]) -> None:
    rejected = data / "air.csv.rejected.csv"
    assert (digest(node), rejected.read_text("utf-8")) == undisturbed
    rejected.unlink()


@pytest.mark.parametrize("with_signal", [signal.SIGKILL, signal.SIGINT], ids=["killed", "Ctrl-C"])
@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside a node"])
def test_a_load_that_was_stopped_goes_on(
    tmp_path: Path, data: Path, undisturbed: tuple[Any, str], with_signal: int, beside: bool
) -> None:
    folder = folder_of(tmp_path / "city")
    with running(folder) if beside else contextlib.nullcontext() as node:
        load = begun(*words(data, folder))
        until(half_way(data), "the first part is loaded")
        load.send_signal(with_signal)
        _, err = load.communicate(timeout=20)
        if with_signal == signal.SIGKILL:
            assert load.returncode == -signal.SIGKILL
        else:
            assert load.returncode == 130
            assert re.fullmatch(r"Interrupted behind row \d+,\d{3}; the same command goes on from there\.\n", err)
        again = hanze(*words(data, folder))
        # Behind a part, and not all of it: else nothing was interrupted.
        assert re.match(rf"({BATCH:,}|{2 * BATCH:,}) rows are loaded already; going on behind them", again.err), again
        assert again.code == 0
        if node is not None:
            check(data, node, undisturbed)
            return
    with running(folder) as node:
        check(data, node, undisturbed)


def test_a_load_that_loses_its_node_says_so_and_goes_on_when_it_is_there_again(
    tmp_path: Path, data: Path, undisturbed: tuple[Any, str]
) -> None:
    folder = folder_of(tmp_path / "city")
    with running(folder) as node:
        load = begun(*words(data, folder))
        until(half_way(data), "the first part is loaded")
        node.process.kill()
        _, err = load.communicate(timeout=20)
    assert load.returncode == 2
    assert err == "hanze: The node stopped before it had answered; give the same command again.\n"
    assert (folder / "hanze.sock").exists()  # nobody could take it away
    with running(folder) as node:
        again = hanze(*words(data, folder))
        assert f"{BATCH:,} rows are loaded already" in again.err
        check(data, node, undisturbed)


def test_progress_shows_rate_and_time_left_to_a_person_at_a_terminal(tmp_path: Path, data: Path) -> None:
    folder = folder_of(tmp_path / "city")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120", "NO_COLOR": "1"}
    load = subprocess.Popen(
        [*HANZE, *map(str, words(data, folder))], stderr=theirs, stdout=subprocess.PIPE, env=environment
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 10_000):
            shown += part
    except OSError:  # the other end is closed
        pass
    finally:
        os.close(ours)
    out, _ = load.communicate(timeout=20)
    assert re.search(rb"air\.csv", shown)
    assert f"{BATCH}/{ROWS}".encode() in shown
    assert re.search(rb"\d+,\d{3} rows/s \d:\d\d:\d\d", shown)
    assert out.startswith(str(data / "air.csv").encode())
    (data / "air.csv.rejected.csv").unlink()
