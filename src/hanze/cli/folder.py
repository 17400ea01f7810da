# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What verbs share: the folder of a node, and a way to run its verbs whether it runs or not."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import click

from hanze.access import Access, protected
from hanze.access.principal import OPERATOR
from hanze.ngsild import times
from hanze.node import config
from hanze.node.clock import clock_of
from hanze.node.lock import FolderLock
from hanze.node.policy import policy
from hanze.node.socket import Line, NotListening
from hanze.node.vaults import VAULTS
from hanze.node.verb import Desk, Progress, perform
from hanze.store import sqlite

option = click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), default=".", envvar="HANZE_FOLDER", show_default=True,
    help="The node's folder.",
)  # fmt: skip


class Hand(Protocol):
    """Takes verbs to the node."""

    def run(self, verb: str, arguments: dict[str, Any], progress: Progress = ...) -> Any: ...


class _Remote:
    def __init__(self, line: Line) -> None:
        self._line = line

    def run(self, verb: str, arguments: dict[str, Any], progress: Progress = lambda value: None) -> Any:
        self._line.send(verb, arguments)
        return self._line.receive(progress)


class _Local:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def run(self, verb: str, arguments: dict[str, Any], progress: Progress = lambda value: None) -> Any:
        return perform(self._desk, OPERATOR, verb, arguments, progress)


@contextlib.contextmanager
def hand(folder: Path, what: str) -> Iterator[Hand]:
    """The running node of the folder, or where none runs the folder itself, locked. `what`: the command, for the lock."""
    settings = config.load(folder)
    try:
        line = Line(folder)
    except NotListening:
        with _alone(folder, settings, what) as desk:
            yield _Local(desk)
        return
    try:
        yield _Remote(line)
    finally:
        line.close()


@contextlib.contextmanager
def _alone(folder: Path, settings: config.Config, what: str) -> Iterator[Desk]:
    lock = FolderLock(folder, what)
    try:
        clock = clock_of(folder, settings, times.system)
        store = sqlite.open(folder, clock=clock, real=times.system, vaults=VAULTS)
        try:
            rules = policy(settings, open=False)
            access = Access(store, clock, rules)
            yield Desk(folder, settings, protected(store, rules.owned), access, clock, os.urandom, settings.address)
        finally:
            store.close()
    finally:
        lock.release()


def moment(microseconds: int | None) -> str:
    """A moment for people, or a dash."""
    return "-" if microseconds is None else times.text(microseconds)[:16].replace("T", " ")
