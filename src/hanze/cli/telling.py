# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze experiments tell"""

import time
from pathlib import Path
from typing import Any

import click
import msgspec

from hanze import toml
from hanze.cli.folder import Hand, hand, option
from hanze.errors import BadRequestData, ConfigurationError
from hanze.experiments.telling import reading
from hanze.experiments.telling.story import Story

PAUSE_SECONDS = 0.5
"""Between two looks at whether the node has judged the trial."""

JUDGED = ("evaluated", "closed")


@click.command("tell")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="STORY.toml")
@click.option("--check", is_flag=True, help="Only look whether it can be used; nothing is written.")
@click.option("--after", is_flag=True, help="Only what followed the verdict, of a story that was told before.")
@click.option("--wait", default=0.0, metavar="SECONDS", help="For the verdict, so that what followed can be told too.")
@option
def command(file: Path, check: bool, after: bool, wait: float, folder: Path) -> None:
    """Tell the story of a trial that was kept elsewhere: challenge, applications, decision, agreement, plan, and what followed.

    \b
    hanze experiments tell quiet-street.toml --check
    hanze experiments tell quiet-street.toml --wait 120

    Everything is written by the same rules as by the pages, in the order in which it happened: all of it, or nothing. The verdict
    is no part of a story: the node that runs works it out from its data. A plan that was fixed elsewhere says that it was written
    here later, since nobody can prove it here. How a story is written stands in docs/how-to/run-a-fair-pilot.md.
    """
    story = reading.read(file)
    if check:
        click.echo(f"{file} can be told.")
        return
    with hand(folder, "hanze experiments tell") as node:
        asked = {"story": msgspec.to_builtins(story), "name": file.name}
        made = {} if after else _told(node, file, asked)
        for line in _lines(made):
            click.echo(line)
        if story.trial is not None and (after or wait):
            _after(node, story, asked, wait)


def _told(node: Hand, file: Path, asked: dict[str, Any]) -> dict[str, Any]:
    """Errors: ConfigurationError with the line of the part that could not be so."""
    try:
        made: dict[str, Any] = node.run("experiments.tell", asked)
    except BadRequestData as error:
        line = toml.line(toml.text(file), error.detail.partition(": ")[0])
        raise ConfigurationError(f"{file}, line {line}: {error.detail}") from None
    return made


def _lines(made: dict[str, Any]) -> list[str]:
    return [f"{kind}?id={made[kind]}" for kind in ("challenge", "agreement", "trial") if made.get(kind)]


def _after(node: Hand, story: Story, asked: dict[str, Any], wait: float) -> None:
    """Errors: ConfigurationError where the trial was not judged in time."""
    assert story.trial is not None
    until = time.monotonic() + wait
    made = node.run("experiments.tell.after", asked)
    while made["status"] not in JUDGED and time.monotonic() < until:
        time.sleep(PAUSE_SECONDS)
        made = node.run("experiments.tell.after", asked)
    if made["status"] not in JUDGED:
        raise ConfigurationError(
            f"The trial {story.trial.code} was not judged yet, so what followed was not told. A node that runs judges it by itself "
            "when it is over; then tell it with --after."
        )
    click.echo(f"{story.trial.code}: {made['verdict']}")
