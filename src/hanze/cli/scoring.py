# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze goals scores"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from hanze.cli.folder import hand, option
from hanze.cli.tables import COLOURS, show

NAMES = ("subject", "area", "month", "score", "lies between", "a year", "known", "colour", "")


def table(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Scores, each with how sure it is."""
    found = Table(box=None, pad_edge=False)
    for name in NAMES:
        found.add_column(name, justify="right" if name in NAMES[3:7] else "left", no_wrap=True)
    for row in rows:
        told = row["score"] is not None
        change = "" if row["change"] is None else f"{row['change']:+.1f}"
        found.add_row(
            row["subject"], row["area"], row["month"], f"{row['score']:.1f}" if told else "-",
            f"{row['low']:.1f} and {row['high']:.1f}" if told else "", change, f"{row['told']} of {row['of']}",
            Text(row["colour"], COLOURS[row["colour"]]), row["verdict"],
        )  # fmt: skip
    return found


@click.command("scores")
@click.option("--subject", default="", help="Of this subject only: liveability, or goal-11.")
@click.option("--area", default="", help="Of this area only: its code.")
@click.option("--past", is_flag=True, help="Also of the months that are over, which stand in the history.")
@option
def command(subject: str, area: str, past: bool, folder: Path) -> None:
    """Show how areas stand on liveability, sustainability, inclusivity and the 17 goals, from 0 to 100.

    \b
    hanze goals scores --subject liveability
    hanze goals scores --area BU01 --past
    """
    with hand(folder, "hanze goals scores") as node:
        show(table(node.run("goals.scores", {"subject": subject, "area": area, "past": past})))
