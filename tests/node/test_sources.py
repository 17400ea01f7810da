# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files of sources: what is written is read again, what is wrong is told, and a hand may change them at any time."""

import stat
import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import AlreadyExists, ConfigurationError, ResourceNotFound
from hanze.feeds.kinds import KINDS
from hanze.feeds.shapes.shape import Moment, Part, Place, Shape
from hanze.feeds.source import Feed
from hanze.feeds.tables.mapping import Attribute, Csv, Location, Time, Wide
from hanze.feeds.tables.mapping import Mapping as Table
from hanze.node import sources

SHAPE = Shape(
    "Parking", "urn:x:{id}", "records", (Part("free", 'a."b c"', unit="C62", values={"vol \"x\"": "0"}), Part("n", "c", "text")),
    Moment("t", "Europe/Amsterdam", "%H:%M"), Place("lon", "lat"),
)  # fmt: skip
TABLE = Table(
    "Station", "urn:x:{a b}", (Attribute("{c}", "v", factor=0.1, values={"-1": "", "x": "0"}), Attribute("n", "m", kind="text")),
    Time("t", "+01:00"), Location("x", "y"), Wide("NL*"), Csv(";", ",", header="# \"STN", missing=()),
)  # fmt: skip
FEED = Feed(
    "json", "https://example.org/a?b=1", "parking", 60.0, "The harbour \"A\"", "https://example.org/cc0",
    options={"key": "s3cret", "list of": ["a", "b\n"], "on": True, "n": 1.5}, mapping=SHAPE, table=TABLE,
)  # fmt: skip


def test_what_is_added_is_read_again_and_is_for_its_owner_only(tmp_path: Path) -> None:
    file = sources.add(tmp_path, FEED)
    assert sources.declared(tmp_path, KINDS) == ([FEED], [])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(AlreadyExists, match="parking"):
        sources.add(tmp_path, FEED)


@given(st.text(), st.text(), st.dictionaries(st.text(min_size=1), st.text(min_size=1)))
def test_any_text_comes_back(provider: str, licence: str, options: dict[str, str]) -> None:
    feed = Feed("json", "https://example.org", provider=provider, licence=licence, options={**options})
    assert msgspec.convert(tomllib.loads(sources.text(feed)), Feed) == feed


def test_a_pause_changes_nothing_else(tmp_path: Path) -> None:
    file = sources.add(tmp_path, FEED)
    file.write_text("# ours\n" + file.read_text())
    before, stamp = file.read_text(), sources.stamp(tmp_path)
    assert sources.pause(tmp_path, "parking", paused=True).paused
    assert sources.stamp(tmp_path) != stamp
    assert sources.pause(tmp_path, "parking", paused=True).paused
    assert not sources.pause(tmp_path, "parking", paused=False).paused
    assert file.read_text() == before
    sources.remove(tmp_path, "parking")
    assert sources.declared(tmp_path, KINDS) == ([], [])
    with pytest.raises(ResourceNotFound, match="no source"):
        sources.remove(tmp_path, "parking")


def test_a_pause_is_told_above_the_tables_only(tmp_path: Path) -> None:
    options = '[options]\npaused = "when the sun sets"\n'
    (tmp_path / "feeds").mkdir()
    file = tmp_path / "feeds" / "sun.toml"
    file.write_text(f'kind = "json"\n  paused = true\nurl = "x"\n{options}')
    assert not sources.pause(tmp_path, "sun", paused=False).paused
    assert file.read_text() == f'kind = "json"\nurl = "x"\n{options}'
    made = sources.pause(tmp_path, "sun", paused=True)
    assert (made.paused, made.options) == (True, {"paused": "when the sun sets"})


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "feeds").write_text("no folder")
    for read in (
        sources.stamp,
        lambda folder: sources.declared(folder, KINDS),
        lambda folder: sources.one(folder, "a"),
    ):
        with pytest.raises(ConfigurationError, match=r"feeds cannot be read \(.*\); check"):
            read(tmp_path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('kind = "json"', "url is missing"),
        ('kind = "odd"\nurl = "x"', "kind is \"odd\"; give one of"),
        ('kind = "json"\nurl = "x"\nevery = 0', "every is 0"),
        ('kind = "json"\nurl = "x"\nevry = 5', "did you mean every"),
        ('kind = "json"\nurl = "x"\n[table]\ntype = "T"\nid = "x"', '[table]: id is "x"'),
        ('kind = "json"\nurl = "x"\n[mapping]\ntype = "T"', "mapping.id is missing"),
        ("kind =", "is not TOML"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_and_spoils_no_other(tmp_path: Path, content: str, told: str) -> None:
    sources.add(tmp_path, FEED)
    (tmp_path / "feeds" / "wrong.toml").write_text(content)
    feeds, wrong = sources.declared(tmp_path, KINDS)
    assert feeds == [FEED]
    assert [told in error.detail and "wrong.toml" in error.detail for error in wrong] == [True]


@pytest.mark.parametrize("name", ["", "../x", "A", "a b", "a/b", "x" * 60, "-a"])
def test_names_that_cannot_be(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigurationError, match="cannot be the name"):
        sources.add(tmp_path, msgspec.structs.replace(FEED, name=name))
    assert not list(tmp_path.rglob("*.toml"))


def test_what_could_not_be_read_again_is_not_left_behind(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="kind"):
        sources.add(tmp_path, Feed("odd", "x", "odd"))
    assert not list(tmp_path.rglob("*.toml"))
