# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A city chooses its languages in hanze.toml; the first is that of who prefers none."""

from pathlib import Path

import httpx2

from tests.running import folder_of, hanze, running

CONFIG = '[city]\nname = "Hafenstadt"\n[site]\nlanguages = ["de", "en"]\n'


def test_a_city_speaks_german(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "node", CONFIG)
    with running(folder) as node:
        first = httpx2.get(node.address + "/", headers={"accept-language": "fr"}, follow_redirects=True)
        assert str(first.url) == node.address + "/de/"
        assert '<html lang="de"' in first.text and "Was ist los in Hafenstadt?" in first.text
        assert 'lang="en"' in first.text and 'lang="nl"' not in first.text
        assert httpx2.get(node.address + "/nl/").status_code == 404
        assert "Datenschutz" in httpx2.get(node.address + "/de/privacy").text


def test_a_language_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "node", CONFIG.replace('"de"', '"xx"'))
    told = hanze("serve", folder)
    assert told.code != 0 and 'site.languages has "xx"' in told.err and "de" in told.err
    assert "Traceback" not in told.err
