# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Practice data of an agreement and of a challenge go when they are not needed any more, with their keys."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hanze.access import audit, keys
from hanze.errors import NoRightToAccess
from hanze.experiments.agreements import keeping as agreements
from hanze.experiments.agreements import signing
from hanze.experiments.challenges import keeping as challenges
from hanze.experiments.challenges.call import Call
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.model import ChallengeFacts
from hanze.experiments.practice import delivering, granting, keeping
from hanze.experiments.practice.runner import Practices
from hanze.feeds import making
from hanze.ngsild import operations
from tests.experiments.agreements.making import ID, TERMS, ZONE
from tests.experiments.agreements.place import DAY, NOW, Place

pytestmark = pytest.mark.anyio

TENANT = "practice-quiet"
SHOWN = granting.of_terms(ID, TERMS, ZONE, None)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Practice data of one thing, which were begun now."""
    made = Place(tmp_path)
    made.offered()
    made.store.submit(lambda uow: delivering.begin(uow, os.urandom, ID, SHOWN, "lab")).result()
    told = {"no2": making.number(21, at="2026-03-01T00:00:00Z")}
    entity = making.entity("urn:ngsi-ld:AirQualityObserved:practice-001", "AirQualityObserved", told)
    made.store.submit(lambda uow: uow.save(TENANT, operations.create(entity, uow.stamp))).result()
    yield made
    made.store.close()


def program(place: Place) -> str:
    text, _ = place.store.submit(lambda uow: delivering.key(uow, os.urandom, ID, "program", "lab")).result()
    place.access.forget_keys()
    return text


async def looked(place: Place, days: int) -> int:
    place.now = NOW + days * DAY
    return await Practices(place.site).look()


async def test_they_go_after_ninety_days(place: Place) -> None:
    key = program(place)
    assert await looked(place, 89) == 0 and place.access.principal({"x-api-key": key}).agreement
    place.now = NOW + 90 * DAY
    with pytest.raises(NoRightToAccess):
        place.access.principal({"x-api-key": key})
    assert await looked(place, 90) == 1
    assert not place.store.has_tenant(TENANT) and keeping.find(place.store, ID) is None
    assert all(one.revoked for one in keys.listed(place.store))
    assert [one.act for one in audit.lines(place.store, limit=100)].count("removed practice data") == 1
    assert await looked(place, 91) == 0


async def test_they_go_thirty_days_after_both_sides_have_signed(place: Place) -> None:
    key = program(place)
    place.now = NOW + 5 * DAY
    hash = read_hash(place)
    for side, role in (("city", "data-officer"), ("partner", "partner")):
        place.store.submit(lambda uow: signing.sign(uow, ID, side, role, hash, side, ZONE)).result()  # type: ignore[arg-type] # noqa: B023
    assert await looked(place, 34) == 0 and place.access.principal({"x-api-key": key}).agreement
    place.now = NOW + 35 * DAY
    with pytest.raises(NoRightToAccess):
        place.access.principal({"x-api-key": key})
    assert await looked(place, 35) == 1 and not place.store.has_tenant(TENANT)


def read_hash(place: Place) -> str:
    waiting = agreements.proposal(place.store, ID)
    assert waiting is not None
    return waiting.hash


async def test_they_go_at_once_where_the_agreement_is_taken_back(place: Place) -> None:
    place.store.submit(lambda uow: signing.withdraw(uow, ID, "officer", ZONE)).result()
    assert await looked(place, 0) == 1 and not place.store.has_tenant(TENANT)


async def test_those_of_a_challenge_go_when_it_is_withdrawn(place: Place) -> None:
    id = challenges.id_of("havendam", "kade")

    def stands(status: str) -> None:
        facts = ChallengeFacts("Kade", "Te luid.", "nl", status)
        one = Challenge("kade", id, facts, Call(), None, None)
        place.store.submit(lambda uow: challenges.write(uow, one)).result()

    stands("open")
    place.store.submit(lambda uow: delivering.begin(uow, os.urandom, id, SHOWN, "lab")).result()
    assert await looked(place, 1) == 0 and keeping.find(place.store, id) is not None
    stands("withdrawn")
    assert await looked(place, 1) == 1 and keeping.find(place.store, id) is None


def test_who_comes_second_does_not_make_them_too_unless_the_first_stopped(place: Place) -> None:
    def again() -> keeping.Practice | None:
        return place.store.submit(lambda uow: delivering.begin(uow, os.urandom, ID, SHOWN, "lab")).result()

    first = keeping.find(place.store, ID)
    assert first is not None and again() is None
    place.now += keeping.SILENT + 1
    second = again()
    assert second is not None and (second.tenant, second.seed) == (first.tenant, first.seed)


def test_tenants_of_one_code_do_not_meet(place: Place) -> None:
    other = ID.replace("DataAgreement", "Challenge")
    made = place.store.submit(lambda uow: delivering.begin(uow, os.urandom, other, SHOWN, "lab")).result()
    assert made is not None and made.tenant == "practice-quiet-2"
