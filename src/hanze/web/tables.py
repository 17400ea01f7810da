# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of pages: what stands in them, by what they can be sorted, and how they go on; web/table.html draws them."""

from collections.abc import Sequence
from typing import Literal

import msgspec

Direction = Literal["", "ascending", "descending"]

Pairs = list[tuple[str, str]]
"""The parameters of an address in their order; a name may stand there several times."""


class Column(msgspec.Struct, frozen=True):
    """`number`: its cells are numbers. `sort`: the address that sorts by it, empty where nothing does; `sorted`: how it is now.
    `tongue`: the code of the language of its title, where that may not be the page's."""

    title: str
    number: bool = False
    sort: str = ""
    sorted: Direction = ""
    tongue: str = ""


class Cell(msgspec.Struct, frozen=True):
    """`address`: where its text leads, empty where it leads nowhere."""

    text: str
    address: str = ""


class Table(msgspec.Struct, frozen=True):
    """Each row has as many cells as there are columns; the first one names it."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


class Facet(msgspec.Struct, frozen=True):
    """One answer by which a table can be made smaller. `count`: None where it is not known; `address`: chooses it, or leaves
    it where it is `here`."""

    text: str
    count: int | None
    address: str
    here: bool = False


class Paging(msgspec.Struct, frozen=True):
    """Which rows of how many stand on this page, counted from 1; addresses are empty where there is nothing."""

    first: int
    last: int
    total: int
    before: str = ""
    after: str = ""


def sorting(now: str, name: str) -> tuple[str, Direction]:
    """What `sort` becomes where the heading of a column is followed, and how the column is sorted now."""
    if now == name:
        return f"-{name}", "ascending"
    return name, "descending" if now == f"-{name}" else ""
