# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze restore"""

from pathlib import Path

import click

from hanze.cli.folder import option
from hanze.node import config
from hanze.node.lock import FolderLock
from hanze.store import sqlite


@click.command()
@click.argument("source", type=click.Path(path_type=Path, dir_okay=False))
@option
def command(source: Path, folder: Path) -> None:
    """Put the backup SOURCE in the place of the node's data; the former data stay beside it.

    The node must not run.

    \b
    hanze restore /backups/my-city-2026-11-24.db --folder my-city
    """
    config.load(folder)
    lock = FolderLock(folder, "hanze restore")
    try:
        former = sqlite.restore(source, folder / sqlite.FILE)
    finally:
        lock.release()
    click.echo(f"{source} is in place." + (f" The former data are at {former}." if former else ""))
