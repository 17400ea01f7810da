# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Four hundred calls of the proof "agreements", and that it asks over every face and gets answers."""

from tests.prove import agreements
from tests.prove.seen import total


def test_nothing_outside_an_agreement_is_told() -> None:
    seen = total(agreements.prove(range(400), seed=7)).counts
    for face in ("entities", "batch", "temporal", "discovery", "subscriptions", "writes", "pages", "v1", "live"):
        assert seen[f"of {face}"] > 0, face
    assert seen["calls"] == 400 and seen["answered"] > 150 < seen["notifications"]
    assert seen["messages of the stream"] > 50
