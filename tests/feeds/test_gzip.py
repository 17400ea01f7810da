# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is packed is unpacked in pieces, whole or not at all, and no further than was asked."""

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import SourceFailed
from hanze.feeds.gzip import unpacked

MOST = 1 << 20


def read(data: bytes, most: int = MOST) -> bytes:
    return b"".join(unpacked(data, most))


@given(st.lists(st.binary(max_size=200_000), min_size=1, max_size=3), st.integers(0, 3))
def test_packed_and_plain(parts: list[bytes], padding: int) -> None:
    whole = b"".join(parts)
    assert read(b"".join(map(gzip.compress, parts)) + b"\0" * padding) == whole
    if not whole.startswith(b"\x1f\x8b"):
        assert read(whole) == whole


@given(st.integers(1, 400))
def test_what_was_cut_off(lost: int) -> None:
    packed = gzip.compress(bytes(range(256)) * 4, mtime=0)
    with pytest.raises(SourceFailed, match=r"cut off|damaged"):
        read(packed[: max(2, len(packed) - lost)])


def test_what_is_damaged() -> None:
    packed = gzip.compress(b"some text" * 20)
    with pytest.raises(SourceFailed, match="damaged"):
        read(packed[:-6] + b"xxxxxx")
    with pytest.raises(SourceFailed, match="something else"):
        read(packed + b"<html>")


def test_a_bomb_is_not_unpacked() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()
    tracemalloc.start()
    with pytest.raises(SourceFailed, match="more than 1 MB"):
        for _ in unpacked(bomb, MOST):
            pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MOST


def test_plain_is_bounded_too() -> None:
    assert read(bytes(MOST)) == bytes(MOST)
    with pytest.raises(SourceFailed, match="more than"):
        read(bytes(MOST + 1))


@given(st.binary(max_size=100).map(lambda data: b"\x1f\x8b\x08" + data))
def test_rubbish_is_a_failure_of_the_source(data: bytes) -> None:
    with pytest.raises(SourceFailed):
        read(data)
