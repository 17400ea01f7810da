# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze erase"""

from pathlib import Path

import click

from hanze.cli.folder import hand, option


@click.command()
@click.argument("id")
@click.option("--attribute", help="Only this attribute.")
@click.option("--ground", required=True, help="Why, for the tombstone.")
@click.option("--tenant", default="", help="The tenant; without it the default one.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@option
def command(id: str, attribute: str | None, ground: str, tenant: str, yes: bool, folder: Path) -> None:
    """Take the entity ID, or one attribute of it, out of current state, history and journal for good.

    A tombstone with date, ground and a digest of the id stays in the audit.

    \b
    hanze erase urn:ngsi-ld:Report:42 --ground "request of the person, AVG art. 17" --folder my-city
    """
    if not yes:
        click.confirm(f"Erase {attribute + ' of ' if attribute else ''}{id}? This cannot be undone", abort=True)
    with hand(folder, "hanze erase") as node:
        done = node.run("erase", {"id": id, "ground": ground, "attribute": attribute, "tenant": tenant})
    click.echo(f"Erased, with {done['rows']} kept rows. Tombstone {done['tombstone'][:16]}.")
