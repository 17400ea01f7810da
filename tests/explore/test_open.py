# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages for residents and officers: the sources, what one may see, and who read what."""

import csv
import io
import os

import pytest

from hanze.access import agreed, keys
from hanze.access.agreed import Agreed
from hanze.ngsild.context import CORE
from hanze.store.scope import Grant
from hanze.web.people.roles import ROLES
from tests.explore.conftest import Pages
from tests.explore.reading import links, text
from tests.explore.staff import LAMP, Town
from tests.explore.test_now import MACHINE

pytestmark = pytest.mark.anyio

STAFF = ("data-officer", "administrator")


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("page", ["sources", "rules"])
async def test_pages_for_residents_do_not_speak_like_a_machine(pages: Pages, code: str, page: str) -> None:
    found = MACHINE.findall(text(await pages.ok(f"/{code}/{page}")).replace("GeoJSON", ""))
    assert not found


async def test_a_source_tells_what_it_brings_and_since_when(pages: Pages) -> None:
    html = await pages.ok("/en/sources")
    said = text(html)
    assert "Late: nothing new for a while" in said and "Connected since\n10 March 2026" in said
    assert links(html)["Air"] == "/en/data/type?type=AirQualityObserved"
    assert "Traffic" not in said
    rows = list(csv.DictReader(io.StringIO((await pages("/en/sources.csv")).text)))
    assert [row["name"] for row in rows] == ["havendam"] and "AirQualityObserved" in rows[0]["brings"]


@pytest.mark.parametrize("role", ["", *ROLES])
async def test_repairs_are_for_staff_who_oversee(town: Town, role: str) -> None:
    async with town.visitor(role) as visitor:
        said = text(await visitor.ok("/en/sources"))
    assert "Cannot be reached at the moment" in said and "1,234 messages" in said
    assert ("The server says 500. Tell who keeps it." in said) == (role in STAFF)


async def test_what_one_may_see_is_what_the_settings_say(town: Town) -> None:
    async with town.visitor() as visitor, town.visitor("data-officer") as officer:
        stranger, insider = text(await visitor.ok("/en/rules")), text(await officer.ok("/en/rules"))
    assert "Lamp" in stranger and "Trial (nothing there yet) : only Name" in " ".join(stranger.split())
    assert "Complaint" not in stranger and "Well" not in stranger
    assert "Well" in insider and "Restricted: Complaint" in insider.replace("\n", " ")


@pytest.mark.parametrize("role", ["", *ROLES])
async def test_who_read_what_is_for_who_oversees(town: Town, role: str) -> None:
    async with town.visitor() as reader, town.visitor(role) as visitor:
        await reader.ok(f"/en/data/thing?id={LAMP}&history=power")
        await reader.ok("/en/data/type?type=Lamp")
        await visitor.get(f"/en/data/thing?id={LAMP}")
        flushed = town.access.flush()
        assert flushed is not None
        flushed.result()
        answer = await visitor.get("/en/access-log")
        if role not in STAFF:
            assert answer.status_code in (401, 403)
            assert (await visitor.get("/en/access-log.json")).status_code in (401, 403)
            return
        said = text(answer.text)
        assert "everyone, without a key\nLamp\nPower\n1\n14:02" in said
        # Who has an account is called by name.
        assert f"{role}\nLamp\neverything\n1\n14:02" in said and "person:" not in said
        assert "10 March 2026" in said and "Next day" not in said
        before = text(await visitor.ok("/en/access-log?until=2026-03-09"))
        assert "Nothing was read on this day" in before and "Next day →" in before
        assert (await visitor.get("/en/access-log?until=x")).status_code == 400


async def test_calls_by_an_agreement_stand_in_it_in_words(town: Town) -> None:
    quiet = "urn:ngsi-ld:Agreement:havendam:quiet"
    made = Agreed(id=quiet, grants=(Grant(types=frozenset({CORE.expand("Lamp")})),), starts=0, ends=town.now + 1)
    town.store.submit(lambda work: agreed.put(work, made)).result()
    key, _ = town.store.submit(
        lambda work: keys.create(work, os.urandom, "test", "reader", name="noise lab", agreement=quiet)
    ).result()
    async with town.visitor() as reader, town.visitor("data-officer") as officer:
        asked = await reader.client.get(f"/en/data/thing.json?id={LAMP}", headers={"x-api-key": key})
        assert asked.status_code == 200
        flushed = town.access.flush()
        assert flushed is not None
        flushed.result()
        said = text(await officer.ok("/en/access-log"))
        assert f"noise lab ({key[keys.ID]}), by an agreement\nLamp\neverything\n1\n14:02" in said
        assert "by an agreement\nall requests together, also those that were refused" in said and quiet not in said
        told = (await officer.get("/en/access-log.json")).json()
        assert {(one["reads"], one["calls"]) for one in told if one["agreement"] == quiet} == {(1, 0), (0, 1)}
