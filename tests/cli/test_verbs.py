# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""get, key, erase, backup and restore: the same beside a running node as alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.cli.conftest import said, sentence
from tests.running import room, running

ROOM = "urn:ngsi-ld:Room:1"


@pytest.fixture(params=["alone", "beside a node"])
def filled(folder: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder with a room in it, with and without its node."""
    file = folder / "room.json"
    file.write_bytes(msgspec.json.encode(room(1, temperature=21, name="Harbour")))
    assert said("load", file, "--folder", folder).code == 0
    if request.param == "alone":
        yield folder
    else:
        with running(folder):
            yield folder


def test_get_shows_the_entity_as_json(filled: Path) -> None:
    found = msgspec.json.decode(said("get", ROOM, "--folder", filled).out)
    assert found["id"] == ROOM
    assert found["type"] == "Room"
    assert found["temperature"]["value"] == 21
    assert found["temperature"]["createdAt"].endswith("Z")
    simple = msgspec.json.decode(said("get", ROOM, "--simplified", "--folder", filled).out)
    assert simple == {"id": ROOM, "type": "Room", "temperature": 21, "name": "Harbour"}


def test_what_is_not_there_is_told(filled: Path) -> None:
    assert sentence(said("get", "urn:x:2", "--folder", filled)) == "There is no entity urn:x:2."
    assert sentence(said("get", ROOM, "--tenant", "north", "--folder", filled)) == f"There is no entity {ROOM}."
    words: list[str | Path] = ["erase", "urn:x:2", "--ground", "g", "--yes", "--folder", filled]
    assert sentence(said(*words)) == "There is no entity to erase: urn:x:2."
    assert "There is no smell to erase" in sentence(said(*words[:1], ROOM, "--attribute", "smell", *words[2:]))


def test_erase_takes_an_attribute_or_all_and_leaves_a_tombstone(filled: Path) -> None:
    words: list[str | Path] = ["erase", ROOM, "--ground", "asked for by the person", "--yes", "--folder", filled]
    done = said(*words, "--attribute", "name")
    assert re.fullmatch(r"Erased, with \d+ kept rows\. Tombstone [0-9a-f]{16}\.\n", done.out)
    assert "name" not in msgspec.json.decode(said("get", ROOM, "--folder", filled).out)
    assert said(*words).code == 0
    assert sentence(said("get", ROOM, "--folder", filled)) == f"There is no entity {ROOM}."
    empty: list[str | Path] = ["erase", ROOM, "--ground", " ", "--yes", "--folder", filled]
    assert sentence(said(*empty)) == "ground is empty; say why this is erased, for the tombstone."


def test_keys_are_made_listed_and_revoked(filled: Path) -> None:
    assert "There are no keys yet" in said("key", "list", "--folder", filled).err
    made = said("key", "create", "--role", "reader", "--name", "bus company", "--type", "Room", "--folder", filled)
    assert re.fullmatch(r"hz_\S+\n", made.out)
    assert "It is not shown again" in made.err
    id = made.err.split()[1]
    listed = said("key", "list", "--folder", filled).out
    assert listed.startswith(f"{id}  reader ")
    assert "valid" in listed and listed.endswith("bus company\n")
    assert made.out.strip() not in listed
    assert said("key", "revoke", id, "--folder", filled).out == f"Key {id} (bus company) is revoked.\n"
    assert "revoked" in said("key", "list", "--folder", filled).out
    assert "never" in sentence(said("key", "revoke", "never", "--folder", filled))


def test_a_key_may_expire(folder: Path) -> None:
    words: list[str | Path] = ["key", "create", "--role", "reader", "--folder", folder, "--expires"]
    assert said(*words, "2030-01-01T00:00:00Z").code == 0
    assert "expires 2030-01-01 00:00" in said("key", "list", "--folder", folder).out
    assert sentence(said(*words, "tomorrow")).startswith("--expires is 'tomorrow'; give a date and time in UTC")


def test_a_key_works_at_once_and_a_revoked_one_no_more(folder: Path) -> None:
    with running(folder, open=False) as node:

        def status(key: str) -> int:
            return node.api("GET", "/types", authorization=f"Bearer {key}").status_code

        made = said("key", "create", "--role", "reader", "--folder", folder)
        key, id = made.out.strip(), made.err.split()[1]
        assert status(key) == 200
        assert said("key", "revoke", id, "--folder", folder).code == 0
        assert status(key) == 401


def test_a_backup_is_put_back_and_the_former_data_stay(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    done = said("backup", target, "--folder", filled)
    assert re.fullmatch(rf"{re.escape(str(target))}: \d+\.\d MB\n", done.out), done
    assert f"{target} exists already; choose another name" in sentence(said("backup", target, "--folder", filled))
    other = tmp_path / "other"
    assert said("init", other).code == 0
    restored = said("restore", target, "--folder", other)
    former = other / "hanze.db.before-restore-1"
    assert restored.out == f"{target} is in place. The former data are at {former}.\n"
    assert former.is_file()
    assert said("get", ROOM, "--folder", other).code == 0
    with running(other) as node:
        assert node.client.get(f"/ngsi-ld/v1/entities/{ROOM}").status_code == 200


def test_a_backup_has_what_was_answered_before_it(folder: Path, tmp_path: Path) -> None:
    with running(folder) as node:
        for number in range(20):
            node.ok("POST", "/entities", room(number))
            if number == 9:
                assert said("backup", tmp_path / "b.db", "--folder", folder).code == 0
    assert said("restore", tmp_path / "b.db", "--folder", folder).code == 0
    with running(folder) as node:
        found = node.api("GET", "/entities?type=Room&limit=0&count=true")
        assert found.headers["ngsild-results-count"] == "10"


def test_a_node_that_runs_is_not_restored(folder: Path, tmp_path: Path) -> None:
    assert said("backup", tmp_path / "b.db", "--folder", folder).code == 0
    with running(folder):
        text = sentence(said("restore", tmp_path / "b.db", "--folder", folder))
    assert text.startswith(f"{folder} is in use by a running node (process ")


def test_backups_that_are_none(folder: Path, tmp_path: Path) -> None:
    assert "not a file; name a backup" in sentence(said("restore", tmp_path / "none.db", "--folder", folder))
    (tmp_path / "text.db").write_text("hello " * 1000, "utf-8")
    text = sentence(said("restore", tmp_path / "text.db", "--folder", folder))
    assert text.startswith(f"{tmp_path / 'text.db'} is not a backup of Hanze, or it is damaged")
    place = tmp_path / "nowhere" / "b.db"
    assert str(place) in sentence(said("backup", place, "--folder", folder))
