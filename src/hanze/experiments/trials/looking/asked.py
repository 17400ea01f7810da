# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What pages and the regular work of a node tell each other of results: which are asked for, how far they are, what failed."""

import msgspec


class Progress(msgspec.Struct, frozen=True):
    """So much of it is done (0 to 1); `words`: English, of the catalogues."""

    share: float
    words: str


class Asked:
    """Lent to pages. By the code of a trial: `waiting`: who asked for its result, as the audit names it; `going`: how far it is;
    `failed`: why there is none, in a sentence."""

    def __init__(self) -> None:
        self.waiting: dict[str, str] = {}
        self.going: dict[str, Progress] = {}
        self.failed: dict[str, str] = {}

    def ask(self, code: str, by: str) -> None:
        """Its result is worked out as soon as can be."""
        self.failed.pop(code, None)
        self.waiting[code] = by

    def busy(self, code: str) -> bool:
        return code in self.waiting or code in self.going
