# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on a review: its commands make the files that it tells of, with the figures of a small city."""

import json
import re
from html import unescape
from pathlib import Path

import pypdf
import pytest

from hanze.ngsild import times
from tests.cli.conftest import said
from tests.docs.reading import blocks, commands
from tests.goals.city import worked_out
from tests.running import Ran

YEAR = times.parse("2025-12-31T23:00:00Z")
HOUR = 3_600_000_000
LEVELS = [20.0 + hour % 7 for hour in range(24 * 31)]


def typed(block: str) -> list[Ran]:
    return [said(*words[1:]) for words in commands(block)]


def filled(folder: Path) -> None:
    """A city of one area, which measures for a month."""
    assert said("init", "my-city", "--name", "Havendam").code == 0
    square = [[5, 52], [5.01, 52], [5.01, 52.01], [5, 52.01], [5, 52]]
    drawn = {"type": "Feature", "properties": {"code": "C", "name": "City"}}
    areas = {
        "type": "FeatureCollection",
        "features": [{**drawn, "geometry": {"type": "Polygon", "coordinates": [square]}}],
    }
    (folder / "areas.geojson").write_text(json.dumps(areas))
    (folder / "people.csv").write_text("code,people\nC,1200\n")
    place = {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [5.005, 52.005]}}
    meter = {"id": "urn:ngsi-ld:AirQualityObserved:m", "type": "AirQualityObserved", "location": place}
    (folder / "meters.json").write_text(json.dumps([meter]))
    rows = [f"{times.text(YEAR + hour * HOUR)},m,{level}" for hour, level in enumerate(LEVELS)]
    (folder / "levels.csv").write_text("\n".join(["at,id,no2", *rows]))
    (folder / "levels.toml").write_text(
        'type = "AirQualityObserved"\nid = "urn:ngsi-ld:AirQualityObserved:{id}"\n[time]\ncolumn = "at"\n'
        '[[attribute]]\nname = "no2"\ncolumn = "no2"\nunit = "GQ"\n'
    )
    for words in (
        ("goals", "areas", "areas.geojson", "--level", "city", "--people", "people.csv"),
        ("load", "meters.json"), ("load", "levels.csv", "--mapping", "levels.toml"),
    ):  # fmt: skip
        ran = said(*words, "--folder", "my-city")
        assert ran.code == 0, ran
    worked_out(folder / "my-city", "2026-02-01T00:00:00Z")


def test_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    install, made, checked = blocks("how-to/make-a-review.md")
    assert "hanze[review]" in install
    filled(tmp_path)
    ran = typed(made)
    assert [one.code for one in ran] == [0, 0], ran
    assert "figures, each with its origin" in ran[0].out
    mean = sum(LEVELS) / len(LEVELS)
    page = (tmp_path / "review.html").read_text("utf-8")
    assert f"{mean:.1f}\u00a0µg/m³" in page and repr(mean)[:12] in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    reader = pypdf.PdfReader(tmp_path / "review.pdf")
    assert str(reader.root_object["/Lang"]) == "nl"
    assert f"{mean:.1f}".replace(".", ",") in " ".join(one.extract_text() for one in reader.pages)
    (again,) = typed(checked)
    assert again.code == 0 and "good" in again.out
    # Each figure can be checked by the command that stands with it.
    told = {unescape(one) for one in re.findall(r"<code>(hanze goals verify [^<]+)</code>", page)}
    assert {one.split()[3] for one in told} == {"--indicator", "--subject"}
    for one in told:
        ran = typed(f"{one} --folder my-city")
        assert [(line.code, "good" in line.out) for line in ran] == [(0, True)], ran
