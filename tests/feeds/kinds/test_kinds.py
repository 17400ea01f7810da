# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every kind that can be named is there, under its own name."""

import pytest

from hanze.feeds.called import Called
from hanze.feeds.kinds import KINDS
from hanze.feeds.source import Stream
from hanze.node.sources import kinds


@pytest.mark.parametrize("name", list(KINDS))
def test_a_kind_is_what_it_is_called(name: str) -> None:
    made = kinds()[name]()
    assert made.kind == name
    assert made.every >= 1
    assert isinstance(made, Stream | Called) or callable(made.look)
