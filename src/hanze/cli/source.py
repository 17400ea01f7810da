# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What `hanze load` can read: each kind of file by the end of its name."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from hanze.errors import ConfigurationError
from hanze.feeds import documents
from hanze.feeds.tables import Mapping, check
from hanze.feeds.tables.shaping import Shaped
from hanze.toml import read

DIGEST_BYTES = 1 << 20
KINDS = ".json, .jsonld, .ndjson, .jsonl, .csv, .tsv, .txt or .parquet"

Batches = Iterator[tuple[int, Shaped]]


class Source(msgspec.Struct, frozen=True):
    """A file to load: `rows` that it has, `steps` in which they are read, and the batches behind a step."""

    rows: int
    steps: int
    batches: Callable[[int], Batches]


def find(file: Path, mapping: Mapping | None, contexts: documents.Find) -> Source:
    """How this file is read; ConfigurationError where its name or a missing mapping does not say."""
    kind = file.suffix.lower()
    if kind in (".json", ".jsonld"):
        items = documents.whole(file)
        return Source(len(items), len(items), lambda skip: documents.batches(items, contexts, skip))
    if kind in (".ndjson", ".jsonl"):
        count = _lines(file)
        return Source(count, count, lambda skip: documents.batches(documents.lines(file), contexts, skip))
    if kind not in (".csv", ".tsv", ".txt", ".parquet"):
        raise ConfigurationError(
            f"{file} ends in {kind or 'nothing'}, so it is not clear what it holds; {KINDS} is known."
        )
    if mapping is None:
        raise ConfigurationError(f"{file} is a table; say with --mapping which column is what.")
    if kind == ".parquet":
        from hanze.feeds.tables import parquet

        rows, steps = parquet.rows(file), parquet.steps(file, mapping)
        return Source(rows, steps, lambda skip: parquet.batches(file, mapping, skip))
    from hanze.feeds.tables import csv

    count = max(0, _lines(file) - mapping.csv.skip - 1)
    return Source(count, count, lambda skip: csv.batches(file, mapping, skip))


def mapping(file: Path) -> Mapping:
    """The mapping that this file is; ConfigurationError where it cannot work with any table."""
    found = read(file, Mapping)
    check(found, str(file))
    return found


def _lines(file: Path) -> int:
    with file.open("rb") as content:
        return sum(block.count(b"\n") for block in iter(lambda: content.read(1 << 20), b""))


def digest(file: Path, mapping: Path | None, tenant: str) -> str:
    """What identifies a load: size, first and last part of the file, the mapping, the tenant."""
    size = file.stat().st_size
    made = sha256(f"{size} {tenant}\n".encode())
    with file.open("rb") as content:
        made.update(content.read(DIGEST_BYTES))
        content.seek(max(0, size - DIGEST_BYTES))
        made.update(content.read(DIGEST_BYTES))
    if mapping is not None:
        made.update(mapping.read_bytes())
    return made.hexdigest()
