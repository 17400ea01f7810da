# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on look and language: its configuration is taken, its style sheet reaches the site."""

import re
from pathlib import Path

import httpx2

from tests.docs.reading import blocks
from tests.running import folder_of, running


def test_the_examples_work_together(tmp_path: Path) -> None:
    languages, look, style = blocks("how-to/look-and-language.md")
    config = "[city]\nname = 'Havendam'\n" + languages + "\n" + look.removeprefix("[site]\n")
    folder = folder_of(tmp_path / "node", config)
    (folder / "city.css").write_text(style)
    (folder / "mark.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'
    )
    with running(folder) as node:
        page = httpx2.get(node.address + "/de/about").text
        assert "site@havendam.example" in page and 'hreflang="nl"' in page
        found = re.search(r'href="(/look-\w+/city\.css)"', page)
        mark = re.search(r'src="(/look-\w+/city\.svg)"', page)
        assert found is not None and mark is not None
        assert "--accent: #7a0b5c" in httpx2.get(node.address + found[1]).text
        assert httpx2.get(node.address + mark[1]).headers["content-type"] == "image/svg+xml"
