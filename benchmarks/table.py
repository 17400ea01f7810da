# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of results: what was asked, what was measured, and how the two compare."""

import os
import platform
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import apsw
import msgspec

OUT = Path("docs/reference/benchmarks.md")
START, END = "<!-- results -->", "<!-- end of results -->"


class Row(msgspec.Struct, frozen=True):
    """`asked` and `measured` in words; `ratio`: how many times better than what was asked (above 1 it is reached), None
    where nothing was asked. `beside`: the same compared with a yardstick of this machine, in words."""

    work: str
    asked: str
    measured: str
    ratio: float | None = None
    beside: str = ""

    def line(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return f"| {self.work} | {self.asked} | {self.measured} | {ratio} | {self.beside} |"


def machine() -> str:
    """What it was measured on."""
    commit = _told("git", "rev-parse", "--short", "HEAD")
    model = next(
        (line.partition(":")[2].strip() for line in _cpu() if line.startswith("model name")), platform.machine()
    )
    return (
        f"{date.today()}, commit {commit}; {model}, {os.cpu_count()} cores, Linux {platform.release()}; Python "
        f"{platform.python_version()}, SQLite {apsw.sqlite_lib_version()}."
    )


def _cpu() -> list[str]:
    place = Path("/proc/cpuinfo")
    return place.read_text().splitlines() if place.exists() else []


def _told(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def write(rows: Sequence[Row]) -> None:
    """Puts the results into the page, between its marks; what stands around them stays."""
    page = OUT.read_text("utf-8")
    head, _, rest = page.partition(START)
    tail = rest.partition(END)[2]
    lines = [
        START, "", machine(), "", "| work | asked | measured | times better than asked | beside a yardstick |",
        "|---|---|---|---|---|", *(row.line() for row in rows), "", END,
    ]  # fmt: skip
    OUT.write_text(head + "\n".join(lines) + tail, "utf-8")
