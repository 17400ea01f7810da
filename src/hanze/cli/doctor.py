# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze doctor"""

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
from hanze.store import sqlite
from hanze.store.sqlite import schema

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
    try:
        FolderLock(folder, "hanze doctor").release()
        yield True, "No node runs here now."
    except Busy as error:
        yield True, error.detail.partition(";")[0] + "."
    except HanzeError as error:
        yield False, error.detail
    yield _data(folder / sqlite.FILE)


def _data(path: Path) -> Finding:
    if not path.exists():
        return True, "There are no data yet."
    try:
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            version = schema.version(connection)
            verdict = " ".join(connection.execute("PRAGMA quick_check(1)").get.split())
        finally:
            connection.close()
    except (apsw.NotADBError, apsw.CorruptError) as error:
        return False, f"{path} is damaged ({error}); restore a backup with 'hanze restore'."
    except apsw.Error as error:
        return False, f"{path} cannot be read ({error}); check its rights and those of its folder."
    if version > schema.VERSION:
        return False, f"{path} was written by a newer Hanze (schema {version}); install the newer version."
    size = path.stat().st_size / 1e6
    good = verdict == "ok"
    return (
        good,
        f"{path} holds {size:.1f} MB and is whole." if good else f"{path} is damaged ({verdict}); restore a backup.",
    )
