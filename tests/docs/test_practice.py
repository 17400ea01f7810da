# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A developer does as the page about practice data says, on a node that runs: page, key, curl, data, file."""

import html
import os
import re
from pathlib import Path

import httpx2

from hanze.experiments.agreements import signing
from hanze.experiments.agreements.terms import Attribute, Part
from hanze.experiments.organisations import keeping as organisations
from hanze.feeds.havendam.city import City
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.node.vaults import VAULTS
from hanze.store import sqlite
from hanze.store.base import UnitOfWork
from hanze.web import cookies
from hanze.web.forms import guard
from hanze.web.people import people, sessions
from tests.docs.reading import DOCS, NODE, blocks, call, commands, send
from tests.experiments.agreements.making import ZONE, changed
from tests.experiments.agreements.place import LAB
from tests.experiments.practice.test_tabling import write
from tests.running import hanze, running, until

PAGE = "how-to/practice-data.md"
SITE = "/en/practice?agreement=quiet"

WEEKS = 9
WEEK = 7 * 86_400_000_000

TERMS = changed(
    data=(Part("AirQualityObserved", (Attribute("no2"), Attribute("pm10"))),), area="", starts="2026-01-01", ends="2099-12-31"
)  # fmt: skip


def test_a_developer_reads_practice_data(tmp_path: Path) -> None:
    assert hanze("init", "my-city", cwd=tmp_path).code == 0
    folder = tmp_path / "my-city"
    token = offered(folder)
    things, course = lines()
    with running(folder, open=False) as node, httpx2.Client(base_url=node.address, timeout=60) as partner:
        partner.cookies.set(cookies.SESSION, token)
        form = {"form-token": guard.token(token)}
        assert partner.post(SITE, data={**form, "act": "make"}).status_code == 303
        until(lambda: "Your first call" in partner.get(SITE).text, "they are made", 120)
        page = html.unescape(partner.post(SITE, data={**form, "name": "program"}).text)
        key = re.findall(r"hz_[\w-]{40,}", page)[0]
        for line in (things, course):
            assert plain(line.replace("hz_…", key).replace(NODE, node.address)) in plain(page)
        found = send(call(commands(things.replace("hz_…", key))[0]), node.address)
        assert found.headers["ngsild-tenant"] == "practice-quiet" and len(found.json()) == 3
        assert {one["simulated"]["value"] for one in found.json()} == {True}
        assert all(one["id"].partition("practice-")[2] for one in found.json())
        course = plain(course).replace("timeAt=", "timeAt=2020-01-01T00:00:00Z")
        went = send(call(commands(course.replace("hz_…", key))[0]), node.address).json()
        assert [len(one["no2"]) for one in went] == [24] * 3
        asked = f"{node.address}/ngsi-ld/v1/entities?type=AirQualityObserved"
        assert httpx2.get(asked, headers={"X-API-Key": key}).json() == [], "the real ones stay closed"
        assert httpx2.get(asked, headers={"NGSILD-Tenant": "practice-quiet"}).status_code == 404
        assert partner.get(SITE.replace("practice?", "practice.zip?")).content[:2] == b"PK"


def plain(text: str) -> str:
    """Without the moment, which is another one each day."""
    return re.sub(r"timeAt=[\dTZ:-]+", "timeAt=", text)


def lines() -> list[str]:
    """Those of the page that are typed."""
    return re.findall(r"curl .*", (DOCS / PAGE).read_text("utf-8"))


def test_a_file_is_made_as_the_page_says(tmp_path: Path) -> None:
    (asked,) = commands(blocks(PAGE)[-1])
    write(tmp_path / "no2.csv")
    made = hanze(*asked[1:], cwd=tmp_path)
    assert made.code == 0 and (tmp_path / "practice.csv").is_file(), made.err


def offered(folder: Path) -> str:
    """An agreement that was offered to an organisation, over air of three stations; the session of who speaks for it."""
    store = sqlite.open(folder, clock=times.system, vaults=VAULTS)
    now = times.system()
    ids = [one.id for one in City().now(now) if "AirQualityObserved" in one.types[0]][:3]

    def work(uow: UnitOfWork) -> str:
        for one in City().hours(now - WEEKS * WEEK, now):
            if one.id in ids:
                type, name = CORE.expand(one.type), CORE.expand(one.attribute)
                uow.observe("", one.id, [type], name, one.template, one.moments, one.values)
        id = f"urn:ngsi-ld:DataAgreement:{CODE}:quiet"
        signing.draft(uow, id, TERMS, "officer")
        signing.offer(uow, id, "officer", ZONE)
        made = people.make(
            uow, os.urandom, mail="dev@lab.example", name="Dev", roles=("partner",), language="en", by="test"
        )
        organisations.save(uow, LAB, "test")
        organisations.join(uow, LAB.id, made.id, "test")
        return sessions.begin(uow, os.urandom, made.id, staff=made.staff, agent="test")[0]

    token = store.submit(work).result()
    store.close()
    return token


CODE = "my-city"
"""Of the city that hanze init makes."""
