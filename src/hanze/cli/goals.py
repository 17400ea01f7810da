# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze goals"""

import csv
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec
import shapely
from rich.table import Table
from rich.text import Text

from hanze.cli import entering, journeys, planning, reviewing, scoring
from hanze.cli.folder import hand
from hanze.cli.tables import COLOURS, show
from hanze.goals.areas import land, mending, reading
from hanze.goals.areas.area import LEVELS, Area, Level
from hanze.goals.sdsn import codebook as codebooks
from hanze.goals.sdsn import plain
from hanze.goals.sdsn import raw as raws
from hanze.goals.sdsn.codebook import GOALS
from hanze.goals.sdsn.scoring import Scored, score
from hanze.goals.verifying import FINE

FILE = click.Path(path_type=Path)


@click.group()
def command() -> None:
    """Areas and indicators of the city; scores on the Sustainable Development Goals.

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
        show(_table(found))


FOLDER = click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    envvar="HANZE_FOLDER",
    help="The folder of the node.",
)


LAYER = click.option(
    "--layer", default="", help="Which layer of a TopoJSON or a GeoPackage to read, where it has several."
)

PAST = click.option("--past", is_flag=True, help="Also of the periods that are over, which stand in the history.")


@command.command("areas")
@click.argument("file", type=FILE)
@LAYER
@click.option("--level", type=click.Choice(LEVELS), help="What the areas are, where the file does not say so.")
@click.option("--people", type=FILE, help="A table with columns code and people: how many live in each.")
@click.option("--simulated", is_flag=True, help="They and their land are made up, to show how this works.")
@FOLDER
def _areas(
    file: Path, layer: str, level: Level | None, people: Path | None, simulated: bool, folder: Path
) -> None:  # fmt: skip
    """Tell which areas the city has: GeoJSON, TopoJSON or GeoPackage of a city, its districts or its neighbourhoods.

    \b
    hanze goals areas neighbourhoods.geojson --level neighbourhood --people residents.csv

    A file may hold several levels, where each area says what it is, and how many live there (population). They take the place of
    all areas of the same level. Shapes that cross themselves are mended; what was mended, and what has no
    surface, is told by name.
    """
    found = reading.every(file, level, layer=layer)
    mended = [mending.mend(one.areas) for one in found]
    counted = {} if people is None else _people(people)
    drawn = [{**_drawn(one), "simulated": simulated} for part in mended for one in part.areas]
    with hand(folder, "hanze goals areas") as node:
        placed = node.run("goals.areas", {"areas": drawn, "people": counted})
    findings = [one for part in found for one in part.findings] + [one for part in mended for one in part.findings]
    for sentence in [*(one.told() for one in findings), *placed]:
        click.echo(sentence, err=True)
    click.echo(f"{len(drawn)} areas.")


@command.command("land")
@click.argument("file", type=FILE)
@LAYER
@click.option("--year", type=click.IntRange(1900, 2200), required=True, help="Of which year the map is.")
@click.option("--column", default=land.USE, show_default=True, help="The property that tells the use.")
@click.option(
    "--means", multiple=True, help="What a value of it means, such as water-body=water; may be given several times."
)
@FOLDER
def _land(file: Path, layer: str, year: int, column: str, means: Sequence[str], folder: Path) -> None:
    """Tell what the land is used for: GeoJSON or GeoPackage of polygons for homes, work, farmland, nature, water and energy.

    \b
    hanze goals land land-2025.geojson --year 2025
    hanze goals land brt.gpkg --layer terrain --year 2025 --column typelandgebruik --means akkerland=farmland --means bos=nature
    """
    pieces = land.read(file, column, dict(_meaning(one) for one in means), layer)
    with hand(folder, "hanze goals land") as node:
        count = node.run(
            "goals.land", {"year": year, "pieces": [(one.use, shapely.to_wkb(one.shape)) for one in pieces]}
        )
    click.echo(f"{len(pieces)} pieces of land in {count} areas.")


def _meaning(text: str) -> tuple[str, str]:
    given, sign, use = text.partition("=")
    if not sign or not given:
        raise click.BadParameter(f"{text!r} says of no value what it means; give VALUE=USE", param_hint="--means")
    return given, use


def _drawn(area: Area) -> dict[str, Any]:
    shape = b"" if area.geometry is None else shapely.to_wkb(area.geometry)
    return {
        "code": area.code, "name": area.name, "level": area.level, "parent": area.parent, "shape": shape,
        "people": area.people,
    }  # fmt: skip


def _people(file: Path) -> dict[str, float]:
    return {row.text("code"): row.number("people") for row in plain.Table(file, ("code", "people")).rows()}


@command.command("list")
@click.option("--indicator", "code", default="", help="Of this indicator only, such as air-no2-year.")
@click.option("--area", default="", help="Of this area only: its code.")
@PAST
@FOLDER
def _list(code: str, area: str, past: bool, folder: Path) -> None:
    """Show the values of the indicators.

    \b
    hanze goals list --indicator air-no2-year
    """
    with hand(folder, "hanze goals list") as node:
        _rows(node.run("goals.values", {"code": code, "area": area, "past": past}))


command.add_command(entering.command)
command.add_command(reviewing.command)
command.add_command(scoring.command)
command.add_command(planning.command)


@command.command("verify")
@click.option("--indicator", "code", default="", help="Values of this indicator only, such as air-no2-year.")
@click.option("--subject", default="", help="Scores on this subject only, such as liveability or goal-11.")
@click.option("--area", default="", help="Of this area only: its code.")
@PAST
@FOLDER
def _verify(code: str, subject: str, area: str, past: bool, folder: Path) -> None:
    """Work values out once more from the data, and scores from the values, and compare them with what their receipts say.

    \b
    hanze goals verify --indicator air-no2-year
    hanze goals verify --subject liveability

    Ends with 1 where one is not as its receipt says.
    """
    about = {"area": area, "past": past}
    values, scores = [], []
    with hand(folder, "hanze goals verify") as node:
        if code or not subject:
            values = node.run("goals.check", {"code": code, **about})
        if subject or not code:
            scores = node.run("goals.scores.check", {"subject": subject, **about})
    if values:
        _rows(values)
    if scores:
        show(scoring.table(scores))
    if any(row["verdict"] not in FINE for row in [*values, *scores]):
        raise SystemExit(1)


def _rows(rows: Sequence[Mapping[str, Any]]) -> None:
    table = Table(box=None, pad_edge=False)
    for name in ("indicator", "area", "period", "value", "unit", "there", ""):
        table.add_column(name, justify="right" if name in ("value", "there") else "left", no_wrap=True)
    for row in rows:
        value = row["why"] if row["value"] is None else f"{row['value']:g}"
        table.add_row(
            row["code"], row["area"], row["start"], value, row["unit"], f"{row['coverage']:.0%}", row["verdict"]
        )
    show(table)


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


for _one in journeys.COMMANDS:
    command.add_command(_one)
