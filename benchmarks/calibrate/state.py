# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs that were done, a line each in a file per design: what was interrupted goes on, what the code made otherwise begins anew."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from benchmarks.calibrate.runs import Run
from benchmarks.calibrate.trial import Setup
from hanze.experiments.evaluate.designs import PLACES
from hanze.experiments.evaluate.question import Design

FOLDER = Path(".calibrate")
CODE = (
    "src/hanze/experiments/evaluate/**/*.py", "src/hanze/experiments/adviser/*.py", "benchmarks/calibrate/runs.py",
    "benchmarks/calibrate/series.py", "benchmarks/calibrate/trial.py",
)  # fmt: skip
"""What decides what comes out, beside the setup."""

SHARED: frozenset[Design] = frozenset({"did"})
"""Designs from which others import."""


class Head(msgspec.Struct, frozen=True):
    """The first line: what the runs below it were made by."""

    code: str
    setup: Setup
    seed: int
    commit: str
    date: str


def code(design: Design) -> str:
    """SHA-256 of it, the first part; without the modules that belong to one other design alone."""
    others = {f"src/{place.replace('.', '/')}.py" for one, place in PLACES.items() if one not in {design, *SHARED}}
    found = hashlib.sha256()
    for pattern in CODE:
        for file in sorted(Path().glob(pattern)):
            if file.as_posix() not in others:
                found.update(file.read_bytes())
    return found.hexdigest()[:16]


def begin(head: Head, again: bool, folder: Path = FOLDER) -> dict[int, Run]:
    """What was done under this head, by number; the file is made anew where it has another one."""
    file = _file(head.setup, folder)
    if file.exists() and not again:
        before, runs = load(head.setup, folder)
        if before is not None and (before.code, before.setup, before.seed) == (head.code, head.setup, head.seed):
            if not file.read_bytes().endswith(b"\n"):
                with file.open("ab") as cut:
                    cut.write(b"\n")
            return runs
    folder.mkdir(exist_ok=True)
    file.write_bytes(msgspec.json.encode(head) + b"\n")
    return {}


def load(setup: Setup, folder: Path = FOLDER) -> tuple[Head | None, dict[int, Run]]:
    """A last line that was cut off is left aside."""
    file = _file(setup, folder)
    if not file.exists():
        return None, {}
    lines = file.read_bytes().splitlines()
    try:
        head = msgspec.json.decode(lines[0], type=Head)
    except (IndexError, msgspec.DecodeError):
        return None, {}
    return head, {run.number: run for run in _runs(lines[1:])}


def add(setup: Setup, runs: Iterable[Run], folder: Path = FOLDER) -> None:
    with _file(setup, folder).open("ab") as file:
        file.writelines(msgspec.json.encode(run) + b"\n" for run in runs)


def _runs(lines: Iterable[bytes]) -> Iterable[Run]:
    for line in lines:
        try:
            yield msgspec.json.decode(line, type=Run)
        except msgspec.DecodeError:
            continue


def _file(setup: Setup, folder: Path) -> Path:
    return folder / f"{setup.name}.jsonl"
