# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From one state to the next: what can follow, what cannot, and that a trial which nobody extends ends by itself."""

import msgspec
import pytest

from hanze.access import audit
from hanze.errors import BadRequestData, Conflict, ResourceNotFound
from hanze.experiments.model import EXPERIMENT, REGISTERED
from hanze.experiments.trials import changes, days, keeping, registered, running
from hanze.experiments.trials.deviation import Deviation
from hanze.experiments.trials.followup import FollowUp
from hanze.experiments.trials.runner import Trials
from hanze.ngsild.described import VOCABULARY
from hanze.ngsild.operations import replace
from hanze.store.base import UnitOfWork
from tests.experiments.trials.place import CITY, OFFICER, ZONE, City, plan

pytestmark = pytest.mark.anyio

STEP = FollowUp(what="buy", why="Het werkte.", owner="Inkoop", by="2026-06-01", budget=5000.0, route="several offers")


async def test_a_plan_is_fixed_and_changed_and_each_version_stays(city: City) -> None:
    city.at("2026-02-01")
    city.fixed()
    assert city.trial().status == "registered" and city.trial().facts.sunset == "2026-04-30"
    city.fixed(plan(bought=0.1), why="Meer budget.")
    found = registered.versions(city.store, CITY, "stil")
    assert [(one.number, one.plan.bought, one.why) for one in found] == [(1, 0.05, ""), (2, 0.1, "Meer budget.")]
    assert found[1].link.before == found[0].link.hash and registered.broken(found) == ()
    newest = registered.newest(city.store, CITY, "stil")
    assert newest is not None and newest.plan == plan(bought=0.1)


async def test_versions_that_come_at_one_moment_are_all_kept(city: City) -> None:
    for number in range(4):
        city.fixed(plan(bought=0.1 + number / 100))
    found = registered.versions(city.store, CITY, "stil")
    assert [one.number for one in found] == [1, 2, 3, 4] and registered.broken(found) == ()


async def test_what_is_changed_in_the_history_is_found(city: City) -> None:
    city.fixed()
    city.fixed(plan(bought=0.1))
    id = registered.id_of(CITY, "stil")

    def forge(uow: UnitOfWork) -> None:
        entity = uow.entity("", id)
        assert entity is not None
        told = {**entity.attributes}
        name = VOCABULARY + "plan"
        told[name] = [{**told[name][0], "json": msgspec.to_builtins(plan(bought=0.5))}]
        uow.save("", replace(entity, msgspec.structs.replace(entity, attributes=told), uow.stamp))

    city.store.submit(forge).result()
    told = [one.said() for one in registered.broken(registered.versions(city.store, CITY, "stil"))]
    assert told == ["Version 2 was changed after it was fixed: its hash is another one."]


async def test_a_version_that_is_dated_back_is_found_unless_it_is_made_up(city: City) -> None:
    city.fixed()
    found = registered.versions(city.store, CITY, "stil")
    back = [
        msgspec.structs.replace(
            found[0], link=msgspec.structs.replace(found[0].link, written=found[0].at + 86_400_000_000)
        )
    ]
    assert registered.broken(back) and not registered.broken(back, simulated=True)


@pytest.mark.parametrize(
    ("fixed", "second", "expected"),
    [
        ("2026-02-01", None, ["beforehand"]),
        ("2026-02-09", None, ["late"]),
        ("2026-02-01", ("2026-02-05", {"bought": 0.1}), ["beforehand", "before it began"]),
        # Whoever puts the first day later in a change after it began is not early by that.
        ("2026-02-01", ("2026-02-20", {"starts": "2026-03-01"}), ["beforehand", "after it began"]),
        ("2026-02-01", ("2026-05-20", {"bought": 0.1}), ["beforehand", "after it was over"]),
    ],
)  # fmt: skip
async def test_it_is_said_when_a_version_was_fixed(
    city: City, fixed: str, second: tuple[str, dict[str, object]] | None, expected: list[str]
) -> None:
    city.at(fixed)
    city.fixed()
    if second is not None:
        city.at(second[0])
        city.fixed(plan(**second[1]))
    found = changes.changed(registered.versions(city.store, CITY, "stil"), ZONE)
    assert [one.when for one in found] == expected
    assert found[-1].fields == (tuple(second[1]) if second else ()) and found[0].fields == ()
    assert found[-1].data == (expected[-1] in ("late", "after it began", "after it was over"))


async def test_it_begins_on_its_day_and_not_before(city: City) -> None:
    city.at("2026-02-01")
    city.fixed()
    with pytest.raises(Conflict, match="still to come"):
        city.store.submit(lambda uow: running.start(uow, CITY, "stil", plan(), ZONE, OFFICER)).result()
    city.at("2026-05-01")
    with pytest.raises(Conflict, match="is over"):
        city.store.submit(lambda uow: running.start(uow, CITY, "stil", plan(), ZONE, OFFICER)).result()
    city.at("2026-02-10")
    city.store.submit(lambda uow: running.start(uow, CITY, "stil", plan(), ZONE, OFFICER)).result()
    assert (city.trial().status, city.trial().facts.starts) == ("running", "2026-02-09")


async def test_a_trial_that_nobody_extends_ends_by_itself_on_its_day(city: City) -> None:
    city.started()
    runner = Trials(city.store, lambda: city.now, ZONE, CITY)
    assert await runner.look() == 0 and city.trial().status == "running"
    city.at("2026-04-30")
    assert await runner.look() == 0
    # A clock that runs fast may pass several days between two looks.
    city.at("2026-05-03")
    assert await runner.look() == 1 and await runner.look() == 0
    assert (city.trial().status, city.trial().facts.ended) == ("ended", "2026-04-30")
    assert (audit.lines(city.store, limit=1)[0].principal, audit.lines(city.store, limit=1)[0].act) == (
        "node",
        "end trial",
    )


