# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze init"""

from pathlib import Path

import click
import msgspec

from hanze.access.identity import Identity
from hanze.errors import ConfigurationError
from hanze.ngsild import times
from hanze.node import config
from hanze.node.vaults import VAULTS
from hanze.store import sqlite

LONGEST_CODE = 32

TEXT = """# A node of Hanze. What is not said here has its default; docs/reference/configuration.md lists all keys.

[city]
code = "{code}"
name = {name}
timezone = "Europe/Amsterdam"

[server]
host = "127.0.0.1"
port = 9090

[access]
# Types that everyone may read without a key. All others are closed.
public = []
"""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--code", help="Short name of the city, for ids: letters, digits, hyphens.")
@click.option("--name", help="Name of the city.")
def command(folder: Path, code: str | None, name: str | None) -> None:
    """Make FOLDER the folder of a new node: a configuration file and an empty store.

    \b
    hanze init havendam --name Havendam
    """
    file = folder / config.FILE
    if file.exists():
        raise ConfigurationError(f"{folder} is a node's folder already; edit {file}, or name another folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ConfigurationError(f"{folder} cannot be made ({error.strerror}); name another folder.") from None
    base = folder.resolve().name
    letters = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in base).strip("-")
    # A text in JSON is one in TOML too.
    told = msgspec.json.encode(name or base).decode().replace("\x7f", "")
    file.write_text(TEXT.format(code=code or letters[:LONGEST_CODE] or "city", name=told), "utf-8")
    try:
        config.load(folder)
    except ConfigurationError:
        file.unlink()
        raise
    Identity(folder).make()
    sqlite.open(folder, clock=times.system, vaults=VAULTS).close()
    click.echo(f"{folder} is ready. Next: hanze key create --role admin --folder {folder}, then hanze serve {folder}")
