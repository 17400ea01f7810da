# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Components of NL Design System look as our own style does, and a city's tokens reach them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hanze.web.static import Static
from tests.browser import Browser, browser, needs_chromium
from tests.running import folder_of, running

pytestmark = [
    needs_chromium,
    pytest.mark.skipif(not Static("").has("built/components.css"), reason="make assets did not build the components"),
]

LOOK = """[...document.querySelectorAll('#q, form button')].map((one) => {
  const look = getComputedStyle(one);
  return ['color', 'backgroundColor', 'borderTopColor', 'borderTopWidth', 'borderTopLeftRadius', 'fontSize', 'fontWeight',
    'fontFamily', 'lineHeight', 'paddingTop', 'paddingLeft', 'height'].map((name) => name + ' ' + look[name]);
})"""

OURS = "[...document.styleSheets].filter((one) => /components|tokens/.test(one.href)).map((one) => one.disabled = true).length"

CITY = """[city]
name = "Harbour"
[access]
public = ["AirQualityObserved"]
[site]
style = "city.css"
background = "map.geojson"
"""

STYLE = """.harbour-theme {
  --accent: #7a0b5c;
  --utrecht-button-primary-action-background-color: rgb(1, 2, 3);
  --utrecht-form-control-border-radius: 9px;
}
"""

MAP = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Quay"}, "geometry": '
    '{"type": "Polygon", "coordinates": [[[4, 52], [4.1, 52], [4.1, 52.1], [4, 52]]]}}]}'
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as made:
        yield made


def looks(chromium: Browser, folder: Path, *, dark: bool) -> tuple[Any, Any]:
    """Of the field and the button on the front page: with the components, and without them."""
    with running(folder) as node:
        page = chromium.page(node.address + "/en/", dark=dark)
        with_them = page.run(LOOK)
        assert page.run(OURS) == 2
        without = page.run(LOOK)
        page.close()
    return with_them, without


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_page_looks_the_same_without_what_others_made(chromium: Browser, tmp_path: Path, dark: bool) -> None:
    folder = folder_of(tmp_path / "node", CITY.replace('style = "city.css"\n', ""))
    (folder / "map.geojson").write_text(MAP)
    with_them, without = looks(chromium, folder, dark=dark)
    assert with_them == without and len(with_them) == 2


def test_a_theme_of_a_city_reaches_the_components(chromium: Browser, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "node", CITY)
    (folder / "map.geojson").write_text(MAP)
    (folder / "city.css").write_text(STYLE)
    (field, button), (_, plain) = looks(chromium, folder, dark=False)
    assert "borderTopLeftRadius 9px" in field
    assert "backgroundColor rgb(1, 2, 3)" in button
    assert "backgroundColor rgb(122, 11, 92)" in plain
