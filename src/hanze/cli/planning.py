# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze goals plan"""

from pathlib import Path

import click
import shapely

from hanze.cli.folder import hand, option
from hanze.errors import BadRequestData, ConfigurationError
from hanze.goals.areas import geopackage
from hanze.goals.areas.land import USES
from hanze.goals.keeping.plans import STATUSES
from hanze.goals.plans import drawing
from hanze.store.geopackage import is_one

COUNT = click.FloatRange(0, 1_000_000)


@click.command("plan")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="What people call it.")
@click.option("--use", type=click.Choice(USES), required=True, help="What the land would be used for.")
@click.option("--year", type=click.IntRange(1900, 2200), required=True, help="When it would be there.")
@click.option("--status", type=click.Choice(STATUSES), default="idea", show_default=True, help="How far it is.")
@click.option("--about", default="", help="What it is about, in a few sentences.")
@click.option("--least", type=COUNT, help="At least so many homes come.")
@click.option("--most", type=COUNT, help="At most so many.")
@click.option("--layer", default="", help="Which layer of a GeoPackage to read, where it has several.")
@click.option("--code", default="", help="The plan whose place it takes: the last word of the address of its page.")
@click.option("--simulated", is_flag=True, help="It is made up, to show how this works.")
@option
def command(
    file: Path, name: str, use: str, year: int, status: str, about: str, least: float | None, most: float | None,
    layer: str, code: str, simulated: bool, folder: Path,
) -> None:  # fmt: skip
    """Draw a plan: a polygon of GeoJSON or a GeoPackage that may get another use, and see what would come of it on its page.

    \b
    hanze goals plan mill.geojson --name "Homes by the mill" --use homes --year 2032 --least 300 --most 450
    """
    asked = {
        "name": name, "use": use, "year": year, "status": status, "description": about, "least": least, "most": most,
        "simulated": simulated, "code": code, "shape": shapely.to_wkb(_shape(file, layer)),
    }  # fmt: skip
    with hand(folder, "hanze goals plan") as node:
        click.echo(f"goals/plan?id={node.run('goals.plan', asked)}")


def _shape(file: Path, layer: str) -> object:
    body = file.read_bytes()
    try:
        if is_one(body):
            return drawing.of_document(geopackage.document(file, layer))
        return drawing.shape(body.decode("utf-8-sig"))
    except (BadRequestData, UnicodeDecodeError) as error:
        why = error.detail if isinstance(error, BadRequestData) else "It is no text."
        raise ConfigurationError(f"{file.name} cannot be used: {why}") from None
