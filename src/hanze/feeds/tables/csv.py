# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads a CSV file in batches of rows."""

import csv
from collections.abc import Iterator
from pathlib import Path

from hanze.errors import ConfigurationError
from hanze.feeds.tables.mapping import Mapping
from hanze.feeds.tables.shaping import Rejected, Shaped, Shaper

BATCH = 20_000


def batches(file: Path, mapping: Mapping, skip: int = 0) -> Iterator[tuple[int, Shaped]]:
    """Each batch: how many rows were read up to its end, and what they became. `skip`: rows that are done already."""
    shaper = Shaper(mapping)
    with file.open(encoding=mapping.csv.encoding, newline="") as lines:
        for _ in range(mapping.csv.skip):
            next(lines, None)
        try:
            reader = csv.reader(lines, delimiter=mapping.csv.delimiter, strict=True)
            header = next(reader, None)
            if header is None:
                raise ConfigurationError(f"{file} is empty; it needs a header line.")
            mapping.check(header, str(file))
            rows: list[dict[str, str]] = []
            short: list[Rejected] = []
            number = 0
            for cells in reader:
                number += 1
                if number <= skip:
                    continue
                if len(cells) != len(header):
                    short.append(Rejected(number, f"{len(cells)} cells, where the header has {len(header)}"))
                    rows.append({})
                else:
                    rows.append(dict(zip(header, cells, strict=True)))
                if len(rows) == BATCH:
                    yield number, _shape(shaper, rows, short, number)
                    rows, short = [], []
            if rows:
                yield number, _shape(shaper, rows, short, number)
        except UnicodeDecodeError as error:
            raise ConfigurationError(
                f'{file} is not {mapping.csv.encoding}: {error.reason}; name its encoding under [csv], such as "latin-1".'
            ) from None
        except csv.Error as error:
            raise ConfigurationError(f"{file}, line {reader.line_num}: {error}; mend the line.") from None


def _shape(shaper: Shaper, rows: list[dict[str, str]], short: list[Rejected], last: int) -> Shaped:
    bad = {rejected.row for rejected in short}
    first = last - len(rows) + 1
    shaped = Shaped([], [], list(short))
    start = 0
    for end in [*(row - first for row in sorted(bad)), len(rows)]:
        part = shaper.shape(rows[start:end], first + start)
        shaped.series += part.series
        shaped.facts += part.facts
        shaped.rejected += part.rejected
        start = end + 1
    return shaped
