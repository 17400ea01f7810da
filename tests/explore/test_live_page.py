# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page City now in a browser: the map that moves, values that come, the drawing without script, and how wide it is."""

import base64
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from hanze.feeds.havendam import plan
from hanze.web.static import Static
from tests.browser import Browser, Page, browser, needs_chromium
from tests.explore import tiles
from tests.running import Node, folder_of, running

pytestmark = needs_chromium

built = pytest.mark.skipif(not Static("").has("built/maplibre-gl.mjs"), reason="make assets did not build the map")

CONFIG = """
[city]
name = "Havendam"
[access]
public = ["AirQualityObserved"]
[site]
background = "map.geojson"
"""

PLACES = {"quay": (3.99, 52.90, 12.5), "market": (4.00, 52.91, 31.0), "meadow": (4.03, 52.89, 7.25)}
VALUES = "[...document.querySelectorAll('tr[data-id] [data-value]')].map((one) => one.textContent)"


def station(name: str, value: float) -> dict[str, object]:
    lon, lat, _ = PLACES[name]
    return {
        "id": f"urn:ngsi-ld:AirQualityObserved:{name}", "type": "AirQualityObserved",
        "name": {"type": "Property", "value": name},
        "no2": {"type": "Property", "value": value, "unitCode": "GQ", "observedAt": "2026-01-01T12:00:00Z"},
        "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [lon, lat]}},
    }  # fmt: skip


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    folder = folder_of(tmp_path_factory.mktemp("city") / "node", CONFIG)
    (folder / "map.geojson").write_bytes(msgspec.json.encode(plan.background()))
    with running(folder) as made:
        for name, (_, _, value) in PLACES.items():
            made.ok("POST", "/entities", station(name, value))
        yield made


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as made:
        yield made


def test_a_new_value_comes_by_itself(node: Node, chromium: Browser) -> None:
    page = chromium.page(node.address + "/nl/now")
    assert page.run(VALUES) == ["31\u00a0µg/m³", "7,25\u00a0µg/m³", "12,5\u00a0µg/m³"]
    change = {"type": "Property", "value": 44.4, "unitCode": "GQ", "observedAt": "2026-01-01T12:05:00Z"}
    node.ok("PATCH", "/entities/urn:ngsi-ld:AirQualityObserved:quay/attrs/no2", change)
    page.until(f"{VALUES}[2] === '44,4\u00a0µg/m³'")
    # The time of the reading, not of its coming, as the page itself says it; with the year where it is another.
    when = "document.querySelectorAll('tr[data-id] [data-when]')[2].textContent"
    assert page.run(when).startswith("1 januari") and page.run(when).endswith(", 13:05")
    node.ok("PATCH", "/entities/urn:ngsi-ld:AirQualityObserved:quay/attrs/no2", {**change, "value": 12.5})
    page.until(f"{VALUES}[2] === '12,5\u00a0µg/m³'")
    page.close()


@built
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_map_moves_and_the_drawing_is_one_press_away(
    node: Node, chromium: Browser, width: int, height: int
) -> None:
    page = chromium.page(node.address + "/en/now", width=width, height=height)
    page.until("document.getElementById('map').dataset.moving === 'yes'")
    shown = "document.querySelector('.map .moving canvas').getBoundingClientRect().width"
    assert page.run(shown) > 0.5 * min(width, 700)
    drawing = "[...document.querySelectorAll('.map svg')].some((one) => one.getBoundingClientRect().width > 0)"
    assert page.run(drawing) is False
    assert page.run("document.querySelector('.map ul.legend').getBoundingClientRect().height") > 0
    page.run("document.querySelector('.map > button').click()")
    assert page.run(drawing) is True and page.run(shown) == 0
    assert not [one for one in page.complaints if "GL Driver" not in one]
    page.close()


DARKEST, LINE, WATER = "#432277", "#0b5c7a", "#d3e3ec"
"""The colours of the highest class, of a line and of water, in the light."""


