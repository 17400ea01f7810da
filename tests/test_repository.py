# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the repository promises about itself: licences, layers, lock, public description, small modules, honest docs."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from hanze import __version__

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
ROOMS = sorted(place.parent for place in (ROOT / "src" / "hanze").glob("*/__init__.py"))


def tracked(*patterns: str) -> list[Path]:
    """Files of the project, also those that are not committed yet."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    found = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    return [ROOT / name for name in sorted(set(found)) if (ROOT / name).is_file()]


def run(name: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A tool of this environment, at the top of the project."""
    tool = shutil.which(name, path=str(Path(sys.executable).parent))
    assert tool, f"{name} is not installed; 'make setup' does it"
    return subprocess.run([tool, *words], cwd=ROOT, capture_output=True, text=True)


def test_every_file_says_its_licence() -> None:
    done = run("reuse", "lint")
    assert done.returncode == 0, done.stdout


def test_a_module_opens_with_its_licence_and_one_sentence() -> None:
    head = "# SPDX-FileCopyrightText: 2026 The Hanze contributors\n# SPDX-License-Identifier: EUPL-1.2\n"
    wrong = []
    for file in tracked("*.py"):
        text = file.read_text("utf-8")
        code = text.removeprefix(head)
        if code == text or not (code.startswith('"""') or not code.strip()):
            wrong.append(str(file))
    assert not wrong, f"{wrong} do not say their licence, and in one sentence what they are for"


def test_a_module_stays_small() -> None:
    # The protocol of the store is one list of what a store offers.
    most = {ROOT / "src/hanze/store/base.py": 450}
    sizes = {file: file.read_text("utf-8").count("\n") for file in tracked("src/*.py", "tests/*.py", "benchmarks/*.py")}
    assert not [f"{file}: {lines} lines" for file, lines in sizes.items() if lines > most.get(file, 400)]


def test_the_licence_is_the_whole_eupl() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert text == (ROOT / "LICENSES" / "EUPL-1.2.txt").read_text("utf-8")
    articles = re.findall(r"^(\d+)\.\s?[A-Z]", text, re.MULTILINE)
    assert articles == [str(number) for number in range(1, 16)]
    assert "Appendix" in text


def test_imports_point_down_only() -> None:
    done = run("lint-imports", "--no-cache")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_is_described_placed_and_tested(room: Path) -> None:
    architecture = (ROOT / "docs" / "explanation" / "architecture.md").read_text("utf-8")
    assert f"| `{room.name}` |" in architecture
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    assert room.name in re.findall(r"\w+", " ".join(layers))
    assert list((ROOT / "tests" / room.name).rglob("test_*.py")), f"{room.name} has no tests of its own"


def test_the_lock_names_one_version_with_hashes_and_no_address() -> None:
    assert "://" not in LOCK
    assert not re.search(r"^\s*(-i|-f|-e|--index|--extra-index|--find-links|--trusted)", LOCK, re.MULTILINE)
    for entry in re.split(r"\n(?=\w)", LOCK[LOCK.index("\nanyio") + 1 :]):
        assert re.match(r"[\w.-]+==\S+", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry


def test_the_lock_holds_all_that_the_project_asks_for() -> None:
    asked: list[str] = [
        *PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"],
        *(one for extra in PROJECT["project"]["optional-dependencies"].values() for one in extra),
    ]  # fmt: skip
    names = {re.split(r"[^\w.-]", one)[0].lower() for one in asked}
    assert names <= set(re.findall(r"^([\w.-]+)==", LOCK, re.MULTILINE))


def test_publiccode_has_what_version_0_7_demands() -> None:
    told: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    assert str(told["publiccodeYmlVersion"]).startswith("0")
    for key in (
        "name", "url", "platforms", "developmentStatus", "softwareType", "description", "legal", "maintenance",
        "localisation", "organisation",
    ):  # fmt: skip
        assert told[key], key
    assert told["legal"]["license"] == PROJECT["project"]["license"]
    assert told["softwareVersion"] == __version__
    assert told["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert told["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert told["maintenance"]["contacts"][0]["name"]
    assert isinstance(told["localisation"]["localisationReady"], bool)
    for texts in told["description"].values():
        assert len(texts["shortDescription"]) <= 150
        assert 150 <= len(texts["longDescription"]) <= 10_000
        assert texts["features"]


def test_the_changelog_knows_this_version() -> None:
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_word_of_make_explains_itself() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    words = set(re.findall(r"^\.PHONY: (\w+)", makefile, re.MULTILINE))
    explained = set(re.findall(r"^(\w+):.*## ", makefile, re.MULTILINE))
    assert words == explained
    asked = {
        "setup",
        "demo",
        "test",
        "lint",
        "bench",
        "prove",
        "shots",
        "docs",
        "wheel",
        "lock",
        "help",
        "assets",
        "words",
    }
    assert asked <= words, asked - words


def test_no_module_is_left_unfinished() -> None:
    for file in tracked("src/*.py"):
        found = re.findall(r"TODO|FIXME|XXX|NotImplementedError|pragma: no cover", file.read_text("utf-8"))
        assert not found, f"{file}: {found}"
