# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""XML is read record by record, and what would fill the memory or expand is refused."""

import tracemalloc
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import SourceFailed
from hanze.feeds.xml import DEEPEST, MOST_RECORD, records, text

NAMES = frozenset({"site"})


def read(*parts: bytes) -> list[str]:
    return [f"{one.get('id')}={text(one)}" for one in records(parts, NAMES)]


def test_records_of_any_prefix() -> None:
    given = b'<a xmlns:q="u"><other>no</other><q:site q:id="1">x<b>y</b></q:site><site id="2"> z </site></a>'
    assert read(given) == ["1=xy", "2=z"]


@given(st.integers(1, 30))
def test_it_does_not_matter_where_a_part_ends(size: int) -> None:
    whole = '<a><site id="ü">x&amp;<b k="1">é</b></site><site id="2"/><!-- <site> --></a>'.encode()
    assert read(*(whole[start : start + size] for start in range(0, len(whole), size))) == ["ü=x&é", "2="]


def test_what_came_before_a_fault_was_given() -> None:
    reader = records([b'<a><site id="1"/>', b"<b></a>"], NAMES)
    assert next(reader).get("id") == "1"
    with pytest.raises(SourceFailed, match="not XML"):
        next(reader)


@pytest.mark.parametrize(
    "given", [b"", b"{}", b"<a>", b"<a></b>", b"\x00\x01", b'<?xml version="1.0" encoding="x"?><a/>']
)
def test_what_is_no_xml(given: bytes) -> None:
    with pytest.raises(SourceFailed, match="not XML"):
        read(given)


def test_nothing_is_expanded() -> None:
    entities = b'<!DOCTYPE a [<!ENTITY x "yyyyyyyyyy"><!ENTITY z "&x;&x;&x;&x;">]><a><site>&z;</site></a>'
    outside = b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'
    for whole in (entities, outside, entities.decode().encode("utf-16")):
        with pytest.raises(SourceFailed, match="DOCTYPE"):
            read(whole)


@pytest.mark.parametrize("around", [b"%b", b"<site>%b</site>"])
def test_depth_is_bounded(around: bytes) -> None:
    deep = b"<a>" * (DEEPEST - 1) + b"</a>" * (DEEPEST - 1)
    assert read(around % deep) in ([], ["None="])
    with pytest.raises(SourceFailed, match="nested"):
        read(around % (b"<a>" * 10 * DEEPEST))


@pytest.mark.parametrize("begin", [b"<a><site>", b'<a><site k="', b'<a b="', b"<a><!--", b"<a><site><![CDATA["])
def test_a_part_without_an_end_is_bounded(begin: bytes) -> None:
    def endless() -> Iterator[bytes]:
        yield begin
        for _ in range(1000):
            yield b"x" * (1 << 16)

    tracemalloc.start()
    with pytest.raises(SourceFailed, match="more than"):
        list(records(endless(), NAMES))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 * MOST_RECORD


def test_millions_of_records_take_the_memory_of_one() -> None:
    def many() -> Iterator[bytes]:
        yield b"<a>"
        for _ in range(200):
            yield b"<site><b>some text of a record</b></site><other/>" * 100
        yield b"</a>"

    tracemalloc.start()
    assert sum(1 for _ in records(many(), NAMES)) == 20_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1 << 20


def test_what_is_unwanted_is_passed_over() -> None:
    def unwanted(name: str, attributes: Mapping[str, str]) -> bool:
        return attributes.get("id") == "2"

    whole = (
        b'<a><site id="1"><c id="1"/></site><site id="2"><b/>x</site><site id="3"><c id="2"/>y</site><site id="4"/></a>'
    )
    assert [one.get("id") for one in records([whole], NAMES, unwanted)] == ["1", "4"]


@given(st.binary(max_size=300) | st.text(alphabet="<>/a!&;'\" site=[]-?", max_size=60).map(str.encode))
def test_rubbish_is_a_failure_of_the_source(given: bytes) -> None:
    try:
        read(given)
    except SourceFailed as failed:
        assert failed.detail and failed.advice
