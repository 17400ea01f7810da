# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The work of `hanze load`: reads a file part by part, sends the parts to the node, shows how far it is."""

from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from hanze.cli import source
from hanze.cli.folder import Hand
from hanze.cli.rejects import Rejects
from hanze.errors import ConfigurationError, HanzeError, TooLarge
from hanze.feeds.documents import Find
from hanze.feeds.tables import Facts, Mapping, Rejected, Series
from hanze.feeds.tables.shaping import Shaped
from hanze.ngsild import checks, parse
from hanze.ngsild.context import CORE, Context
from hanze.ngsild.entity import Entity

Parts = list[tuple[str, Any]]


class Loading:
    """One load of one file."""

    def __init__(self, file: Path, mapping: Path | None, tenant: str, contexts: Find) -> None:
        """ConfigurationError where the file, its mapping or both together cannot be loaded; no node is asked yet."""
        if not file.is_file():
            raise ConfigurationError(f"{file} is {'a folder' if file.is_dir() else 'not there'}; name a file to load.")
        self._file = file
        self._mapping = None if mapping is None else source.mapping(mapping)
        self._tenant = checks.tenant(tenant or (self._mapping.tenant if self._mapping else ""), "the tenant")
        self._context = CORE if self._mapping is None else _context(self._mapping, mapping, contexts)
        self._source = source.find(file, self._mapping, contexts)
        self._digest = source.digest(file, mapping, self._tenant)
        self._fresh = 0

    def run(self, node: Hand, again: bool) -> None:
        """Loads, and says in the end what came of it."""
        done = 0 if again else int(node.run("load.begin", {"source": self._digest}))
        if done:
            click.echo(f"{done:,} rows are loaded already; going on behind them (--again begins anew).", err=True)
        rejects = Rejects(self._file, resumed=done > 0)
        try:
            with _progress() as progress:
                task = progress.add_task(self._file.name, total=self._source.steps or None, completed=done, rate="")
                for upto, shaped in self._source.batches(done):
                    self._send(node, done, upto, shaped, rejects)
                    done = upto
                    speed = progress.tasks[0].speed
                    progress.update(task, completed=done, rate=f"{speed:,.0f} rows/s" if speed else "")
        except KeyboardInterrupt:
            click.echo(f"Interrupted behind row {done:,}; the same command goes on from there.", err=True)
            raise SystemExit(130) from None
        finally:
            rejects.close()
        count = f"{self._rows(done):,} rows, {self._fresh:,} new, {rejects.count:,} rejected."
        click.echo(f"{self._file}: {count}")
        if rejects.count:
            click.echo(f"The rejected rows and their reasons are in {rejects.place}.", err=True)

    def _rows(self, done: int) -> int:
        """Rows that were read; a table taken column by column has a step for each attribute of a row."""
        return self._source.rows if done == self._source.steps else done

    def _send(self, node: Hand, before: int, upto: int, shaped: Shaped, rejects: Rejects) -> None:
        parts: Parts = [("observations", self._observations(one)) for one in shaped.series if len(one.moments)]
        parts += [("entities", msgspec.to_builtins(entity)) for entity in shaped.entities]
        for facts in shaped.facts:
            try:
                parts.append(("entities", msgspec.to_builtins(self._entity(facts))))
            except HanzeError as error:
                shaped.rejected.append(Rejected(facts.row, error.detail))
        rejects.add(shaped.rejected)
        self._fresh += self._give(node, before, upto, parts)

    def _give(self, node: Hand, before: int, upto: int, parts: Parts) -> int:
        """Sends parts, in halves where they are too much at once; how many observations and entities were new."""
        given: dict[str, list[Any]] = {"observations": [], "entities": []}
        for kind, part in parts:
            given[kind].append(part)
        try:
            return int(node.run("load.part", {"source": self._digest, "done": upto, "tenant": self._tenant, **given}))
        except TooLarge:
            if len(parts) < 2:
                raise
        half = len(parts) // 2
        return self._give(node, before, before, parts[:half]) + self._give(node, before, upto, parts[half:])

    def _observations(self, series: Series) -> dict[str, Any]:
        packed = series.values if isinstance(series.values, list) else series.values.tobytes()
        return {
            "id": series.id, "type": self._context.expand(series.type),
            "attribute": self._context.expand(series.attribute), "template": series.template,
            "moments": series.moments.tobytes(), "values": packed,
        }  # fmt: skip

    def _entity(self, facts: Facts) -> Entity:
        return parse.entity({"id": facts.id, "type": facts.type, **facts.attributes}, self._context)


def _context(mapping: Mapping, file: Path | None, contexts: Find) -> Context:
    try:
        return contexts(mapping.context)
    except HanzeError as error:
        raise ConfigurationError(
            f"{file}: context cannot be used: {error.detail.rstrip('.')}; mend it, or leave it out and write the full IRIs as "
            "type and names."
        ) from None


def _progress() -> Progress:
    """To a person at a terminal, on standard error: standard output holds the outcome only."""
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )  # fmt: skip
    console = Console(stderr=True)
    return Progress(*columns, transient=True, console=console, disable=not console.is_terminal)
