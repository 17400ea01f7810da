# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages over 15.8 million observations: when the first byte of each comes, how many bytes it takes, and when a browser shows it.

No page is kept between two questions, and each turn asks for another station.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator

from tests.browser import PROGRAM, Page, browser

from benchmarks import client
from benchmarks.node import Running, fresh
from benchmarks.table import Row
from benchmarks.works.rivm import SOURCE, load
from hanze.explore.course import SPANS

PORT = 9794
TURNS = 20
STATIONS = ("NL01487", "NL10636", "NL49012", "NL10404", "NL10938")
"""Each has measured for all seven years."""

TYPE, VALUE, DAY = "AirQualityObserved", "NO2", "2019-06-30"
MILLISECONDS, SHOWN_SECONDS = 150, 1.0

PLACES = """type = "AirQualityObserved"
id = "urn:ngsi-ld:AirQualityObserved:{station}"
location = { lon = "lon", lat = "lat" }
[[attribute]]
name = "name"
column = "name"
kind = "text"
"""

SHOWN = """(() => {
  const page = performance.getEntriesByType("navigation")[0];
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const others = performance.getEntriesByType("resource").filter((one) => !/maplibre|pmtiles|live|background/.test(one.name));
  return [Math.max(page.domContentLoadedEventEnd, paint ? paint.startTime : 0),
          [page, ...others].reduce((sum, one) => sum + one.encodedBodySize, 0)];
})()"""
"""Milliseconds until it is painted and its scripts have run, and bytes without the map that moves."""


def pages() -> list[Row]:
    if not SOURCE.exists():
        return [Row("pages over 15.8 million observations", "", f"not run: {SOURCE} is not there")]
    with fresh(PORT) as node:
        load(node)
        _places(node)
        return [*_first_bytes(node), *_shown(node)]


def _places(node: Running) -> None:
    mapping = node.folder / "places.toml"
    mapping.write_text(PLACES)
    file = SOURCE.with_name("stations.csv").resolve()
    command = [sys.executable, "-m", "hanze.cli", "load", str(file), "--mapping", str(mapping)]
    subprocess.run([*command, "--folder", str(node.folder)], check=True, stdout=subprocess.DEVNULL)


def _asked(station: str) -> Iterator[tuple[str, str]]:
    """What a page is called, and its address."""
    of, thing = f"type={TYPE}", f"urn:ngsi-ld:{TYPE}:{station}"
    yield "front", "/en/"
    yield "find", "/en/find?q=utrecht"
    yield "all data", "/en/data"
    yield "table of a type", f"/en/data/type?{of}"
    yield "table sorted", f"/en/data/type?{of}&sort=-{VALUE}"
    yield "table filtered", f"/en/data/type?{of}&attribute={VALUE}&way=least&value=10"
    yield "map of a type", f"/en/data/type?{of}&view=map"
    yield "thing", f"/en/data/thing?id={thing}"
    for span in SPANS:
        more = f"range={span}" + (f"&until={DAY}" if span != "all" else "")
        yield f"history, {span}", f"/en/data/thing?id={thing}&history={VALUE}&{more}"
        yield f"City now, {span}", f"/en/now?{of}&value={VALUE}&place={thing}&{more}"


def _first_bytes(node: Running) -> list[Row]:
    for _, path in _asked(STATIONS[0]):
        # What is made once after a start is not of any page.
        first_byte(node.port, path)
    times: dict[str, list[float]] = {}
    before = node.spent()
    for turn in range(TURNS):
        for name, path in _asked(STATIONS[turn % len(STATIONS)]):
            times.setdefault(name, []).append(first_byte(node.port, path))
    taken = 1000 * (node.spent() - before) / TURNS / len(times)
    late = {name: client.percentile(spent, 0.95) for name, spent in times.items()}
    slowest = max(late, key=late.__getitem__)
    told = ", ".join(f"{name} {late[name]:.0f}" for name in _most(late))
    return [
        Row(
            f"pages over 15.8 million observations: first byte of each of {len(late)} kinds of page",
            f"p95 < {MILLISECONDS} ms",
            f"p95 of the slowest {late[slowest]:.0f} ms; {told}; {taken:.0f} ms of a processor on average",
            MILLISECONDS / late[slowest],
        )
    ]


def _most(late: dict[str, float]) -> Iterable[str]:
    """The five slowest."""
    return sorted(late, key=lambda name: -late[name])[:5]


def first_byte(port: int, path: str) -> float:
    """Seconds until the first byte; the answer is read to its end."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        begin = time.perf_counter()
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        head = line.recv(65_536)
        spent = time.perf_counter() - begin
        assert head.startswith(b"HTTP/1.1 200"), f"{path}: {head[:100]!r}"
        while line.recv(1 << 18):
            pass
    return spent


def _shown(node: Running) -> list[Row]:
    if PROGRAM is None:
        return [Row("a page in a browser", f"< {SHOWN_SECONDS:g} s", "not run: there is no Chromium")]
    found: list[tuple[float, float]] = []
    with browser() as chromium:
        for _, path in _asked(STATIONS[0]):
            page = chromium.page("about:blank", width=390, height=844)
            page.call("Network.setCacheDisabled", {"cacheDisabled": True})
            found.append(_painted(page, node.url + path))
            page.close()
    slowest, largest = max(milli for milli, _ in found) / 1000, max(size for _, size in found) / 1000
    return [
        Row(
            "the same in Chromium, nothing cached: painted, and its scripts have run",
            f"< {SHOWN_SECONDS:g} s",
            f"{slowest:.2f} s at most; {largest:.0f} kB at most without the map that moves",
            SHOWN_SECONDS / slowest,
        )
    ]


def _painted(page: Page, url: str) -> tuple[float, float]:
    page.go(url)
    page.until("performance.getEntriesByName('first-contentful-paint').length")
    shown, size = page.run(SHOWN)
    return float(shown), float(size)
