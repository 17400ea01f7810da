# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The file of rejected rows: each with its number and reason, once, however often the load is interrupted."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from hanze.errors import ConfigurationError
from hanze.feeds.tables import Rejected

HEADER = ["row", "reason"]


class Rejects:
    """Written row by row, before the part that they belong to is loaded, so that no interruption loses one."""

    def __init__(self, file: Path, *, resumed: bool) -> None:
        """`file`: what is loaded. `resumed`: rows that were rejected before count too."""
        name = file.name + ".rejected.csv"
        self._choices = [file.with_name(name), Path.cwd() / name]
        self._written: TextIO | None = None
        self._writer: Any = None
        self._seen: set[tuple[str, str]] = set()
        if resumed:
            self._read()
        else:
            self._clear()

    @property
    def count(self) -> int:
        return len(self._seen)

    @property
    def place(self) -> Path:
        """Where the rows are."""
        return self._choices[0]

    def add(self, rows: Sequence[Rejected]) -> None:
        """ConfigurationError where they can be written nowhere."""
        fresh = [one for row in rows if (one := (str(row.row), row.reason)) not in self._seen]
        if not fresh:
            return
        if self._written is None:
            self._open()
        assert self._written is not None
        self._writer.writerows(fresh)
        self._written.flush()
        self._seen.update(fresh)

    def close(self) -> None:
        if self._written is not None:
            self._written.close()

    def _read(self) -> None:
        for place in self._choices:
            if place.is_file():
                with place.open(encoding="utf-8", newline="") as lines:
                    self._seen = {(row[0], row[1]) for row in csv.reader(lines) if len(row) == 2 and row != HEADER}
                self._choices = [place]
                return

    def _clear(self) -> None:
        """What an earlier load of this file left says nothing of this one."""
        for place in self._choices:
            try:
                place.unlink(missing_ok=True)
            except OSError:
                continue

    def _open(self) -> None:
        """Beside the file, or where that cannot be, in the folder of work."""
        problem = ""
        for place in self._choices:
            try:
                self._written = place.open("a" if self._seen else "w", encoding="utf-8", newline="")
            except OSError as error:
                problem = error.strerror or str(error)
                continue
            self._choices = [place]
            self._writer = csv.writer(self._written)
            if not self._seen:
                self._writer.writerow(HEADER)
            return
        raise ConfigurationError(
            f"{self._choices[0]} cannot be written ({problem}), nor can {self._choices[-1]}: some rows are rejected; "
            "go to a folder where you may write and give the same command again, it goes on where it was."
        )
