# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The access log and the audit."""

from typing import Any

import msgspec

from hanze.access import audit
from hanze.access.principal import OVERSEE
from hanze.access.vaults import LOG
from hanze.node.verb import Desk, Progress, Verb


class Lines(msgspec.Struct, frozen=True):
    limit: int = 50


def _reads(desk: Desk, given: Lines, progress: Progress) -> Any:
    return desk.store.vault(LOG).select(order=("-rowid",), limit=given.limit)


def _audit(desk: Desk, given: Lines, progress: Progress) -> Any:
    return audit.lines(desk.store, limit=given.limit)


READS = Verb(Lines, OVERSEE, _reads)
AUDIT = Verb(Lines, OVERSEE, _audit)
