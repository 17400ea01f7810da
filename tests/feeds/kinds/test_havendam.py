# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Havendam as a source: the town at once, its history month by month, the present each five minutes, and what was missed."""

from collections.abc import Mapping

import numpy as np
import pytest

from hanze.errors import SourceFailed
from hanze.feeds.havendam import still, trips
from hanze.feeds.havendam.city import City
from hanze.feeds.havendam.clock import STEP
from hanze.feeds.havendam.diary import MONTH
from hanze.feeds.kinds.havendam import Havendam
from hanze.feeds.source import Feed, Found, Option, Progress, State
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.outgoing import Response
from tests.feeds.kinds.reading import value

pytestmark = pytest.mark.anyio

NOW = 5_900_000 * STEP
MINUTE = 60_000_000


async def nobody(url: str, headers: Mapping[str, str] = {}, *, most_bytes: int = 0) -> Response:
    raise AssertionError(f"{url} was asked")


def feed(**options: Option) -> Feed:
    return Feed("havendam", "simulated:havendam", name="havendam", options=options)


async def look(state: State, now: int, **options: Option) -> tuple[Found, State]:
    return await Havendam().look(feed(**options), state, nobody, now)


def town(seed: int, moment: int) -> list[Entity]:
    """All that moves in the town, trips that ended before too."""
    return [*City(seed).now(moment), *City(seed).buses(moment)]


def moments(found: Found) -> list[int]:
    """Of what sensors told."""
    return sorted({at for one in found.series if one.attribute != CORE.expand("delay") for at in one.moments})


async def test_the_town_is_there_at_once_then_its_history_from_the_newest_month_on() -> None:
    found, state = await look({}, NOW, months=2, seed=7)
    assert found.entities == [*town(7, NOW), *still.entities()]
    assert (found.series, found.again, found.progress) == ([], NOW, Progress(0, 2))
    found, state = await look(state, NOW + 1, months=2, seed=7)
    assert (found.entities, found.progress, found.again) == ([], Progress(1, 2), NOW + 1)
    assert (moments(found)[0] >= NOW - MONTH, len(moments(found))) == (True, 730)
    assert {one.attribute for one in found.series} > {CORE.expand("no2"), CORE.expand("intensity")}
    assert all(one.template["unitCode"] and one.type.startswith("http") for one in found.series)
    found, state = await look(state, NOW + 2, months=2, seed=7)
    assert (moments(found)[-1] < NOW - MONTH, found.progress, found.again) == (True, None, NOW + STEP)
    found, state = await look(state, NOW + STEP, months=2, seed=7)
    assert (found.entities, found.series, found.observed) == (City(7).now(NOW + STEP), [], NOW + STEP), (
        "no bus drives at night"
    )


async def test_while_the_history_comes_the_present_goes_on() -> None:
    _, state = await look({}, NOW)
    found, _ = await look(state, NOW + 2 * STEP)
    assert [value(one, "simulated") for one in found.entities] == [True] * len(found.entities)
    assert len(found.entities) == 2 * len(City(1).now(NOW))
    assert found.series and found.progress == Progress(1, 18)


async def test_what_stands_still_is_told_once_and_again_where_it_changed() -> None:
    standing = {one.id for one in still.entities()}
    found, state = await look({}, NOW, months=0)
    assert standing <= {one.id for one in found.entities}
    found, _ = await look(state, NOW + STEP, months=0)
    assert standing.isdisjoint(one.id for one in found.entities)
    # As a node has it that was begun when other stops were drawn.
    found, state = await look({**state, "still": "another"}, NOW + STEP, months=0)
    assert found.entities == [*town(1, NOW + STEP), *still.entities()]
    found, _ = await look(state, NOW + STEP + 1, months=0)
    assert found.entities == []


async def test_a_bus_is_told_while_it_drives_and_its_history_by_the_day() -> None:
    evening = NOW + 162 * STEP
    _, state = await look({}, evening - STEP, months=1)
    found, state = await look(state, evening, months=1)
    assert found.entities == [*City(1).now(evening), *City(1).buses(evening, under_way=True)]
    assert any(one.id.startswith("urn:ngsi-ld:GtfsTrip:") for one in found.entities)
    late = [one for one in found.series if one.attribute == CORE.expand("delay")]
    assert len(late) == len(trips.trips()) and {one.type for one in late} == {CORE.expand("GtfsTrip")}
    assert all(20 <= len(one.moments) <= 31 for one in late)


async def test_what_was_missed_is_told_by_the_hour() -> None:
    _, state = await look({}, NOW, months=0)
    later = NOW + 30 * 12 * STEP
    found, state = await look(state, later, months=0)
    assert found.entities == town(1, later)
    assert (
        moments(found) == [NOW + hour * 12 * STEP - NOW % (12 * STEP) for hour in range(1, 31)][: len(moments(found))]
    )
    assert len(moments(found)) in (29, 30)
    found, _ = await look(state, later + 1, months=0)
    assert (found.entities, found.series, found.again) == ([], [], later // STEP * STEP + STEP)


async def test_a_pilot_changes_what_is_told_from_its_start_on_and_nothing_before() -> None:
    _, state = await look({}, NOW, months=0)
    pilot = "intensity -50% from 2027-01-01"
    start = 1798758000 * 1_000_000
    assert start > NOW
    _, state = await look(state, NOW + STEP, months=0, pilots=[pilot])
    found, state = await look(state, start + 3600_000_000, months=0, pilots=[pilot])
    flows = {one.id: one for one in found.series if one.attribute == CORE.expand("intensity")}
    later = start + 3600_000_000
    plain = {one.id: one for one in City(1).hours(later - MONTH, later) if one.attribute == "intensity"}
    for id, one in flows.items():
        times, told, other = np.array(one.moments), np.array(one.values), np.array(plain[id].values)
        assert np.array_equal(told[times < start], other[times < start])
    now = {one.id: value(one, "intensity") for one in found.entities}
    usual = {one.id: value(one, "intensity") for one in City(1).now(start + 3600_000_000)}
    counted = [(now[id], usual[id]) for id in flows if now[id] is not None]
    assert sum(one for one, _ in counted) < 0.6 * sum(other for _, other in counted)


@pytest.mark.parametrize(
    ("options", "told", "advice"),
    [
        ({"sead": 1}, "The options of the source are wrong", "havendam knows seed, months, pilots"),
        ({"months": -1}, "`int` >= 0", "Mend"),
        ({"pilots": ["no2 -5%"]}, "pilots, line 1: 'no2 -5%' is no effect; write it such as:", "Mend [options]"),
    ],
)
async def test_wrong_options_are_told(options: dict[str, Option], told: str, advice: str) -> None:
    with pytest.raises(SourceFailed) as found:
        await look({}, NOW, **options)
    assert told in found.value.detail and advice in found.value.advice


async def test_what_does_not_fit_to_what_is_there_is_told() -> None:
    _, state = await look({}, NOW)
    with pytest.raises(SourceFailed, match="was told with 1"):
        await look(state, NOW, seed=2)
    with pytest.raises(SourceFailed, match=r"pilots, line 1: it begins at 2020-.*the past is not told anew"):
        await look(state, NOW, pilots=["no2 -5% from 2020-01-02"])
