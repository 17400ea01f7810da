# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""URLs are read in one way only, or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import CallFailed
from hanze.outgoing.url import Target, join, parse


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("http://a.nl", Target("http", "a.nl", 80, "/")),
        ("https://A.NL/x?y=1#z", Target("https", "a.nl", 443, "/x?y=1")),
        ("http://a.nl:8080/?q", Target("http", "a.nl", 8080, "/?q")),
        ("http://[::1]:99/a", Target("http", "::1", 99, "/a")),
        ("http://bücher.example/é", Target("http", "xn--bcher-kva.example", 80, "/%C3%A9")),
        ("http://my_host/a", Target("http", "my_host", 80, "/a")),
        ("http://a.nl./b", Target("http", "a.nl", 80, "/b")),
    ],
)
def test_read(text: str, target: Target) -> None:
    assert parse(text) == target


@pytest.mark.parametrize(
    "text",
    [
        "ftp://a.nl", "mqtt://a.nl", "file:///etc/passwd", "a.nl", "//a.nl", "", "http://", "http:///a",
        "http://u:p@a.nl", "http://u@a.nl", "http://a.nl:99999", "http://a.nl:x", "http://a b.nl", "http://a.nl/a b",
        "http://a.nl/\r\nX: 1", "http://a.nl\\@b.nl", "http://[::1", "http://a..nl", "http://-a.nl", "http://a%00.nl", "http://[fe80::1%25eth0]/",
        "http://" + "a" * 3000,
    ],
)  # fmt: skip
def test_refused(text: str) -> None:
    with pytest.raises(CallFailed):
        parse(text)


def test_authority() -> None:
    assert parse("http://a.nl:80/").authority == "a.nl"
    assert parse("https://a.nl:80/").authority == "a.nl:80"
    assert parse("http://[2001:db8::1]:81/").authority == "[2001:db8::1]:81"


def test_join() -> None:
    base = parse("https://a.nl/x/y?z")
    assert join(base, "w") == "https://a.nl/x/w"
    assert join(base, "//b.nl/c") == "https://b.nl/c"
    assert join(base, "http://c.nl") == "http://c.nl"


@given(st.text(max_size=60))
def test_anything_is_read_or_refused_in_one_sentence(text: str) -> None:
    try:
        target = parse("http://" + text)
    except CallFailed as error:
        assert error.detail
        return
    assert target.host.isascii()
    assert target.path.isascii()
    assert not set("\r\n \0@") & set(target.host + target.path[:0])
    assert "\r" not in target.path
    assert "\n" not in target.path
