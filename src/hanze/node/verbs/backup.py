# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A backup while the node goes on."""

from pathlib import Path
from typing import Any

import msgspec

from hanze.access import audit
from hanze.access.principal import ADMINISTER, OPERATOR
from hanze.node.verb import Desk, Progress, Verb
from hanze.store import sqlite


class Backup(msgspec.Struct, frozen=True):
    target: str


def _backup(desk: Desk, given: Backup, progress: Progress) -> Any:
    size = sqlite.backup(desk.folder / sqlite.FILE, Path(given.target))
    desk.store.submit(lambda work: audit.note(work, OPERATOR.name, "backup", given.target, bytes=size)).result()
    return {"target": given.target, "bytes": size}


BACKUP = Verb(Backup, ADMINISTER, _backup)
