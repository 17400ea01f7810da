# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""In which line of a TOML text a key stands."""

import pytest

from hanze import toml

TEXT = """# first
code = "a"
"odd key" = 1
targets = [
  "1.1",
]

[name]
en = "A"

[[part]]
limit = 1

[[part]]
limit = 2

[part.inner]
x = 1

[[limits]]
value = 1
[limits.name]
en = "one"
[[limits]]
value = 2
[limits.name]
en = "two"
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("code", 2), ("odd key", 3), ("targets", 4), ("targets[0]", 4), ("name.en", 9), ("name.nl", 8), ("part[0].limit", 12),
        ("part[1].limit", 15), ("part[0].type", 11), ("part[1].type", 14), ("part[1].inner.x", 18), ("limits[0].name.en", 23),
        ("limits[1].name.en", 27), ("limits[1].value", 25), ("nothing", 1),
    ],
)  # fmt: skip
def test_line_of_a_key_or_of_its_table(key: str, line: int) -> None:
    assert toml.line(TEXT, key) == line
