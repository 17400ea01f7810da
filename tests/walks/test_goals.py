# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A resident goes from the neighbourhood over a goal to the hour of a sensor, takes it along, and checks the number; an officer
enters a number, which stands on its page soon after."""

import csv
import io
from collections.abc import Iterator

import pytest

from hanze.cli.demo import town
from tests.browser import browser, needs_chromium
from tests.explore.test_now import MACHINE
from tests.running import Node, running, until
from tests.walks.cities import come_in, invited
from tests.walks.person import Person
from tests.walks.phone import Phone

NUMBER = "Full waste containers"

LINK = "[...document.querySelectorAll('a')].find((one) => one.innerText.trim().startsWith(%r))"


@pytest.fixture(scope="module")
def havendam(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """The demonstration with two months of history and the values of its indicators."""
    folder = tmp_path_factory.mktemp("goals") / "havendam"
    town.make(folder, 2)
    with running(folder, open=False) as node:
        until(lambda: valued(node), "the numbers are worked out", 150)
        yield node


def valued(node: Node) -> bool:
    return "of 100 points" in node.client.get("/en/goals/goal?number=12").text


@needs_chromium
def test_a_resident_goes_from_the_neighbourhood_to_the_hour_of_a_sensor_and_checks_the_number(havendam: Node) -> None:
    with browser() as chromium:
        phone = Phone(chromium.page("about:blank", width=390, height=844), havendam.address)
        phone.open("/en/")
        phone.send("Find", q="Vismarkt")
        calm(phone, "Your neighbourhood")
        follow(phone, "How Vismarkt")
        calm(phone, "Vismarkt", "Liveable", NUMBER)
        goal(phone)
        here = phone.at
        hours(phone)
        phone.open(here)
        checked(phone)


def goal(phone: Phone) -> None:
    """From the number of the neighbourhood to its goal, from there to that of the city, and back to the neighbourhood."""
    phone.follow(NUMBER)
    calm(phone, NUMBER, "Vismarkt", "so far", "simulated")
    follow(phone, "12 Responsible")
    calm(phone, "Responsible consumption and production", "The numbers behind it")
    phone.follow(NUMBER)
    calm(phone, "Where it is better, and where worse")
    phone.follow("Vismarkt")
    calm(phone, "The same in Oude Rede")


def hours(phone: Phone) -> None:
    """One of the containers, hour by hour, as a table of one's own."""
    phone.page.run("document.querySelector('.across a').id = 'sensor'")
    name = str(phone.page.run("document.querySelector('#sensor').innerText.trim()"))
    phone.follow(name)
    assert "How it went: How full" in phone.says
    file = phone.page.run(
        "fetch([...document.querySelectorAll('#history a')].find((a) => a.innerText === 'CSV').href).then((r) => r.text())"
    )
    rows = list(csv.DictReader(io.StringIO(str(file))))
    assert len(rows) > 100 and all(0 <= float(row["value"]) <= 1 for row in rows)


def checked(phone: Phone) -> None:
    phone.page.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    phone.follow("Have it worked out once more")
    calm(phone, "Check a number")
    phone.send("Work it out once more")
    calm(phone, "The number is right")


def follow(phone: Phone, begins: str) -> None:
    """The link that begins so."""
    phone.follow(str(phone.page.run(f"{LINK % begins}.innerText.trim()")))


def calm(phone: Phone, *said: str) -> None:
    """The page says this, is for people, and fits on the telephone. A unit is no name of a machine."""
    found = MACHINE.search(phone.says.replace("dB", ""))
    assert found is None, f"{phone.at} says {found}"
    assert phone.fits(), phone.at
    for one in said:
        assert one in phone.says, f"{phone.at} does not say {one!r}: {phone.says}"


def test_an_officer_enters_a_number_by_form(havendam: Node) -> None:
    with Person(havendam.address) as mia:
        invitation = invited(havendam, "mia@havendam.example", "data-officer")
        come_in(mia, invitation, "Mia", "a sentence of mine", ("Make my account", "Go on"))
        mia.open("/en/goals/indicator?code=women-council")
        before = mia.says
        mia.open("/en/goals/enter?indicator=women-council")
        names = {"number-women": "10", "number-seats": "31"}
        mia.send("See the result", **names, period="2026", grade="measured", source="List of the council")
        assert "Is this right?" in mia.says and "32%" in mia.says
        mia.send("Keep it")
        assert "It is kept." in mia.says
    assert "32%" not in before

    def stands() -> bool:
        return "32%" in havendam.client.get("/en/goals/indicator?code=women-council").text

    until(stands, "the number stands on its page", 90)
