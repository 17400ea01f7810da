# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The chain of versions: anyone can work it out, and whatever is changed in it afterwards is seen."""

import hashlib
from typing import Any

import msgspec
import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.experiments.trials import chain
from hanze.experiments.trials.chain import Link

SECOND = 1_000_000
NOW = 1_770_000_000 * SECOND
BESIDE = {"why": "Meer budget.", "seen": None, "role": "innovation"}


def links(*plans: Any) -> list[Link]:
    """A chain of these plans, a minute apart."""
    found: list[Link] = []
    for number, plan in enumerate(plans, 1):
        before, moment = (found[-1].hash if found else ""), NOW + number * 60 * SECOND
        hash = chain.hashed(plan, BESIDE, number, moment, before)
        found.append(Link(plan, BESIDE, number, moment, before, hash, moment + SECOND))
    return found


THREE = links({"level": 0.95}, {"level": 0.9}, {"level": 0.9, "seed": 2})


def test_the_hash_is_that_of_the_canonical_json_as_anyone_makes_it() -> None:
    told: Any = {"plan": {"b": 1, "a": [0.5]}, "version": 1, "moment": "2026-02-02T02:40:00Z", "before": "", **BESIDE}
    made = chain.hashed({"a": [0.5], "b": 1}, BESIDE, 1, NOW, "")
    assert made == hashlib.sha256(rfc8785.dumps(told)).hexdigest()


def test_a_whole_chain_holds() -> None:
    assert chain.broken(THREE) == () == chain.broken(THREE[:1])


def test_no_version_at_all_is_told() -> None:
    assert [one.text for one in chain.broken([])] == ["No version is kept."]


@pytest.mark.parametrize(
    ("place", "change", "told"),
    [
        (1, {"plan": {"level": 0.5}}, "Version %(number)s was changed after it was fixed: its hash is another one."),
        (
            1,
            {"moment": NOW + 130 * SECOND},
            "Version %(number)s was changed after it was fixed: its hash is another one.",
        ),
        (
            1,
            {"beside": {**BESIDE, "why": ""}},
            "Version %(number)s was changed after it was fixed: its hash is another one.",
        ),
        (2, {"before": "0" * 64}, "Version %(number)s does not follow from the one before it."),
        (2, {"version": 9}, "Version %(number)s does not follow from the one before it."),
        (0, {"written": NOW - 86_400 * SECOND}, "Version %(number)s was not written at the moment that it gives."),
    ],
)
def test_whatever_is_changed_is_seen(place: int, change: dict[str, Any], told: str) -> None:
    changed = [*THREE]
    changed[place] = msgspec.structs.replace(changed[place], **change)
    assert told in [one.text for one in chain.broken(changed)]


def test_a_version_that_is_gone_is_seen() -> None:
    assert chain.broken([THREE[0], THREE[2]]) and chain.broken(THREE[1:])
    assert chain.broken([THREE[0], THREE[2]])[0].values == {"number": "3"}


def test_whoever_makes_the_hash_of_one_version_anew_breaks_the_next_one() -> None:
    one = msgspec.structs.replace(THREE[0], plan={"level": 0.5})
    forged = msgspec.structs.replace(one, hash=chain.hashed(one.plan, BESIDE, 1, one.moment, ""))
    assert [one.values for one in chain.broken([forged, *THREE[1:]])] == [{"number": "2"}]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=8,
)  # fmt: skip


@settings(max_examples=40)
@given(st.dictionaries(st.text(min_size=1), JSON, min_size=1, max_size=4))
def test_a_plan_that_went_through_json_has_the_same_hash(plan: dict[str, Any]) -> None:
    """As the store keeps it."""
    again = msgspec.json.decode(msgspec.json.encode(plan))
    assert chain.hashed(again, BESIDE, 1, NOW, "") == chain.hashed(plan, BESIDE, 1, NOW, "")
