# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Kinds of other packages are found by their metadata; a broken one is told where its source is, and stops nothing."""

import os
from pathlib import Path

import pytest

from hanze.errors import SourceFailed
from hanze.feeds.kinds import others
from hanze.feeds.source import Feed
from hanze.node.sources import kinds
from tests.cli.conftest import said
from tests.feeds.kinds.installing import install
from tests.feeds.kinds.serving import asking
from tests.running import running, until

GOOD = """
from hanze.feeds import making
from hanze.feeds.source import Found

class Tide:
    kind = "tide"
    every = 1.0
    async def look(self, feed, state, get, now):
        level = making.number(float((await get(feed.url)).body))
        return Found([making.entity(making.urn("Tide", "quay"), "Tide", {"level": level})]), {}
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose packages are installed, in this process and in those that it starts."""
    packages = tmp_path / "packages"
    packages.mkdir()
    monkeypatch.syspath_prepend(packages)
    monkeypatch.setenv("PYTHONPATH", str(packages), prepend=os.pathsep)
    return packages


def test_a_kind_of_another_package_is_there_beside_ours(place: Path) -> None:
    install(place, "tide_kind", GOOD, tide="Tide", gbfs="Tide")
    assert others.offered() == {"tide": "tide_kind:Tide"}, "what Hanze has itself is never replaced"
    assert kinds()["tide"]().kind == "tide"
    assert kinds()["gbfs"]().kind == "gbfs"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import nowhere_to_be_found", "ModuleNotFoundError: No module named"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("class Other: pass", "has no attribute 'Broken'"),
        ("class Broken:\n    def __init__(self, needed): pass", "TypeError: "),
        ("class Broken: kind = 'other'", "it calls itself 'other'"),
        ("class Broken: kind = 'broken'", "its every is None"),
        ("class Broken: kind, every = 'broken', 5", "it has no look, no listen and no join"),
    ],
)
@pytest.mark.anyio
async def test_what_is_wrong_with_a_package_is_told_by_its_sources(place: Path, code: str, told: str) -> None:
    # A name of its own for each, since a module stays imported.
    module = f"broken_{abs(hash(code))}"
    install(place, module, code, broken="Broken")
    kind = kinds()["broken"]()
    assert isinstance(kind, others.Unusable) and kind.every > 0
    async with asking() as get:
        with pytest.raises(SourceFailed) as failed:
            await kind.look(Feed("broken", "https://example.org/"), {}, get, 0)
    assert told in failed.value.detail and f"{module}:Broken" in failed.value.detail
    assert "uninstall it" in failed.value.advice


def test_a_broken_package_stops_no_node(place: Path, tmp_path: Path) -> None:
    install(place, "tide_broken", "import nowhere_to_be_found", tide="Tide")
    folder = tmp_path / "my-city"
    said("init", folder)
    added = said("feed", "add", "mine", "--kind", "tide", "--url", "https://example.org/", "--folder", folder)
    assert added.code == 0, added
    with running(folder) as node:
        until(lambda: "mine is failing" in said("feed", "status", "--folder", folder).out, "the source says it")
        listed = said("feed", "list", "--folder", folder)
        assert 'The kind "tide" at tide_broken:Tide cannot be used (ModuleNotFoundError' in listed.err
        assert "tide" in listed.out
        assert "tide_broken:Tide cannot be used" in node.log()
        assert node.ok("GET", "/types") is not None
