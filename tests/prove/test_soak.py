# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round of the proof "soak"."""

from tests.prove import soak
from tests.prove.seen import total


def test_an_hour_of_the_clock_with_every_source_on() -> None:
    seen = total(soak.prove(range(1), seed=1))
    assert seen.counts["readings"] > 12 * 300
    assert seen.counts["readings that sensors left out"] > 0
    assert seen.worst["minutes behind"] < 60
