# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze clock"""

from pathlib import Path

import click

from hanze.cli.folder import hand
from hanze.ngsild import times


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".", envvar="HANZE_FOLDER")
@click.option("--rate", type=float, help="So many times as fast as everywhere; 1 is as fast.")
def command(folder: Path, rate: float | None) -> None:
    """Show what time it is in the node of FOLDER; in a demonstration, let it run faster.

    \b
    hanze clock demo-node --rate 600
    hanze clock demo-node --rate 1

    At 600 ten minutes pass in a second.
    """
    with hand(folder, "hanze clock") as node:
        found = node.run("clock.show", {}) if rate is None else node.run("clock.set", {"rate": rate})
    pace = "as fast as everywhere" if found["rate"] == 1 else f"{found['rate']:g} times as fast as everywhere"
    click.echo(f"It is {times.text(found['now'] // 1_000_000 * 1_000_000)}; the clock runs {pace}.")
