# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A cache holds what was asked for last, within its weight."""

from hanze.store.recent import Recent


def test_what_is_kept_stays_within_its_weight() -> None:
    kept: Recent[str, int] = Recent(100)
    for number in range(50):
        kept.put(str(number), number, 10)
        kept.get("0")
    there = [number for number in range(50) if kept.get(str(number)) is not None]
    assert there == [0, *range(41, 50)], "what is asked for stays, the oldest of the others goes"
    kept.put("49", 490, 95)
    assert [number for number in range(50) if kept.get(str(number)) is not None] == [49]
    kept.put("heavy", 1, 1000)
    assert (kept.get("heavy"), kept.get("49")) == (1, None), "a single one may be heavier"
    kept.put("light", 2, 1)
    assert (kept.get("heavy"), kept.get("light")) == (None, 2)


def test_what_is_dropped_weighs_nothing() -> None:
    kept: Recent[str, int] = Recent(100)
    for number in range(50):
        kept.put("same", number, 90)
        kept.put(str(number), number, 90)
        kept.drop(str(number))
        kept.drop("never there")
    kept.put("a", 1, 50)
    kept.put("b", 2, 50)
    assert (kept.get("a"), kept.get("b")) == (1, 2)
    kept.clear()
    assert (kept.get("a"), kept.get("b")) == (None, None)
