# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze backup"""

from pathlib import Path

import click

from hanze.cli.folder import hand, option


@click.command()
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@option
def command(target: Path, folder: Path) -> None:
    """Copy the node's data to the file TARGET; the node goes on meanwhile.

    \b
    hanze backup /backups/my-city-2026-11-24.db --folder my-city
    """
    with hand(folder, "hanze backup") as node:
        made = node.run("backup", {"target": str(target.resolve())})
    click.echo(f"{target}: {made['bytes'] / 1e6:.1f} MB")