def pixels(page: Page, selector: str, colour: str) -> int:
    """How many points of a picture of the element have about this colour: what a person sees, not what the page says."""
    page.run(f"document.querySelector('{selector}').scrollIntoView()")
    page.run("new Promise((done) => setTimeout(done, 300))")
    picture = base64.b64encode(page.shot()).decode()
    found = page.run(f"""(async () => {{
      const box = document.querySelector('{selector}').getBoundingClientRect();
      const wanted = [1, 3, 5].map((at) => parseInt('{colour}'.slice(at, at + 2), 16));
      const bytes = Uint8Array.from(atob('{picture}'), (one) => one.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes]));
      const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
      canvas.drawImage(image, 0, 0);
      const {{ data }} = canvas.getImageData(box.x, box.y, box.width, box.height);
      let count = 0;
      for (let at = 0; at < data.length; at += 4) count += wanted.every((one, number) => Math.abs(one - data[at + number]) < 12);
      return count;
    }})()""")
    assert isinstance(found, int)
    return found


@built
def test_the_map_and_the_drawing_show_the_values_and_follow_them(node: Node, chromium: Browser) -> None:
    page = chromium.page(node.address + "/en/now", height=1000)
    page.until("document.getElementById('map').dataset.moving === 'yes'")
    moving = ".map .moving"
    before = pixels(page, moving, DARKEST)
    assert 100 < before < 1000  # one circle with a radius of ten pixels
    change = {"type": "Property", "value": 8.0, "unitCode": "GQ", "observedAt": "2026-01-01T12:05:00Z"}
    node.ok("PATCH", "/entities/urn:ngsi-ld:AirQualityObserved:market/attrs/no2", change)
    page.until(f"{VALUES}[0].startsWith('8')")
    assert pixels(page, moving, DARKEST) < 10
    node.ok("PATCH", "/entities/urn:ngsi-ld:AirQualityObserved:market/attrs/no2", {**change, "value": 31.0})
    page.until(f"{VALUES}[0].startsWith('31')")
    page.run("document.querySelector('.map > button').click()")
    assert pixels(page, ".map .only-wide", DARKEST) > 50
    page.close()


@built
def test_tiles_of_the_operator_lie_under_the_map(chromium: Browser, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "node", CONFIG.replace("map.geojson", "city.pmtiles"))
    (folder / "city.pmtiles").write_bytes(tiles.world_of_water())
    with running(folder) as node:
        for name, (_, _, value) in PLACES.items():
            node.ok("POST", "/entities", station(name, value))
        page = chromium.page(node.address + "/en/now", height=1000)
        page.until("document.getElementById('map').dataset.moving === 'yes'")
        assert pixels(page, ".map .moving", WATER) > 100_000
        assert not [one for one in page.complaints if "GL Driver" not in one]
        page.close()


def test_the_chart_is_a_line(node: Node, chromium: Browser) -> None:
    moments = [f"2026-01-{day:02}T{hour:02}:00:00Z" for day in range(2, 12) for hour in range(0, 24, 3)]
    instances = [
        {"type": "Property", "value": 10 + number % 8, "unitCode": "GQ", "observedAt": at}
        for number, at in enumerate(moments)
    ]
    id = "urn:ngsi-ld:AirQualityObserved:quay"
    node.ok("POST", "/temporal/entities", {"id": id, "type": "AirQualityObserved", "no2": instances})
    page = chromium.page(f"{node.address}/en/now?type=AirQualityObserved&value=no2&place={id}&range=all", height=1000)
    assert pixels(page, "#course .figure .only-wide", LINE) > 1000
    page.run("[...document.querySelectorAll('#course .line')].forEach((one) => one.remove())")
    assert pixels(page, "#course .figure .only-wide", LINE) < 1000
    page.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1600])
@pytest.mark.parametrize("code", ["nl", "en"])
def test_no_page_is_wider_than_the_screen(node: Node, chromium: Browser, code: str, width: int) -> None:
    page = chromium.page(f"{node.address}/{code}/now", width=width, height=800)
    assert page.run("document.documentElement.scrollWidth") <= width
    shown = "[...document.querySelectorAll('main svg')].filter((one) => one.getBoundingClientRect().width > 0).length"
    assert page.run(shown) >= 1
    page.close()


def test_without_script_the_drawing_stands_there(node: Node, chromium: Browser) -> None:
    page = chromium.page("about:blank")
    page.call("Emulation.setScriptExecutionDisabled", {"value": True})
    page.go(node.address + "/en/now?range=all")
    found = page.call("Accessibility.getFullAXTree")["nodes"]
    pictures = [one["name"]["value"] for one in found if one.get("role", {}).get("value") in ("image", "img")]
    # One of each pair of pictures is heard: the one that is seen.
    assert len(pictures) == 2 and pictures[0].startswith("Nitrogen dioxide")
    page.close()
