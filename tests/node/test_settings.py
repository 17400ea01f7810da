# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze.toml changed by pages: nothing but what was asked, whole or not at all, and never over somebody else's change."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hanze.access import audit
from hanze.errors import ConfigurationError, Conflict
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.node import config
from hanze.node.config import Config
from hanze.node.settings import Settings
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.store import sqlite
from hanze.store.base import UnitOfWork
from hanze.web.settings import Join, Set

pytestmark = pytest.mark.anyio

TEXT = """# Ours.
[city]
code = "town" # stays
name = "Town"

[access]
public = [
  "Lamp", # they light
  {type = "Bike", attributes = ["location"]},
]

[server] # of the proxy
port = 8080
"""


class Town:
    """A folder with settings; `taken`: what the node was told to serve."""

    def __init__(self, folder: Path, build: Callable[[Config], Any] = lambda told: told) -> None:
        self.folder = folder
        self.file = folder / config.FILE
        self.file.write_text(TEXT, "utf-8")
        self.store = sqlite.open(folder, clock=times.system, vaults=ALL_VAULTS)
        self.taken: list[tuple[Config, str]] = []

        async def take(told: Config, built: object, by: str) -> None:
            self.taken.append((told, by))

        self.settings = Settings(folder, config.load(folder), self.store, build, take)

    async def change(self, *edits: Set | Join, files: dict[str, bytes] | None = None) -> str:
        """As a page does it, from form to file; the text after it."""
        before = self.settings.told().hash
        text = self.settings.edited(before, edits)
        await self.settings.write(before, text, files or {}, _note, "person:1")
        return self.file.read_text("utf-8")


def _note(uow: UnitOfWork) -> None:
    audit.note(uow, "person:1", "settings changed by page", config.FILE)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    yield made
    made.store.close()


async def test_comments_and_order_stay(town: Town) -> None:
    after = await town.change(Set("city", "name", 'Oude "Stad"'), Set("site", "languages", ["nl", "de"]))
    assert after == TEXT.replace('"Town"', '"Oude \\"Stad\\""') + '\n[site]\nlanguages = ["nl", "de"]\n'
    told, by = town.taken[0]
    assert (told.city.name, told.site.languages, by) == ('Oude "Stad"', ("nl", "de"), "person:1")
    assert [line.act for line in audit.lines(town.store, limit=5)] == ["settings changed by page"]
    assert (
        await town.change(Set("site", "languages", None)) == TEXT.replace('"Town"', '"Oude \\"Stad\\""') + "\n[site]\n"
    )


async def test_line_ends_and_rights_of_the_file_stay(town: Town) -> None:
    town.file.write_bytes(TEXT.replace("\n", "\r\n").encode())
    town.file.chmod(0o640)
    await town.change(Set("city", "name", "Stad"))
    assert town.file.read_bytes() == TEXT.replace("Town", "Stad").replace("\n", "\r\n").encode()
    assert town.file.stat().st_mode & 0o777 == 0o640


async def test_types_come_into_a_list_and_leave_it(town: Town) -> None:
    lamp, bike, well = map(CORE.expand, ("Lamp", "Bike", "Well"))
    after = await town.change(
        Join("access", "public", frozenset({well})), Join("access", "restricted", frozenset({"urn:x"}))
    )
    assert "# they light" in after and '{type = "Bike", attributes = ["location"]}' in after
    told = town.settings.told()
    assert told.public == {lamp: True, bike: False, well: True} and told.restricted == {"urn:x"}
    await town.change(Join("access", "public", frozenset(), frozenset({bike, lamp})))
    assert town.settings.told().public == {well: True}
    # Some of it only becomes all of it.
    await town.change(Join("access", "public", frozenset({bike}), frozenset({bike, well})))
    assert town.settings.told().public == {bike: True}


