# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A data officer sets up a city by pages only, without JavaScript: six steps, a file, a source, a colleague who comes in."""

import re
from pathlib import Path

import pytest

from tests.explore.test_now import MACHINE
from tests.walks.cities import GENT, LOOPBACK, city, come_in, invited, saying
from tests.walks.person import Person

BOUNDARY = (
    b'{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":'
    b"[[[3.6,51.0],[3.8,51.0],[3.8,51.1],[3.6,51.1],[3.6,51.0]]]}}"
)
MARK = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>'

NOISE = """plek;tijd;geluid
markt;2026-03-10 12:00;61,5
haven;2026-03-10 12:00;stuk
"""

BUTTONS = ("Make my account", "Go on")


@pytest.mark.skipif(not GENT.is_file(), reason=f"the recording {GENT} is absent")
def test_a_city_is_set_up_by_pages_only(tmp_path: Path) -> None:
    with city(tmp_path / "teststad", LOOPBACK) as node, saying(GENT) as source, Person(node.address) as mia:
        come_in(mia, invited(node, "mia@city.example", "administrator"), "Mia", "a sentence of mine", BUTTONS)
        assert "Welcome, Mia." in mia.says
        mia.open("/en/")
        assert "This city is not finished yet." in mia.says
        mia.follow("Your city in 6 steps")
        mia.follow("Go on with: Name and boundary")
        name_and_boundary(mia)
        look(mia)
        languages(mia)
        first_source(mia, source)
        file(mia)
        public(mia)
        indicator(mia)
        link = colleague(mia)
        mia.open("/en/start")
        assert "All is done." in mia.says
        with Person(node.address) as jan:
            come_in(jan, link, "Jan", "another sentence", BUTTONS)
            assert "Welcome, Jan." in jan.says and "data officer" in jan.says
            jan.open("/en/start")
            assert "An administrator does this." in jan.says and "All is done." in jan.says
        text = (node.folder / "hanze.toml").read_text("utf-8")
        assert "# Types that everyone may read without a key. All others are closed." in text
        assert "# For the recording that stands in for a source." in text
        resident(node.address)
        assert '"level":"error"' not in node.log() and "Traceback" not in node.log()


def name_and_boundary(mia: Person) -> None:
    mia.send("See the change", name="Arteveldestad", boundary="file", files={"file": ("b.geojson", b"{}")})
    assert mia.status == 422 and "a shape that is no area" in mia.says
    mia.send("See the change", name="Arteveldestad", boundary="file", files={"file": ("b.geojson", BOUNDARY)})
    assert '- name = "teststad"' in mia.says and '+ name = "Arteveldestad"' in mia.says
    assert "The boundary as it would be" in mia.says and "drawing-map" in mia.page
    mia.send("Write this")
    # The running site has it at once.
    assert "It is written to hanze.toml" in mia.says and "made with Hanze" in mia.says
    assert "<title>Look · Arteveldestad</title>" in mia.page


def look(mia: Person) -> None:
    mia.send("See the change", colour="yellow", contact="site@city.example")
    assert "This is no colour." in mia.says and mia.answers("See the change")["contact"] == "site@city.example"
    mia.send("See the change", colour="#ffcc00", files={"mark": ("mark.svg", MARK)})
    assert "--accent: #ffcc00" in mia.says and "--on-accent: #14181d" in mia.says
    mia.send("Write this")
    found = re.search(r'href="(/look-\w+/city.css)"', mia.page)
    assert found is not None and "#ffcc00" in mia.client.get(found[1]).text
    assert re.search(r'src="/look-\w+/city.svg"', mia.page)


def languages(mia: Person) -> None:
    mia.send("See the change", all=["nl", "en", "de"], first="nl")
    assert '+ languages = ["nl", "en", "de"]' in mia.says
    mia.send("Write this")
    assert "Deutsch" in mia.says


def first_source(mia: Person, source: str) -> None:
    mia.send("Look what is there", url="file:///etc/passwd")
    assert mia.status == 422 and "This is no address." in mia.says
    mia.send("Look what is there", url=source)
    mia.wait("What would come")
    assert "Free spaces" in mia.says and "181" in mia.says
    mia.follow("Correct this")
    asked = mia.answers("Use this")
    left = {name: "" for name, value in asked.items() if name.startswith("name ") and value != "availableSpotNumber"}
    mia.send("Use this", **left, id="urn:ngsi-ld:OffStreetParking:{fields.name}", zone="Europe/Brussels")
    mia.wait("What would come")
    assert "OffStreetParking:Reep" in mia.says and "Phone" not in mia.says and "Mobiliteitsbedrijf" not in mia.says
    mia.send("Add this source", name="Car Parks")
    assert mia.status == 422 and "Use small letters" in mia.says
    mia.send("Add this source", name="garages", provider="Stad Gent", licence="https://example.org/licence")
    mia.wait("the newest value is of")
    assert "Car parks: not public" in mia.says.replace(" :", ":")
    mia.send("Let it rest")
    assert "This source rests." in mia.says
    mia.send("Go on")
    mia.wait("the newest value is of")


