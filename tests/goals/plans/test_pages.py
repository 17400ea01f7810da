# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plans are drawn by form and read by everyone: before and after, and what other rooms can do with them."""

import json
import re
from typing import Any

import pytest
import shapely

from hanze.access import audit
from hanze.goals.pages.plans.asking import PLANNERS
from tests.explore.staff import Visitor
from tests.goals.land.making import cells
from tests.goals.plans.planned import Planned

pytestmark = pytest.mark.anyio

FIELDS = {"name": "Mill & homes", "use": "homes", "year": "2032", "status": "idea", "about": "Many <i>homes</i>."}
CORNERS = "\n".join(f"{x:.6f}, {y:.6f}" for x, y in shapely.get_coordinates(cells(7, 0, 13, 10))[:-1])
MILL = "/en/goals/plan?id=mill-homes"
DRAW = "/en/goals/plan/draw"


def seen(page: str) -> str:
    """What a person reads of the main part, what is closed left out."""
    main = page[page.index("<main") : page.index("</main")]
    main = re.sub(r"<details.*?</details>|<svg.*?</svg>", " ", main, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def row(page: str, what: str) -> tuple[str, str]:
    """Now and then of a row, with plain spaces."""
    page = page.replace("\u00a0", " ")
    found = re.search(rf">{what}(?:</a>)?</th>\s*<td[^>]*>(.*?)</td>\s*<td[^>]*>(.*?)</td>", page, re.DOTALL)
    assert found is not None, what
    return found[1], found[2]


async def drawn(visitor: Visitor, **fields: str) -> Any:
    return await visitor.post(DRAW, {**FIELDS, "corners": CORNERS, **fields})


async def test_a_plan_is_drawn_and_shows_what_would_come_of_it(town: Planned) -> None:
    async with town.visitor("innovation-officer") as officer:
        answer = await drawn(officer)
        assert (answer.status_code, answer.headers["location"]) == (303, MILL)
    async with town.visitor() as resident:
        page = await resident.ok(MILL)
    assert "<h1>Mill &amp; homes</h1>" in page and "Many &lt;i&gt;homes&lt;/i&gt;." in page
    assert "Homes, in 2032. How far it is: idea." in page and "simulated" not in seen(page)
    assert row(page, "New homes") == ("\u2013", "900\u20132,400")
    assert row(page, "Farmland in the city") == ("1.31 km²", "0.703 km²")
    assert row(page, "Urban edge") == ("\u2013", "2.0 km longer")
    assert row(page, "Green within 300 m, of those in the new homes") == ("\u2013", "50%")
    assert row(page, "A stop within 500 m, of those in the new homes")[1] == "18%"
    assert row(page, "Land of the city for homes and work") == ("25.0%", "55.0%")
    for line in audit.lines(town.store, limit=5):
        if line.act == "plan drawn":
            assert line.subject.endswith(":mill-homes")
            break
    else:
        raise AssertionError("no line in the audit")
    assert town.plan("mill-homes").facts.madeBy == "innovation-officer"


async def test_the_same_in_dutch(town: Planned) -> None:
    async with town.visitor("editor") as editor:
        await drawn(editor)
    async with town.visitor() as resident:
        page = await resident.ok("/nl/goals/plan?id=mill-homes")
        assert "Wonen, in 2032. Hoe ver het is: idee." in page
        assert row(page, "Nieuwe woningen") == ("\u2013", "900\u20132.400")
        assert row(page, "Stadsrand") == ("\u2013", "2,0 km langer")
        for path in ("plans", "plan?id=mill-homes", "land"):
            told = seen(await resident.ok(f"/nl/goals/{path}"))
            assert not re.search(r"urn:|None|SpatialPlan|LandUse|\{|20\d\d-\d\d-\d\d|[0-9a-f]{16}", told), told


async def test_only_some_roles_draw(town: Planned) -> None:
    for role in ("", "resident", "partner", "data-officer", "participation-officer"):
        async with town.visitor(role) as visitor:
            assert (await visitor.get(DRAW)).status_code != 200
            answer = await drawn(visitor)
            assert (
                answer.status_code in (303, 403)
                and "goals/plan" not in answer.headers.get("location", "").partition("?")[0]
            )
            assert "Draw a plan" not in await visitor.ok("/en/goals/plans")
    assert not [one for one in audit.lines(town.store, limit=50) if one.act == "plan drawn"]
    for role in PLANNERS:
        async with town.visitor(role) as visitor:
            assert (await visitor.get(DRAW)).status_code == 200


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        ({"corners": ""}, "corners", "Say where it lies"),
        ({"corners": "here"}, "corners", "One of the lines is no corner"),
        ({"corners": "{"}, "corners", "begins like GeoJSON"),
        ({"corners": "4 50\n4.1 50\n4.1 50.1"}, "corners", "outside of the city"),
        ({"around": "W"}, "around", "Say in one way"),
        ({"corners": "", "around": "W"}, "metres", "Say how large the circle is"),
        ({"corners": "", "around": "X", "metres": "100"}, "around", "Choose one of the answers"),
        ({"corners": "", "around": "W", "metres": "5"}, "metres", "Give a number of metres"),
        ({"year": "soon"}, "year", "Give a year"),
        ({"least": "-3"}, "least", "Give a whole number"),
        ({"name": ""}, "name", "Fill this in"),
        ({"use": "moor"}, "use", "Choose one of the answers"),
        ({"status": "done"}, "status", "Choose one of the answers"),
    ],
)
async def test_what_is_wrong_stands_beside_the_field_and_nothing_is_lost(
    town: Planned, fields: dict[str, str], field: str, told: str
) -> None:
    async with town.visitor("editor") as editor:
        answer = await drawn(editor, **fields)
    assert answer.status_code == 422
    problem = re.search(rf'id="{field}-wrong"[^>]*>([^<]*)<', answer.text)
    assert problem is not None and told in problem[1]
    assert "Many &lt;i&gt;homes&lt;/i&gt;." in answer.text
    typed = re.search(r'<textarea[^>]*name="corners"[^>]*>([^<]*)<', answer.text)
    assert typed is not None and typed[1].strip() == fields.get("corners", CORNERS)


