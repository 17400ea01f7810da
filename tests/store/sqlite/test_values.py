# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where two states of an attribute are said to be the same to the indexes, they are."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hanze.ngsild.entity import Instance
from hanze.store.sqlite.values import index_values, places, same_in_indexes

SIMPLE = st.sampled_from([0, 1, 1.0, -0.0, 0.0, True, False, "1", "", "x" * 300, 1 << 70, None])
VALUE = st.one_of(SIMPLE, st.lists(SIMPLE, max_size=2), st.dictionaries(st.sampled_from("ab"), SIMPLE, max_size=2))
WORDS = st.sampled_from(["urn:a", "urn:b", ["urn:a"], ["urn:a", "urn:b"]])
PLACE = st.sampled_from([{"type": "Point", "coordinates": [x, 2]} for x in (1, 1.0, 3)])


def instance(kind: str, member: str, value: Any) -> Instance:
    return {"type": kind, member: value}


INSTANCE = st.one_of(
    st.builds(instance, st.just("Property"), st.just("value"), VALUE.filter(lambda value: value is not None)),
    st.builds(instance, st.just("Relationship"), st.just("object"), WORDS),
    st.builds(instance, st.just("VocabProperty"), st.just("vocab"), WORDS),
    st.builds(instance, st.just("GeoProperty"), st.just("value"), PLACE),
    st.builds(instance, st.just("JsonProperty"), st.just("json"), VALUE),
)
INSTANCES = st.lists(INSTANCE, max_size=2)


def kept(instances: list[Instance]) -> tuple[Any, ...]:
    """What the indexes keep; numbers that are equal are the same to them."""
    return index_values(instances), places(instances), {one["type"] for one in instances}


@given(INSTANCES, INSTANCES)
def test_the_same_is_the_same(before: list[Instance], after: list[Instance]) -> None:
    if same_in_indexes(before, after):
        assert kept(before) == kept(after)


def test_what_is_told_without_a_look_at_the_indexes() -> None:
    one, two = instance("Property", "value", 1.5), instance("Property", "value", 2.5)
    assert same_in_indexes([one], [{**one, "unitCode": "CEL", "modifiedAt": "2026-01-01T00:00:00Z"}])
    assert not same_in_indexes([one], [two])
    assert not same_in_indexes([], [one])
    assert not same_in_indexes([one], [one, two])
    assert not same_in_indexes([instance("Property", "value", 1)], [instance("Property", "value", True)])
    assert not same_in_indexes([instance("Property", "value", [1])], [instance("Property", "value", [True])])
