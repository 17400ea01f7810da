# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A resident with a telephone finds the neighbourhood, is told by mail what is new there, and stops it again."""

import re
from pathlib import Path

import msgspec

from hanze.cli.demo import town
from hanze.ngsild import times
from hanze.node import clock
from tests.browser import browser, needs_chromium
from tests.explore.test_now import MACHINE
from tests.running import Node, hanze, running, until
from tests.walks.phone import Phone

DAY = 25 * 3_600_000_000


@needs_chromium
def test_a_resident_is_told_of_a_place_in_the_neighbourhood(tmp_path: Path) -> None:
    folder = tmp_path / "havendam"
    town.make(folder, 0)
    with browser() as chromium:
        with running(folder, open=False) as node:
            until(lambda: "AirQualityObserved" in node.client.get("/ngsi-ld/v1/types").text, "the town is there", 60)
            phone = Phone(chromium.page("about:blank", width=390, height=844), node.address)
            thing = asks(phone)
            says_yes(phone)
            changes(node, thing)
            node.stop()
        a_day_passes(folder)
        with running(folder, open=False) as node:
            phone.address = node.address
            told(phone)


def calm(phone: Phone) -> str:
    """What the page says, which is for people and fits on the telephone. A unit is no name of a machine."""
    says = phone.says
    found = MACHINE.search(says.replace("dB", ""))
    assert found is None, f"{phone.at} says {found}"
    assert phone.fits(), phone.at
    return says


def asks(phone: Phone) -> str:
    """From the front page to the question; the id of the place, which the address holds and no page says."""
    phone.open("/en/")
    assert "What is going on in Havendam?" in calm(phone)
    phone.send("Find", q="Oude Rede")
    assert phone.page.run("document.querySelector('h1').innerText") == "Oude Rede"
    assert "Neighbourhoods" not in calm(phone)
    first = phone.page.run("document.querySelector('.tidings a').innerText.trim()")
    phone.follow(first)
    assert first in calm(phone)
    phone.follow("Tell me when something changes here")
    assert f"You get a mail when something is new about: {first}." in calm(phone)
    thing = str(phone.page.run("new URLSearchParams(location.search).get('thing')"))
    phone.send("Tell me by mail", mail="ann@example.org")
    assert "ann@example.org" in phone.says
    return thing


def mail(phone: Phone, subject: str) -> str:
    """The newest mail of the demonstration, which nobody gets, with its links."""
    phone.open("/en/demo/mails")
    assert subject in phone.says
    return str(phone.page.run("document.querySelector('.letter').innerText"))


def says_yes(phone: Phone) -> None:
    found = re.search(r"http\S+/follow/yes\S+", mail(phone, "ann@example.org"))
    assert found is not None
    phone.open(found[0])
    calm(phone)
    phone.send("Yes, tell me")
    calm(phone)


def changes(node: Node, thing: str) -> None:
    """A sensor says something new."""
    key = hanze("key", "create", "--role", "writer", "--name", "sensor", "--folder", node.folder)
    found = re.search(r"hz_\S+", key.out)
    assert found is not None
    name = {"type": "Property", "value": "Closed until Monday"}
    node.ok("POST", f"/entities/{thing}/attrs", {"description": name}, authorization=f"Bearer {found[0]}")


def a_day_passes(folder: Path) -> None:
    """While the node does not run, its clock is put forward."""
    now = times.system()
    (folder / clock.FILE).write_bytes(msgspec.json.encode(clock.Mark(now, now + DAY, 1.0, now + DAY)))


def told(phone: Phone) -> None:
    subject = "What is new about what you follow"

    def there() -> bool:
        phone.open("/en/demo/mails")
        return subject in phone.says

    until(there, "the mail with the news is there")
    letter = mail(phone, subject)
    assert "Closed until Monday" in letter
    found = re.search(r"Stop all of them: (http\S+)", letter)
    assert found is not None
    phone.open(found[1])
    calm(phone)
    phone.send("Stop these mails")
    calm(phone)
    phone.open(found[1])
    assert phone.page.run("document.querySelectorAll('main button').length") == 0
    assert not phone.page.complaints
