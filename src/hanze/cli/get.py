# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze get"""

from pathlib import Path

import click
import msgspec

from hanze.cli.folder import hand, option


@click.command()
@click.argument("id")
@click.option("--tenant", default="", help="The tenant; without it the default one.")
@click.option("--simplified", is_flag=True, help="Values only.")
@option
def command(id: str, tenant: str, simplified: bool, folder: Path) -> None:
    """Show the entity with this ID as JSON.

    \b
    hanze get urn:ngsi-ld:AirQualityObserved:NL01487 --folder my-city
    """
    with hand(folder, "hanze get") as node:
        found = node.run("get", {"id": id, "tenant": tenant, "simplified": simplified})
    click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
