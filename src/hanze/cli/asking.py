# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The options by which a question is asked of a table, for all verbs of `hanze experiments` that read one."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

import click
import msgspec

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.question import Better, Design, Event, Question
from hanze.experiments.evaluate.table import Table, moment, read

FILE = click.Path(path_type=Path, dir_okay=False)
F = TypeVar("F", bound=Callable[..., Any])


def share(given: str | float) -> float:
    """A part of one, written as 10% or 0.1."""
    text = str(given).strip()
    try:
        found = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        found = 0.0
    if not 0 < found < 1:
        raise click.BadParameter(f"{text!r} is no share between 0 and 1; write it as 10% or 0.1")
    return found


COLUMNS = (
    click.option("--outcome", required=True, help="The column that had to get better."),
    click.option("--time", required=True, help="The column of moments: numbers, or dates such as 2026-03-01."),
    click.option("--unit", default="", help="The column of places, people or schools that are measured."),
    click.option("--exposure", default="", help="A column of how many could be counted, such as residents: a rate is compared."),
    click.option("--season", default="", help="A column of the part of the year or week, such as 1 to 12."),
    click.option("--covariates", default="", help="Columns to adjust for, parted by commas."),
    click.option("--cluster", default="", help="A column of groups within which units depend on each other."),
    click.option("--weights", default="", help="A column of how much each row counts."),
    click.option("--period", type=click.IntRange(2), help="Moments in one season, such as 12 for months."),
    click.option(
        "--better", type=click.Choice(get_args(Better)), default="lower", show_default=True, help="Where the outcome has to go."
    ),
    click.option("--level", type=share, metavar="SHARE", default=0.95, show_default="95%", help="Of the interval."),
    click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of whatever is drawn by lot."),
)  # fmt: skip
"""What stands in the table, and how it is looked at."""

MEASURE = (
    click.option("--design", type=click.Choice(get_args(Design)), required=True, help="How the effect is worked out."),
    click.option(
        "--treated", multiple=True, help="Units with the measure, parted by commas or given several times; or a column that is 1 "
        "while it is on.",
    ),
    click.option("--start", default="", help="The first moment of the measure, written as in the time column."),
    click.option("--first-treated", default="", help="A column with the first moment of the measure in each unit; 0 for never."),
    click.option("--bought", type=share, metavar="SHARE", help="The effect that the measure was done for, such as 10%."),
    click.option("--events", type=FILE, help="A CSV with columns name, since, until: what else went on."),
    click.option("--country", default="", help="Where it was, such as NL, for its holidays. Default: all known ones."),
    click.option("--placebo-outcome", multiple=True, help="A column that the measure cannot have changed."),
)  # fmt: skip
"""What was done, where and when."""


def columns(function: F) -> F:
    """Gives a command the options about the table."""
    return _given(function, COLUMNS)


def question(function: F) -> F:
    """Gives a command the options about the measure and the table."""
    return _given(function, (MEASURE[0], *COLUMNS[:3], *MEASURE[1:], *COLUMNS[3:]))


def _given(function: F, options: Sequence[Callable[[F], F]]) -> F:
    for option in reversed(options):
        function = option(function)
    return function


def ask(file: Path, given: dict[str, Any]) -> tuple[Table, Question]:
    """The table, and the question that `given` (the options) asks of it. Errors: ConfigurationError."""
    table = read(file)
    events, placebos = given.pop("events"), given.pop("placebo_outcome")
    given |= {
        "treated": names(given["treated"], table, given["unit"]), "covariates": _columns(given["covariates"]),
        "country": given["country"].upper(), "placebo_outcomes": tuple(placebos),
        "events": () if events is None else _events(events),
    }  # fmt: skip
    return table, msgspec.convert(given, Question)


def about(file: Path, given: dict[str, Any]) -> tuple[Table, Question]:
    """The same where nothing is asked of a measure."""
    none = {"design": "its", "treated": (), "events": None, "country": "", "placebo_outcome": ()}
    return ask(file, given | none)


def _columns(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def names(given: Sequence[str], table: Table, unit: str) -> tuple[str, ...]:
    """A name that stands in the table is taken whole, also where it has a comma in it."""
    known = set(table.words(unit)) if unit else set()
    found: list[str] = []
    for one in given:
        found += [one] if one in known or one in table.columns else _columns(one)
    return tuple(dict.fromkeys(found))


def _events(file: Path) -> tuple[Event, ...]:
    table = read(file)
    rows = zip(*(table.words(name) for name in ("name", "since", "until")), strict=True)
    found = tuple(Event(name, since, until) for name, since, until in rows)
    if empty := next((one for one in found if not one.since or not one.until), None):
        raise ConfigurationError(f"{file}: the event {empty.name!r} has no since or no until; give each both.")
    if turned := next((one for one in found if _turned(one)), None):
        raise ConfigurationError(
            f"{file}: the event {turned.name!r} is from {turned.since!r} to {turned.until!r}, which is earlier; turn them around."
        )
    return found


def _turned(event: Event) -> bool:
    since, until = moment(event.since), moment(event.until)
    return since is not None and until is not None and until < since
