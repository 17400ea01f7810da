# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes consistent copies of a database that is open."""

import os
from pathlib import Path

import apsw

from hanze.errors import ConfigurationError
from hanze.store.sqlite.connect import translate


def copy(connection: apsw.Connection, target: Path) -> int:
    """The database as it is at one moment, as one file; its size in bytes. It appears under its name only when it is
    whole, in the place of what had that name."""
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        connection.execute("VACUUM INTO ?", (str(part),))
        sync(part)
        part.replace(target)
        sync(target.parent)
    except OSError as error:
        raise ConfigurationError(f"{target} cannot be written ({error.strerror}); choose another place.") from error
    except apsw.Error as error:
        part.unlink(missing_ok=True)
        raise translate(error, target) from error
    return target.stat().st_size


def sync(path: Path) -> None:
    """What was written to the file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
