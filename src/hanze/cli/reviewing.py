# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze goals review"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.progress import Progress

from hanze.cli.folder import hand, option
from hanze.errors import ConfigurationError
from hanze.goals.review import html, pdf
from hanze.goals.review.document import Document
from hanze.node.replacing import replace
from hanze.web.language import languages

ENDINGS = (".html", ".pdf")


@click.command("review")
@click.option("--year", type=click.IntRange(1900, 2200), required=True, help="The year that is looked back on.")
@click.option("--language", default="en", show_default=True, help="A language of the site, such as nl.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The file: it ends in .pdf or .html.",
)
@option
def command(year: int, language: str, output: Path, folder: Path) -> None:
    """Write the yearly review of the goals: the texts of people, and figures with their origin.

    \b
    hanze goals review --year 2026 --language nl --output review.pdf
    """
    ending = output.suffix.lower()
    if ending not in ENDINGS:
        raise click.BadParameter(f"{output} ends in neither .pdf nor .html", param_hint="--output")
    if ending == ".pdf" and not pdf.installed():
        raise ConfigurationError("A PDF needs Typst; install it with pip install 'hanze[review]'.")
    made = _document(folder, year, language)
    content = pdf.pdf(made) if ending == ".pdf" else html.alone(made, languages()[language]).encode()
    replace(output, content, 0o644)
    click.echo(f"{output}: {len(made.origins)} figures, each with its origin.")


def _document(folder: Path, year: int, language: str) -> Document:
    """Of the node; how far it is, is shown to a person at a terminal."""
    console = Console(stderr=True)
    with (
        hand(folder, "hanze goals review") as node,
        Progress(transient=True, console=console, disable=not console.is_terminal) as progress,
    ):
        task = progress.add_task("reading", total=None)

        def told(value: Mapping[str, Any]) -> None:
            progress.update(task, completed=value["done"], total=value["of"])

        return msgspec.convert(node.run("goals.review", {"year": year, "language": language}, told), Document)
