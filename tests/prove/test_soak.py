# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round of the proof "soak"."""

import shutil

import pytest

from tests.prove import soak
from tests.prove.seen import total

OWN = ("messages of the MQTT broker", "changes at the other broker", "rows in files")


@pytest.mark.skipif(shutil.which("mosquitto") is None, reason="mosquitto is not here")
def test_an_hour_of_the_clock_with_every_source_on() -> None:
    seen = total(soak.prove(range(1), seed=1))
    assert seen.counts["readings"] > 12 * 300
    assert seen.counts["readings that sensors left out"] > 0
    assert seen.worst["minutes behind"] < 60
    assert seen.counts["restarts of the MQTT broker"] == 1
    assert min(seen.counts[name] for name in OWN) > 5 * 20
