# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who had read the outcome before the plan was fixed: counts of the access log, and what it says that it cannot know."""

import msgspec
import pytest

from hanze.access.principal import ANYONE, OPERATOR, Principal
from hanze.experiments.trials import registered, seen
from hanze.experiments.trials.outcome import Loaded
from hanze.experiments.trials.seen import Seen
from hanze.ngsild.context import CORE
from hanze.ngsild.selection import Window
from tests.experiments.trials.place import CITY, DAY, LEVEL, NOISE, City, plan
from tests.experiments.trials.test_pages import OPEN, planned

pytestmark = pytest.mark.anyio

TYPE, ATTRIBUTE = CORE.expand(NOISE), CORE.expand(LEVEL)
INA, BO = (Principal(f"person:{name}", f"person:{name}", frozenset()) for name in ("ina", "bo"))
KEY = Principal("hz1", "Geluid BV", frozenset())


def read(
    city: City, who: Principal, *, past: bool = False, type: str = TYPE, attribute: str = ATTRIBUTE, tenant: str = ""
) -> None:
    names = ((type,) if type else (), (attribute,) if attribute else ())
    city.access.note_read(who, tenant, *names, period=Window() if past else None)


async def looked(city: City, fixer: str = "person:ina") -> Seen:
    done = city.access.flush()
    if done is not None:
        done.result()
    return seen.look(city.store, plan().outcome, city.now, fixer)


async def test_each_kind_of_reader_is_counted_and_nobody_is_named(city: City) -> None:
    for who, past in (
        (INA, True),
        (INA, False),
        (BO, False),
        (KEY, True),
        (KEY, True),
        (ANYONE, False),
        (OPERATOR, True),
    ):
        read(city, who, past=past)
    found = await looked(city)
    assert {one.who: (one.many, one.reads, one.past) for one in found.readers} == {
        "fixer": (1, 2, 1), "person": (1, 1, 0), "partner": (1, 2, 2), "visitor": (0, 1, 0), "operator": (1, 1, 1),
    }  # fmt: skip
    told = " ".join(one.said() for one in seen.told(found))
    assert "Geluid" not in told and "person:" not in told and "1 programs with a key had read it 2 times" in told
    assert "Geluid" not in str(msgspec.to_builtins(found))


async def test_only_reads_of_this_outcome_count_and_those_that_may_have_been_of_it(city: City) -> None:
    read(city, BO, type=CORE.expand("WeatherObserved"))
    read(city, BO, attribute=CORE.expand("temperature"))
    read(city, BO, tenant="other")
    assert (await looked(city)).readers == ()
    read(city, BO, type="", attribute="")
    read(city, BO, attribute="")
    assert (await looked(city)).readers[0].reads == 2


async def test_what_is_older_than_the_log_and_what_comes_later_is_not_there(city: City) -> None:
    now = city.now
    city.now = now - 400 * DAY
    read(city, BO)
    city.now = now + DAY
    read(city, BO)
    await looked(city)
    city.now = now
    assert (await looked(city)).readers == ()
    assert [one.said() for one in seen.told(await looked(city))] == [seen.NOBODY]


async def test_a_table_is_not_in_the_log_which_says_so(city: City) -> None:
    found = seen.look(city.store, Loaded(unit_column="a", time_column="b"), city.now, "")
    assert not found.logged and [one.said() for one in seen.told(found)] == [seen.NOT_LOGGED]
    assert len(seen.cannot()) == 5 and "365 days" in seen.cannot()[0].said()


async def test_a_claim_is_contradicted_by_what_the_fixer_read_of_the_past(city: City) -> None:
    read(city, INA)
    assert not seen.contradicts(await looked(city), "not accessed")
    read(city, INA, past=True)
    found = await looked(city)
    assert seen.contradicts(found, "not accessed") and not seen.contradicts(found, "analysed")


async def test_the_page_of_a_trial_is_such_a_read_and_stands_in_the_plan_that_is_fixed(city: City) -> None:
    city.at("2026-02-01")
    city.fixed()
    async with city.visitor("innovation-officer") as ina, city.visitor() as anyone:
        await anyone.ok("/nl/trial?id=stil")
        assert (await ina.post("/nl/trials/new", OPEN)).status_code == 303
        await planned(ina, "stille-straat")
        await anyone.ok("/nl/trial.csv?id=stil")
        assert (await ina.post("/nl/trial/fix?id=stille-straat", {})).status_code == 303
        assert "Visitors without an account had read it 2 times" in await ina.ok("/en/trial?id=stille-straat")
    [version] = registered.versions(city.store, CITY, "stille-straat")
    assert version.seen is not None
    assert [(one["who"], one["reads"], one["past"]) for one in version.seen["readers"]] == [("visitor", 2, 2)]
