# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze load"""

from pathlib import Path

import click

from hanze.cli.contexts import finding
from hanze.cli.folder import hand, option
from hanze.cli.loading import Loading
from hanze.node import config


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--mapping", type=click.Path(path_type=Path, dir_okay=False), help="TOML file: which column is what (CSV, Parquet)."
)
@click.option("--tenant", default="", help="The tenant; without it that of the mapping, or the default one.")
@click.option("--again", is_flag=True, help="From the first row, although a part is loaded already.")
@option
def command(file: Path, mapping: Path | None, tenant: str, again: bool, folder: Path) -> None:
    """Load FILE into the node: NGSI-LD (.json, .jsonld, or .ndjson with an entity a line), CSV or Parquet.

    Loading shows its progress, goes on where it was interrupted, and loads nothing twice. Rows that cannot be taken are
    written with their reason to FILE.rejected.csv, or to the folder of work where that cannot be. A remote @context is
    fetched once, within the limits and to the addresses that the node's configuration allows.

    \b
    hanze load vehicles.jsonld --folder my-city
    hanze load air.csv --mapping air.toml --folder my-city

    \b
    A mapping, for a table with one observation a row:
      type = "AirQualityObserved"
      id = "urn:ngsi-ld:AirQualityObserved:{station}"
      [time]
      column = "start"
      zone = "+01:00"
      [[attribute]]
      name = "{component}"
      column = "value"
      unit = "GQ"
    """
    with finding(config.load(folder)) as contexts:
        loading = Loading(file, mapping, tenant, contexts)
        with hand(folder, "hanze load") as node:
            loading.run(node, again)