async def test_an_extension_names_who_and_why_and_has_an_end(city: City) -> None:
    city.started()

    def extend(until: str, name: str = "Wethouder Jansen") -> None:
        by = msgspec.structs.replace(OFFICER, name=name)
        city.store.submit(lambda uow: running.extend(uow, CITY, "stil", until, "Zomer.", by)).result()

    for until in ("2026-05", "2026-05-32", "2026-05-30T10:00", "9", ""):
        with pytest.raises(BadRequestData, match="give a day after 2026-04-30"):
            extend(until)
    for name in ("", "  "):
        with pytest.raises(BadRequestData, match="name who extends"):
            extend("2026-06-30", name)
    extend("2026-06-30")
    assert (city.trial().facts.extended or {})["steps"][0]["by"] == "Wethouder Jansen"
    runner = Trials(city.store, lambda: city.now, ZONE, CITY)
    city.at("2026-05-03")
    assert await runner.look() == 0
    city.at("2026-07-01")
    assert await runner.look() == 1
    with pytest.raises(Conflict):
        extend("2026-09-30")


async def test_it_cannot_be_extended_beyond_the_room_it_was_given(city: City) -> None:
    room = {name: "x" for name in Deviation.__struct_fields__}
    city.opened(room={**room, "starts": "2026-02-09", "ends": "2026-05-31", "evaluated": "2026-06-01"})
    city.at("2026-02-01")
    city.fixed()
    city.at("2026-02-09")
    city.store.submit(lambda uow: running.start(uow, CITY, "stil", plan(), ZONE, OFFICER)).result()
    for until in ("2026-04-30", "2026-06-01"):
        with pytest.raises(BadRequestData, match="at the latest 2026-05-31"):
            city.store.submit(lambda uow: running.extend(uow, CITY, "stil", until, "x", OFFICER)).result()  # noqa: B023
    city.store.submit(lambda uow: running.extend(uow, CITY, "stil", "2026-05-31", "x", OFFICER)).result()


async def test_what_stops_it_is_kept_and_no_state_is_passed_over(city: City) -> None:
    city.started()
    with pytest.raises(Conflict, match="cannot become evaluated"):
        city.store.submit(lambda uow: running.judge(uow, CITY, "stil", "worked", {})).result()
    city.store.submit(
        lambda uow: running.stop(uow, CITY, "stil", ZONE, "Te luid.", OFFICER, kind="harm", look=3)
    ).result()
    stopped = city.trial().facts.stopped
    assert stopped is not None and (stopped["kind"], stopped["look"], city.trial().facts.ended) == (
        "harm",
        3,
        "2026-03-10",
    )
    with pytest.raises(Conflict):
        city.store.submit(lambda uow: running.stop(uow, CITY, "stil", ZONE, "x", OFFICER)).result()


async def test_a_verdict_needs_what_follows_before_it_is_closed(city: City) -> None:
    city.judged()
    assert city.trial().judged == city.now
    with pytest.raises(Conflict, match="Say first what follows"):
        city.store.submit(lambda uow: running.close(uow, CITY, "stil", OFFICER)).result()
    city.store.submit(lambda uow: running.follow(uow, CITY, "stil", STEP, OFFICER)).result()
    city.store.submit(lambda uow: running.close(uow, CITY, "stil", OFFICER)).result()
    city.store.submit(lambda uow: running.finish(uow, CITY, "stil", 0, "Gekocht.", ZONE, OFFICER)).result()
    assert (city.trial().facts.followUp or {})["steps"][0]["done"] == "2026-03-10"
    with pytest.raises(Conflict):
        city.store.submit(lambda uow: running.finish(uow, CITY, "stil", 0, "", ZONE, OFFICER)).result()
    with pytest.raises(Conflict, match="judged by its plan"):
        city.store.submit(lambda uow: running.register(uow, CITY, "stil", plan(), OFFICER)).result()


def test_what_follows_is_late_the_day_after() -> None:
    assert STEP.late("2026-06-02") and not STEP.late("2026-06-01")
    assert not msgspec.structs.replace(STEP, done="2026-05-01").late("2026-06-02")


async def test_a_trial_that_is_not_there_is_told(city: City) -> None:
    with pytest.raises(ResourceNotFound, match="no trial 'nope'"):
        city.store.submit(lambda uow: keeping.within(uow, CITY, "nope")).result()


async def test_codes_are_words_and_none_comes_twice(city: City) -> None:
    city.opened("stille-straat")
    found = city.store.submit(
        lambda uow: [keeping.free(uow, CITY, name) for name in ("Stille Straat!", "Café Ünder", "...")]
    ).result()
    assert found == ["stille-straat-2", "cafe-under", "trial"]


def test_types_are_those_of_the_room() -> None:
    assert {EXPERIMENT.room, REGISTERED.room} == {"experiments"}
    assert days.ordered([days.Stretch("2026-01-01", "2026-01-01")], ZONE)
    assert not days.ordered([days.Stretch("2026-01-02", "2026-01-01")], ZONE)
    assert not days.ordered([days.Stretch("2026-01-01", "2026-01-02"), days.Stretch("2026-01-02", "2026-01-03")], ZONE)
