# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze experiments practice"""

import csv
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table as Grid

from hanze.cli import asking
from hanze.experiments.evaluate.table import read
from hanze.experiments.practice.distances import LIMITS, Distances
from hanze.experiments.practice.tabling import Columns, practice

MEASURES = {
    "spread": "spread of the values",
    "step": "from one moment to the next",
    "day": "from one day to the next",
    "week": "from one week to the next",
    "cross": "how two series go together",
    "nearest": "nearest real day; 1: as real days",
}


@click.command("practice")
@click.argument("file", type=asking.FILE, metavar="DATA.csv")
@click.option("--unit", default="", help="The column of places or things; they get other names.")
@click.option("--time", required=True, help="The column of moments: dates with the hour, or numbers.")
@click.option(
    "--outcome", "outcomes", multiple=True, required=True, help="A column of numbers; may be given more than once."
)
@click.option("--week", type=click.IntRange(7), help="Steps of a week, where moments are numbers: 168 for hours.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed makes the same.")
@click.option("--out", type=asking.FILE, required=True, metavar="FILE", help="Where the made-up table goes.")
def command(
    file: Path, unit: str, time: str, outcomes: tuple[str, ...], week: int | None, seed: int, out: Path
) -> None:
    """Make practice data: a table that behaves like a real one, in which nothing is real.

    \b
    hanze experiments practice no2.csv --unit station --time hour --outcome no2 --outcome pm10 \\
        --out practice.csv

    Series keep the spread of their values, their course over the day and the week, and how they go together. Values are new,
    units get made-up names, other columns are left out. Where no draw is near enough without being a copy, nothing is written.
    Eight weeks of hours are enough for most series, half a year is better.
    """
    table = read(file)
    made = practice(table, Columns(unit, time, outcomes, week), seed)
    with out.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerows([made.head, *made.rows])
    click.echo(f"{out}: {len(made.rows)} rows of made-up data")
    Console(highlight=False).print(_shown(made.distances))


def _shown(found: Distances) -> Grid:
    grid = Grid("how far from the real data", "found", "limit", box=None, pad_edge=False)
    for name, text in MEASURES.items():
        least = "at least" if name == "nearest" else "at most"
        grid.add_row(text, f"{getattr(found, name):.3f}", f"{least} {getattr(LIMITS, name):g}")
    return grid
