# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which rows of a table are of one group: those with the same words in some columns."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from hanze.feeds.tables import columns
from hanze.feeds.tables.pieces import PIECE, Table
from hanze.feeds.tables.shaping import Row

Words = tuple[str, ...]


def groups(table: Table, names: Sequence[str]) -> Iterator[tuple[Row, Any]]:
    """Each group in order of its words: these, and the numbers of its rows (from 0) as they stand in the table."""
    known: dict[Words, int] = {}
    codes = np.empty(table.rows, np.int32)
    for before, piece in table.pieces(names):
        found, own = _coded([piece.column(name) for name in names])
        of_all = np.array([known.setdefault(words, len(known)) for words in found], np.int32)
        codes[before : before + len(own)] = of_all[own]
    order, ends = _ordered(codes, len(known))
    del codes
    for words, number in sorted(known.items()):
        yield dict(zip(names, words, strict=True)), order[ends[number - 1] if number else 0 : ends[number]]


def _coded(found: Sequence[Any]) -> tuple[list[Words], Any]:
    """The combinations of words in these columns, and for each row which of them."""
    codes: Any = np.int32(0)
    combined: list[Words] = [()]
    for column in found:
        index, words = columns.words(column)
        kept, codes = _there(codes, index, len(combined) * len(words), len(words))
        combined = [(*combined[code // len(words)], words[code % len(words)]) for code in kept.tolist()]
    return combined, codes


def _there(codes: Any, index: Any, most: int, words: int) -> tuple[Any, Any]:
    """The combinations of group and word that the table has, and for each row which of them: of two columns of many words
    each, most combinations are not there."""
    if most > max(1_000_000, 4 * len(index)):
        kept, found = np.unique(codes * np.int64(words) + index, return_inverse=True)
        return kept, found.astype(np.int32)
    both = codes * np.int32(words) + index
    there = np.bincount(both, minlength=most) > 0
    return np.flatnonzero(there), (np.cumsum(there, dtype=np.int32) - 1)[both]


def _ordered(codes: Any, count: int) -> tuple[Any, Any]:
    """The numbers of the rows, group by group and in each as they stand in the table, and where each group ends."""
    pieces = [codes[start : start + PIECE] for start in range(0, len(codes), PIECE)]
    sizes = np.zeros(count, np.int64)
    for piece in pieces:
        sizes += np.bincount(piece, minlength=count)
    ends = np.cumsum(sizes)
    places = ends - sizes
    order = np.empty(len(codes), np.min_scalar_type(len(codes)))
    for number, piece in enumerate(pieces):
        # Small codes sort fast.
        own = np.argsort(piece.astype(np.min_scalar_type(count)), kind="stable")
        sizes = np.bincount(piece, minlength=count)
        order[(places - (np.cumsum(sizes) - sizes))[piece[own]] + np.arange(len(own))] = own + number * PIECE
        places += sizes
    return order, ends
