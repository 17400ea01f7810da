# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze goals"""

import csv
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from hanze.goals.sdsn import codebook as codebooks
from hanze.goals.sdsn import raw as raws
from hanze.goals.sdsn.codebook import GOALS
from hanze.goals.sdsn.scoring import Scored, score

FILE = click.Path(path_type=Path)

WIDTH = 110
"""Of the table; a narrower screen wraps it."""

COLOURS = {"green": "green", "yellow": "yellow", "orange": "dark_orange", "red": "red", "gray": "bright_black"}


@click.group()
def command() -> None:
    """Score cities, regions or countries on the Sustainable Development Goals.

    \b
    hanze goals score --codebook codebook.csv --raw raw_values.csv
    """


@command.command("score")
@click.option(
    "--codebook", type=FILE, required=True, help="The indicators: code, goal, best, worst, green, red, is_global, oecd."
)
@click.option("--raw", type=FILE, required=True, help="The values: id, region, oecd, and a column for each indicator.")
@click.option("--method", type=click.Choice(["sdsn"]), default="sdsn", help="The SDG Index of the SDSN.")
@click.option("--json", "shape", flag_value="json", help="Everything, as one JSON object.")
@click.option("--csv", "shape", flag_value="csv", help="Everything, as a table with a row for each unit.")
def _score(codebook: Path, raw: Path, method: str, shape: str | None) -> None:
    """Score all units of a file from their raw values, by the method of the SDG Index.

    \b
    hanze goals score --codebook codebook.csv --raw raw_values.csv
    hanze goals score --codebook codebook.csv --raw raw_values.csv --json > scores.json

    A unit that misses more than a fifth of the global indicators has no score. What is missing is null in JSON and empty in CSV.
    """
    indicators = codebooks.read(codebook)
    read = raws.read(raw, indicators)
    if read.absent:
        named = ", ".join(read.absent[:5]) + (f" and {len(read.absent) - 5} more" if len(read.absent) > 5 else "")
        click.echo(f"{raw} has no column for {named}: missing for all units.", err=True)
    found = score(indicators, read.units)
    if shape == "json":
        click.echo(msgspec.json.encode({"method": method, "units": found}).decode())
    elif shape == "csv":
        _csv(found)
    else:
        console = Console()
        console.width = max(console.width, WIDTH)
        console.print(_table(found))


def _csv(found: Sequence[Scored]) -> None:
    goals = [f"goal{goal}{part}" for goal in GOALS for part in ("", "_colour")]
    codes = [f"{code}{part}" for code in found[0].indicators for part in ("", "_colour")]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["id", "score", "rank", *goals, *codes])
    for unit in found:
        of_goals = [cell for goal in unit.goals.values() for cell in (goal.score, goal.colour)]
        of_codes = [cell for mark in unit.indicators.values() for cell in (mark.normalised, mark.colour)]
        out.writerow([unit.id, unit.score, unit.rank, *of_goals, *of_codes])


def _table(found: Sequence[Scored]) -> Table:
    """Best first; goals as rounded scores in their colours."""
    table = Table(box=None, pad_edge=False)
    table.add_column("rank", justify="right")
    table.add_column("id", no_wrap=True)
    table.add_column("score", justify="right")
    for goal in GOALS:
        table.add_column(str(goal), justify="right", no_wrap=True)
    for unit in sorted(found, key=lambda one: (one.rank is None, one.rank or 0)):
        goals = [
            Text("-" if goal.score is None else f"{goal.score:.0f}", COLOURS[goal.colour])
            for goal in unit.goals.values()
        ]
        whole = ["-", "-"] if unit.score is None else [str(unit.rank), f"{unit.score:.1f}"]
        table.add_row(whole[0], unit.id, whole[1], *goals)
    return table
