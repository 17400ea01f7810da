# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The `hanze` command: one module per verb, imported when it is used."""

import sys
from importlib import import_module

import click

from hanze import __version__
from hanze.errors import HanzeError

VERBS = {
    "init": "Make the folder of a new node.",
    "serve": "Run the node of a folder.",
    "load": "Load a file: NGSI-LD JSON, CSV or Parquet.",
    "get": "Show one entity.",
    "key": "Make, list and revoke keys.",
    "backup": "Copy a node's data to one file while it runs.",
    "restore": "Put a backup in the place of a node's data.",
    "erase": "Take an entity or attribute out for good.",
    "doctor": "Check a node's folder and say what to mend.",
    "version": "Show versions.",
}


class Lazy(click.Group):
    """Finds a verb in the module of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command = import_module(f"hanze.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Lazy)
@click.version_option(__version__, prog_name="hanze")
def group() -> None:
    """Hanze: a context broker for cities that work as a network.

    \b
    hanze init my-city              make a node
    hanze serve my-city --open      run it on this laptop
    hanze load data.csv --mapping data.toml --folder my-city

    Each verb explains itself: hanze VERB --help.
    """


def main() -> None:
    """The entry point: an error of Hanze is one sentence on standard error and exit code 2."""
    try:
        group(prog_name="hanze")
    except HanzeError as error:
        click.echo(f"hanze: {error.detail}", err=True)
        sys.exit(2)
