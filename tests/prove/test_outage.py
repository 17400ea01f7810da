# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Short rounds of the proof "outage"."""

import pytest

from tests.prove import outage
from tests.prove.seen import total


@pytest.mark.parametrize("side", range(len(outage.SIDES)))
def test_after_an_outage_the_mirror_is_complete(side: int) -> None:
    seen = total(outage.prove([side], seed=1, seconds=3.0))
    assert seen.counts[f"outages of {outage.SIDES[side]}"] == 1
    assert seen.counts["readings"] >= outage.SENSORS * 3
