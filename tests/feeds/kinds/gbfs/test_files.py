# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What all files of a system have in common, in all versions, and what is wrong with those of others."""

import contextlib
from typing import Any

import msgspec
import pytest
from hypothesis import given

from hanze.errors import BadRequestData, SourceFailed
from hanze.feeds.kinds.gbfs import files
from hanze.feeds.kinds.gbfs.files import count, flag, listed, opened, text
from hanze.feeds.source import Found
from tests.feeds.kinds.gbfs.making import AT, NOW, document, encoded, file, listing
from tests.feeds.kinds.reading import rubbish, spoilt

URL = "https://example.org/v2/gbfs.json"


@pytest.mark.parametrize(("version", "at"), [("1.0", AT), ("2.3", AT), ("3.0", "2026-01-01T01:00:00+01:00"), (2.3, AT)])
def test_a_file_of_each_version_is_opened(version: Any, at: Any) -> None:
    found = opened(encoded(version, 15, at), "gbfs.json")
    assert (found.updated, found.ttl) == (NOW, 15)


@pytest.mark.parametrize(
    ("told", "ttl"), [(0, 0), (-5, 0), (10**30, 86_400), ("15", 60), (None, 60), (True, 60), (0.5, 0.5)]
)
def test_a_ttl_that_makes_no_sense_does_no_harm(told: Any, ttl: float) -> None:
    assert opened(encoded(ttl=told), "gbfs.json").ttl == ttl


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<html>", "gbfs.json is not JSON"),
        (encoded()[:-1], "gbfs.json is not JSON"),
        (b"[]", "where an object is awaited"),
        (encoded("4.0"), r"version '4\.0'; versions 1 to 3"),
        (encoded("beta"), "version 'beta'"),
    ],
)
def test_what_is_no_file_of_a_system(body: bytes, told: str) -> None:
    with pytest.raises(SourceFailed, match=told) as failed:
        opened(body, "gbfs.json")
    assert failed.value.advice


def test_the_list_of_files_in_both_forms() -> None:
    three = opened(listing("https://example.org/a/", "station_status", version="3.0"), "gbfs.json")
    assert listed(three, URL, "") == {"station_status": "https://example.org/a/station_status.json"}
    two = opened(listing("../b/", "station_status.json"), "gbfs.json")
    assert listed(two, URL, "") == {"station_status": "https://example.org/b/station_status.json.json"}


def test_the_language_that_is_chosen_counts() -> None:
    both = file(
        "gbfs.json",
        fr={"feeds": [{"name": "station_status", "url": "fr.json"}]},
        nl={"feeds": [{"name": "station_status", "url": "nl.json"}]},
    )
    assert listed(both, URL, "nl") == {"station_status": "https://example.org/v2/nl.json"}
    assert listed(both, URL, "") == {"station_status": "https://example.org/v2/fr.json"}
    with pytest.raises(SourceFailed, match="no language 'de'") as failed:
        listed(both, URL, "de")
    assert "fr, nl" in failed.value.advice


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (document(), "no member feeds"),
        ({"version": "2.3"}, "no member data"),
        (document(feeds={}), "as feeds, where a"),
    ],
)
def test_a_list_of_another_shape_is_told_of(found: Any, told: str) -> None:
    with pytest.raises(SourceFailed, match=told):
        listed(opened(msgspec.json.encode(found), "gbfs.json"), URL, "")


def test_counts_and_truths_as_systems_write_them() -> None:
    assert [count({"a": one}, "b", "a") for one in (0, 5, 5.0, "5", None)] == [0, 5, 5, 5, None]
    for wrong in (-1, 1.5, True, "five", [1], 10**30, "²"):
        with pytest.raises(BadRequestData, match="a is"):
            count({"a": wrong}, "a")
    assert [flag({"a": one}, "a", True) for one in (True, 1, False, 0, None)] == [True, True, False, False, True]
    for wrong in ("yes", 2, [1], 1.0):
        with pytest.raises(BadRequestData, match="a is"):
            flag({"a": wrong}, "a", True)


def test_texts_in_several_languages() -> None:
    told = [{"text": "Quai", "language": "fr"}, {"text": "Kade", "language": "nl"}, {"text": 5, "language": "de"}, "x"]
    assert [text(told, language) for language in ("nl", "", "de")] == ["Kade", "Quai", "Quai"]
    assert [text(one, "nl") for one in ("Kade", [1], None, 5)] == ["Kade", None, None, None]


def test_of_too_many_records_the_first_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_RECORDS", 3)
    found = Found()
    taken = list(files.records(file("a.json", stations=[{"n": n} for n in range(10)]), found, "stations"))
    assert len(taken) == 3
    assert "there are 10 records" in found.refused[0].reason


@given(spoilt(document("2.3", nl={"feeds": [{"name": "station_status", "url": "a.json"}]})))
def test_rubbish_never_raises_anything_else(found: Any) -> None:
    with contextlib.suppress(SourceFailed):
        listed(opened(msgspec.json.encode(found), "gbfs.json"), URL, "")


@given(rubbish)
def test_rubbish_is_no_text_nor_count(value: Any) -> None:
    told = text(value, "nl")
    assert told is None or isinstance(told, str)
    with contextlib.suppress(BadRequestData):
        assert isinstance(count({"a": value}, "a"), int | None)
    with contextlib.suppress(BadRequestData):
        assert isinstance(flag({"a": value}, "a", True), bool)
