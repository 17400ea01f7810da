# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A bar for long work in this process: to a person at a terminal, on standard error, once it has taken two seconds."""

import threading
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

PATIENCE = 2.0
"""Seconds; what is shorter needs no bar."""


class Waiting:
    """`tell` is a hanze.compute.Tell."""

    def __init__(self, patience: float = PATIENCE) -> None:
        console = Console(stderr=True)
        columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
        self._progress = Progress(*columns, transient=True, console=console, disable=not console.is_terminal)
        self._task = self._progress.add_task("", total=1.0)
        self._timer = threading.Timer(patience, self._progress.start)
        self._timer.daemon = True

    def __enter__(self) -> "Waiting":
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._timer.join()
        self._progress.stop()

    def tell(self, done: float, of: float, words: str) -> None:
        self._progress.update(self._task, completed=done, total=of, description=words)
