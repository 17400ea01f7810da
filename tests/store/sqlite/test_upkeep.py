# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Retention goes round the history in steps."""

import pytest

from hanze.store.base import Store
from hanze.store.sqlite import upkeep
from tests.contract.conftest import Clock
from tests.contract.test_upkeep import filled, left, retain, rule

__all__ = ["filled"]


def test_a_call_looks_at_a_part_and_the_next_goes_on(
    filled: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "SERIES_AT_ONCE", 4)
    assert [retain(filled, [rule(30)]) for _ in range(2)] == [40, 20]
    clock.forward(5 * 86_400)
    assert [retain(filled, [rule(30)]) for _ in range(3)] == [20, 10, 0]
    assert [left(filled, id) for id in ("x:A", "x:B", "x:AB")] == [(25, 25)] * 3
