# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the catalogue refers to is there, in the lists of the United Nations, U4SSC and the European Commission."""

import csv
import json

import pytest
import yaml

from hanze.goals.catalogue.reading import shipped
from tests.feeds.kinds.serving import SHARED

FRAMEWORKS = SHARED / "frameworks"

SHIPPED = shipped()

pytestmark = pytest.mark.skipif(not FRAMEWORKS.exists(), reason=f"the lists of indicators are not at {FRAMEWORKS}")


def test_targets() -> None:
    titles = yaml.safe_load((FRAMEWORKS / "sdg_translations" / "en_global_targets.yml").read_text("utf-8"))
    known = {".".join(key.split("-")[:2]) for key in titles if key.endswith("-title")}
    assert len(known) == 169
    assert {target for one in SHIPPED.values() for target in one.targets} <= known


def test_codes_of_u4ssc() -> None:
    known = {one["code"]: one for one in json.loads((FRAMEWORKS / "u4ssc_kpis.json").read_text("utf-8"))["kpis"]}
    used = {code: one for code, one in SHIPPED.items() if one.reference.u4ssc}
    assert len(used) >= 20
    directions = {"higher_is_better": "more", "lower_is_better": "less"}
    for code, one in used.items():
        assert one.reference.u4ssc in known, code
        assert directions.get(known[one.reference.u4ssc]["direction"], one.better) == one.better, code


def test_names_of_the_european_handbook() -> None:
    file = FRAMEWORKS / "The-EU-JRC-VLR-handbook-indicators-2022.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        known = {row["title"]: row for row in csv.DictReader(lines)}
    used = {code: one for code, one in SHIPPED.items() if one.reference.jrc}
    assert len(used) >= 20
    assert {one.reference.jrc for one in used.values()} <= set(known)
