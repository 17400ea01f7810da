# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on entered numbers: what it tells to type and to fill in gives values that are verified."""

import json
from pathlib import Path

from hanze.goals.grades import GRADES
from tests.docs.reading import DOCS, blocks, commands
from tests.goals.city import worked_out
from tests.running import Ran, hanze

PAGE = "how-to/enter-a-value.md"

SQUARE = {"type": "Polygon", "coordinates": [[[5, 52], [5.01, 52], [5.01, 52.01], [5, 52.01], [5, 52]]]}
AREAS = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"code": code, "name": code, "level": level}, "geometry": SQUARE}
        for code, level in (("C", "city"), ("N", "neighbourhood"))
    ],
}


def typed(block: str, folder: Path) -> list[Ran]:
    """What stands behind > is done by the shell, and by the test in its place."""
    return [hanze(*words[1 : words.index(">") if ">" in words else None], cwd=folder) for words in commands(block)]


def test_as_the_page_says(tmp_path: Path) -> None:
    empty, filled, enter, look = blocks(PAGE)
    assert hanze("init", "my-city", cwd=tmp_path).code == 0
    (tmp_path / "areas.json").write_text(json.dumps(AREAS))
    told = hanze("goals", "areas", "areas.json", "--folder", "my-city", cwd=tmp_path)
    assert told.code == 0, told
    (template,) = typed(empty, tmp_path)
    assert template.out.startswith("code,part,name,unit,area,period,value,grade,source\n")
    (tmp_path / "numbers.csv").write_text(filled)
    (kept,) = typed(enter, tmp_path)
    assert (kept.code, kept.out) == (0, f"Numbers kept: {len(filled.splitlines()) - 1}.\n")
    worked_out(tmp_path / "my-city", "2026-03-01T12:00:00Z")
    listed, verified = typed(look, tmp_path)
    assert listed.code == 0 and f"{100 * 21400 / 40100:g}" in listed.out
    assert verified.code == 0 and "good" in verified.out


def test_the_page_tells_all_grades() -> None:
    text = (DOCS / PAGE).read_text("utf-8")
    assert [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")][-len(GRADES) :] == list(
        GRADES
    )
