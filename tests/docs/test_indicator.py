# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on a first indicator: what it tells to write and to type gives the number that a plain loop gives."""

import json
from pathlib import Path

from hanze.goals.keeping import values
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.ngsild.selection import Window
from hanze.store import sqlite
from hanze.store.scope import EVERYTHING
from tests.docs.reading import blocks, commands
from tests.goals.city import worked_out
from tests.running import Ran, hanze

START = times.parse("2026-01-31T23:00:00Z")
LEVELS = [0.02 * (hour % 50) for hour in range(24 * 28)]


def typed(block: str, folder: Path) -> list[Ran]:
    return [hanze(*words[1:], cwd=folder) for words in commands(block)]


def test_as_the_page_says(tmp_path: Path) -> None:
    areas, land, text, shown = blocks("how-to/your-first-indicator.md")
    assert hanze("init", "my-city", cwd=tmp_path).code == 0
    _files(tmp_path)
    assert [one.code for block in (areas, land) for one in typed(block, tmp_path)] == [0, 0]
    own = tmp_path / "my-city" / "indicators"
    own.mkdir()
    (own / "glass-full.toml").write_text(text)
    loaded = hanze("load", "containers.json", "--folder", "my-city", cwd=tmp_path)
    assert loaded.code == 0, loaded
    assert hanze("load", "levels.csv", "--mapping", "levels.toml", "--folder", "my-city", cwd=tmp_path).code == 0
    worked_out(tmp_path / "my-city", "2026-03-01T12:00:00Z")
    listed, verified = typed(shown, tmp_path)
    assert (listed.code, verified.code) == (0, 0), (listed, verified)
    assert "glass-full" in listed.out and "good" in verified.out
    kept = hanze("get", "urn:ngsi-ld:KeyPerformanceIndicator:my-city:glass-full:N", "--folder", "my-city", cwd=tmp_path)
    assert kept.code == 0, kept
    # March runs and has nothing; February stands in the history.
    share = 100 * sum(level > 0.8 for level in LEVELS) / len(LEVELS)
    assert _february(tmp_path / "my-city") == share


def _files(folder: Path) -> None:
    square = [[5, 52], [5.01, 52], [5.01, 52.01], [5, 52.01], [5, 52]]
    shape = {"type": "Polygon", "coordinates": [square]}
    told = [("neighbourhoods", {"code": "N", "name": "North"}), ("land-2025", {"use": "homes"})]
    for name, properties in told:
        drawn = {"type": "Feature", "properties": properties, "geometry": shape}
        (folder / f"{name}.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [drawn]}))
    (folder / "residents.csv").write_text("code,people\nN,1200\n")
    place = {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [5.005, 52.005]}}
    containers = [
        {
            "id": f"urn:ngsi-ld:WasteContainer:{kind}",
            "type": "WasteContainer",
            "location": place,
            "storedWasteKind": kind,
        }
        for kind in ("glass", "paper")
    ]
    (folder / "containers.json").write_text(json.dumps(containers))
    rows = [f"{times.text(START + hour * 3_600_000_000)},glass,{level}" for hour, level in enumerate(LEVELS)]
    rows += [f"{times.text(START + hour * 3_600_000_000)},paper,1.0" for hour in range(len(LEVELS))]
    (folder / "levels.csv").write_text("\n".join(["at,id,level", *rows]))
    (folder / "levels.toml").write_text(
        'type = "WasteContainer"\nid = "urn:ngsi-ld:WasteContainer:{id}"\n[time]\ncolumn = "at"\n'
        '[[attribute]]\nname = "fillingLevel"\ncolumn = "level"\nunit = "C62"\n'
    )


def _february(folder: Path) -> float:
    with sqlite.view(folder, START) as reads:
        history = reads.temporal("", values.id_of("my-city", "glass-full", "N"), Window(), EVERYTHING)
    assert history is not None
    found = {one.doc["observedAt"]: one.doc["value"] for one in history.attributes[CORE.expand("kpiValue")]}
    (value,) = [value for at, value in found.items() if at == "2026-01-31T23:00:00Z"]
    return float(value)
