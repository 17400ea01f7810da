# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The option box is four numbers in degrees, west to east and south to north."""

import pytest

from hanze.errors import SourceFailed
from hanze.feeds.kinds.box import Box, box


def test_a_box_holds_what_is_in_it() -> None:
    found = box("4.2, 52.0,4.5,52.2")
    assert found == Box(4.2, 52.0, 4.5, 52.2)
    assert found.holds(4.3, 52.1) and found.holds(4.2, 52.2)
    assert not found.holds(4.1, 52.1) and not found.holds(4.3, 52.3) and not found.holds(52.1, 4.3)


def test_no_box_is_the_whole_world() -> None:
    assert box("") is None


@pytest.mark.parametrize(
    "told", ["4.2,52.0,4.5", "a,b,c,d", "4.5,52.0,4.2,52.2", "4.2,52.2,4.5,52.0", "4,5,6,7,8", "0,0,nan,1", "0,0,1,91"]
)
def test_what_is_no_box_is_told(told: str) -> None:
    with pytest.raises(SourceFailed, match="option box") as failed:
        box(told)
    assert "4.2,52.0,4.5,52.2" in failed.value.advice
