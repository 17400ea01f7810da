# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze experiments power"""

from pathlib import Path
from typing import Any

import click
import msgspec
import numpy as np
from rich.console import Console
from rich.table import Table as Grid

from hanze import __version__
from hanze.cli import asking
from hanze.cli.waiting import Waiting
from hanze.errors import ConfigurationError
from hanze.experiments.adviser.laying import WAVED, Layout
from hanze.experiments.adviser.powering import PARTS, Power, power
from hanze.experiments.adviser.rates import most
from hanze.experiments.adviser.trying import FAKES
from hanze.experiments.evaluate.extra import needed
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.planting import past
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.size import percent
from hanze.experiments.evaluate.table import Table, moment

WEEKS = 12.0


def _shares(given: str) -> tuple[float, ...]:
    return tuple(asking.share(one) for one in given.split(","))


@click.command("power")
@click.argument("file", type=asking.FILE, metavar="PAST.csv")
@asking.question
@click.option(
    "--weeks", type=click.FloatRange(0, min_open=True), default=WEEKS, show_default=True, help="How long it would last."
)
@click.option(
    "--effects", type=_shares, metavar="SHARES", default="2%,5%,10%", show_default=True, help="Sizes to look for."
)
@click.option("--waves", type=click.IntRange(1), default=1, help="In so many steps, for staggered and stepped-wedge.")
@click.option(
    "--block", type=click.IntRange(0), default=0, help="On or off for so many moments at a time, for switchback."
)
@click.option("--fakes", type=click.IntRange(5, 1000), default=FAKES, show_default=True, help="Periods that are tried.")
@click.option("--json", "as_json", is_flag=True, help="The same as one JSON object.")
def command(
    file: Path, weeks: float, effects: tuple[float, ...], waves: int, block: int, fakes: int, as_json: bool, **given: Any
) -> None:  # fmt: skip
    """How small an effect would a trial see? Tried on the past: measures that never were, and effects that are planted.

    \b
    hanze experiments power no2.csv --design did --outcome no2 --unit street --time day \\
        --treated Kerkstraat,Markt --start 2026-09-01 --weeks 12 --effects 5%,10%

    PAST.csv has a row for each unit and moment. What stands in it from the planned start on is left out. Where the time column
    holds numbers, a moment counts as a week.
    """
    table, question = asking.ask(file, given)
    known = _past(table, question)
    layout = _layout(known, table, question, waves, block)
    total = fakes * (len(PARTS) + len(effects))
    done = iter(range(1, total * 2))
    with needed(), Waiting() as waiting:
        found = power(
            known, layout, question, weeks, effects, fakes,
            lambda: waiting.tell(min(next(done), total), total, "trying it on the past"),
        )  # fmt: skip
    if as_json:
        click.echo(msgspec.json.encode(_document(found, layout, question, table)).decode())
    else:
        _show(found, layout, known)


def _past(table: Table, question: Question) -> Panel:
    """Up to the planned start."""
    if not question.start:
        return past(table, question)
    moments, dated = table.moments(question.time)
    start = moment(question.start)
    if start is None or start[1] != dated:
        needed = "a date such as 2026-03-01" if dated else "a number"
        raise ConfigurationError(f"start is {question.start!r}; {question.time} holds {needed}, so give one.")
    kept = np.flatnonzero(moments < start[0]).tolist()
    if not kept:
        raise ConfigurationError(
            f"start is {question.start!r}, and the table has no moment before it; give a later one."
        )
    columns = {name: [words[row] for row in kept] for name, words in table.columns.items()}
    return past(Table(columns, table.hash, table.name), question)


def _layout(known: Panel, table: Table, question: Question, waves: int, block: int) -> Layout:
    treated = _treated(known, table, question)
    others = tuple(name for name in known.units if name not in treated)
    if question.design in WAVED and not 1 < waves <= len(treated):
        raise ConfigurationError(
            f"waves is {waves}; {question.design} has at least 2, and no more than the {len(treated)} units that get it."
        )
    if question.design == "switchback" and not block:
        raise ConfigurationError("block is missing; give for how many moments it is switched on or off at a time.")
    return Layout(
        design=question.design, treatable=treated, count=len(treated), controls=others,
        waves=waves if question.design in WAVED else 1, block=block if question.design == "switchback" else 0,
    )  # fmt: skip


def _treated(known: Panel, table: Table, question: Question) -> tuple[str, ...]:
    """Those that were named; all where nobody was, and the design compares them with themselves; by a column, those with a 1."""
    named = question.treated
    if len(named) == 1 and named[0] not in known.units and named[0] in table.columns:
        words, marks = table.words(question.unit), table.numbers(named[0])
        named = tuple(dict.fromkeys(word for word, mark in zip(words, marks, strict=True) if mark == 1))
    if not named and (len(known.units) == 1 or question.design in ("its", *WAVED, "switchback")):
        return known.units
    if not named:
        raise ConfigurationError("treated is missing; give the units that would get the measure.")
    for name in named:
        if name not in known.units:
            raise ConfigurationError(
                f"treated is {name!r}, which is no value of {question.unit or 'a unit'}; there are {', '.join(known.units[:12])}."
            )
    return named


def _document(found: Power, layout: Layout, question: Question, table: Table) -> dict[str, Any]:
    tried = found.tried
    alarms = None
    if tried is not None:
        of = len(tried.fakes)
        alarms = {"seen": tried.alarms, "of": of, "limit": most(tried.alarms, of), "windows": tried.windows}
    return {
        "design": layout.design, "weeks": found.weeks,
        "effects": [{"effect": effect, "power": power} for effect, power in found.seen],
        "detectable": [
            {"weeks": one.weeks, "tried": one.tried, "formula": one.formula} for one in found.lengths
        ],
        "false_alarms": alarms, "version": __version__, "seed": question.seed, "data_hash": table.hash,
    }  # fmt: skip


def _show(found: Power, layout: Layout, known: Panel) -> None:
    console = Console(highlight=False)
    others = len(layout.controls)
    console.print(
        f"{layout.design}: {layout.count} with the measure, {others} without, a past of {len(known.times)} moments"
    )
    if found.tried is None:
        console.print("The past is too short to try it on; what follows is the closed form only.")
    else:
        of = len(found.tried.fakes)
        console.print(
            f"False alarms: {found.tried.alarms} in {of} periods without a measure ({found.tried.windows} do not overlap)."
        )
        console.print(_seen(found))
    console.print(_lengths(found))


def _seen(found: Power) -> Grid:
    grid = Grid("effect", f"seen in {found.weeks:g} weeks", box=None, pad_edge=False)
    for effect, share in found.seen:
        grid.add_row(_percent(effect), f"{share:.0%}")
    return grid


def _lengths(found: Power) -> Grid:
    grid = Grid("weeks", "smallest effect seen 4 times in 5", "by the closed form", box=None, pad_edge=False)
    for one in found.lengths:
        grid.add_row(
            f"{one.weeks:g}", *("-" if share is None else _percent(share) for share in (one.tried, one.formula))
        )
    return grid


def _percent(share: float) -> str:
    return f"{percent(share):g} %"
