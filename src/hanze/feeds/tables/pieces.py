# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A Parquet file that is read piece by piece, so that a large one takes little memory.

pyarrow is the extra `load`, and is imported by the command only, never by the node.
"""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hanze.errors import ConfigurationError

PIECE = 1 << 17
"""Rows that are held at once as they are in the file."""


class Table:
    """The file with its number of rows and its columns' types; no row is read yet."""

    def __init__(self, file: Path, words: Sequence[str] = ()) -> None:
        """`words`: columns of few texts, which are read as such."""
        try:
            import pyarrow.parquet
        except ImportError:
            raise ConfigurationError("Parquet needs pyarrow; install it with: pip install 'hanze[load]'") from None
        self.file = file
        with _readable(file):
            self._opened = pyarrow.parquet.ParquetFile(file, read_dictionary=list(words), pre_buffer=False)
        self.rows = int(self._opened.metadata.num_rows)
        self.columns: list[str] = self._opened.schema_arrow.names

    def kind(self, column: str) -> Any:
        """The type of a column's cells."""
        return self._opened.schema_arrow.field(column).type

    def pieces(self, columns: Sequence[str], most: int = PIECE) -> Iterator[tuple[int, Any]]:
        """These columns in pieces of at most so many rows: how many rows are before it, and the piece."""
        import pyarrow as pa

        before = 0
        with _readable(self.file):
            # Each thread of pyarrow would keep memory of its own, and decoding is a small part of a load.
            for batch in self._opened.iter_batches(most, columns=list(dict.fromkeys(columns)), use_threads=False):
                yield before, pa.Table.from_batches([batch])
                before += batch.num_rows


@contextlib.contextmanager
def _readable(file: Path) -> Iterator[None]:
    """ConfigurationError where pyarrow finds no Parquet; what the system refused stays its own error."""
    try:
        yield
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        told = str(error).partition("\n")[0].rstrip(".")
        raise ConfigurationError(f"{file} cannot be read as Parquet: {told}.") from None
