# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same city set up in a real browser of 390 pixels: each page fits, each step is reached by what stands on the page before."""

from pathlib import Path

import pyotp
import pytest

from tests.browser import browser, needs_chromium
from tests.walks.cities import GENT, LOOPBACK, city, invited, saying
from tests.walks.phone import Phone
from tests.walks.test_data_officer import BOUNDARY, MARK, NOISE


@needs_chromium
@pytest.mark.skipif(not GENT.is_file(), reason=f"the recording {GENT} is absent")
def test_a_city_is_set_up_on_a_phone(tmp_path: Path) -> None:
    with city(tmp_path / "teststad", LOOPBACK) as node, saying(GENT) as source, browser() as chromium:
        mia = Phone(chromium.page("about:blank", width=390, height=844), node.address)
        comes_in(mia, invited(node, "mia@city.example", "administrator"))
        mia.follow("Set up the city, step by step")
        mia.follow("Go on with: Name and boundary")
        mia.send("See the change", {"file": ("b.geojson", BOUNDARY)}, name="Arteveldestad", boundary="file")
        written(mia, "Look")
        mia.send("See the change", {"mark": ("mark.svg", MARK)}, colour="#ffcc00", contact="site@city.example")
        written(mia, "Languages")
        assert mia.page.run("getComputedStyle(document.querySelector('main a')).color") == "rgb(143, 114, 0)"
        mia.send("See the change", all=["nl", "en", "de"], first="nl")
        written(mia, "First source")
        mia.send("Look what is there", url=source)
        mia.wait("What would come")
        assert mia.fits(), mia.at
        mia.send("Add this source", name="garages", provider="Stad Gent")
        mia.wait("the newest value is of")
        assert mia.fits(), mia.at
        drops(mia)
        mia.open("/en/start/source")
        mia.follow("Say who may see what")
        mia.send("See the change", OffStreetParking="open")
        written(mia, "Your city in 6 steps")
        mia.follow("Go on with: First indicator")
        assert mia.fits(), mia.at
        mia.send("Enter this number", indicator="unemployment")
        assert mia.fits(), mia.at
        answers = {"number-share": "4.1", "period": "2025", "grade": "survey", "source": "Our survey"}
        mia.send("See the result", **answers)
        assert "Is this right?" in mia.says and mia.fits(), mia.at
        mia.send("Keep it")
        mia.follow("On to: Colleagues")
        mia.send("Make an invitation", mail="jan@city.example", roles=["data-officer"])
        assert "Send this to jan@city.example yourself." in mia.says and mia.fits()
        mia.open("/en/start")
        assert "All is done." in mia.says and mia.fits()
        assert not mia.page.complaints


def comes_in(mia: Phone, invitation: str) -> None:
    mia.open(invitation)
    mia.send("Make my account", name="Mia", password="a sentence of mine")
    secret = str(mia.page.run("document.querySelector('[name=secret]').value"))
    mia.send("Go on", code=pyotp.TOTP(secret).now())
    assert "Welcome, Mia." in mia.says


def written(mia: Phone, title: str) -> None:
    """From the page that shows the change to that of the next step."""
    assert mia.fits(), mia.at
    mia.send("Write this")
    assert "It is written to hanze.toml, and counts from now on." in mia.says
    assert mia.page.run("document.querySelector('h1').innerText") == title
    assert mia.fits(), mia.at


def drops(mia: Phone) -> None:
    mia.open("/en/data/drop")
    mia.send("Look at it", {"file": ("geluid.csv", NOISE.encode())})
    mia.follow("Correct this")
    assert mia.fits(), mia.at
    answers = {"type": "NoiseLevelObserved", "time": "tijd", "decimal": ",", "name 0": "", "name 2": "LAeq"}
    mia.send("Use this", **answers, **{"id": "urn:ngsi-ld:NoiseLevelObserved:{plek}", "kind 2": "number"})
    mia.send("Load all rows")
    mia.wait("All is loaded.")
