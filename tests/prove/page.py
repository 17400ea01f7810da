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


def page(proofs: Sequence[Proof], runs: Mapping[str, Run]) -> str:
    """A row for every proof, also for one that was not run yet."""
    return HEAD + "".join(_row(proof, runs.get(proof.name)) for proof in proofs)


def _row(proof: Proof, run: Run | None) -> str:
    if run is None:
        return f"| {proof.name} | {proof.what} | 0 | not run yet | |\n"
    seen = run.seen.text()
    if run.failed:
        seen = f"**failed in round {run.done + 1}**: {run.failed}".replace("|", "/").replace("\n", " ")
    rounds = f"{run.done:,}" if run.finished else f"{run.done:,} of {run.rounds:,}"
    return f"| {proof.name} | {proof.what} | {rounds} | {seen} | {run.date}, {run.commit} |\n"
