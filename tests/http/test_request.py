# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests: path, parameters, headers and body, with what is wrong in them."""

from collections.abc import MutableMapping
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import BadRequestData, InvalidRequest, LengthRequired, TooLarge
from hanze.http.limits import Limits
from hanze.http.request import Request, json, segments

pytestmark = pytest.mark.anyio

LIMITS = Limits(body_bytes=2048, parameters=200)


def made(query: bytes = b"", headers: dict[str, str] | None = None, body: list[bytes] | None = None) -> Request:
    """A request whose body comes in these parts, and then breaks off."""
    parts = list(body or [])

    async def receive() -> MutableMapping[str, Any]:
        if not parts:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

    listed = [(name.encode(), value.encode("latin-1")) for name, value in (headers or {}).items()]
    return Request({"method": "GET", "query_string": query, "headers": listed}, receive, [], LIMITS)


TEXT = st.text(st.characters(codec="utf-8"), max_size=8)


@given(st.dictionaries(TEXT, TEXT, max_size=3))
def test_parameters_come_back_as_they_were_encoded(params: dict[str, str]) -> None:
    encoded = urlencode(params, quote_via=quote).encode()
    if len(encoded) <= LIMITS.parameters:
        assert made(encoded).params == params


@pytest.mark.parametrize("query", [b"q=%FF", b"q=\xc3\xab", b"&".join([b"a=1"] * 101)])
def test_parameters_that_cannot_be_read(query: bytes) -> None:
    with pytest.raises(InvalidRequest):
        Request({"method": "GET", "query_string": query, "headers": []}, made().receive, [], Limits())


def test_a_long_query_names_the_limit() -> None:
    assert made(b"q=" + b"x" * 198).params
    with pytest.raises(InvalidRequest, match="201 characters; at most 200") as refused:
        made(b"q=" + b"x" * 199)
    assert refused.value.members == {"limit": 200}


def test_unknown_parameters_are_named_with_the_known_ones() -> None:
    made(b"limit=1").allow(("limit", "offset"))
    with pytest.raises(InvalidRequest, match=r"'limt'.*limit, offset"):
        made(b"limt=1").allow(("offset", "limit"))


def test_a_parameter_that_comes_twice_is_a_list() -> None:
    assert made(b"id=a&x=&id=b%26c&id=").params == {"id": "a,b&c,", "x": ""}


def test_flags_and_numbers() -> None:
    request = made(b"a=true&b=false&c=yes&d=12&e=-1&f=1e3&g=&h=\xd9\xa3".replace(b"\xd9\xa3", b"%D9%A3"))
    assert (request.flag("a"), request.flag("b"), request.flag("z")) == (True, False, False)
    assert (request.number("d", 5), request.number("z", 5)) == (12, 5)
    for name in "cefg":
        with pytest.raises(BadRequestData, match=f"^{name} is "):
            request.flag(name)
        with pytest.raises(BadRequestData, match=f"^{name} is "):
            request.number(name, 1)
    with pytest.raises(BadRequestData, match="whole number from 13"):
        request.number("d", 20, 13)
    with pytest.raises(BadRequestData):
        made(b"a=" + b"9" * 16).number("a", 1)


def test_headers_are_latin_1() -> None:
    request = made(headers={"x-name": "café"})
    assert request.header(b"x-name") == request.get("x-name") == "café"
    assert request.header(b"x-other") is None


def test_a_header_that_comes_twice_is_a_list() -> None:
    listed = [(b"link", b"<a>"), (b"x", b"1"), (b"link", b"<b>"), (b"link", b"<c>")]
    request = Request({"method": "GET", "query_string": b"", "headers": listed}, made().receive, [], LIMITS)
    assert (request.header(b"link"), request.header(b"x")) == ("<a>, <b>, <c>", "1")


async def test_a_body_in_parts() -> None:
    assert await made(headers={"content-length": "6"}, body=[b"abc", b"", b"def"]).body() == b"abcdef"
    assert await made(headers={"content-length": "0"}, body=[b""]).body() == b""


async def test_a_body_that_breaks_off() -> None:
    with pytest.raises(InvalidRequest, match="ended before"):
        await made(headers={"content-length": "9"}).body()


async def test_a_body_needs_its_length() -> None:
    with pytest.raises(LengthRequired):
        await made(body=[b"{}"]).body()


@pytest.mark.parametrize("length", ["2049", "-1", "1e3", "9" * 5000, "", "0x10", "²"])
async def test_lengths_that_are_too_large_or_none(length: str) -> None:
    with pytest.raises(TooLarge, match="at most 2048") as refused:
        await made(headers={"content-length": length}, body=[b"{}"]).body()
    assert refused.value.members == {"limit": 2048}
    assert len(refused.value.detail) < 100


async def test_a_body_longer_than_it_says_is_not_gathered() -> None:
    with pytest.raises(TooLarge, match="2048"):
        await made(headers={"content-length": "5"}, body=[b"x" * 2000, b"x" * 49, b"x"]).body()


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        (b"/api", [""]),
        (b"/api/", [""]),
        (b"/api/entities", ["entities"]),
        (b"/api/entities/", ["entities", ""]),
        (b"/api//entities", ["", "entities"]),
        (b"/api/a%2Fb/c", ["a/b", "c"]),
        (b"/api/a%252Fb", ["a%2Fb"]),
        (b"/api/%2e%2e/x", ["..", "x"]),
        (b"/api/caf%C3%A9", ["café"]),
        (b"/api/%00", ["\0"]),
        (b"/api/%FF", ["\ufffd"]),
        (b"/api/\xff", ["\ufffd"]),
        (b"/api/%zz", ["%zz"]),
    ],
)
def test_parts_of_the_path(path: bytes, parts: list[str]) -> None:
    assert segments(path, len("/api")) == parts


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_encoded_parts_come_back(parts: list[str]) -> None:
    path = "/api/" + "/".join(quote(part, safe="") for part in parts)
    assert segments(path.encode(), len("/api")) == parts


def test_json_says_where_it_breaks() -> None:
    assert json(b'{"a": [1, 2.5, null]}') == {"a": [1, 2.5, None]}
    with pytest.raises(InvalidRequest, match="byte 6"):
        json(b'{"a": x}')
    for body in (b"", b"\xff", b'"\xff"', b"[1", b"NaN", b"[" * 200_000, b'"\\ud800"'):
        with pytest.raises(InvalidRequest) as refused:
            json(body)
        assert len(refused.value.detail) < 200


def test_a_body_has_so_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hanze.http.request.MOST_PARTS", 100)
    assert json(b"[" + b"1," * 98 + b"1]") == [1] * 99
    with pytest.raises(TooLarge, match="more than 100 commas and brackets") as refused:
        json(b"[" + b"1," * 100 + b"1]")
    assert refused.value.members["limit"] == 100
