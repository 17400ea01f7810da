# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command of make demo."""

import sys
from pathlib import Path

import click
from rich.console import Console

from hanze.cli.demo import addresses, progress, recordings, stories, town
from hanze.cli.demo.node import Node
from hanze.errors import HanzeError, SourceFailed


@click.command()
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default="demo-node", show_default=True)
@click.option("--port", default=9090, show_default=True)
@click.option("--months", type=click.IntRange(0, 240), default=18, show_default=True, help="Of history, at first.")
@click.option("--rivm", is_flag=True, help="Also load 15.8 million real observations, where they are at hand.")
@click.option("--no-browser", is_flag=True, help="Open no browser.")
@click.option("--once", is_flag=True, help="Stop when all is there (tests); opens no browser.")
def main(folder: Path, port: int, months: int, rivm: bool, no_browser: bool, once: bool) -> None:
    """Run the invented town of Havendam and print the addresses to try. Ctrl-C stops it; the data stay."""
    try:
        town.make(folder, months)
        _run(folder, port, rivm=rivm, browser=not (no_browser or once), once=once)
    except HanzeError as error:
        advice = f" {error.advice}" if isinstance(error, SourceFailed) else ""
        click.echo(f"hanze: {error.detail}{advice}", err=True)
        sys.exit(2)


def _run(folder: Path, port: int, *, rivm: bool, browser: bool, once: bool) -> None:
    console = Console(soft_wrap=True)

    def say(text: str) -> None:
        # The bar tells the same, where there is one.
        if not (console.is_terminal and "back-filling" in text):
            console.print(text, markup=False, highlight=False)

    node = Node(folder, port, say)
    try:
        address = node.address()
        record = progress.present(folder, node.runs)
        for line in addresses.lines(address, record.looked or 0):
            say(line)
        if browser and not addresses.opened(address):
            say(f"There is no browser here; open {address}/ in one.")
        progress.history(folder, node.runs, console)
        for line in stories.tell(folder, address):
            say(line)
        stories.follow(folder)
        if rivm:
            recordings.load(folder, say)
        say(f"All is there. Time runs faster with: hanze clock {folder} --rate 600\nCtrl-C stops the node.")
        if not once:
            node.wait()
    except KeyboardInterrupt:
        say(f"Stopping; the data stay in {folder}")
    finally:
        node.stop()


if __name__ == "__main__":
    main()
