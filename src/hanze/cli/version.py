# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze version"""

import platform

import click

from hanze import __version__


@click.command()
def command() -> None:
    """Show the versions of Hanze, Python and SQLite."""
    import apsw

    click.echo(f"hanze {__version__}, Python {platform.python_version()}, SQLite {apsw.sqlite_lib_version()}")
