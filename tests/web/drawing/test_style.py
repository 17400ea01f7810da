# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Colours can be told apart in light, dark and print, and every class that a picture uses has a rule."""

import re
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from hanze.web.drawing import chart
from hanze.web.drawing import map as maps
from hanze.web.drawing.chart import About, Limit
from hanze.web.drawing.style import STYLE, alone
from hanze.web.drawing.thin import thin
from hanze.web.drawing.words import NL
from tests.web.drawing.places import CITY, neighbourhoods
from tests.web.drawing.reading import heard, read

RULES = re.findall(r"(:where\([^{]*)\{([^{}]*)\}", STYLE)


def colours(theme: str) -> dict[str, str]:
    """Custom properties with their colours as #rrggbb."""
    blocks = [dict(re.findall(r"--drawing-([\w-]+): (#\w{6})", body)) for _, body in RULES]
    light, dark, dark_by_choice_of_the_system, printed = (block for block in blocks if block)
    assert dark == dark_by_choice_of_the_system
    return {"light": light, "dark": {**light, **dark}, "print": {**light, **printed}}[theme]


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_contrast(theme: str) -> None:
    found = colours(theme)
    for ground in ("ground", "gap"):
        for words in ("ink", "quiet", "limit"):
            assert contrast(found[words], found[ground]) >= 4.5, (words, ground)
        for drawn in ("line", "limit", "axis"):
            assert contrast(found[drawn], found[ground]) >= 3, (drawn, ground)
    for ground in ("area", "water", *(f"area-{shade}" for shade in range(1, 6))):
        assert contrast(found["ink"], found[ground]) >= 4.5, ground
        assert contrast(found["ink"], found[ground]) >= 3, "the edge of a mark"
    for kind in ("", "area-"):
        order = [luminance(found[f"{kind}{shade}"]) for shade in range(1, 6)]
        assert order == sorted(order, reverse=theme != "dark"), "a scale goes one way, also in grey"
        assert all(contrast(found[f"{kind}{one}"], found[f"{kind}{one + 1}"]) >= 1.15 for one in range(1, 5))


def test_dark_is_as_complete_as_light() -> None:
    light, dark = RULES[0][1], RULES[1][1]
    names = [set(re.findall(r"--drawing-[\w-]+", text)) - {"--drawing-font"} for text in (light, dark)]
    assert names[0] == names[1]


def test_what_is_used_is_defined() -> None:
    assert set(re.findall(r"var\((--[\w-]+)\)", STYLE)) <= set(re.findall(r"(--[\w-]+):", STYLE))
    moments = np.arange(3000, dtype=np.int64) * 3_600_000_000
    values = np.where(np.arange(3000) // 500 == 2, np.nan, np.sin(np.arange(3000.0)))
    about = About("t", "m", (Limit(0.5, "l"),))
    shown = thin(moments, values, 30)
    pictures = [
        chart.draw(one, about, chart.WIDE, NL, ZoneInfo("UTC")) for one in (shown, thin(moments[:0], values[:0], 1))
    ]
    pictures += [
        maps.draw(CITY, maps.PHONE, NL),
        maps.draw(maps.Plan("t", neighbourhoods(1, None, 3)), maps.PHONE, NL),
        maps.draw(maps.Plan("t", points=[maps.Point(5, 52)]), maps.PHONE, NL),
    ]
    used = {name for one in pictures for names in re.findall(r'class="([^"]*)"', one) for name in names.split()}
    styled = set(re.findall(r"\.([a-z][\w-]*)", STYLE))
    # These say what a thing is; they look like any text or any picture.
    assert used - styled <= {"drawing-chart", "drawing-map", "legend", "area-0", "value-0"}


def test_a_picture_can_stand_alone() -> None:
    picture = read(alone(maps.draw(CITY, maps.PHONE, NL)))
    assert heard(picture)[0] == "Lucht in Havendam"
    assert picture[0].tag.endswith("style") and "--drawing-ink" in (picture[0].text or "")


def test_nothing_is_fetched() -> None:
    assert "url(" not in STYLE and "@import" not in STYLE
