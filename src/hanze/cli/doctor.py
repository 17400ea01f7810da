# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze doctor"""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import apsw
import click

from hanze.cli.folder import option
from hanze.errors import HanzeError
from hanze.node import config
from hanze.node.lock import Busy, FolderLock
from hanze.node.socket import check_place
from hanze.store import sqlite
from hanze.store.sqlite import connect, schema, sound

FREE_BYTES = 1 << 30

Finding = tuple[bool, str]


@click.command()
@option
def command(folder: Path) -> None:
    """Check the node's folder: configuration, rights, disk, data. Exit code 1 where something is wrong.

    \b
    hanze doctor --folder my-city
    """
    every = True
    for good, text in findings(folder):
        click.echo(f"{'ok  ' if good else 'MEND'}  {text}")
        every = every and good
    if not every:
        raise SystemExit(1)


def findings(folder: Path) -> Iterator[Finding]:
    """Whether each thing is good, and one sentence about it."""
    try:
        config.load(folder)
        yield True, f"{folder / config.FILE} is in order."
    except HanzeError as error:
        yield False, error.detail
        return
    mode = os.stat(folder).st_mode & 0o077
    yield (
        mode == 0,
        "The folder is its owner's alone." if not mode else f"Others may look into {folder}: chmod 700 {folder}.",
    )
    free = shutil.disk_usage(folder).free
    yield (
        free > FREE_BYTES,
        f"{free / 1e9:.1f} GB are free on the disk" + ("." if free > FREE_BYTES else "; free some space."),
    )
    lock = None
    try:
        lock = FolderLock(folder, "hanze doctor")
        yield True, "No node runs here now."
        check_place(folder)
    except Busy as error:
        yield True, error.detail.partition(";")[0] + "."
    except HanzeError as error:
        yield False, error.detail
    try:
        yield True, _data(folder / sqlite.FILE, alone=lock is not None)
    except HanzeError as error:
        yield False, error.detail
    finally:
        if lock is not None:
            lock.release()


def _data(path: Path, *, alone: bool) -> str:
    """`alone`: no node runs, so its log can be looked at too."""
    if alone:
        sound.check(path, every_page=True)
        if not path.exists():
            return "There are no data yet."
    else:
        sound.pages(path)
    with contextlib.closing(connect.reader(path)) as connection:
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        schema.check(connection, path)
    return f"{path} holds {path.stat().st_size / 1e6:.1f} MB and is whole."
