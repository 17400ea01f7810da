# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze goals target, question and answers"""

import csv
from pathlib import Path

import click

from hanze.cli.folder import hand, option
from hanze.errors import ConfigurationError

COLUMNS = ("text", "area", "goals")

language = click.option("--language", default="nl", show_default=True, help="The language of the text: a code.")
simulated = click.option("--simulated", is_flag=True, help="It is made up, to show how this works.")


@click.command("target")
@click.argument("subject")
@click.argument("year", type=click.IntRange(2000, 2100))
@click.argument("value", type=float)
@click.option("--says", required=True, help="The promise in a sentence that everyone reads.")
@language
@simulated
@option
def target(subject: str, year: int, value: float, says: str, language: str, simulated: bool, folder: Path) -> None:
    """Set a target: what the city promises to reach by the end of a year. What was promised before stays to be read.

    \b
    hanze goals target air-no2-year 2030 10 --says "In 2030 the air is as clean as the WHO asks." --language en
    hanze goals target goal-11 2050 90 --says "In 2050 the city is good for everyone." --language en

    SUBJECT is the code of an indicator, or a goal such as goal-11, whose points go from 0 to 100.
    """
    asked = {
        "subject": subject,
        "year": year,
        "target": value,
        "says": says,
        "language": language,
        "simulated": simulated,
    }
    with hand(folder, "hanze goals target") as node:
        click.echo(f"goals/journey: {node.run('goals.target', asked)} {value:g} in {year}")


@click.command("question")
@click.argument("year", type=click.IntRange(2000, 2100))
@click.option("--opens", required=True, help="The first day, such as 2026-03-01.")
@click.option("--closes", required=True, help="The last day.")
@click.option("--says", default="", help="What the city adds to the question.")
@language
@simulated
@option
def question(year: int, opens: str, closes: str, says: str, language: str, simulated: bool, folder: Path) -> None:
    """Ask residents what will be needed, from a day to a day.

    \b
    hanze goals question 2026 --opens 2026-03-01 --closes 2026-03-31
    """
    asked = {"year": year, "opens": opens, "closes": closes, "says": says, "language": language, "simulated": simulated}
    with hand(folder, "hanze goals question") as node:
        click.echo(f"goals/question: {node.run('goals.question', asked)}, {opens} to {closes}")


@click.command("answers")
@click.argument("year", type=click.IntRange(2000, 2100))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--shown", is_flag=True, help="Somebody has looked at all of them; show them at once.")
@language
@simulated
@option
def answers(year: int, file: Path, shown: bool, language: str, simulated: bool, folder: Path) -> None:
    """Bring answers that came on paper: a CSV with the columns text, area and goals (numbers with spaces between them).

    \b
    hanze goals answers 2026 paper.csv
    """
    asked = {"year": year, "answers": _rows(file), "language": language, "shown": shown, "simulated": simulated}
    with hand(folder, "hanze goals answers") as node:
        click.echo(f"{node.run('goals.answers', asked)} answers came in.")


def _rows(file: Path) -> list[dict[str, object]]:
    """Errors: ConfigurationError with the line."""
    with file.open(encoding="utf-8-sig", newline="") as source:
        rows = csv.DictReader(source)
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise ConfigurationError(f"{file.name} has no column {missing[0]!r}; it needs {', '.join(COLUMNS)}.")
        found: list[dict[str, object]] = []
        for row in rows:
            goals = (row["goals"] or "").split()
            if not all(one.isascii() and one.isdigit() for one in goals):
                raise ConfigurationError(
                    f"{file.name}, line {rows.line_num}: goals is {row['goals']!r}; give numbers such as 11 13."
                )
            found.append(
                {
                    "text": (row["text"] or "").strip(),
                    "area": (row["area"] or "").strip(),
                    "goals": list(map(int, goals)),
                }
            )
        return found


COMMANDS = (target, question, answers)
