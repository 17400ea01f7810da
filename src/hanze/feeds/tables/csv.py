# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads a CSV file in batches of rows."""

import csv
from collections.abc import Iterator
from pathlib import Path

from hanze.errors import ConfigurationError
from hanze.feeds.tables.checking import check_columns
from hanze.feeds.tables.mapping import Mapping
from hanze.feeds.tables.shaping import Rejected, Shaped, Shaper

BATCH = 20_000


def batches(file: Path, mapping: Mapping, skip: int = 0) -> Iterator[tuple[int, Shaped]]:
    """Each batch: how many rows were read up to its end, and what they became. `skip`: rows that are done already."""
    shaper = Shaper(mapping)
    above = mapping.csv.skip
    with file.open(encoding=mapping.csv.encoding, newline="") as lines:
        reader = csv.reader(lines, delimiter=mapping.csv.delimiter, strict=True)
        try:
            for _ in range(above):
                next(lines, None)
            header = _header(next(reader, None), file)
            check_columns(mapping, header, str(file))
            rows: list[dict[str, str] | None] = []
            uneven: list[Rejected] = []
            number = 0
            for number, cells in enumerate(reader, 1):
                if number <= skip:
                    continue
                if len(cells) == len(header):
                    rows.append(dict(zip(header, cells, strict=True)))
                else:
                    rows.append(None)
                    if cells:
                        reason = f"the row has {len(cells)} cells, where the header has {len(header)}"
                        uneven.append(Rejected(number, reason))
                if len(rows) == BATCH:
                    yield number, _shaped(shaper, rows, uneven, number)
                    rows, uneven = [], []
            if rows:
                yield number, _shaped(shaper, rows, uneven, number)
        except UnicodeError as error:
            raise ConfigurationError(
                f"{file}, behind line {above + reader.line_num}, is not {mapping.csv.encoding} ({_reason(error)}); "
                'name its encoding with csv.encoding in the mapping, such as "latin-1".'
            ) from None
        except csv.Error as error:
            raise ConfigurationError(f"{file}, line {above + reader.line_num}: {error}; mend the line.") from None


def _header(cells: list[str] | None, file: Path) -> list[str]:
    if not cells:
        raise ConfigurationError(f"{file} has no header; its first line names the columns (csv.skip: lines above it).")
    # A byte order mark stays in the text where the encoding does not know it for one.
    return [cells[0].removeprefix("\ufeff"), *cells[1:]]


def _reason(error: UnicodeError) -> str:
    return error.reason if isinstance(error, UnicodeDecodeError) else str(error)


def _shaped(shaper: Shaper, rows: list[dict[str, str] | None], uneven: list[Rejected], last: int) -> Shaped:
    shaped = shaper.shape(rows, last - len(rows) + 1)
    shaped.rejected = sorted([*shaped.rejected, *uneven], key=lambda one: one.row)
    return shaped
