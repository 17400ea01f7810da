# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bodies as JSON: numbers of any size, depth, and bytes that are none."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import InvalidRequest
from hanze.http.request import json

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)


@given(JSON)
def test_what_was_written_comes_back(value: Any) -> None:
    found = json(msgspec.json.encode(value))
    assert found == value and str(found) == str(value)


@given(st.binary(max_size=40) | st.text('{}[]",:0123456789eE+-.truefalsn \\u').map(str.encode))
def test_no_bytes_make_another_error(body: bytes) -> None:
    try:
        json(body)
    except InvalidRequest as error:
        assert error.detail.endswith(".") and len(error.detail) < 200


@pytest.mark.parametrize(
    "body", [b"NaN", b"Infinity", b"-Infinity", b"[nan]", b"1e999", b'{"a": -1e400}', b"[" + b"9" * 5000 + b"]"]
)
def test_numbers_that_are_none_or_too_large(body: bytes) -> None:
    with pytest.raises(InvalidRequest, match=r"The body is not JSON: .*\."):
        json(body)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"18446744073709551616", 2**64), (b"-123456789012345678901234567890", -123456789012345678901234567890),
        (b"1e308", 1e308), (b"5e-324", 5e-324), (b"1e-999", 0.0), (b"0.1", 0.1), (b"1.0", 1.0), (b"-0", 0),
    ],
)  # fmt: skip
def test_numbers_that_are_kept_exactly(body: bytes, value: float) -> None:
    found = json(body)
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe{\x00}\x00", b'{"a": "\xc3\x28"}', b'{"\xed\xa0\x80": 1}', b"\xef\xbb\xbf{}", b'"\xf4\x90\x80\x80"'],
)
def test_bytes_that_are_no_utf_8(body: bytes) -> None:
    with pytest.raises(InvalidRequest, match="The body is not JSON"):
        json(body)


@pytest.mark.parametrize("sign", [b"[", b'{"a":'])
def test_what_is_nested_too_deep(sign: bytes) -> None:
    with pytest.raises(InvalidRequest, match="too deeply nested; make it flatter"):
        json(sign * 100_000)
