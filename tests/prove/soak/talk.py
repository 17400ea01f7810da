# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a prover asks of the node over the socket of its folder: what time it is, and how its sources are."""

import threading
from pathlib import Path
from types import TracebackType
from typing import Any

from hanze.node.socket import Line


class Talk:
    """A line to the node that is kept; from any thread."""

    def __init__(self, folder: Path) -> None:
        self._line = Line(folder)
        self._lock = threading.Lock()

    def __enter__(self) -> "Talk":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()

    def now(self) -> int:
        """Microseconds of the node's clock."""
        return int(self._ask("clock.show")["now"])

    def sources(self) -> dict[str, Any]:
        """What `hanze feed status` tells, by name."""
        return {one["name"]: one for one in self._ask("feed.list")["sources"]}

    def _ask(self, verb: str) -> Any:
        with self._lock:
            self._line.send(verb, {})
            return self._line.receive()
