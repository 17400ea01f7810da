# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze key"""

from pathlib import Path

import click

from hanze.access.principal import ROLES
from hanze.cli.folder import hand, moment, option
from hanze.ngsild import times


@click.group()
def command() -> None:
    """Keys open a node that is closed by default. A key is shown once; the node keeps a hash of it.

    \b
    hanze key create --role writer --name "bus company" --folder my-city
    hanze key create --agreement urn:ngsi-ld:Agreement:havendam:quiet --name "noise lab" --folder my-city
    hanze key list --folder my-city
    hanze key revoke 1a2b3c4d --folder my-city
    """


@command.command()
@click.option("--role", type=click.Choice(list(ROLES)), help="What the key may do; a key of an agreement reads.")
@click.option("--name", default="", help="Whose key it is.")
@click.option("--type", "types", multiple=True, help="Only for this entity type; may be given more than once.")
@click.option("--tenant", "tenants", multiple=True, help="Only for this tenant; may be given more than once.")
@click.option("--agreement", help="Reads what this agreement shows, as long as it holds; its id.")
@click.option("--expires", help="Until when, such as 2027-01-01T00:00:00Z.")
@option
def create(
    role: str | None, name: str, types: tuple[str, ...], tenants: tuple[str, ...], agreement: str | None,
    expires: str | None, folder: Path,
) -> None:  # fmt: skip
    """Make a key and show it, once."""
    if role is None and agreement is None:
        raise click.UsageError(
            "Missing option '--role', or '--agreement'; the one says what the key may do, the other what it reads."
        )
    role = role or "reader"
    arguments = {
        "role": role, "name": name, "types": list(types) or None, "tenants": list(tenants) or None,
        "agreement": agreement, "expires": None if expires is None else times.parse(expires, "--expires"),
    }  # fmt: skip
    with hand(folder, "hanze key") as node:
        made = node.run("key.create", arguments)
    click.echo(made["text"])
    click.echo(f"Key {made['key']['id']} ({role}). It is not shown again: keep it in a safe place.", err=True)


@command.command("list")
@option
def list_(folder: Path) -> None:
    """List all keys."""
    with hand(folder, "hanze key") as node:
        found = node.run("key.list", {})
    for key in found:
        state = "revoked" if key["revoked"] else f"expires {moment(key['expires'])}" if key["expires"] else "valid"
        bound = f"  {key['agreement']}" if key["agreement"] else ""
        click.echo(f"{key['id']}  {key['role']:8} {moment(key['created'])}  {state:24} {key['name']}{bound}")
    if not found:
        click.echo("There are no keys yet; make one with: hanze key create --role admin", err=True)


@command.command()
@click.argument("key")
@option
def revoke(key: str, folder: Path) -> None:
    """Revoke the KEY of this id or name; it opens nothing from now on."""
    with hand(folder, "hanze key") as node:
        found = node.run("key.revoke", {"key": key})
    click.echo(f"Key {found['id']} ({found['name']}) is revoked.")


@command.command()
@option
def renew(folder: Path) -> None:
    """Make another key for what the node itself signs; the public part of the old one stays known."""
    with hand(folder, "hanze key") as node:
        made = node.run("key.renew", {})
    click.echo(f"The node signs with {made['key']} from now on.")