async def test_a_change_of_somebody_else_is_not_written_over(town: Town) -> None:
    before = town.settings.told().hash
    text = town.settings.edited(before, [Set("city", "name", "Mine")])
    theirs = TEXT.replace("8080", "8081")
    town.file.write_text(theirs, "utf-8")
    with pytest.raises(Conflict, match="was changed meanwhile"):
        await town.settings.write(before, text, {"city-1.css": b""}, _note, "person:1")
    with pytest.raises(Conflict, match="was changed meanwhile"):
        town.settings.edited(before, [Set("city", "name", "Mine")])
    assert town.file.read_text("utf-8") == theirs and not (town.folder / "city-1.css").exists()
    assert audit.lines(town.store, limit=5) == [] and town.taken == []


async def test_what_is_broken_or_cannot_be_is_refused_with_a_sentence(town: Town) -> None:
    with pytest.raises(ConfigurationError, match=r"site\.contact is .*; give a mail address"):
        await town.change(Set("site", "contact", "nobody"))
    with pytest.raises(ConfigurationError, match=r"names .*Lamp.*, and access\.public too"):
        await town.change(Join("access", "restricted", frozenset({CORE.expand("Lamp")})))
    assert town.file.read_text("utf-8") == TEXT
    town.file.write_text(TEXT + "[city", "utf-8")
    with pytest.raises(ConfigurationError, match="is not TOML"):
        town.settings.told()
    town.file.write_text('site = {contact = "a@b.nl"}\n[city]\nname = "T"', "utf-8")
    assert await town.change(Set("site", "contact", "c@d.nl")) == 'site = {contact = "c@d.nl"}\n[city]\nname = "T"'


async def test_what_the_node_cannot_serve_is_not_written(tmp_path: Path) -> None:
    def build(told: Config) -> None:
        raise ConfigurationError("The style cannot be read.")

    town = Town(tmp_path, build)
    with pytest.raises(ConfigurationError, match="The style"):
        await town.change(Set("site", "style", "city-1.css"), files={"city-1.css": b":root{}"})
    assert town.file.read_text("utf-8") == TEXT and not (tmp_path / "city-1.css").exists()
    town.store.close()


async def test_keys_that_do_not_count_yet_are_told(town: Town) -> None:
    assert town.settings.waiting() == []
    town.file.write_text(TEXT.replace("8080", "8081").replace('"Lamp", #', "#"), "utf-8")
    assert town.settings.waiting() == ["access.public", "server.port"]
    await town.change(Set("city", "name", "Stad"))
    # What a page may change counts with it; a port only when the node is started again.
    assert town.settings.waiting() == ["server.port"]
    assert town.settings.command == f"hanze serve {town.folder}"


SECONDS = 1.5

WRITES = """
import asyncio, sys
from pathlib import Path
from tests.node.test_settings import Town
from hanze.web.settings import Set
async def work(folder):
    town = Town(folder)
    print("begins", flush=True)
    for number in range(100_000):
        name = f"city-{number}.css"
        await town.change(Set("city", "name", "x" * (number % 50 + 1)), Set("site", "style", name),
                          files={name: b"/* %d */ :root{}" % number * 2000})
asyncio.run(work(Path(sys.argv[1])))
"""


def whole(folder: Path) -> str:
    """What a node would start with at this moment: the style that it names is all there."""
    told = config.load(folder)
    if told.site.style:
        number = told.site.style.removeprefix("city-").removesuffix(".css")
        assert (folder / told.site.style).read_bytes() == b"/* %s */ :root{}" % number.encode() * 2000
    return told.site.style


async def test_nothing_is_half_written_by_a_node_that_is_killed(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", WRITES, str(tmp_path)], stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.readline() == b"begins\n"
    end, seen = time.monotonic() + SECONDS, set[str]()
    # What is on the disk at any moment is what a kill at that moment would leave.
    while time.monotonic() < end or len(seen) < 5:
        seen.add(whole(tmp_path))
        assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    whole(tmp_path)
