# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze experiments"""

from pathlib import Path
from typing import Any

import click
from rich.console import Console

from hanze.cli import advising, asking, powering, practising, telling, verifying
from hanze.cli.waiting import Waiting
from hanze.errors import ConfigurationError
from hanze.experiments.card import card, document, html, text
from hanze.experiments.evaluate.evaluating import evaluate
from hanze.experiments.evaluate.result import Result
from hanze.web.language import Language, languages

WIDTH = 100
"""A narrower terminal wraps it."""


@click.group()
def command() -> None:
    """Did a trial work? Answers from plain files, without a node; and whether the plan of a trial is as it was fixed.

    \b
    hanze experiments evaluate accidents.csv --design its --outcome injured --time month --start 2025-03
    """


@command.command("evaluate")
@click.argument("file", type=asking.FILE, metavar="DATA.csv")
@asking.question
@click.option("--json", "as_json", is_flag=True, help="The result as one JSON object.")
@click.option("--html", "as_html", is_flag=True, help="The card as a page that stands alone.")
@click.option("--language", default="en", show_default=True, help="Of the card: a language of the site, such as nl.")
def _evaluate(file: Path, as_json: bool, as_html: bool, language: str, **given: Any) -> None:
    """Work out what a measure did, check it in all the usual ways, and say what can be believed.

    \b
    hanze experiments evaluate smoking.csv --design sdid --outcome cigsale --unit state --time year \\
        --treated California --start 1989
    hanze experiments evaluate accidents.csv --design its --outcome injured --time month --start 2025-03 \\
        --period 12 --bought 10% --placebo-outcome burglaries --json

    DATA.csv has a row for each unit and moment, and may be packed (.csv.gz). Nothing is sent anywhere.
    """
    if as_json and as_html:
        raise ConfigurationError("--json and --html were given; leave one of them out.")
    spoken = _language(language)
    table, question = asking.ask(file, given)
    with Waiting() as waiting:
        result = evaluate(table, question, waiting.tell)
    if as_json:
        click.echo(document.encode(result))
    elif as_html:
        click.echo(html.alone(card.make(result), spoken))
    else:
        _show(result, spoken)


def _language(code: str) -> Language:
    known = languages()
    if code not in known:
        raise ConfigurationError(f"language is {code!r}; give one of {', '.join(known)}.")
    return known[code]


def _show(result: Result, language: Language) -> None:
    console = Console(highlight=False)
    console.width = min(max(console.width, WIDTH), WIDTH) if not console.is_terminal else console.width
    console.print(text.render(card.make(result), language))


command.add_command(powering.command)
command.add_command(advising.command)
command.add_command(practising.command)
command.add_command(verifying.command)
command.add_command(telling.command)
