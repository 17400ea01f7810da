# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze feed"""

from pathlib import Path
from typing import Any

import click
import msgspec

from hanze.cli.folder import hand, moment, option
from hanze.cli.source import mapping as tables
from hanze.errors import ConfigurationError
from hanze.feeds import options as written
from hanze.feeds.kinds import KINDS
from hanze.feeds.shapes.shape import Shape
from hanze.node import sources
from hanze.toml import read


@click.group()
def command() -> None:
    """Connect live sources, and see how they are. A source is a small file feeds/NAME.toml in the node's folder; what
    changes there is seen within a second or two.

    \b
    hanze feed probe https://example.org/parking.json
    hanze feed add parking --kind json --url https://example.org/parking.json --mapping parking.toml --folder my-city
    hanze feed status --folder my-city
    hanze feed pause parking --folder my-city
    """


@command.command()
@click.argument("name")
@click.option(
    "--kind", required=True, help=f"What kind of source it is: {', '.join(KINDS)}, or one that a package brings."
)
@click.option("--url", required=True, help="Where it is.")
@click.option("--every", type=click.FloatRange(min=1), help="Seconds from one look to the next.")
@click.option("--provider", default="", help="Who gives the data; stands at each entity.")
@click.option("--licence", default="", help="The URL of the licence; stands at each entity.")
@click.option("--tenant", default="", help="The tenant that the entities go to.")
@click.option(
    "--set",
    "options",
    multiple=True,
    metavar="KEY=VALUE",
    help="What the kind needs; a list has commas, also after one value alone.",
)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A TOML file: how JSON becomes entities, for the kinds json, mqtt and files.",
)
@click.option(
    "--table",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A TOML file as for hanze load --mapping: which column is what, for --kind files.",
)
@option
def add(
    name: str, kind: str, url: str, every: float | None, provider: str, licence: str, tenant: str,
    options: tuple[str, ...], mapping: Path | None, table: Path | None, folder: Path,
) -> None:  # fmt: skip
    """Connect the source NAME. What it brings is closed until hanze.toml says that it is public."""
    given = {
        "name": name, "kind": kind, "url": url, "every": every, "provider": provider, "licence": licence,
        "tenant": tenant, "options": dict(map(_option, options)),
        "mapping": None if mapping is None else msgspec.to_builtins(read(mapping, Shape)),
        "table": None if table is None else msgspec.to_builtins(tables(table)),
    }  # fmt: skip
    with hand(folder, "hanze feed") as node:
        file = node.run("feed.add", given)
    click.echo(f"{file} is written; see how the source is with: hanze feed status")


@command.command()
@click.argument("url")
@click.option("--write", default="", metavar="NAME", help="Connect what was found, as the source NAME.")
@click.option("--provider", default="", help="Who gives the data; stands at each entity.")
@click.option("--licence", default="", help="The URL of the licence; stands at each entity.")
@click.option(
    "--set", "options", multiple=True, metavar="KEY=VALUE", help="An option of the source, as for hanze feed add."
)
@click.option(
    "--seconds", type=click.FloatRange(1, 3600), default=10.0, show_default=True, help="How long to listen to MQTT."
)
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), envvar="HANZE_FOLDER",
    help="The node's folder: its [outgoing] allow counts, and its time zone. None is needed without --write.",
)  # fmt: skip
def probe(
    url: str, write: str, provider: str, licence: str, options: tuple[str, ...], seconds: float, folder: Path | None
) -> None:
    """Look at URL and say what it is, what would come of it, and how to connect it. Nothing is changed without --write.

    URL is the address of a source, a file, or a folder into which files come. Without --folder the address itself may be
    called wherever it is.

    \b
    hanze feed probe https://example.org/parking.json
    hanze feed probe mqtt://192.0.2.7 --set "topics=city/#," --seconds 30
    hanze feed probe /data/air
    """
    from hanze.cli import probing

    if write:
        folder = folder or Path()
        sources.file_of(folder, write)
    found = probing.probed(url, dict(map(_option, options)), write, folder, seconds)
    feed = found.proposal.feed
    if feed is not None:
        feed = found.proposal.feed = msgspec.structs.replace(feed, provider=provider, licence=licence)
    probing.show(found, url, folder, written=bool(write))
    if not write:
        return
    if feed is None:
        raise ConfigurationError("There is no kind of source that reads it, so that nothing is written.")
    assert folder is not None
    with hand(folder, "hanze feed") as node:
        file = node.run("feed.add", msgspec.to_builtins(feed))
    click.echo(f"{file} is written; see how the source is with: hanze feed status")


def _option(text: str) -> tuple[str, Any]:
    try:
        return written.read(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--set") from None


@command.command("list")
@option
def list_(folder: Path) -> None:
    """List the sources."""
    for one in _sources(folder):
        click.echo(f"{one['name']:20} {one['kind']:18} {one['status']:8} {one['url']}")


@command.command()
@option
def status(folder: Path) -> None:
    """Say how each source is, and what can be done about it."""
    for one in _sources(folder):
        kept = one["record"]
        click.secho(f"{one['name']} is {one['status']}", bold=True, nl=False)
        click.echo(f": {one['detail']}")
        if one["advice"]:
            click.echo(f"  {one['advice']}")
        click.echo(
            f"  last looked {moment(kept.get('looked'))}, newest reading {moment(kept.get('observed'))}, "
            f"{kept.get('taken', 0):,} taken, {kept.get('news', 0):,} new, {kept.get('refused', 0):,} refused"
        )
        for reason in kept.get("reasons", ()):
            click.echo(f"  refused: {reason}")


def _sources(folder: Path) -> list[Any]:
    with hand(folder, "hanze feed") as node:
        found = node.run("feed.list", {})
    for detail in found["wrong"]:
        click.secho(detail, fg="red", err=True)
    if not found["sources"]:
        click.echo("There are no sources yet; connect one with: hanze feed add --help", err=True)
    sources: list[Any] = found["sources"]
    return sources


@command.command()
@click.argument("name")
@option
def pause(name: str, folder: Path) -> None:
    """Let the source NAME rest; what it brought stays."""
    _pause(name, folder, paused=True)


@command.command()
@click.argument("name")
@option
def resume(name: str, folder: Path) -> None:
    """Let the source NAME go on."""
    _pause(name, folder, paused=False)


def _pause(name: str, folder: Path, *, paused: bool) -> None:
    with hand(folder, "hanze feed") as node:
        node.run("feed.pause", {"name": name, "paused": paused})
    click.echo(f"{name} {'rests' if paused else 'goes on'}.")


@command.command()
@click.argument("name")
@option
def remove(name: str, folder: Path) -> None:
    """Disconnect the source NAME; what it brought stays."""
    with hand(folder, "hanze feed") as node:
        node.run("feed.remove", {"name": name})
    click.echo(f"{name} is removed; what it brought stays.")
