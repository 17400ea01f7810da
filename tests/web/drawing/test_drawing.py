# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Drawing is a function of what is drawn: nothing in it reaches for a clock, a file, the network or a script."""

import ast
from pathlib import Path
from zoneinfo import ZoneInfo

import hanze.web.drawing
from hanze.web.drawing import chart
from hanze.web.drawing import map as maps
from hanze.web.drawing.thin import thin
from hanze.web.drawing.words import EN
from tests.web.drawing.places import CITY
from tests.web.drawing.test_chart import hourly

MODULES = sorted(Path(hanze.web.drawing.__file__).parent.glob("*.py"))
PURE = {
    "bisect", "collections.abc", "datetime", "functools", "itertools", "math", "re", "sys", "typing", "unicodedata",
    "xml.sax.saxutils", "msgspec", "numpy", "numpy.typing", "shapely",
}  # fmt: skip


def test_it_imports_only_what_is_pure() -> None:
    for module in MODULES:
        tree = ast.parse(module.read_text("utf-8"))
        names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        ours = {name for name in names if name.startswith(("hanze.web.drawing", "hanze.ngsild", "hanze.errors"))}
        assert names - ours <= PURE, module.name


def test_it_asks_no_clock() -> None:
    for module in MODULES:
        text = module.read_text("utf-8")
        assert not any(word in text for word in (".now(", ".today(", "open(", "<script")), module.name


def test_the_same_values_make_the_same_picture() -> None:
    about, zone = chart.About("t", "m"), ZoneInfo("Europe/Amsterdam")
    assert chart.draw(hourly(1, 2, 3), about, chart.PHONE, EN, zone) == chart.draw(
        hourly(1, 2, 3), about, chart.PHONE, EN, zone
    )
    assert maps.draw(CITY, maps.WIDE, EN) == maps.draw(CITY, maps.WIDE, EN)


def test_what_is_given_is_not_changed() -> None:
    shown = hourly(3, 1, 2)
    moments, values = shown.first.copy(), shown.low.copy()
    order = [2, 0, 1]
    mixed_moments, mixed_values = moments[order], values[order]
    thin(mixed_moments, mixed_values, 2)
    assert mixed_moments.tolist() == moments[order].tolist() and mixed_values.tolist() == values[order].tolist()
