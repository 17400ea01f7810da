# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze experiments verify"""

from pathlib import Path

import click

from hanze.cli.folder import hand, option


@click.command("verify")
@click.argument("trial")
@option
def command(trial: str, folder: Path) -> None:
    """Check that the plan of a trial is as it was fixed: work the chain of its versions out once more.

    \b
    hanze experiments verify quiet-street

    TRIAL is the last word of the address of its page, or its id. Ends with 1 where something was changed or is missing.
    """
    with hand(folder, "hanze experiments verify") as node:
        found = node.run("experiments.verify", {"id": trial})
    for row in found["versions"]:
        changed = f"; changed: {', '.join(row['fields'])}" if row["fields"] else ""
        click.echo(f"{row['version']}  {row['at']}  {row['when']}{changed}\n   {row['hash']}")
    for sentence in found["broken"]:
        click.echo(sentence, err=True)
    if found["broken"]:
        raise SystemExit(1)
    click.echo(f"{found['name']}: each version is as it was fixed.")
