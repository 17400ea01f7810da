# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moments are told as people say them."""

import pytest

from hanze.experiments.evaluate.moments import listed, told_moment
from hanze.experiments.told import Told


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("1989", "1989"),
        ("1989.0", "1989"),
        ("2021-10-5", "5 October 2021"),
        ("2021-10", "October 2021"),
        ("2021-10-25T07:30:00Z", "25 October 2021, 07:30"),
        ("100 %", "100 %"),
    ],
)
def test_said(word: str, said: str) -> None:
    assert told_moment(word).said() == said


def test_several_are_parted_by_semicolons() -> None:
    assert listed([Told(one) for one in "abc"]).said() == "a; b; c"