async def test_a_circle_and_a_file_are_other_ways(town: Planned) -> None:
    square = json.dumps(
        {"type": "Feature", "properties": {}, "geometry": json.loads(shapely.to_geojson(cells(7, 0, 13, 10)))}
    )
    async with town.visitor("editor") as editor:
        answer = await editor.post(DRAW, {**FIELDS, "name": "Circle", "around": "E", "metres": "200"})
        assert answer.status_code == 303
        answer = await editor.post(
            DRAW, {**FIELDS, "name": "File"}, files={"file": ("a.geojson", square, "application/json")}
        )
        assert answer.status_code == 303
        answer = await editor.post(
            DRAW, {**FIELDS, "name": "Bad"}, files={"file": ("a.png", b"\x89PNG\r\n", "image/png")}
        )
        assert answer.status_code == 422 and 'id="file-wrong"' in answer.text
        answer = await editor.post(DRAW, FIELDS, files={"file": ("a.json", b"x" * ((4 << 20) + 1), "text/plain")})
        assert answer.status_code == 422 and "more than 4 MB" in answer.text
    outcome = town.plan("circle").outcome
    assert outcome is not None and outcome.effects.surface == pytest.approx(3.1416 * 0.04, rel=0.002)
    assert town.plan("file").shape.equals_exact(shapely.set_precision(cells(7, 0, 13, 10), 1e-7), 1e-9, normalize=True)


async def test_a_plan_is_changed_and_stays_where_it_is(town: Planned) -> None:
    async with town.visitor("editor") as editor:
        await drawn(editor, least="300", most="450")
        before = town.plan("mill-homes")
        page = await editor.ok(f"{DRAW}?id=mill-homes")
        assert ">Mill &amp; homes</a>" not in page and 'value="450"' in page
        fields = {
            name: _value(page, name)
            for name in ("name", "use", "year", "status", "about", "least", "most", "corners", "seen")
        }
        answer = await editor.post(f"{DRAW}?id=mill-homes", {**fields, "status": "decided"})
        assert answer.headers["location"] == MILL
        after = town.plan("mill-homes")
        assert after.facts.status == "decided" and after.shape.equals_exact(before.shape, 2e-6, normalize=True)
        # The page of which it was changed is an old one now.
        answer = await editor.post(f"{DRAW}?id=mill-homes", {**fields, "status": "built"})
        assert answer.status_code == 409 and "Somebody changed this plan meanwhile" in answer.text
        assert (await editor.get(f"{DRAW}?id=nothing")).status_code == 404
    assert row(await _read(town, MILL), "New homes") == ("\u2013", "300\u2013450")


def _value(page: str, name: str) -> str:
    """What a field of the form holds."""
    if name in ("use", "status"):
        found = re.search(rf'name="{name}" value="([^"]*)" checked', page)
    elif name in ("about", "corners"):
        found = re.search(rf'<textarea[^>]*name="{name}"[^>]*>([^<]*)<', page)
    else:
        found = re.search(rf'name="{name}"[^>]*?value="([^"]*)"', page, re.DOTALL)
    assert found is not None, name
    return found[1].replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")


async def _read(town: Planned, path: str) -> str:
    async with town.visitor() as visitor:
        return await visitor.ok(path)


async def test_other_rooms_offer_what_can_be_done_with_a_plan(town: Planned) -> None:
    async with town.visitor("editor") as editor:
        await drawn(editor)
    page = await _read(town, MILL)
    assert 'href="/en/challenge?about=urn%3Angsi-ld%3ASpatialPlan%3Agriddam%3Amill-homes">Open a challenge</a>' in page
    assert "Start a process" not in page and "Mend it" not in page
    async with town.visitor("participation-officer") as officer:
        assert "Start a process" in await officer.ok(MILL)


async def test_a_plan_that_is_not_worked_out_says_so(town: Planned) -> None:
    town.drawn()
    page = await _read(town, "/en/goals/plan?id=mill")
    assert "is being worked out" in page and "Before and after" not in page
    async with town.visitor() as visitor:
        assert (await visitor.get("/en/goals/plan?id=nothing")).status_code == 404


async def test_all_plans_stand_in_a_list_and_as_data(town: Planned) -> None:
    async with town.visitor("editor") as editor:
        await drawn(editor)
    page = await _read(town, "/en/goals/plans")
    assert (
        'href="/en/goals/plan?id=mill-homes">Mill &amp; homes</a> <strong>idea</strong><p>Homes, 2032, 60\u00a0ha</p>'
        in page
    )
    async with town.visitor() as visitor:
        places = (await visitor.get("/en/goals/plans.geojson")).json()["features"]
        rows = (await visitor.get("/en/goals/plans.csv")).text.splitlines()
    assert places[0]["properties"]["use"] == "homes" and places[0]["geometry"]["type"] == "Polygon"
    assert rows[1].startswith("mill-homes,Mill & homes,homes,2032,idea,0.60")


async def test_without_plans_and_maps_the_pages_say_what_comes(empty: Planned) -> None:
    async with empty.visitor() as visitor:
        assert "No plans yet" in await visitor.ok("/en/goals/plans")
        assert (await visitor.get("/en/goals/land")).status_code == 404
