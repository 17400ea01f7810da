# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze experiments power"""

from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec.structs import replace
from rich.console import Console
from rich.table import Table as Grid

from hanze import __version__
from hanze.cli import asking
from hanze.cli.waiting import Waiting
from hanze.experiments.adviser.advising import SAID
from hanze.experiments.adviser.laying import Layout, lasting
from hanze.experiments.adviser.planned import planned, usual
from hanze.experiments.adviser.powering import PARTS, Power, power
from hanze.experiments.adviser.rates import most
from hanze.experiments.adviser.trying import FAKES
from hanze.experiments.evaluate.extra import needed
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.size import percent
from hanze.experiments.evaluate.table import Table


def _shares(given: str) -> tuple[float, ...]:
    return tuple(asking.share(one) for one in given.split(","))


@click.command("power")
@click.argument("file", type=asking.FILE, metavar="PAST.csv")
@asking.question
@click.option(
    "--weeks",
    type=click.FloatRange(0, min_open=True),
    help="How long it would last; default: 12, or what the past allows.",
)
@click.option(
    "--effects", type=_shares, metavar="SHARES", default="2%,5%,10%", show_default=True, help="Sizes to look for."
)
@click.option(
    "--before", type=click.FloatRange(0, min_open=True), help="Weeks before it that will be used; default: all."
)
@click.option("--waves", type=click.IntRange(2), help="In so many steps, for staggered and stepped-wedge.")
@click.option("--block", type=click.IntRange(1), help="On or off for so many moments at a time, for switchback.")
@click.option("--fakes", type=click.IntRange(5, 1000), default=FAKES, show_default=True, help="Periods that are tried.")
@click.option("--json", "as_json", is_flag=True, help="The same as one JSON object.")
def command(
    file: Path, weeks: float | None, before: float | None, effects: tuple[float, ...], waves: int | None, block: int | None,
    fakes: int, as_json: bool, **given: Any,
) -> None:  # fmt: skip
    """How small an effect would a trial see? Tried on the past: measures that never were, and effects that are planted.

    \b
    hanze experiments power no2.csv --design did --outcome no2 --unit street --time day \\
        --treated Kerkstraat,Markt --start 2026-09-01 --weeks 12 --effects 5%,10%

    PAST.csv has a row for each unit and moment; a table that is evaluated later does, too: what stands in it from the start of the
    measure on is left out. Where the time column holds numbers, a moment counts as a week.
    """
    table, question = asking.ask(file, given)
    known, layout = planned(table, question, waves or 0, block or 0)
    layout = layout if before is None else replace(layout, before=lasting(known, before))
    lasts = weeks or usual(known)
    total = fakes * (len(PARTS) + len(effects))
    done = iter(range(1, total * 2))
    with needed(), Waiting() as waiting:
        found = power(
            known, layout, question, lasts, effects, fakes,
            lambda: waiting.tell(min(next(done), total), total, SAID),
        )  # fmt: skip
    if as_json:
        click.echo(msgspec.json.encode(_document(found, layout, question, table)).decode())
    else:
        _show(found, layout, known)


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
