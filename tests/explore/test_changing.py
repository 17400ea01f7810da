# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changing a thing by its form: what is typed is read by its kind, all else stays; taking back; and who may do so."""

import html
import re

import pytest

from hanze.access import audit
from hanze.ngsild import operations
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.store.base import UnitOfWork
from hanze.web.people.roles import ROLES
from tests.explore.reading import text
from tests.explore.staff import FEED, LAMP, MINUTE, SECRET, WELL, Town, Visitor

pytestmark = pytest.mark.anyio

FORM = f"/en/data/change?id={LAMP}"


def fields(page: str) -> dict[str, str]:
    """What the form says before anything is typed."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page, re.S):
        told = {name: html.unescape(value) for name, value in re.findall(r'([a-z-]+)="([^"]*)"', tag)}
        if "name" in told and (told.get("type") != "radio" or " checked" in tag):
            found[told["name"]] = told.get("value", "")
    return found


async def changed(visitor: Visitor, **typed: str) -> "tuple[int, str]":
    before = fields(await visitor.ok(FORM))
    answer = await visitor.post(FORM, {**before, **{name.replace("_at_", "@"): value for name, value in typed.items()}})
    return answer.status_code, answer.text


async def test_only_what_was_typed_changes_and_unit_and_time_stay(town: Town) -> None:
    before = town.thing(LAMP)
    async with town.visitor("data-officer") as visitor:
        assert (await changed(visitor, power="14,25"))[0] == 303
    after = town.thing(LAMP)
    power = after.attributes[CORE.expand("power")][0]
    assert (power["value"], power["unitCode"], power["observedAt"]) == (14.25, "KWT", "2026-03-10T12:00:00Z")
    others = {name: one for name, one in before.attributes.items() if name != CORE.expand("power")}
    assert {name: one for name, one in after.attributes.items() if name != CORE.expand("power")} == others
    (line, *_) = audit.lines(town.store, limit=1)
    assert (line.act, line.subject, line.detail) == ("changed by form", LAMP, {"attributes": ["power"]})
    assert line.principal.startswith("person:")


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("name", "Lamp of the bridge", "Lamp of the bridge"),
        ("poles", "4", 4),
        ("lit", "false", False),
        ("placed", "2021-01-01T00:00:00Z", {"@type": "DateTime", "@value": "2021-01-01T00:00:00Z"}),
        ("told_at_nl", "zacht", {"en": "bright", "nl": "zacht"}),
        ("feeds", LAMP, LAMP),
        ("location", "52.5 / 4.5", {"type": "Point", "coordinates": [4.5, 52.5]}),
    ],
)
async def test_each_kind_of_value(town: Town, name: str, typed: str, value: object) -> None:
    async with town.visitor("administrator") as visitor:
        assert (await changed(visitor, **{name: typed}))[0] == 303
    assert town.value(LAMP, name.partition("_at_")[0]) == value
    assert type(town.value(LAMP, "poles")) is int


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("power", "much", "This is no number"), ("power", "1e999", "This is no number"), ("power", "nan", "This is no number"),
        ("power", "", "Fill this in"), ("lit", "perhaps", "Choose one of the answers"), ("placed", "soon", "This is no moment"),
        ("feeds", "the well", "This is no id"), ("location", "200 / 5", "This is no place"),
        ("location", "52,5", "This is no place"),
        ("name", "x" * 20_000, "This is too long"),
    ],
)  # fmt: skip
async def test_what_cannot_be_used_is_told_beside_the_field_and_nothing_is_lost(
    town: Town, name: str, typed: str, told: str
) -> None:
    before = town.thing(LAMP)
    async with town.visitor("data-officer") as visitor:
        status, page = await changed(visitor, **{"poles": "7", name: typed})
    assert status == 422 and told in page
    assert fields(page)["poles"] == "7"
    assert town.thing(LAMP) == before


async def test_what_somebody_else_changed_meanwhile_is_not_overwritten(town: Town) -> None:
    async with town.visitor("data-officer") as one, town.visitor("administrator") as other:
        before = fields(await one.ok(FORM))
        assert (await changed(other, power="20"))[0] == 303
        answer = await one.post(FORM, {**before, "power": "30", "poles": "9"})
        assert answer.status_code == 422 and "Somebody changed this meanwhile" in answer.text
        assert (town.value(LAMP, "power"), town.value(LAMP, "poles")) == (20, 3)
        # Another value of the thing is no reason.
        answer = await one.post(FORM, {**before, "poles": "9"})
    assert answer.status_code == 303 and town.value(LAMP, "poles") == 9


async def test_an_older_value_becomes_current_again_as_a_new_change(town: Town) -> None:
    page = f"/en/data/thing?id={LAMP}&history=name"
    async with town.visitor("data-officer") as visitor:
        town.now += MINUTE
        assert (await changed(visitor, name="Lamp of the bridge"))[0] == 303
        said = await visitor.ok(page)
        (number,) = re.findall(r'name="number" value="(\d+)"', said)
        town.now += MINUTE
        answer = await visitor.post("/en/data/undo", {"id": LAMP, "attribute": "name", "number": number})
        assert answer.status_code == 303, answer.text
        assert town.value(LAMP, "name") == "Lamp at the quay"
        assert audit.lines(town.store, limit=1)[0].act == "older value taken back"
        again = text(await visitor.ok(page))
        assert again.count("Lamp of the bridge") == 1 and again.count("Take back") >= 1
        # What was taken back can be taken back.
        (other, *_) = re.findall(r'name="number" value="(\d+)"', await visitor.ok(page))
        await visitor.post("/en/data/undo", {"id": LAMP, "attribute": "name", "number": other})
    assert town.value(LAMP, "name") == "Lamp of the bridge"


async def test_a_reading_that_is_taken_back_keeps_its_time(town: Town) -> None:
    def later(uow: UnitOfWork) -> None:
        before = uow.entity("", LAMP)
        assert before is not None
        name = CORE.expand("power")
        one = {**before.attributes[name][0], "value": 99.0, "observedAt": "2026-03-10T13:00:00Z"}
        uow.save("", operations.update(before, Entity(LAMP, [], {name: [one]}), uow.stamp))

    town.now += MINUTE
    await town.store.write(later)
    async with town.visitor("data-officer") as visitor:
        said = await visitor.ok(f"/en/data/thing?id={LAMP}&history=power")
        (number,) = re.findall(r'name="number" value="(\d+)"', said)
        await visitor.post("/en/data/undo", {"id": LAMP, "attribute": "power", "number": number})
    power = town.thing(LAMP).attributes[CORE.expand("power")][0]
    assert (power["value"], power["observedAt"], power["unitCode"]) == (12.5, "2026-03-10T12:00:00Z", "KWT")


@pytest.mark.parametrize("number", ["", "x", "-1", "99999999", "9" * 40])
async def test_a_value_that_is_not_there_cannot_be_taken_back(town: Town, number: str) -> None:
    async with town.visitor("data-officer") as visitor:
        answer = await visitor.post("/en/data/undo", {"id": LAMP, "attribute": "name", "number": number})
    assert answer.status_code in (400, 409)


@pytest.mark.parametrize("role", ["", *ROLES])
@pytest.mark.parametrize("id", [LAMP, WELL, SECRET, FEED])
async def test_who_may_change_what(town: Town, role: str, id: str) -> None:
    """What a room owns is changed by nobody; the rest by who has the right."""
    may = role in ("data-officer", "administrator") and id != FEED
    before = town.thing(id)
    address, name = f"/en/data/change?id={id}", {"name": "Another", "was name": town.value(id, "name")}
    async with town.visitor(role) as visitor:
        shown = await visitor.get(f"/en/data/thing?id={id}")
        assert ("Change this" in shown.text) == may
        statuses = {
            (await visitor.get(address)).status_code,
            (await visitor.post("/en/data/undo", {"id": id, "attribute": "name", "number": "1"})).status_code,
            (await visitor.post(address, name)).status_code,
        }
    if may:
        assert town.value(id, "name") == "Another"
    else:
        assert statuses <= {401, 403, 404, 409}
        assert town.thing(id) == before


async def test_a_form_of_another_site_changes_nothing(town: Town) -> None:
    async with town.visitor("data-officer") as visitor:
        before = fields(await visitor.ok(FORM))
        for headers, token in (
            ({"origin": "http://evil.example"}, visitor.token),
            ({}, "wrong"),
            ({"sec-fetch-site": "cross-site"}, visitor.token),
        ):
            told = {**before, "poles": "8", "form-token": token}
            assert (await visitor.client.post(FORM, data=told, headers=headers)).status_code == 403
    assert town.value(LAMP, "poles") == 3
