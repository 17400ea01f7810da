# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demonstration does what its page says."""

from pathlib import Path

from tests.docs.reading import blocks, commands
from tests.running import hanze, running, until


def test_a_city_is_shown_as_the_page_says(tmp_path: Path) -> None:
    start, status, demo, pace, pilots = blocks("how-to/demonstrate.md")
    init, add, serve = commands(start.replace("months=18", "months=1"))
    for words in (init, add):
        assert hanze(*words[1:], cwd=tmp_path).code == 0
    folder = tmp_path / "havendam"
    assert serve == ["hanze", "serve", "havendam", "--open"]
    file = folder / "hanze.toml"
    file.write_text(f"{file.read_text('utf-8')}\n{demo}\n", "utf-8")
    with running(folder) as node:
        until(lambda: node.ok("GET", "/entities?type=TrafficFlowObserved&local=true"), "the town is there")
        until(lambda: "in order" in hanze(*commands(status)[0][1:], cwd=tmp_path).out, "its history is there")
        told = [hanze(*words[1:], cwd=tmp_path).out for words in commands(pace)]
        assert ["600 times as fast" in one for one in told] == [True, True, False]
        source = folder / "feeds" / "havendam.toml"
        head = source.read_text("utf-8").partition("[options]")[0]
        planned = f"{head}{pilots}\n".replace("months = 18", "months = 1")
        for text, told_of in (
            (planned.replace("no2", "no3"), "pilots, line 2: attribute names 'no3'"),
            (planned, "in order"),
        ):
            source.write_text(text, "utf-8")
            until(lambda it=told_of: it in hanze(*commands(status)[0][1:], cwd=tmp_path).out, told_of)  # type: ignore[misc]
