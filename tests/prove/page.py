# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page with what every proof saw."""

from collections.abc import Mapping, Sequence

from tests.prove.proofs import Proof
from tests.prove.state import Run

HEAD = """# Proofs

Made by `make prove`: real processes, real harm, many rounds. `make test` runs some rounds of each.

| proof | what it shows | rounds | what was seen | date, commit |
|---|---|---|---|---|
"""

FOOT = """
## Why the memory of the soak creeps

Beyond the store's caches the node grows by a few tenths of a megabyte an hour of the clock. It was looked into on
2026-11-26, over about 56 hours of the clock at 600 times the pace on a machine with much other work, by what SQLite,
malloc, Python's allocator and its collector tell:

| in MB | after 12 hours | after 28 hours | after 56 hours |
|---|---|---|---|
| SQLite's caches (`apsw.memory_used`) | 32.8 | 41.9 | 55.8 |
| in use by malloc without them | 21.7 | 21.9 | 22.1 |
| free in malloc's arenas, not given back | 3.9 | 5.6 | 9.0 |
| Python's own arenas and stacks | 45.2 | 52.1 | 52.0 |
| anonymous memory of the process | 103.9 | 121.9 | 139.3 |

Objects of Python: 96 000, 98 000 and 93 000, blocks of its allocator 459 000, 451 000 and 436 000. So nothing of ours is
kept: nearly all that grows are the caches, up to their limits (96 MB for the writer, 8 MB for each reader). What creeps
beside them are free pieces between their pages: malloc gives memory back where the process has grown by 32 MB, and then
not what lies between two pages that are in use.
"""


def page(proofs: Sequence[Proof], runs: Mapping[str, Run]) -> str:
    """A row for every proof, also for one that was not run yet."""
    return HEAD + "".join(_row(proof, runs.get(proof.name)) for proof in proofs) + FOOT


def _row(proof: Proof, run: Run | None) -> str:
    if run is None:
        return f"| {proof.name} | {proof.what} | 0 | not run yet | |\n"
    seen = run.seen.text()
    if run.failed:
        seen = f"**failed in round {run.done + 1}**: {run.failed}".replace("|", "/").replace("\n", " ")
    rounds = f"{run.done:,}" if run.finished else f"{run.done:,} of {run.rounds:,}"
    return f"| {proof.name} | {proof.what} | {rounds} | {seen} | {run.date}, {run.commit} |\n"
