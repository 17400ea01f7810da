# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on land and plans: what it tells to type gives what became what, and a plan with what would come of it."""

import json
import re
from pathlib import Path

import pytest
import shapely

from hanze.goals.keeping import areas, land, plans
from hanze.goals.plans.assumptions import ASSUMED
from hanze.store import sqlite
from hanze.store.scope import EVERYTHING
from tests.docs.reading import blocks, commands
from tests.goals.land.making import area, cells, size
from tests.running import Ran, hanze
from tests.store.packages import Features, made

NOW = 1_790_000_000_000_000


def typed(block: str, folder: Path) -> list[Ran]:
    return [hanze(*words[1:], cwd=folder) for words in commands(block)]


def test_as_the_page_says(tmp_path: Path) -> None:
    maps, plan = blocks("how-to/land-and-plans.md")
    assert hanze("init", "my-city", cwd=tmp_path).code == 0
    _files(tmp_path)
    ran = typed(maps, tmp_path)
    assert [one.code for one in ran] == [0, 0, 0], ran
    (drawn,) = typed(plan, tmp_path)
    assert drawn.code == 0 and drawn.out.strip() == "goals/plan?id=homes-by-the-mill", drawn
    with sqlite.view(tmp_path / "my-city", NOW) as reads:
        (changes,) = land.changes(reads, "my-city", ["W"], (2020, 2025), EVERYTHING)
        found = plans.find(reads, "my-city", "homes-by-the-mill", EVERYTHING)
        (west,) = [one for one in areas.read(reads) if one.area.code == "W"]
    assert changes["farmland"]["homes"] == pytest.approx(size(5, 0, 6, 10), abs=1e-5)
    assert west.people == 1000 and west.homes is not None
    assert found is not None and found.outcome is not None and found.outcome.effects.homes is not None
    assert (found.outcome.effects.homes.low, found.outcome.effects.homes.high) == (300, 450)
    assert found.outcome.effects.uses == {"farmland": pytest.approx(size(7, 0, 10, 9), abs=1e-5)}


def test_what_the_page_says_of_numbers_is_assumed() -> None:
    text = (Path(__file__).parents[2] / "docs/how-to/land-and-plans.md").read_text("utf-8")
    for key in ("dense", "persons", "around"):
        told = ASSUMED[key].range
        assert re.search(rf"{told.low:g}\b" if told.low == told.high else rf"{told.low:g} to {told.high:g}\b", text), (
            key
        )
    assert (ASSUMED["uneven"].range.low, ASSUMED["uneven"].range.high) == (0.5, 1.5)
    assert "half or one and a half times as full" in text


def test_a_file_that_cannot_be_used_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "mill.geojson").write_text("4.9, here")
    (_, plan) = blocks("how-to/land-and-plans.md")
    (ran,) = typed(plan, tmp_path)
    assert ran.code != 0 and "mill.geojson cannot be used: One of the lines is no corner" in ran.err
    assert "Traceback" not in ran.err


def _files(folder: Path) -> None:
    west = area("W", 0, 0, 10, 10)
    told = {"code": "W", "name": "West", "population": 1000}
    layers: dict[str, Features] = {
        "streets": [(shapely.Point(5, 52), {"code": "x"})], "neighbourhoods": [(west.geometry, told)],
    }  # fmt: skip
    made(folder / "areas.gpkg", layers)
    old = [("homes", cells(0, 0, 5, 10)), ("farmland", cells(5, 0, 10, 10))]
    features = [{"type": "Feature", "properties": {"use": use}, "geometry": _plain(shape)} for use, shape in old]
    (folder / "land-2020.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    new = [("wonen", cells(0, 0, 6, 10)), ("akker", cells(6, 0, 10, 9)), ("bos", cells(6, 9, 10, 10))]
    terrain = [(shape, {"kind": kind}) for kind, shape in new]
    made(folder / "land-2025.gpkg", {"terrain": terrain, "other": [(cells(0, 0, 1, 1), {"kind": "?"})]})
    (folder / "mill.geojson").write_text(json.dumps(_plain(cells(7, 0, 10, 9))))


def _plain(shape: shapely.Polygon) -> dict[str, object]:
    found: dict[str, object] = json.loads(shapely.to_geojson(shape))
    return found
