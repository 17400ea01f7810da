# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The days on which clocks change, of 23 and of 25 hours: asked for by their own bounds they have all their hours, and no other."""

from zoneinfo import ZoneInfo

import pytest

from hanze.ngsild.calendar import period
from hanze.ngsild.times import parse, text
from tests.broker.conftest import Api
from tests.contract.making import iri

pytestmark = pytest.mark.anyio

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ID = "urn:ngsi-ld:Station:1"
HOUR = 3_600_000_000


@pytest.mark.parametrize(
    ("noon", "hours"), [("2026-03-29T12:00:00Z", 23), ("2026-07-01T12:00:00Z", 24), ("2026-10-25T12:00:00Z", 25)]
)
async def test_a_day_has_its_own_hours(api: Api, noon: str, hours: int) -> None:
    day = period("day", parse(noon), AMSTERDAM)
    moments = [day.start + number * HOUR for number in range(-5, hours + 5)]
    values = [float(number) for number in range(-5, hours + 5)]
    template = {"type": "Property", "unitCode": "GQ"}
    api.store.submit(lambda uow: uow.observe("", ID, [iri("Station")], iri("no2"), template, moments, values)).result()
    window = f"timerel=between&timeAt={text(day.start)}&endTimeAt={text(day.end)}"
    asked = f"{window}&options=aggregatedValues&aggrMethods=totalCount,avg,max&aggrPeriodDuration=PT{hours}H"
    found = (await api.ok("GET", f"/temporal/entities/{ID}?{asked}"))["no2"]
    bounds = [text(day.start), text(day.end)]
    assert found["totalCount"] == [[hours, *bounds]]
    assert found["avg"] == [[(hours - 1) / 2, *bounds]]
    assert found["max"] == [[float(hours - 1), *bounds]]


async def test_a_period_of_a_day_is_24_hours_on_every_day(api: Api) -> None:
    """A duration of ISO 8601 knows no zone: of a day of 25 hours one is left over, and told as a period of its own."""
    day = period("day", parse("2026-10-25T12:00:00Z"), AMSTERDAM)
    moments = [day.start + number * HOUR for number in range(25)]
    template = {"type": "Property"}
    api.store.submit(
        lambda uow: uow.observe("", ID, [iri("Station")], iri("no2"), template, moments, [1.0] * 25)
    ).result()
    window = f"timerel=between&timeAt={text(day.start)}&endTimeAt={text(day.end)}"
    asked = f"{window}&options=aggregatedValues&aggrMethods=totalCount&aggrPeriodDuration=P1D"
    found = (await api.ok("GET", f"/temporal/entities/{ID}?{asked}"))["no2"]["totalCount"]
    assert [one[0] for one in found] == [24, 1]
