# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze person"""

from pathlib import Path

import click

from hanze.cli.folder import hand, moment, option
from hanze.web.people.roles import ROLES

_language = click.option("--language", default="", help="Of the page that the link opens, such as nl.")
_roles = click.option(
    "--role", "roles", multiple=True, required=True, type=click.Choice(list(ROLES)),
    help="What the person does; may be given more than once.",
)  # fmt: skip


@click.group()
def command() -> None:
    """People sign in to the site and do what their roles allow. The first administrator is invited here.

    \b
    hanze person invite mia@city.example --role administrator --folder my-city
    hanze person list --folder my-city
    hanze person roles mia@city.example --role data-officer --role editor --folder my-city
    """


@command.command()
@click.argument("mail")
@_roles
@_language
@option
def invite(mail: str, roles: tuple[str, ...], language: str, folder: Path) -> None:
    """Make an invitation for the address MAIL and show its link, once. It works for two weeks."""
    with hand(folder, "hanze person") as node:
        made = node.run("person.invite", {"mail": mail, "roles": list(roles), "language": language})
    click.echo(made["link"])
    does = "A mail is on its way; this is the same link" if made["mailed"] else f"Send this to {mail}"
    click.echo(f"{does}: whoever has it can make the account. It is not shown again.", err=True)


@command.command()
@click.argument("mail")
@_language
@option
def link(mail: str, language: str, folder: Path) -> None:
    """Show a link by which the person with the address MAIL signs in once, within half an hour."""
    with hand(folder, "hanze person") as node:
        made = node.run("person.link", {"mail": mail, "language": language})
    click.echo(made["link"])
    if made["mailed"]:
        click.echo("A mail with the same link is on its way.", err=True)


@command.command("list")
@option
def list_(folder: Path) -> None:
    """List all accounts."""
    with hand(folder, "hanze person") as node:
        found = node.run("person.list", {})
    for one in found:
        signs = "two factors" if one["has_totp"] else "password" if one["has_password"] else "link"
        click.echo(f"{one['mail']:30} {moment(one['created'])}  {signs:12} {', '.join(one['roles'])}  ({one['name']})")
    if not found:
        click.echo("Nobody has an account yet; invite with: hanze person invite MAIL --role administrator", err=True)


@command.command()
@click.argument("mail")
@_roles
@option
def roles(mail: str, roles: tuple[str, ...], folder: Path) -> None:
    """Give the person with the address MAIL these roles in the place of those before."""
    with hand(folder, "hanze person") as node:
        found = node.run("person.roles", {"mail": mail, "roles": list(roles)})
    click.echo(f"{found['name']} ({found['mail']}) is now: {', '.join(found['roles'])}.")


@command.command()
@click.argument("mail")
@option
def reset(mail: str, folder: Path) -> None:
    """Take password, second factor and passkeys of the person with the address MAIL away, and sign out everywhere."""
    with hand(folder, "hanze person") as node:
        found = node.run("person.reset", {"mail": mail})
    click.echo(f"{found['mail']} signs in by a link now: hanze person link {found['mail']}")


@command.command()
@click.argument("mail")
@click.option("--yes", is_flag=True, help="Do not ask.")
@option
def erase(mail: str, yes: bool, folder: Path) -> None:
    """Erase the account with the address MAIL; what the person did stays under a pseudonym."""
    if not yes:
        click.confirm(f"Erase the account of {mail}? This cannot be undone", abort=True)
    with hand(folder, "hanze person") as node:
        found = node.run("person.erase", {"mail": mail})
    click.echo(f"The account of {found['mail']} is erased.")
