# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A folder of indicators: what is wrong in a file is told with file, key and fix."""

from importlib.resources import files
from pathlib import Path

import pytest

from hanze.errors import ConfigurationError
from hanze.goals.catalogue.reading import read, shipped

NOISE = (files("hanze.goals.catalogue") / "noise-lnight.toml").read_text("utf-8")


def folder(path: Path, text: str, name: str = "noise-lnight.toml") -> Path:
    (path / name).write_text(text, "utf-8")
    return path


def test_all_are_read_in_order() -> None:
    found = shipped()
    assert list(found) == sorted(found)
    assert {path.name for path in files("hanze.goals.catalogue").iterdir() if path.name.endswith(".toml")} == {
        f"{code}.toml" for code in found
    }


def test_a_city_has_a_folder_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("no indicator")
    assert list(read(folder(tmp_path, NOISE))) == ["noise-lnight"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (NOISE.replace('"dB"', '"dB'), "noise-lnight.toml is not TOML: .*line 8"),
        (NOISE.replace("green = 45.0", 'green = "45"'), r'lnight.toml, line \d+: scale.green is "45"; give a number such as 40.0.'),
        (NOISE.replace("[says]", "[sais]"), r"noise-lnight.toml, line \d+: there is no key sais; did you mean says"),
        (NOISE.replace("red = 55.0", "red = 40.0"), r"noise-lnight.toml, line \d+: scale.green is 45 and red 40"),
        (NOISE.replace('"noise-lnight"', '"noise"'), "noise-lnight.toml, line 4: code is 'noise'; give the code 'noise-lnight'"),
        (NOISE.replace('"less"', '"fewer"'), r'noise-lnight.toml, line 9: better is "fewer"; give "more" or "less"'),
        (NOISE.replace('"3.9"', '"18.1"'), r"noise-lnight.toml, line 7: targets is .*; give targets of the SDGs"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(tmp_path: Path, text: str, told: str) -> None:
    assert text != NOISE
    with pytest.raises(ConfigurationError, match=told):
        read(folder(tmp_path, text))


def test_one_of_a_city_takes_the_place_of_one_of_hanze(tmp_path: Path) -> None:
    own = NOISE.replace("version = 1", "version = 2")
    found = read(folder(tmp_path, own), shipped())
    assert (found.keys(), found["noise-lnight"].version) == (shipped().keys(), 2)
