# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze goals review: the same file beside a running node as without one; what cannot be made is one sentence."""

from pathlib import Path

import pytest

from hanze.goals.review import pdf
from tests.cli.conftest import said, sentence
from tests.goals.review import making
from tests.running import running

HERE = ("goals", "review", "--folder")


def test_the_same_beside_a_running_node(folder: Path, tmp_path: Path) -> None:
    making.fill_folder(folder)
    files = [tmp_path / "alone.html", tmp_path / "beside.html"]
    assert said(*HERE, folder, "--year", "2026", "--output", files[0]).code == 0
    with running(folder):
        assert said(*HERE, folder, "--year", "2026", "--output", files[1]).code == 0
        ran = said(*HERE, folder, "--year", "2026", "--language", "nl", "--output", tmp_path / "review.PDF")
    assert "figures, each with its origin" in ran.out and (tmp_path / "review.PDF").read_bytes().startswith(b"%PDF-")
    alone, beside = (file.read_text("utf-8") for file in files)
    assert alone == beside and "24.1\u00a0µg/m³" in alone
    assert "Noord &lt;b&gt;" in alone


def test_what_cannot_be_made(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for words, told in (
        (("--year", "2026", "--output", "review.doc"), "ends in neither .pdf nor .html"),
        (("--year", "2150", "--output", "review.html"), "has not begun yet"),
        (("--year", "2020", "--language", "xx", "--output", "review.html"), "give one of"),
        (("--year", "2020", "--output", "no/where/review.html"), "no/where"),
    ):
        monkeypatch.chdir(tmp_path)
        assert told in sentence(said(*HERE, folder, *words))
    monkeypatch.setattr(pdf, "installed", lambda: False)
    assert "hanze[review]" in sentence(said(*HERE, folder, "--year", "2020", "--output", "review.pdf"))
    assert not list(tmp_path.glob("review*"))


def test_a_city_without_any_value(folder: Path, tmp_path: Path) -> None:
    ran = said(*HERE, folder, "--year", "2020", "--output", tmp_path / "review.html")
    assert ran.code == 0 and "0 figures" in ran.out
