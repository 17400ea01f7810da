# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a value takes, about as much as its text."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import TooLarge
from hanze.ngsild import parse
from hanze.ngsild.context import CORE
from hanze.ngsild.parse import attribute
from hanze.ngsild.weight import fits

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | st.text("abc", max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text("xyz", max_size=5), inner, max_size=5),
)


@given(VALUES)
def test_the_estimate_is_near_the_text(value: Any) -> None:
    size = len(msgspec.json.encode(value))
    assert fits(value, 8 * size)
    assert not fits(value, size // 8 - 8)


@given(VALUES, st.integers(0, 200))
def test_what_is_part_of_it_takes_no_more(value: Any, most: int) -> None:
    if fits([value, {"k": value}], most):
        assert fits(value, most)


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "Property", "value": "x" * attribute.LARGEST},
        {"type": "JsonProperty", "json": [{"a": 1}] * 120_000},
        {"type": "Property", "value": 1, "inner": {"type": "Property", "value": "x" * attribute.LARGEST}},
        [{"value": 1}, {"value": "x" * attribute.LARGEST, "datasetId": "urn:x:1"}],
        "x" * (attribute.LARGEST + 1),
    ],
)
def test_an_attribute_has_so_many_bytes(payload: Any) -> None:
    with pytest.raises(TooLarge, match=f"level has more than {attribute.LARGEST} bytes"):
        parse.instances(payload, CORE, field="level")


def test_many_instances_may_be_large_together() -> None:
    text = "x" * (attribute.LARGEST // 2)
    payload = [{"value": text, "datasetId": f"urn:x:{number}"} for number in range(4)]
    assert len(parse.instances(payload, CORE)) == 4
