# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The work of `hanze load`: reads a file part by part, sends the parts to the node, shows how far it is."""

import csv
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from hanze.cli.folder import Hand
from hanze.errors import BadRequestData, ConfigurationError, HanzeError
from hanze.feeds.tables import Facts, Mapping, Rejected, Series
from hanze.feeds.tables.shaping import Shaped
from hanze.ngsild import parse
from hanze.ngsild.checks import uri
from hanze.ngsild.context import CORE, Context, MissingDocument, build
from hanze.ngsild.entity import Entity
from hanze.node.toml import read

ENTITIES_AT_ONCE = 1000
DIGEST_BYTES = 1 << 20

Batches = Iterator[tuple[int, Shaped]]


class Loading:
    """One load of one file."""

    def __init__(self, node: Hand, file: Path, mapping: Path | None, tenant: str) -> None:
        if not file.is_file():
            raise ConfigurationError(f"{file} is not a file; name a file with NGSI-LD JSON, CSV or Parquet.")
        self._node = node
        self._file = file
        self._mapping = None if mapping is None else read(mapping, Mapping)
        self._tenant = tenant or (self._mapping.tenant if self._mapping else "")
        self._context = self._context_of(self._mapping.context if self._mapping else None)
        self._source = _digest(file, mapping, self._tenant)
        self._rejected: list[Rejected] = []
        self._fresh = 0

    def run(self, again: bool) -> None:
        """Loads, and says in the end what came of it."""
        skip = 0 if again else int(self._node.run("load.begin", {"source": self._source}))
        total = self._rows()
        if skip:
            click.echo(f"{skip} rows are loaded already; going on behind them (--again begins anew).", err=True)
        columns = (
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )  # fmt: skip
        done = skip
        try:
            with Progress(*columns, transient=True) as progress:
                task = progress.add_task(self._file.name, total=total, completed=skip, rate="")
                for done, shaped in self._batches(skip):
                    self._send(done, shaped)
                    speed = progress.tasks[0].speed
                    progress.update(task, completed=done, rate=f"{speed:,.0f} rows/s" if speed else "")
        except KeyboardInterrupt:
            click.echo(f"Interrupted behind row {done}; the same command goes on from there.", err=True)
            raise SystemExit(130) from None
        self._report(done)

    def _send(self, done: int, shaped: Shaped) -> None:
        observations = [self._observations(series) for series in shaped.series if len(series.moments)]
        entities = [msgspec.to_builtins(entity) for entity in shaped.entities]
        for facts in shaped.facts:
            try:
                entities.append(msgspec.to_builtins(self._entity(facts)))
            except HanzeError as error:
                shaped.rejected.append(Rejected(done, f"{facts.id}: {error.detail}"))
        self._rejected += shaped.rejected
        arguments = {
            "source": self._source, "done": done, "tenant": self._tenant, "observations": observations,
            "entities": entities,
        }  # fmt: skip
        self._fresh += int(self._node.run("load.part", arguments))

    def _observations(self, series: Series) -> dict[str, Any]:
        packed = series.values if isinstance(series.values, list) else series.values.tobytes()
        return {
            "id": uri(series.id, "id"), "type": self._context.expand(series.type),
            "attribute": self._context.expand(series.attribute), "template": series.template,
            "moments": series.moments.tobytes(), "values": packed,
        }  # fmt: skip

    def _entity(self, facts: Facts) -> Entity:
        return parse.entity({"id": facts.id, "type": facts.type, **facts.attributes}, self._context)

    def _batches(self, skip: int) -> Batches:
        kind = self._file.suffix.lower()
        if kind in (".json", ".jsonld"):
            return self._json(skip)
        if self._mapping is None:
            raise ConfigurationError(f"{self._file} is a table; say with --mapping which column is what.")
        if kind == ".parquet":
            from hanze.feeds.tables import parquet

            return parquet.batches(self._file, self._mapping, skip)
        if kind in (".csv", ".tsv", ".txt"):
            from hanze.feeds.tables import csv as tables

            return tables.batches(self._file, self._mapping, skip)
        raise ConfigurationError(
            f"{self._file} ends in {kind or 'nothing'}; files end in .json, .jsonld, .csv or .parquet."
        )

    def _rows(self) -> int | None:
        if self._file.suffix.lower() == ".parquet":
            from hanze.feeds.tables import parquet

            return parquet.rows(self._file) * max(1, len(self._mapping.attribute) if self._mapping else 1)
        if self._file.suffix.lower() in (".csv", ".tsv", ".txt"):
            with self._file.open("rb") as lines:
                return max(0, sum(block.count(b"\n") for block in iter(lambda: lines.read(1 << 20), b"")) - 1)
        return None

    def _json(self, skip: int) -> Batches:
        """NGSI-LD: one entity, or a list of them."""
        try:
            found = msgspec.json.decode(self._file.read_bytes())
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ConfigurationError(f"{self._file} is not JSON: {error}.") from None
        items = found if isinstance(found, list) else [found]
        for start in range(skip, len(items), ENTITIES_AT_ONCE):
            shaped = Shaped([], [], [])
            part = items[start : start + ENTITIES_AT_ONCE]
            for number, item in enumerate(part, start + 1):
                try:
                    context = self._context_of(item.get("@context")) if isinstance(item, dict) else CORE
                    shaped.entities.append(parse.entity(item, context))
                except HanzeError as error:
                    shaped.rejected.append(Rejected(number, error.detail))
            yield start + len(part), shaped

    def _context_of(self, user: Any) -> Context:
        try:
            return build(user, {})
        except MissingDocument as missing:
            raise BadRequestData(
                f"@context {missing.url} is remote; 'load' fetches nothing: put its terms into the file, or send the entities "
                "to the node's API, which fetches it."
            ) from None

    def _report(self, done: int) -> None:
        click.echo(f"{self._file}: {done:,} rows, {self._fresh:,} new, {len(self._rejected):,} rejected.")
        if self._rejected:
            place = self._file.with_name(self._file.name + ".rejected.csv")
            with place.open("w", encoding="utf-8", newline="") as lines:
                writer = csv.writer(lines)
                writer.writerow(["row", "reason"])
                writer.writerows((one.row, one.reason) for one in self._rejected)
            click.echo(f"The rejected rows and their reasons are in {place}.", err=True)


def _digest(file: Path, mapping: Path | None, tenant: str) -> str:
    """What identifies a load: size, first and last part of the file, the mapping, the tenant."""
    made = sha256(f"{file.stat().st_size} {tenant}\n".encode())
    with file.open("rb") as content:
        made.update(content.read(DIGEST_BYTES))
        content.seek(max(0, file.stat().st_size - DIGEST_BYTES))
        made.update(content.read(DIGEST_BYTES))
    if mapping is not None:
        made.update(mapping.read_bytes())
    return made.hexdigest()
