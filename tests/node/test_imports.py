# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A node serves and writes; what an evaluation needs is imported where evaluations run."""

import subprocess
import sys

HEAVY = ("scipy", "statsmodels", "pandas", "holidays")


def test_a_node_imports_nothing_of_what_evaluations_need() -> None:
    code = f"import sys, hanze.node.node, hanze.node.serve; print([one for one in {HEAVY} if one in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.strip() == "[]"
