# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Languages: every text of the pages stands in each catalogue, and the browser's wish is heard."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from hanze.ngsild import times
from hanze.web.language import languages, preferred

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((ROOT / "src/hanze/web/languages").glob("*.po"))
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS: dict[str, None] = {"_": None, "gettext": None, "ngettext": None}


def texts() -> Iterator[str]:
    """All that the pages say, in English."""
    options = {"**/templates/**.html": {"trimmed": "true"}}
    for _, _, text, _, _ in extract_from_dir(ROOT / "src/hanze", METHODS, options, KEYWORDS):
        assert isinstance(text, str)
        yield text


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: str(file.stem))
def test_a_catalogue_has_every_text_and_no_other(file: Path) -> None:
    with file.open("rb") as source:
        catalogue = read_po(source, locale=file.stem)
    # A text with a number in it is known by the one for one.
    entries = {one.id if isinstance(one.id, str) else one.id[0]: one for one in catalogue if one.id}
    wanted = set(texts())
    assert wanted == set(entries)
    for id, entry in entries.items():
        said = [entry.string] if isinstance(entry.string, str) else entry.string
        assert said and all(said) and not entry.fuzzy, id
        assert list(entry.check(catalogue)) == [], id


def test_a_language_is_there_with_its_file_and_calls_itself_by_its_own_name() -> None:
    found = languages()
    assert set(found) == {"en", *(file.stem for file in CATALOGUES)}
    assert {code: one.name for code, one in found.items()} == {"en": "English", "nl": "Nederlands", "de": "Deutsch"}


def test_what_is_not_translated_stays_english() -> None:
    nl = languages()["nl"]
    assert nl.say("Ozone") == "Ozon"
    assert nl.say("Something new") == "Something new"
    assert nl.say("") == ""


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "nl"), ("en", "en"), ("en-GB,en;q=0.9,nl;q=0.8", "en"), ("de,nl;q=0.5,en;q=0.4", "nl"), ("de, fr", "nl"),
        ("nl;q=0.1, en;q=0.2", "en"), ("en;q=x, nl;q=0.1", "nl"), (";;;,=q", "nl"), ("EN-us", "en"), ("en;q=0", "nl"),
    ],
)  # fmt: skip
def test_the_wish_of_the_browser(header: str, code: str) -> None:
    assert preferred(header, ["nl", "en"]) == code


@pytest.mark.parametrize(
    ("moment", "nl", "en"),
    [
        ("2026-03-10T13:00:59Z", "14:00", "14:00"),
        ("2026-03-09T23:00:00Z", "00:00", "00:00"),
        ("2026-03-09T22:59:00Z", "9 maart, 23:59", "9 March, 23:59"),
        ("2025-12-31T22:30:00Z", "31 december 2025, 23:30", "31 December 2025, 23:30"),
    ],
)
def test_moments_as_people_say_them(moment: str, nl: str, en: str) -> None:
    now, zone = times.parse("2026-03-10T13:02:00Z"), ZoneInfo("Europe/Amsterdam")
    spoken = languages()
    assert spoken["nl"].when(times.parse(moment), now, zone) == nl
    assert spoken["en"].when(times.parse(moment), now, zone) == en


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "less than a minute left"), (59.9, "less than a minute left"), (61, "about a minute left"),
        (125, "about 2 minutes left"), (5_399, "about 90 minutes left"), (7_300, "about 2 hours left"),
    ],
)  # fmt: skip
def test_how_long_it_still_takes(seconds: float, told: str) -> None:
    assert languages()["en"].left(seconds) == told
