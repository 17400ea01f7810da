# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Spectral finds no error of the NL API Design Rules in what a node says of its API; `make clients` installs it."""

import subprocess
from pathlib import Path

import msgspec
import pytest

from tests.running import folder_of, running

ROOT = Path(__file__).parents[2]
SPECTRAL = ROOT / ".venv/clients/spectral/node_modules/.bin/spectral"
RULES = ROOT.parent / "shared/data/rulesets/adr-spectral-linter.yaml"


def lint(document: bytes, place: Path) -> list[str]:
    """The errors that it finds, by the names of the rules."""
    for file, what in ((SPECTRAL, "'make clients' installs it"), (RULES, "it comes with the data for tests")):
        if not file.exists():
            pytest.skip(f"{file} is not there; {what}")
    (place / "openapi.json").write_bytes(document)
    words: list[str | Path] = [
        SPECTRAL,
        "lint",
        "--ruleset",
        RULES,
        "--format",
        "json",
        "--quiet",
        place / "openapi.json",
    ]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert done.returncode in (0, 1), done.stderr
    return [
        one["code"]
        for one in msgspec.json.decode(done.stdout.partition("No results")[0] or "[]")
        if one["severity"] == 0
    ]


def test_the_description_breaks_no_rule(tmp_path: Path) -> None:
    with running(folder_of(tmp_path / "city"), open=False) as node:
        answer = node.client.get("/v1/openapi.json")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert lint(answer.content, tmp_path) == []


def test_a_description_that_breaks_rules_is_found_out(tmp_path: Path) -> None:
    with running(folder_of(tmp_path / "city"), open=False) as node:
        answer = node.client.get("/v1/openapi.json").content
    broken = answer.replace(b'"/sources"', b'"/theSources"').replace(b"API-Version", b"Version")
    assert {"nlgov:paths-kebab-case", "nlgov:missing-version-header"} <= set(lint(broken, tmp_path))
