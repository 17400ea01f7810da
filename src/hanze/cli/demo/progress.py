# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Follows the town as it comes in: first its present, then its history, with a bar for a person at a terminal."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from hanze.cli.demo.town import NAME
from hanze.cli.folder import hand
from hanze.errors import ConfigurationError, SourceFailed
from hanze.feeds.record import Record

PAUSE = 0.25


def records(folder: Path, runs: Callable[[], bool]) -> Iterator[Record]:
    """How it went with the source up to now, as long as the node runs. Errors: SourceFailed."""
    while runs():
        with hand(folder, "make demo") as node:
            found: list[Any] = node.run("feed.list", {})["sources"]
        record = next((msgspec.convert(one["record"], Record) for one in found if one["name"] == NAME), Record())
        if record.failures:
            raise SourceFailed(f"{NAME}: {record.detail}", record.advice)
        yield record
        time.sleep(PAUSE)
    raise ConfigurationError("The node ended; its words stand above.")


def present(folder: Path, runs: Callable[[], bool]) -> Record:
    """Waits until the town is there."""
    return next(record for record in records(folder, runs) if record.succeeded is not None)


def history(folder: Path, runs: Callable[[], bool], console: Console) -> None:
    """Waits until the history is there. Without a terminal the node's own lines tell how far it is."""
    columns = TextColumn("Its history, month by month"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        for record in records(folder, runs):
            if record.progress is None:
                return
            bar.update(task, total=record.progress.total, completed=record.progress.done)
