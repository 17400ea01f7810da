# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of the land: what became what between two maps, by hand on a grid of hectares."""

import re

import msgspec
import pytest

from hanze.goals.keeping import areas
from tests.goals.plans.planned import AREAS, NEW, OLD, Planned
from tests.goals.plans.test_pages import seen

pytestmark = pytest.mark.anyio


async def read(town: Planned, path: str = "/en/goals/land") -> str:
    async with town.visitor() as visitor:
        return await visitor.ok(path)


def cells(page: str, first: str) -> list[str]:
    """The cells of a row of the matrix, which is the last table."""
    table = page[page.rindex("<table>") : page.rindex("</table>")]
    found = re.search(rf'<th scope="row">{first}</th>(.*?)</tr>', table, re.DOTALL)
    assert found is not None
    return re.findall(r"<td[^>]*>([^<]*)</td>", found[1])


async def test_what_became_what_is_told(town: Planned) -> None:
    page = await read(town)
    told = seen(page)
    assert "10 ha of farmland became something else." in told
    assert "was 1.0 km long and is 1.0 km now. It moved out by 100 m on average." in told
    # Homes, farmland, nature, and all together; a cell of the grid is a hectare.
    assert cells(page, "Homes") == ["0.40", "", "", "0.40"]
    assert cells(page, "Farmland") == ["0.10", "1.31", "", "1.41"]
    assert cells(page, "Nature and parks") == ["", "", "0.20", "0.20"]
    assert cells(page, "Together") == ["0.50", "1.31", "0.20", "2.01"]
    assert "simulated" not in told
    assert "2020 0.402\u00a0km², 2025 0.502\u00a0km²" in page


async def test_an_area_has_its_own(town: Planned) -> None:
    page = await read(town, "/en/goals/land?area=E")
    assert "<h1>The land of Oostveld</h1>" in page and "No farmland was lost." in page
    assert "urban edge, where homes" not in seen(page)
    async with town.visitor() as visitor:
        for path in ("?area=X", "?area=E&since=1999&until=2025", "?since=2025&until=2020"):
            assert (await visitor.get(f"/en/goals/land{path}")).status_code == 404


async def test_any_two_years_are_compared(town: Planned) -> None:
    assert "Which years?" not in await read(town)
    town.map(2026, OLD)
    page = await read(town)
    assert "from 2025 to 2026" in page and "moved in by 100" in page and "10 ha of new farmland came." in seen(page)
    page = await read(town, "/en/goals/land?since=2020&until=2026")
    assert "No farmland was lost." in page
    assert 'aria-current="true">2020\u20132026</a>' in page


async def test_one_map_tells_what_there_is(empty: Planned) -> None:
    placed = areas.placed([], AREAS).areas
    empty.store.submit(lambda uow: areas.write(uow, "griddam", placed, [], {})).result()
    assert "No map of the land yet" in await read(empty)
    empty.map(2025, NEW)
    page = await read(empty)
    assert "There is one map only" in page and "What became what" not in page


async def test_the_same_as_data(town: Planned) -> None:
    async with town.visitor() as visitor:
        rows = (await visitor.get("/en/goals/land.json")).json()
    found = {(one["before"], one["after"]): one["km2"] for one in rows}
    assert found["farmland", "homes"] == pytest.approx(0.1004, abs=1e-3)
    assert {(one["since"], one["until"], one["area"]) for one in rows} == {(2020, 2025, "C")}
    assert sum(found.values()) == pytest.approx(2.008, abs=1e-2)


async def test_made_up_land_says_so(empty: Planned) -> None:
    placed = areas.placed([], [msgspec.structs.replace(one, simulated=True) for one in AREAS]).areas
    empty.store.submit(lambda uow: areas.write(uow, "griddam", placed, [], {})).result()
    empty.map(2025, NEW)
    assert "These data are simulated" in await read(empty)
