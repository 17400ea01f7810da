# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze experiments advise"""

from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.table import Table as Grid

from hanze import __version__
from hanze.cli import asking
from hanze.cli.waiting import Waiting
from hanze.errors import ConfigurationError
from hanze.errors import mark as _
from hanze.experiments.adviser.advising import advise
from hanze.experiments.adviser.pilot import Advice, Option, Pilot
from hanze.experiments.adviser.trying import FAKES
from hanze.experiments.evaluate.extra import needed
from hanze.experiments.evaluate.planting import past
from hanze.experiments.evaluate.size import percent
from hanze.web.language import Language, languages

HEADS = (_("design"), _("effect seen"), _("false alarms"), _("smallest effect"), _("weeks needed"))


@click.command("advise")
@click.argument("file", type=asking.FILE, metavar="PAST.csv")
@asking.columns
@click.option("--treatable", multiple=True, help="Units that can get the measure, parted by commas; default: all.")
@click.option("--count", type=click.IntRange(1), help="So many of them get it; default: all.")
@click.option("--lot", is_flag=True, help="Who gets it, or in which order, may be drawn by lot.")
@click.option(
    "--waves", type=click.IntRange(1), default=1, show_default=True, help="It can be brought in in so many steps."
)
@click.option(
    "--block", type=click.IntRange(0), default=0, help="It can be switched on or off for so many moments at a time."
)
@click.option(
    "--reached", multiple=True, help="Units that the measure may change too, so that nothing is compared with them."
)
@click.option("--weeks", type=click.FloatRange(0, min_open=True), required=True, help="How long it may last at most.")
@click.option(
    "--effect", type=asking.share, metavar="SHARE", required=True, help="The effect that it is done for, such as 10%."
)
@click.option("--fakes", type=click.IntRange(5, 1000), default=FAKES, show_default=True, help="Periods that are tried.")
@click.option("--language", default="en", show_default=True, help="Of the advice: a language of the site, such as nl.")
@click.option("--json", "as_json", is_flag=True, help="The same as one JSON object.")
def command(
    file: Path, treatable: tuple[str, ...], count: int | None, lot: bool, waves: int, block: int, reached: tuple[str, ...],
    weeks: float, effect: float, fakes: int, language: str, as_json: bool, **given: Any,
) -> None:  # fmt: skip
    """Which design suits a pilot? Each that is possible is tried on the past, with effects that are planted.

    \b
    hanze experiments advise no2.csv --outcome no2 --unit street --time day \\
        --treatable Kerkstraat,Markt,Plein --count 2 --lot --weeks 12 --effect 10%

    PAST.csv has a row for each unit and moment, from before the pilot. Where the time column holds numbers, a moment counts as a
    week.
    """
    spoken = languages().get(language)
    if spoken is None:
        raise ConfigurationError(f"language is {language!r}; give one of {', '.join(languages())}.")
    table, question = asking.about(file, given)
    known = past(table, question)
    pilot = Pilot(
        treatable=asking.names(treatable, table, question.unit) or known.units, weeks=weeks, effect=effect, count=count or 0,
        lot=lot, waves=waves, block=block, reached=asking.names(reached, table, question.unit),
    )  # fmt: skip
    with needed(), Waiting() as waiting:
        found = advise(known, question, pilot, waiting.tell, fakes)
    if as_json:
        click.echo(msgspec.json.encode(_document(found, table.hash)).decode())
    else:
        _show(found, spoken)


def _document(found: Advice, digest: str) -> dict[str, Any]:
    told = msgspec.to_builtins(found)
    for option, one in zip(told["options"], found.options, strict=True):
        option["wrong"] = [each.said() for each in one.wrong]
    for refused, why in zip(told["refused"], found.refused, strict=True):
        refused["why"] = why.why.said()
    return {**told, "told": found.told.said(), "version": __version__, "data_hash": digest}


def _show(found: Advice, spoken: Language) -> None:
    console = Console(highlight=False)
    console.print(found.told.said(spoken.say, spoken.words.number), style="bold")
    if found.options:
        console.print(_grid(found, spoken))
    for option in found.options:
        console.print(f"\n{option.layout.design}{_controls(option)}", style="bold")
        for one in option.wrong:
            console.print(f"  {one.said(spoken.say, spoken.words.number)}")
    for refused in found.refused:
        console.print(f"\n{refused.design}: {refused.why.said(spoken.say, spoken.words.number)}")


def _grid(found: Advice, spoken: Language) -> Grid:
    say = spoken.say
    grid = Grid(*(say(one) for one in HEADS), box=None, pad_edge=False)
    for one in found.options:
        least = "-" if one.detectable is None else f"{spoken.words.number(percent(one.detectable))} %"
        needed = "-" if one.needed is None else f"{one.needed:g}"
        grid.add_row(one.layout.design + _controls(one), f"{one.power:.0%}", f"{one.alarms} / {one.of}", least, needed)
    return grid


def _controls(option: Option) -> str:
    return f" ({len(option.layout.controls)})" if option.layout.controls else ""
