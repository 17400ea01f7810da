# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said of an answer that is not as awaited, and the moments that sources write."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import BadRequestData, SourceFailed
from hanze.feeds.kinds import answers
from hanze.feeds.source import Feed, Found, Refused
from hanze.ngsild import times
from hanze.ngsild.entity import Entity
from tests.feeds.kinds.reading import rubbish

AT = times.parse("2026-01-01T00:00:00Z")


class Choice(msgspec.Struct, forbid_unknown_fields=True):
    system: str = ""
    most: int = 3


@given(st.binary() | rubbish.map(lambda one: msgspec.json.encode(one)[:-1]))
def test_what_is_no_json_is_a_failure_of_the_source(body: bytes) -> None:
    try:
        found = answers.json(body, "gbfs.json")
    except SourceFailed as error:
        assert error.detail.startswith("gbfs.json is not JSON")
        return
    assert found == msgspec.json.decode(body)


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({}, "gbfs.json has no member data."),
        ({"data": {}}, "gbfs.json has no member data.stations."),
        ({"data": []}, "gbfs.json has no member data.stations."),
        ({"data": {"stations": {"a": 1}}}, "gbfs.json has {'a': 1} as data.stations, where a list is awaited."),
        (None, "gbfs.json has no member data."),
    ],
)
def test_the_member_that_is_missing_is_named(document: Any, told: str) -> None:
    with pytest.raises(SourceFailed) as failed:
        answers.member(document, "gbfs.json", "data.stations", list)
    assert failed.value.detail == told
    assert failed.value.advice


@pytest.mark.parametrize(
    "value", [1_767_225_600, 1_767_225_600.0, 1_767_225_600_000, "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00Z"]
)
def test_moments_in_all_ways_of_writing(value: Any) -> None:
    assert answers.moment(value, "last_reported") == AT


@given(rubbish)
def test_a_moment_can_be_written_or_is_refused(value: Any) -> None:
    try:
        found = answers.moment(value, "last_reported")
    except BadRequestData as error:
        assert error.detail.startswith("last_reported is")
        return
    assert times.parse(times.text(found)) == found


@pytest.mark.parametrize("value", [-1, 10**20, 10**400, True, None, "2026-01-01T00:00:00", "1767225600", [1]])
def test_what_is_no_moment_is_refused(value: Any) -> None:
    with pytest.raises(BadRequestData, match="last_reported is"):
        answers.moment(value, "last_reported")


def test_an_answer_of_which_nothing_can_be_used_is_a_failure() -> None:
    refused = [Refused("record 0", "no id"), Refused("record 1", "no id")]
    with pytest.raises(SourceFailed, match=r"2 records are refused; record 0: no id"):
        answers.usable(Found(refused=refused), "page 1")
    partly = Found([Entity("urn:a", ["T"])], refused)
    assert answers.usable(partly, "page 1") is partly
    assert answers.usable(Found(), "page 1") == Found(), "what is empty is no failure"


def test_options_are_as_the_kind_knows_them() -> None:
    assert answers.options(Feed("gbfs", "http://a.b/", options={"system": "rouen"}), Choice) == Choice("rouen")
    with pytest.raises(SourceFailed, match="sistem") as failed:
        answers.options(Feed("gbfs", "http://a.b/", options={"sistem": "rouen"}), Choice)
    assert failed.value.advice == "Mend [options] in its file; gbfs knows system, most."


def test_what_is_remembered_comes_back_or_is_begun_anew() -> None:
    assert answers.memory(answers.remembered(Choice("rouen", 5)), Choice) == Choice("rouen", 5)
    assert answers.memory({"most": "many"}, Choice) == Choice()
