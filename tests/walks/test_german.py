# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody who mends data works in German: signs in, changes a thing, takes it back; no text stays English."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.running import Node, hanze
from tests.walks.cities import city, come_in, invited
from tests.walks.person import Person

LAMP = """[{"id": "urn:ngsi-ld:Streetlight:1", "type": "Streetlight",
"name": {"type": "Property", "value": "Laterne am Kai"},
"power": {"type": "Property", "value": 12.5, "unitCode": "KWT"}}]"""

CONFIG = '\n[site]\nlanguages = ["de", "en"]\n'

CATALOGUE = Path(__file__).parents[2] / "src/hanze/web/languages/de.po"


@pytest.fixture(scope="module")
def english() -> list[str]:
    """Texts of the catalogue that are plainly English: of several words, without gaps, and not the same in German."""
    with CATALOGUE.open("rb") as source:
        return [
            str(one.id)
            for one in read_po(source, locale="de")
            if one.id and " " in str(one.id) and "%(" not in str(one.id) and str(one.id) not in str(one.string)
        ]


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    file = tmp_path / "lamp.json"
    file.write_text(LAMP, "utf-8")
    with city(tmp_path / "hafenstadt", CONFIG) as made:
        assert hanze("load", file, "--folder", made.folder).code == 0
        yield made


def test_a_thing_is_mended_in_german(node: Node, english: list[str]) -> None:
    assert len(english) > 200
    with Person(node.address, **{"accept-language": "de-DE,de;q=0.9"}) as greta:
        path = invited(node, "greta@city.example", "data-officer", language="de")
        come_in(greta, path, "Greta", "ein Satz von mir", ("Mein Konto anlegen", "Weiter"))
        assert "Willkommen, Greta." in greta.says and greta.at.startswith("/de/")
        greta.open("/de/data/thing?id=urn:ngsi-ld:Streetlight:1")
        greta.follow("Das ändern")
        greta.send("Speichern", power="viel")
        assert greta.status == 422 and greta.answers("Speichern")["power"] == "viel"
        greta.send("Speichern", power="14,25")
        assert "14,25" in greta.says
        greta.follow("Power")
        greta.send("Zurücknehmen")
        assert "12,5" in greta.says
        greta.open("/de/account")
        greta.open("/de/start")
        for step in ("city", "look", "languages", "source", "public"):
            greta.open(f"/de/start/{step}")
            assert greta.status == 200
        for at, says in greta.pages:
            left = [text for text in english if text in says]
            assert left == [], f"{at} says in English: {left}"
