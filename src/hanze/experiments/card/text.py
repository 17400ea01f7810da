# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A card for the terminal, with a small drawn line."""

from collections.abc import Callable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hanze.errors import mark as _
from hanze.experiments.card.card import Card, numbers
from hanze.experiments.evaluate.moments import told_moment
from hanze.experiments.told import Told
from hanze.web.language import Language

COLOURS = {
    "worked": "bold green",
    "did not work": "bold yellow",
    "cannot tell": "bold yellow",
    "made it worse": "bold red",
}
SIGNS = {"pass": ("✓", "green"), "warn": ("!", "yellow"), "fail": ("✗", "red")}

BARS = "▁▂▃▄▅▆▇█"
COLUMNS = 60

Say = Callable[[Told], str]


def render(card: Card, language: Language) -> RenderableType:
    """To be printed by rich; plain text where there are no colours."""

    def say(told: Told) -> str:
        return told.said(language.say, numbers(language))

    head = Text(say(card.word), COLOURS[card.verdict])
    parts: list[RenderableType] = [Text(say(card.asked)), Text(""), head, *(Text(say(one)) for one in card.size)]
    parts += [Text(say(one)) for one in (card.seen, card.sure) if one is not None]
    parts += [Text(""), *_line(card, say), _checks(card, say)]
    if card.counted is not None:
        parts += [Text(say(card.counted)), Text("")]
    if card.parts:
        parts.append(_parts(card, say, language))
    parts += [Text(say(one)) for one in card.changes]
    parts += [Text(say(card.levels)), Text(say(Told(_("Next: %(advice)s"), {"advice": card.advice}))), Text("")]
    parts += [Text(f"{say(name)}: {say(value)}", "dim") for name, value in card.origin]
    return Group(*parts)


def _checks(card: Card, say: Say) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    for one in card.checks:
        sign, colour = SIGNS[one.status]
        table.add_row(Text(sign, colour), Text(one.name), Text(say(one.told)))
    return Padding(table, (0, 0, 1, 0))


def _parts(card: Card, say: Say, language: Language) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    for one in card.parts:
        word = Told(_("better")) if one.better else Told(_("worse"))
        table.add_row(Text(one.name), Text(language.words.number(100 * one.share) + " %"), Text(say(word)))
    return Padding(table, (0, 0, 1, 0))


def _line(card: Card, say: Say) -> list[RenderableType]:
    """What was observed above what was expected, on one scale, and where the measure begins."""
    pairs = [(one.observed, one.expected) for one in card.line]
    known = [value for pair in pairs for value in pair if value is not None]
    if len(card.line) < 2 or not known:
        return []
    low, high = min(known), max(known)
    width = min(COLUMNS, len(pairs))
    names = say(Told(_("observed"))), say(Told(_("expected")))
    wide = max(map(len, names))
    rows = [
        Text(f"{name.ljust(wide)}  {_bars([pair[place] for pair in pairs], width, low, high)}")
        for place, name in enumerate(names)
    ]
    mark = (
        " " * (wide + 2 + min(width - 1, card.start * width // len(pairs)))
        + "^ "
        + say(told_moment(card.line[card.start].time))
    )
    return [*rows, Text(mark, "dim"), Text("")]


def _bars(values: Sequence[float | None], width: int, low: float, high: float) -> str:
    """The mean of each part, as bars between low and high; a gap stays a gap."""
    made = []
    for column in range(width):
        part = values[column * len(values) // width : (column + 1) * len(values) // width]
        known = [one for one in part if one is not None]
        if not known:
            made.append(" ")
            continue
        share = (sum(known) / len(known) - low) / (high - low) if high > low else 0.5
        made.append(BARS[min(len(BARS) - 1, int(share * len(BARS)))])
    return "".join(made)
