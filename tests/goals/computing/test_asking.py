# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a receipt says was asked of the data can be asked of the API, and is answered with what the value was made of."""

from collections.abc import Iterator

import httpx2
import pytest

from hanze.access import Policy
from hanze.goals.computing.asking import queries
from hanze.goals.computing.compute import period
from hanze.goals.keeping.values import id_of
from hanze.goals.model import VALUE, ValueFacts
from hanze.http.limits import Limits
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING
from tests.broker.conftest import served
from tests.contract.conftest import Clock
from tests.goals import town

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = town.filled(tmp_path_factory.mktemp("asking"))
    yield store
    store.close()


async def test_each_query_of_a_receipt_is_answered(filled: Store) -> None:
    clock = Clock()
    clock.now = town.NOW
    app = served(filled, clock, Limits(), policy=Policy(open=True))
    asked = 0
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://city") as client:
        for code in town.KNOWN.indicators:
            entity = filled.get("", id_of(town.CITY, code, "HVD"), EVERYTHING)
            assert entity is not None
            facts = VALUE.facts_of(entity, ValueFacts)
            told = (facts.receipt or {})["queries"]
            assert told, code
            found = [await client.get(query) for query in told]
            assert all(one.is_success for one in found), (told, [one.text[:200] for one in found])
            assert any(one.json() for one in found) or facts.kpiValue is None, told
            asked += len(found)
    assert asked > 60


def test_an_earlier_period_is_asked_for_where_a_part_looks_back() -> None:
    one = town.KNOWN["waste-full"]
    (now,) = queries(one, period(one, town.NOW, town.ZONE), town.ZONE)
    assert now == (
        "/temporal/entities?type=WasteContainer&attrs=fillingLevel"
        "&timerel=between&timeAt=2026-02-28T23:00:00Z&endTimeAt=2026-03-31T22:00:00Z"
    )
