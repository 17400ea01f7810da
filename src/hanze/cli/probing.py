# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The work of `hanze feed probe`: asks, and shows what was found and what is proposed."""

import asyncio
import os
import re
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path
from shlex import quote
from typing import Any
from urllib.parse import urlsplit

import click
import msgspec

from hanze.errors import ConfigurationError, SourceFailed
from hanze.feeds.asking import Asking
from hanze.feeds.kinds.mqtt import SCHEMES
from hanze.feeds.probing import files, listening, looking, names
from hanze.feeds.probing.looking import Probed
from hanze.feeds.probing.proposal import Hints
from hanze.feeds.provenance import LICENCE, PROVIDER, SOURCE
from hanze.feeds.source import Feed, Found, Option
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.node import config, sources, writing
from hanze.outgoing import Client, Guard
from hanze.outgoing import url as urls

SECONDS = 30.0
"""For which a probe waits for an answer."""

STATED = frozenset({PROVIDER, LICENCE, SOURCE})
"""What stands at all entities alike."""

ROWS = 10
COLUMNS = 6
WIDEST, WIDEST_ID = 24, 48
REFUSED = 5


def probed(url: str, options: dict[str, Option], name: str, folder: Path | None, seconds: float) -> Probed:
    """What stands at the address. Errors: ConfigurationError with advice."""
    try:
        return asyncio.run(_probed(url, options, name, folder, seconds))
    except SourceFailed as failed:
        # What is refused for its address says already what to do.
        advice = "" if "[outgoing]" in failed.detail else f" {failed.advice}"
        raise ConfigurationError(f"{failed.detail}{advice}") from None


async def _probed(url: str, options: dict[str, Option], name: str, folder: Path | None, seconds: float) -> Probed:
    settings = None if folder is None else config.load(folder)
    hints = Hints(name, settings.city.timezone) if settings else Hints(name)
    if "://" not in url or url.startswith("file://"):
        return _read(Path(url.removeprefix("file://")).absolute(), url, hints, options)
    guard = Guard(settings.outgoing.allow if settings else _addresses(url))
    if urlsplit(url).scheme in SCHEMES:
        feed = Feed("mqtt", url, name or names.source_name(url), options=options)
        return await listening.probe(feed, guard, hints, seconds, os.urandom(6).hex())
    client = Client(guard)
    try:
        asking = Asking(client, times.system, seconds=SECONDS)
        return await looking.probe(url, asking, sources.kinds(), hints, times.system(), options)
    finally:
        client.close()


def _addresses(url: str) -> list[str]:
    """Without a node whose configuration says what may be called, that is what the operator typed."""
    try:
        host = urls.parse(url, (*urls.WEB, *SCHEMES)).host
        return sorted({str(found[4][0]).partition("%")[0] for found in socket.getaddrinfo(host, None)})
    except (OSError, UnicodeError):
        return []


def _read(place: Path, url: str, hints: Hints, options: dict[str, Option]) -> Probed:
    if not place.exists():
        fix = "give an address such as https://example.org/parking.json, or the name of a file"
        if re.match(r"[\w-]+(\.[\w-]+)+(/|$|:)", url):
            fix = f"where it is an address, write https://{url}"
        raise ConfigurationError(f"{url} is no address, and there is no file of this name; {fix}.")
    return files.probe(place, hints, options)


def show(found: Probed, url: str, folder: Path | None, *, written: bool) -> None:
    """Writes it for people: what is there, what would come, the file, and what to do next unless it is `written` now.

    Errors: ConfigurationError where the trial gave nothing.
    """
    proposal = found.proposal
    click.secho(proposal.what, bold=True)
    for note in proposal.notes:
        click.echo(f"  {note}")
    if found.found is not None:
        click.echo()
        _show_entities(found.found)
    if proposal.table is not None:
        click.echo(f"\nThe mapping {proposal.name}.toml:\n")
        click.echo("\n".join(writing.table("", proposal.table)))
    if proposal.feed is not None:
        click.echo(f"\nThe file {sources.FOLDER}/{proposal.feed.name}.toml:\n")
        click.echo(sources.text(proposal.feed))
        if found.failure is not None:
            raise ConfigurationError(f"It was tried and gave nothing: {found.failure.detail} {found.failure.advice}")
        if not written:
            click.echo("Connect it with:\n")
            click.echo("  " + " ".join(_command(url, proposal.feed, folder)))


def _command(url: str, feed: Feed, folder: Path | None) -> Iterator[str]:
    yield from ("hanze", "feed", "probe", quote(url), "--write", feed.name)
    for key, value in feed.options.items():
        yield from ("--set", quote(f"{key}={_told(value)}"))
    yield from ("--folder", quote(str(folder or "my-city")))


def _told(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(value) + "," * (len(value) == 1)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _show_entities(found: Found) -> None:
    some = found.entities[:ROWS]
    count = len(found.entities)
    told = "Nothing would come now" if not count else f"{count:,} would come" if count > 1 else "One would come"
    click.echo(f"{told}{f'; the first {ROWS}' if count > ROWS else ''}{':' if some else '.'}\n")
    rows = list(_rows(some))
    most = [WIDEST_ID, *[WIDEST] * COLUMNS]
    widths = [min(most[at], max(len(row[at]) for row in rows)) for at in range(len(rows[0]))] if rows else []
    for row in rows:
        cells = (_cut(cell, width).ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  " + "  ".join(cells).rstrip())
    if found.refused:
        click.echo(f"\n{len(found.refused):,} would be refused:")
        for one in found.refused[:REFUSED]:
            click.echo(f"  {one.where}: {one.reason}")


def _rows(entities: Sequence[Entity]) -> Iterator[list[str]]:
    """A header and a row each: id, and the attributes that most of them have."""
    if not entities:
        return
    there = dict.fromkeys(name for one in entities for name in one.attributes if name not in STATED)
    counted = {name: sum(name in one.attributes for one in entities) for name in there}
    columns = sorted(counted, key=lambda name: -counted[name])[:COLUMNS]
    yield ["id", *(CORE.compact(name) for name in columns)]
    for one in entities:
        yield [one.id.removeprefix("urn:ngsi-ld:"), *(_value(one, name) for name in columns)]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _value(entity: Entity, name: str) -> str:
    instances = entity.attributes.get(name)
    if not instances:
        return ""
    value = instances[0].get("value", instances[0].get("object"))
    if isinstance(value, dict) and "coordinates" in value:
        place = value["coordinates"]
        return f"{place[0]:.4f}, {place[1]:.4f}" if value["type"] == "Point" else str(value["type"])
    return " ".join(value.split()) if isinstance(value, str) else msgspec.json.encode(value).decode()
