# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze serve"""

from pathlib import Path

import click
from msgspec.structs import replace

from hanze.ngsild import times
from hanze.node import config
from hanze.node.serve import serve

LOOPBACK = ("127.0.0.0/8", "::1/128")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--host", help="Address to listen on; overrides server.host.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; the next free one where it is taken.")
@click.option("--open", "opened", is_flag=True, help="Anyone may read and write (laptop, tests).")
@click.option("--allow-loopback", is_flag=True, help="The node may call this machine (tests).")
def command(folder: Path, host: str | None, port: int | None, opened: bool, allow_loopback: bool) -> None:
    """Run the node in FOLDER until it is told to stop (Ctrl-C or SIGTERM).

    \b
    hanze serve my-city
    hanze serve my-city --open --port 9000
    """
    found = config.load(folder)
    server = replace(found.server, host=host or found.server.host, port=found.server.port if port is None else port)
    outgoing = found.outgoing
    if allow_loopback:
        outgoing = replace(outgoing, allow=(*outgoing.allow, *LOOPBACK))
    settings = replace(found, server=server, outgoing=outgoing)
    serve(folder, settings, times.system, open=opened)
