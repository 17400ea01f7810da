# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page on live changes shows is what a node sends."""

import re
from pathlib import Path

from tests.docs.reading import blocks, call, commands
from tests.running import folder_of, running

ID = "urn:ngsi-ld:AirQualityObserved:market"


def test_a_stream_is_as_the_page_shows_it(tmp_path: Path) -> None:
    ask, shown, script = blocks("how-to/live.md")
    (words,) = commands(ask)
    asked = call([word for word in words if word != "-N"])
    with running(folder_of(tmp_path / "city")) as node:
        market = {"id": ID, "type": "AirQualityObserved", "no2": {"type": "Property", "value": 31.5}}
        node.ok("POST", "/entities", market)
        with node.client.stream("GET", asked.url.replace("http://127.0.0.1:9090", node.address)) as answer:
            came = ""
            for part in answer.iter_text():
                came += part
                if came.count("\n\n") == 1:
                    node.ok("PATCH", f"/entities/{ID}/attrs/no2", {"value": 28.0})
                if came.count("\n\n") == 2:
                    break
    assert re.sub(r'"at":"[^"]+"', '"at":"…"', came).strip() == shown
    assert re.search(r'from "(/static/live\.js)"', script)
