# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze experiments tell"""

from pathlib import Path

import click
import msgspec

from hanze.cli.folder import hand, option
from hanze.experiments.telling import reading


@click.command("tell")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="STORY.toml")
@click.option("--check", is_flag=True, help="Only look whether it can be used; nothing is written.")
@option
def command(file: Path, check: bool, folder: Path) -> None:
    """Tell the story of a trial that was kept elsewhere: challenge, applications, decision, agreement, plan, and what followed.

    \b
    hanze experiments tell quiet-street.toml --check
    hanze experiments tell quiet-street.toml

    Everything is written by the same rules as by the pages, in the order in which it happened; all of it, or nothing. A plan that
    was fixed elsewhere says that it was written here later: nobody can prove it here. How a story is written stands in
    docs/how-to/run-a-fair-pilot.md.
    """
    story = reading.read(file)
    if check:
        click.echo(f"{file} can be told.")
        return
    with hand(folder, "hanze experiments tell") as node:
        made = node.run("experiments.tell", {"story": msgspec.to_builtins(story), "name": file.name})
    if made["challenge"]:
        click.echo(f"challenge?id={made['challenge']}")
    if made["agreement"]:
        click.echo(f"agreement?id={made['agreement']}")
    if made["trial"]:
        click.echo(f"trial?id={made['trial']}: {made['verdict'] or made['status']}")