def file(mia: Person) -> None:
    mia.open("/en/start/source")
    mia.follow("Add data from a file")
    mia.send("Look at it", files={"file": ("geluid.csv", NOISE.encode())})
    mia.follow("Correct this")
    mia.send(
        "Use this", type="NoiseLevelObserved", id="urn:ngsi-ld:NoiseLevelObserved:{plek}", time="tijd", decimal=",",
        zone="Europe/Amsterdam", **{"name 0": "", "name 2": "LAeq", "kind 2": "number", "unit 2": "2N"},
    )  # fmt: skip
    assert "61.5" in mia.says and "Some rows cannot be taken" in mia.says
    mia.send("Load all rows")
    mia.wait("All is loaded.")


def public(mia: Person) -> None:
    mia.open("/en/start/source")
    assert "nobody from outside sees them yet" in mia.says
    mia.follow("Say who may see what")
    assert mia.answers("See the change")["OffStreetParking"] == "closed"
    mia.send("See the change", OffStreetParking="open", NoiseLevelObserved="restricted")
    assert '+ public = ["OffStreetParking"]' in mia.says and '+ restricted = ["NoiseLevelObserved"]' in mia.says
    mia.send("Write this")


def indicator(mia: Person) -> None:
    mia.follow("Go on with: First indicator")
    mia.send("Enter this number", indicator="unemployment")
    mia.send("See the result", **{"number-share": "many", "period": "2025", "grade": "survey", "source": "Our survey"})
    assert mia.status == 422 and "'many' is no number." in mia.says
    mia.send("See the result", **{"number-share": "4,1"})
    assert "Is this right?" in mia.says and "4.1%" in mia.says
    mia.send("Keep it")
    assert "It is kept. The indicator follows within a minute." in mia.says
    mia.follow("On to: Colleagues")


def colleague(mia: Person) -> str:
    """The path that Jan gets."""
    mia.send("Make an invitation", mail="jan@city.example", roles=["data-officer"])
    found = re.search(r"http\S+(/en/invitation\S+)", mia.says)
    assert "Send this to jan@city.example yourself." in mia.says and found is not None
    return found[1]


def resident(address: str) -> None:
    """What everyone sees of the new city, in each of its languages."""
    with Person(address) as somebody:
        for code, asked in (("nl", "Wat speelt er in"), ("en", "What is going on in"), ("de", "Was ist los in")):
            somebody.open(f"/{code}/")
            assert f"{asked} Arteveldestad?" in somebody.says and not MACHINE.search(somebody.says)
        somebody.open("/en/now")
        assert "Car parks" in somebody.says and "Noise" not in somebody.says
        somebody.open("/en/start")
        assert "Sign in" in somebody.says and "Your city" not in somebody.says


def test_nobody_writes_over_a_change_of_somebody_else(tmp_path: Path) -> None:
    with city(tmp_path / "teststad") as node, Person(node.address) as mia, Person(node.address) as rob:
        come_in(mia, invited(node, "mia@city.example", "administrator"), "Mia", "a sentence of mine", BUTTONS)
        rob.open(invited(node, "rob@city.example", "partner"))
        rob.send("Make my account", name="Rob", password="a sentence of his")
        file = node.folder / "hanze.toml"
        mia.open("/en/start/look")
        page, at = mia.page, mia.at
        mia.send("See the change", contact="one@city.example")
        # Meanwhile somebody edits the file by hand.
        file.write_text(file.read_text("utf-8") + "\n[limits]\npage = 500\n", "utf-8")
        theirs = file.read_text("utf-8")
        mia.open(mia.at)
        assert "hanze.toml was changed meanwhile." in mia.says and "Write this" not in mia.says
        mia.page, mia.at = page, at
        mia.send("See the change", contact="two@city.example")
        assert mia.status == 422 and "Somebody changed the file meanwhile." in mia.says
        assert file.read_text("utf-8") == theirs
        # What was typed is there, and can be sent again.
        mia.send("See the change")
        mia.send("Write this")
        theirs = file.read_text("utf-8")
        assert "page = 500" in theirs and 'contact = "two@city.example"' in theirs
        mia.open("/en/start/look")
        assert "limits.page" in mia.says and f"hanze serve {node.folder}" in mia.says
        # A file that cannot be read stops no page but this one.
        file.write_text(theirs + "[", "utf-8")
        mia.open("/en/start/look")
        assert mia.status == 409 and "is not TOML" in mia.says
        for path in ("/en/", "/en/start", "/en/desk"):
            mia.open(path)
            assert mia.status == 200
        for path in ("/en/start", "/en/start/look", "/en/sources/add", "/en/start/check?draft=x"):
            rob.open(path)
            assert rob.status == 403 and "Traceback" not in node.log()
