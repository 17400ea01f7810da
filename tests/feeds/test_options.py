# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Options of a source as people write them."""

import pytest

from hanze.feeds.options import read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a=1", 1), ("a=1.5", 1.5), ("a=true", True), ("a=x", "x"), ("a=x,", ["x"]), ("a=x,y", ["x", "y"]),
        ("a=b=c", "b=c"), ("a=", ""),
    ],
)  # fmt: skip
def test_an_option_is_read(text: str, value: object) -> None:
    assert read(text) == ("a", value)


@pytest.mark.parametrize("text", ["a", "=1", ""])
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="give KEY=VALUE"):
        read(text)
