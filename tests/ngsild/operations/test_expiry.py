# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Attribute instances that expire."""

from hypothesis import given

from hanze.ngsild import operations, times
from hanze.ngsild.entity import Change, Entity
from tests.ngsild.making import EARLIER, LATER, NOW, ONE, entities, entity, iri, prop

AT = times.parse(NOW)
FLASH = entity(speed=[prop(1), prop(2, datasetId=ONE, expiresAt=EARLIER)], name=prop("Car", expiresAt=LATER))


def alive(e: Entity, moment: int) -> Entity:
    left = operations.alive(e, moment)
    assert left is not None
    return left


def test_what_has_expired_is_not_there() -> None:
    seen = alive(FLASH, AT)
    assert [one["value"] for one in seen.attributes[iri("speed")]] == [1]
    assert iri("name") in seen.attributes
    assert iri("name") not in alive(FLASH, times.parse(LATER)).attributes
    assert len(FLASH.attributes[iri("speed")]) == 2


def test_what_has_not_is_the_same_entity() -> None:
    assert operations.alive(FLASH, times.parse(EARLIER) - 1) is FLASH


@given(entities())
def test_an_entity_without_expiry_is_itself(e: Entity) -> None:
    assert operations.alive(e, AT) is e and operations.soonest(e) is None
    assert operations.expire(e, NOW).after is e


def test_expiring_is_a_change() -> None:
    outcome = operations.expire(FLASH, NOW)
    gone = FLASH.attributes[iri("speed")][1]
    assert outcome.changes == [Change(iri("speed"), gone, None)]
    assert outcome.after is not None and outcome.after.modified == NOW
    assert outcome.after.attributes == alive(FLASH, AT).attributes


def test_the_soonest_expiry_is_that_of_the_entity_or_of_an_instance() -> None:
    assert operations.soonest(FLASH) == times.parse(EARLIER)
    assert operations.soonest(entity(_expires=NOW, name=prop("Car", expiresAt=LATER))) == AT


def test_an_entity_is_there_until_its_moment() -> None:
    e = entity(_expires=NOW, name=prop("Car"))
    assert operations.alive(e, AT - 1) is e and operations.alive(e, AT) is None


def test_a_part_of_an_instance_expires_by_itself() -> None:
    inner = prop("x", **{iri("since"): [prop(1, expiresAt=EARLIER)]})
    e = entity(name=prop("Car", **{iri("source"): [inner, prop("y", datasetId=ONE, expiresAt=EARLIER)]}))
    assert operations.soonest(e) == times.parse(EARLIER)
    left = alive(e, AT).attributes[iri("name")][0]
    assert left[iri("source")] == [prop("x")] and left["value"] == "Car"
    assert iri("since") in inner
    outcome = operations.expire(e, NOW)
    assert [change.after is not None for change in outcome.changes] == [True]
    assert outcome.after is not None and outcome.after.attributes[iri("name")][0][iri("source")] == [prop("x")]
