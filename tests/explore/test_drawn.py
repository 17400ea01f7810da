# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names on a map, without what all of them begin with."""

import pytest

from hanze.explore.drawn import shortened


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Meter Noord", "Meter Zuid"], ["Noord", "Zuid"]),
        (["De Meter Noord", "De Meter Zuid kade"], ["Noord", "Zuid kade"]),
        (["Meter", "Meter Zuid"], ["Meter", "Meter Zuid"]),
        (["Noord", "Zuid"], ["Noord", "Zuid"]),
        (["Meter Noord", "Meter Noord"], ["Noord", "Noord"]),
        (["Meter Noord"], ["Meter Noord"]),
        ([], []),
    ],
)
def test_shortened(names: list[str], expected: list[str]) -> None:
    assert shortened(names) == expected
