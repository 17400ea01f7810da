# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The threat model: each promise has a test that is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_each_promise_has_tests_that_are_there() -> None:
    text = (ROOT / "docs/threat-model.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 20
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
        assert named, row
        for file, name in named:
            tree = ast.parse((ROOT / file).read_text("utf-8"))
            assert name in {getattr(node, "name", "") for node in tree.body}, f"{file}::{name}"
