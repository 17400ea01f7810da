# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Canonical JSON: the order of members and the writing of numbers of RFC 8785."""

import math

import pytest

from hanze.errors import BadRequestData
from hanze.ngsild.canonical import canonical, digest


def test_members_stand_in_order_and_numbers_as_the_standard_writes_them() -> None:
    assert (
        canonical({"b": [1.0, 1e30, 4.50], "a": "é", "\u20ac": None}) == '{"a":"é","b":[1,1e+30,4.5],"€":null}'.encode()
    )


def test_the_same_in_another_order_has_the_same_digest() -> None:
    assert digest({"a": 1, "b": {"c": 2, "d": 3}}) == digest({"b": {"d": 3, "c": 2}, "a": 1}) != digest({"a": 2})


@pytest.mark.parametrize("value", [math.nan, math.inf, 2**60])
def test_what_json_cannot_hold_is_refused(value: float) -> None:
    with pytest.raises(BadRequestData, match="canonical JSON"):
        canonical({"a": value})
