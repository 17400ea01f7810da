# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A folder into which files come: a table for each hour, of which each minute a few rows are written."""

import shutil
from pathlib import Path

from hanze.feeds.source import Feed
from tests.feeds.kinds.files.making import HEADER, TABLE
from tests.prove.node import Node
from tests.prove.seen import Seen
from tests.prove.soak.given import Given, Reading
from tests.prove.soak.pace import MINUTE, until_it_holds

STATIONS = 5

WITHIN = 60.0
"""Seconds of the machine: an hour of the clock in which a file grows, until it is settled, until the next look, and to read it."""


class Folder:
    """`path`: the folder."""

    name = "tables"
    excuses: tuple[str, ...] = ()
    speaks = False

    def __init__(self, path: Path) -> None:
        path.mkdir()
        self._path = path
        self._given = Given(self.name, "no2", [f"urn:ngsi-ld:Station:{number}" for number in range(STATIONS)])

    def feed(self) -> Feed:
        return Feed("files", str(self._path), table=TABLE)

    def begin(self, at: int) -> None:
        self.tell(at)

    def tell(self, at: int) -> None:
        readings = self._given.make(at)
        self._write(at, readings)
        self._given.taken(readings)

    def harm(self) -> str:
        """All files are copied and moved over themselves, as programs do that bring a whole folder again."""
        for file in sorted(self._path.glob("*.csv"))[:-1]:
            beside = self._path / f".{file.name}"
            shutil.copyfile(file, beside)
            beside.replace(file)
        return "folders brought again"

    def compare(self, node: Node) -> Seen:
        self._given.compare(node, WITHIN)
        return Seen({"rows in files": self._given.more()})

    def finish(self, node: Node) -> None:
        until_it_holds(lambda: self._given.compare(node))

    def _write(self, at: int, readings: list[Reading]) -> None:
        file = self._path / f"{at // (60 * MINUTE)}.csv"
        begin = "" if file.exists() else HEADER
        rows = [f"{id.rpartition(':')[2]},{moment},{value:g}\n" for id, moment, value in readings]
        with file.open("a") as table:
            table.write(begin + "".join(rows))
