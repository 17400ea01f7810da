# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers that people enter: each period has its own, a correction keeps both, and the latest period is current."""

from collections.abc import Callable

from hanze.goals.computing.scene import Entered
from hanze.goals.grades import Grade
from hanze.goals.keeping import entered
from hanze.goals.keeping.entered import Number
from hanze.goals.model import ENTERED, EnteredFacts
from hanze.ngsild import times
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING
from tests.contract.conftest import Clock

ID = entered.id_of("testdam", "unemployment", "share", "C")
HOUR = 3_600_000_000


def start(year: int) -> int:
    return times.parse(f"{year - 1}-12-31T23:00:00Z")


def number(year: int, value: float, grade: Grade = "measured", source: str = "a list", **more: bool) -> Number:
    return Number("unemployment", "Unemployment", "share", "P1", "C", start(year), value, grade, source, **more)


def enter(store: Store, clock: Clock) -> Callable[..., None]:
    def work(*numbers: Number) -> None:
        clock.now += HOUR
        store.submit(lambda uow: entered.write(uow, "testdam", numbers, "data-officer")).result()

    return work


def counting(store: Store) -> list[Entered]:
    found = entered.read(store, EVERYTHING, "unemployment")
    return list(found.get(("share", "C"), ()))


def current(store: Store) -> EnteredFacts:
    kept = store.get("", ID, EVERYTHING)
    assert kept is not None
    return ENTERED.facts_of(kept, EnteredFacts)


def test_each_period_has_its_number(store: Store, clock: Clock) -> None:
    work = enter(store, clock)
    work(number(2024, 4.5, "survey"))
    work(number(2022, 7.0, "unknown"))
    work(number(2025, 4.0))
    assert counting(store) == [
        Entered(start(2022), 7.0, "unknown"), Entered(start(2024), 4.5, "survey"), Entered(start(2025), 4.0, "measured"),
    ]  # fmt: skip
    kept = store.get("", ID, EVERYTHING)
    assert kept is not None
    (told,) = kept.attributes[entered.NUMBER]
    assert (told["value"], told["observedAt"], told["unitCode"]) == (4.0, times.text(start(2025)), "P1")


def test_a_correction_keeps_both_and_the_newest_counts_also_when_it_goes_back(store: Store, clock: Clock) -> None:
    work = enter(store, clock)
    for year, value in ((2023, 5.0), (2024, 4.5), (2023, 6.0), (2023, 5.0), (2024, 4.4), (2024, 4.5)):
        work(number(year, value, source=f"list of {value}"))
        assert current(store).number == (value if year == 2024 else 4.5 if len(counting(store)) > 1 else 5.0)
    told = entered.versions(store, EVERYTHING, ID)
    assert [(one.start, one.number, one.source) for one in told] == [
        (start(2023), 5.0, "list of 5.0"), (start(2023), 6.0, "list of 6.0"), (start(2023), 5.0, "list of 5.0"),
        (start(2024), 4.5, "list of 4.5"), (start(2024), 4.4, "list of 4.4"), (start(2024), 4.5, "list of 4.5"),
    ]  # fmt: skip
    assert [one.number for one in counting(store)] == [5.0, 4.5]
    assert all(one.at > 0 for one in told) and told[0].at < told[1].at < told[2].at


def test_what_is_taken_back_counts_no_more(store: Store, clock: Clock) -> None:
    work = enter(store, clock)
    work(number(2024, 4.5), number(2025, 4.0))
    work(number(2024, 4.5, counts=False))
    assert counting(store) == [Entered(start(2024), None, "measured"), Entered(start(2025), 4.0, "measured")]
    work(number(2024, 4.6))
    assert [one.number for one in counting(store)] == [4.6, 4.0]


def test_who_entered_is_told_as_a_role(store: Store, clock: Clock) -> None:
    enter(store, clock)(number(2024, 4.5, simulated=True))
    facts = current(store)
    assert (facts.enteredBy, facts.simulated, facts.counts) == ("data-officer", True, True)
    assert counting(store)[0].simulated
    assert entered.code_of(ID) == "unemployment"
