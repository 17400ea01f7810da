# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Frames on the socket: what goes in comes out, errors keep their class, and nothing is taken for what it is not."""

import inspect
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze import errors
from hanze.errors import BadRequestData, HanzeError, TooLarge
from hanze.node import frames

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
CLASSES = [
    kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, HanzeError)
]  # fmt: skip


@given(PLAIN)
def test_a_value_comes_out_as_it_went_in(value: Any) -> None:
    frame = frames.pack(value)
    assert frames.length(frame[:4]) == len(frame) - 4
    assert frames.unpack(frame[4:]) == value


@given(st.text(), st.dictionaries(st.text(), PLAIN, max_size=3))
def test_a_question_comes_out_as_it_went_in(verb: str, arguments: dict[str, Any]) -> None:
    assert frames.asked(frames.pack({"verb": verb, "arguments": arguments})[4:]) == frames.Asked(verb, arguments)


@given(st.binary() | PLAIN.map(msgspec.msgpack.encode))
def test_whatever_is_no_question_is_told(body: bytes) -> None:
    try:
        found = frames.asked(body)
    except BadRequestData as error:
        assert error.detail.startswith("The frame cannot be read (")
    else:
        again = msgspec.msgpack.encode({"verb": found.verb, "arguments": found.arguments})
        assert frames.asked(again) == found


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_an_error_keeps_class_detail_and_members(kind: type[HanzeError]) -> None:
    error = kind("One plain sentence.")
    error.members = {"limit": 5}
    told = frames.raised(frames.unpack(frames.pack(frames.error(error))[4:])["error"])
    assert type(told) is kind
    assert (told.detail, told.members) == ("One plain sentence.", {"limit": 5})


def test_an_error_of_another_version_is_an_error_all_the_same() -> None:
    for name in ("Brandnew", "ETSI", "annotations", "__name__"):
        told = frames.raised({"class": name, "detail": "One plain sentence.", "members": {}})
        assert type(told) is HanzeError


def test_a_frame_that_is_too_long_is_neither_sent_nor_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooLarge, match="passes the limit"):
        frames.length((frames.MOST_BYTES + 1).to_bytes(4, "big"))
    assert frames.length(frames.MOST_BYTES.to_bytes(4, "big")) == frames.MOST_BYTES
    monkeypatch.setattr(frames, "MOST_BYTES", 100)
    frames.pack(b"x" * 98)
    with pytest.raises(TooLarge, match="A frame of 101 bytes passes the limit of 100; send smaller parts"):
        frames.pack(b"x" * 99)
