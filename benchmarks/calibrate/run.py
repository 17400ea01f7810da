# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""make calibrate: runs trials that never were, shows how far it is, and writes docs/reference/calibration.md."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from benchmarks.calibrate import measure, series, state
from benchmarks.calibrate.page import Measured, page
from benchmarks.calibrate.runs import Run, Sources, run, sources
from benchmarks.calibrate.setups import SETUPS
from benchmarks.calibrate.state import Head
from benchmarks.calibrate.trial import Setup

PAGE = Path("docs/reference/calibration.md")
SEED = 2026
QUICK = 40
CHUNK = 4
HELD: Sources = {}
"""The series, in a worker process."""


@click.command()
@click.argument("names", nargs=-1, type=click.Choice([setup.name for setup in SETUPS]))
@click.option("--runs", type=click.IntRange(1), help="Of each design; without it as many as each has.")
@click.option("--quick", is_flag=True, help=f"Only {QUICK} runs of each, which are printed and not written.")
@click.option("--seed", default=SEED, show_default=True)
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True)
@click.option("--again", is_flag=True, help="From the first run, also what was done.")
def main(names: tuple[str, ...], runs: int | None, quick: bool, seed: int, workers: int, again: bool) -> None:
    """Calibrates the designs of these names, or all. What was interrupted goes on."""
    if not series.there():
        raise SystemExit(f"make calibrate needs the series of {series.DATA}, which are not there.")
    chosen = [setup for setup in SETUPS if not names or setup.name in names]
    given = sources()
    try:
        for setup in chosen:
            _calibrate(setup, QUICK if quick else runs or setup.runs, seed, workers, again, given)
            for line in _told(setup):
                click.echo(line)
    except (KeyboardInterrupt, BrokenProcessPool):
        raise SystemExit("interrupted, or a worker was ended; the same command goes on from there") from None
    finally:
        if not quick:
            PAGE.write_text(page(list(_measured())), "utf-8")
            click.echo(f"wrote {PAGE}")


def _calibrate(setup: Setup, wanted: int, seed: int, workers: int, again: bool, given: Sources) -> None:
    head = Head(state.code(setup.design), setup, seed, _commit(), date.today().isoformat())
    done = state.begin(head, again)
    left = [number for number in range(wanted) if number not in done]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(setup.name, total=wanted, completed=wanted - len(left))
        for found in _runs(setup, left, seed, workers, given):
            state.add(setup, found)
            progress.advance(task, len(found))


def _runs(
    setup: Setup, numbers: Sequence[int], seed: int, workers: int, given: Sources
) -> Iterator[list[Run]]:  # fmt: skip
    """In worker processes; those under way are given up where this ends early."""
    if not numbers:
        return
    # One thread for each worker; read when a worker first imports numpy.
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    parts = [numbers[place : place + CHUNK] for place in range(0, len(numbers), CHUNK)]
    with ProcessPoolExecutor(workers, get_context("spawn"), _hold, (given,)) as pool:
        try:
            yield from pool.map(_work, [setup] * len(parts), parts, [seed] * len(parts))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _hold(given: Sources) -> None:
    HELD.update(given)


def _work(setup: Setup, numbers: Sequence[int], seed: int) -> list[Run]:
    return [run(setup, HELD, number, seed, promises=True) for number in numbers]


def _commit() -> str:
    told = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return told.stdout.strip() or "unknown"


def _measured() -> Iterator[Measured]:
    for setup in SETUPS:
        head, runs = state.load(setup)
        if head is not None and runs:
            found = [runs[number] for number in sorted(runs)]
            yield setup, head, measure.nothing(found), measure.planted(found)


def _told(setup: Setup) -> Iterator[str]:
    _, runs = state.load(setup)
    found = list(runs.values())
    yield f"{setup.name}: {measure.nothing(found)}"
    yield from (f"  {one}" for one in measure.planted(found))


if __name__ == "__main__":
    main()
