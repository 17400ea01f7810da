# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""make prove: runs the long proofs one by one, shows how far they are, and writes docs/reference/proofs.md."""

import subprocess
import time
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tests.prove import state
from tests.prove.page import page
from tests.prove.proofs import PROOFS, Proof
from tests.prove.seen import Failed
from tests.prove.state import Run

PAGE = Path("docs/reference/proofs.md")
SEED = 2026
SAVE_SECONDS = 2.0


@click.command()
@click.argument("names", nargs=-1, type=click.Choice([proof.name for proof in PROOFS]))
@click.option("--rounds", type=click.IntRange(1), help="Rounds of each proof; without it as many as each has.")
@click.option("--seed", default=SEED, show_default=True)
@click.option("--again", is_flag=True, help="Also what is finished at this commit, or was begun, from its first round.")
def main(names: tuple[str, ...], rounds: int | None, seed: int, again: bool) -> None:
    """Runs the proofs of these names, or all. A proof that was interrupted goes on; one that is finished is left."""
    commit = _commit()
    runs = state.load()
    for proof in PROOFS:
        if names and proof.name not in names:
            continue
        wanted = rounds or proof.rounds
        run = runs.get(proof.name)
        if again or run is None or run.commit != commit or (run.seed, run.rounds) != (seed, wanted):
            run = Run(commit, seed, wanted, "")
        runs[proof.name] = run
        if run.finished:
            click.echo(f"{proof.name}: finished at this commit already (--again begins anew)")
            continue
        _prove(proof, run, runs)
        PAGE.write_text(page(PROOFS, runs), "utf-8")
    failed = [name for name, run in runs.items() if run.failed]
    click.echo(f"wrote {PAGE}")
    if failed:
        raise SystemExit(f"failed: {', '.join(failed)}")


def _commit() -> str:
    told = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return told.stdout.strip() or "unknown"


def _prove(proof: Proof, run: Run, runs: dict[str, Run]) -> None:
    """From the round after the last one that was done."""
    run.failed = ""
    run.date = date.today().isoformat()
    saved = time.monotonic()
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        TextColumn("{task.fields[seen]}"),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(proof.name, total=run.rounds, completed=run.done, seen="")
        try:
            for seen in proof.prove(range(run.done, run.rounds), run.seed):
                run.done += 1
                run.seen = run.seen + seen
                progress.update(task, completed=run.done, seen=run.seen.text())
                if time.monotonic() - saved > SAVE_SECONDS:
                    saved = time.monotonic()
                    state.save(runs)
        except Failed as error:
            run.failed = str(error)
        except KeyboardInterrupt:
            state.save(runs)
            raise SystemExit("interrupted; the same command goes on from there") from None
    state.save(runs)
    click.echo(f"{proof.name}: FAILED: {run.failed}" if run.failed else f"{proof.name}: {run.seen.text()}")


if __name__ == "__main__":
    main()
