# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze goals enter"""

from pathlib import Path

import click

from hanze.cli import folder as folders
from hanze.errors import ConfigurationError
from hanze.goals.entering import table
from hanze.goals.entering.table import MOST_BYTES
from hanze.node import indicators


@click.command("enter")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--template", is_flag=True, help="Print an empty table with a row for each number that can be entered.")
@click.option("--simulated", is_flag=True, help="A computer made the numbers up, as for a demonstration; they say so.")
@folders.option
def command(file: Path | None, template: bool, simulated: bool, folder: Path) -> None:
    """Enter numbers that no sensor measures, such as unemployment or votes, from a table.

    \b
    hanze goals enter --template > numbers.csv
    hanze goals enter numbers.csv

    The columns are code, part (where an indicator has several), area (empty: the city), period (2025, 2025-03, 2025-W10 or
    2025-03-10), value, grade (measured, survey, larger, assumed, personal or unknown) and source. A row without a value is passed
    over. Either all rows can be used, or all that is wrong is told and nothing is kept. A number that was entered before is
    corrected; both stay in its history.
    """
    if template:
        click.echo(table.template(indicators.definitions(folder), "en").replace("\r\n", "\n"), nl=False)
        return
    if file is None:
        raise click.UsageError("Give a FILE, or --template for an empty one.")
    body = _content(file)
    with folders.hand(folder, "hanze goals enter") as node:
        taken = node.run("goals.enter", {"body": body, "name": file.name, "simulated": simulated})
    for sentence in taken["problems"]:
        click.echo(f"{file}, {sentence}", err=True)
    if taken["problems"]:
        click.echo("Nothing was kept.", err=True)
        raise SystemExit(1)
    passed = f" Rows without a value: {taken['empty']}." if taken["empty"] else ""
    click.echo(f"Numbers kept: {taken['count']}.{passed}")


def _content(file: Path) -> bytes:
    """Errors: ConfigurationError."""
    try:
        with file.open("rb") as source:
            return source.read(MOST_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read ({error.strerror}).") from None
