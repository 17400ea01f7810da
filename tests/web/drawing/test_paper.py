# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A picture on paper says all its colours itself."""

import xml.etree.ElementTree as ET
from zoneinfo import ZoneInfo

import numpy as np

from hanze.web.drawing import chart, paper
from hanze.web.drawing.chart import About
from hanze.web.drawing.thin import thin
from hanze.web.drawing.words import NL


def test_the_style_is_plain() -> None:
    style = paper.sheet("Some Serif")
    for sign in ("var(", ":where", "@media", "--"):
        assert sign not in style
    assert "font-family: Some Serif;" in style
    assert ".drawing .line { stroke: #0b5c7a; stroke-width: 2; }" in style
    # Else a program that fills paths by itself makes a black shape of each line.
    assert ".drawing path { fill: none; }" in style


def test_a_chart_stays_whole() -> None:
    shown = thin(np.array([0, 86_400_000_000]), np.array([1.0, 2.0]), 9)
    picture = chart.draw(shown, About("Air < & >"), chart.PHONE, NL, ZoneInfo("Europe/Amsterdam"))
    made = ET.fromstring(paper.on_paper(picture, paper.sheet("Some Serif")))
    assert [one.tag.rpartition("}")[2] for one in made][:3] == ["style", "title", "desc"]
    assert len(list(made.iter())) == len(list(ET.fromstring(picture).iter())) + 1
