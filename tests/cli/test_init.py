# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze init: the folder of a new node, whatever it is called."""

from pathlib import Path

import pytest

from hanze.node import config
from tests.cli.conftest import said, sentence


def test_a_folder_is_made_for_its_owner_alone_with_a_configuration_and_a_store(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "havendam"
    done = said("init", place, "--name", "Havendam", "--code", "hvd")
    assert done.code == 0
    assert done.out == (
        f"{place} is ready. Next: hanze key create --role admin --folder {place}, then hanze serve {place}\n"
    )
    assert place.stat().st_mode & 0o777 == 0o700
    assert (place / "hanze.db").is_file()
    found = config.load(place)
    assert (found.city.name, found.city.code) == ("Havendam", "hvd")
    assert found == config.Config(city=config.City(code="hvd", name="Havendam"))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("my-city", "my-city"), ("'s-Hertogenbosch", "s-Hertogenbosch"), ("Súdwest Fryslân", "S-dwest-Frysl-n"),
        ("東京", "city"), ("-", "city"), ("a" * 60, "a" * 32),
    ],
)  # fmt: skip
def test_the_code_comes_from_the_name_of_the_folder(tmp_path: Path, name: str, code: str) -> None:
    assert said("init", tmp_path / name).code == 0
    found = config.load(tmp_path / name)
    assert (found.city.name, found.city.code) == (name, code)


@pytest.mark.parametrize(
    "name", ['say "hi"', "back\\slash", "two\nlines", "# no comment", "tab\t", "Zürich 🏙", "{name}"]
)
def test_any_name_of_a_city_is_kept(tmp_path: Path, name: str) -> None:
    assert said("init", tmp_path / "city", "--name", name).code == 0
    assert config.load(tmp_path / "city").city.name == name


def test_a_folder_that_is_a_nodes_already_is_left_alone(folder: Path) -> None:
    before = (folder / "hanze.toml").read_bytes()
    text = sentence(said("init", folder))
    assert text.startswith(f"{folder} is a node's folder already; edit {folder / 'hanze.toml'}")
    assert (folder / "hanze.toml").read_bytes() == before


@pytest.mark.parametrize("code", ["my city", "-x", "a" * 33, "é"])
def test_a_code_that_is_none_is_told_and_nothing_is_left(tmp_path: Path, code: str) -> None:
    text = sentence(said("init", tmp_path / "city", f"--code={code}"))
    assert f'city.code is "{code}"; give letters, digits and hyphens' in text
    assert list((tmp_path / "city").iterdir()) == []


def test_a_folder_with_other_files_in_it_keeps_them(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    assert said("init", tmp_path).code == 0
    assert (tmp_path / "notes.txt").read_text("utf-8") == "mine"


def test_a_place_that_cannot_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert f"'{tmp_path / 'file'}' is a file" in sentence(said("init", tmp_path / "file"))
    text = sentence(said("init", tmp_path / "file" / "city"))
    assert text == f"{tmp_path / 'file' / 'city'} cannot be made (Not a directory); name another folder."
