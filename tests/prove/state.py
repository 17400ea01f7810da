# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What proofs have come to, in a file: a run that was interrupted goes on at its next round."""

from pathlib import Path

import msgspec

from tests.prove.seen import Seen

FILE = Path(".prove.json")


class Run(msgspec.Struct):
    """One proof at one commit. `done`: rounds; `failed`: what it saw that must not happen."""

    commit: str
    seed: int
    rounds: int
    date: str
    done: int = 0
    seen: Seen = Seen()
    failed: str = ""

    @property
    def finished(self) -> bool:
        return self.done >= self.rounds and not self.failed


def load(file: Path = FILE) -> dict[str, Run]:
    return msgspec.json.decode(file.read_bytes(), type=dict[str, Run]) if file.exists() else {}


def save(runs: dict[str, Run], file: Path = FILE) -> None:
    """Whole or not at all."""
    part = file.with_name(file.name + ".part")
    part.write_bytes(msgspec.json.format(msgspec.json.encode(runs)))
    part.replace(file)
