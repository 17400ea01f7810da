# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables as commands print them."""

from rich.console import Console
from rich.table import Table

WIDTH = 110
"""A narrower screen wraps it."""

COLOURS = {"green": "green", "yellow": "yellow", "orange": "dark_orange", "red": "red", "gray": "bright_black"}
"""Of scores and indicators."""


def show(table: Table) -> None:
    console = Console()
    console.width = max(console.width, WIDTH)
    console.print(table)
