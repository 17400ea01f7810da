# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The things of a JSON file are the same as where the whole is read."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import ConfigurationError
from hanze.feeds.kinds.files.things import things
from hanze.feeds.shapes.path import find
from tests.feeds.kinds.reading import rubbish

PATHS = ["", "a", "a.b", "[0]", "a[1]", "a[0].b", 'x."odd name"']


@given(rubbish | st.dictionaries(st.sampled_from("abx"), rubbish) | st.lists(rubbish), st.sampled_from(PATHS))
def test_they_are_those_that_the_path_finds(document: object, path: str) -> None:
    body = msgspec.json.encode(document)
    whole = find(msgspec.json.decode(body), path)
    if whole is None:
        with pytest.raises(ConfigurationError, match="nothing at"):
            things(body, path, "a.json")
        return
    found = [msgspec.json.decode(one) for one in things(body, path, "a.json")]
    assert found == (whole if isinstance(whole, list) else [whole])


def test_json_in_json_and_a_mark_at_the_beginning() -> None:
    body = b'\xef\xbb\xbf{"data": "{\\"spots\\": [1, {\\"a\\": 2}]}"}'
    assert [bytes(one) for one in things(body, "data.spots", "a.json")] == [b"1", b'{"a": 2}']


def test_the_values_of_an_object() -> None:
    assert [bytes(one) for one in things(b'{"a": {"x": 1, "y": [2]}}', "a", "a.json", keyed=True)] == [b"1", b"[2]"]


@pytest.mark.parametrize("body", [b"", b"{", b'{"a": [1,}', b"<html>", b"[" * 100_000, b"{}{}"])
def test_what_is_no_json_is_told(body: bytes) -> None:
    with pytest.raises(ConfigurationError, match=r"^a.json is not JSON: .*end its name in .ndjson"):
        things(body, "", "a.json")
