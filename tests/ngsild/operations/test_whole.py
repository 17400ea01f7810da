# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Operations on a whole entity."""

import copy

from hypothesis import given

from hanze.ngsild import operations
from hanze.ngsild.entity import SCOPE, Change, Entity
from tests.ngsild.making import EARLIER, NOW, ONE, bare, contents, entities, entity, iri, old, prop, rel

GIVEN = Entity("urn:ngsi-ld:T:1", [iri("T")], {iri("speed"): [prop(1), prop(2, datasetId=ONE)]})


def test_a_new_entity_and_its_instances_have_the_time_of_creation() -> None:
    outcome = operations.create(GIVEN, NOW)
    after = outcome.after
    assert outcome.before is None and after is not None
    assert (after.created, after.modified) == (NOW, NOW)
    assert after.attributes[iri("speed")] == [old(prop(1), NOW), old(prop(2, datasetId=ONE), NOW)]
    assert outcome.changes == [Change(iri("speed"), None, one) for one in after.attributes[iri("speed")]]


def test_the_first_scope_is_a_change_that_was_observed_when_it_came() -> None:
    outcome = operations.create(Entity("urn:ngsi-ld:T:1", [iri("T")], {}, ["/NL"]), NOW)
    stamped = {"createdAt": NOW, "modifiedAt": NOW, "observedAt": NOW}
    assert outcome.changes == [Change(SCOPE, None, {"type": "Property", "value": "/NL", **stamped})]
    several = operations.create(Entity("urn:ngsi-ld:T:1", [iri("T")], {}, ["/NL", "/BE"]), NOW)
    assert several.changes[0].after is not None and several.changes[0].after["value"] == ["/NL", "/BE"]


def test_replacing_keeps_when_the_entity_and_an_instance_that_stays_were_created() -> None:
    before = entity(speed=[prop(1), prop(2, datasetId=ONE)], owner=rel("urn:ngsi-ld:P:1"))
    given_now = Entity(before.id, before.types, {iri("speed"): [prop(5)], iri("name"): [prop("A")]})
    outcome = operations.replace(before, given_now, NOW)
    after = outcome.after
    assert after is not None
    assert (after.created, after.modified) == (EARLIER, NOW)
    assert after.attributes[iri("speed")] == [{**prop(5), "createdAt": EARLIER, "modifiedAt": NOW}]
    assert after.attributes[iri("name")] == [old(prop("A"), NOW)]
    told = {(c.attribute, c.before is None, c.after is None) for c in outcome.changes}
    assert told == {
        (iri("speed"), False, False),
        (iri("speed"), False, True),
        (iri("owner"), False, True),
        (iri("name"), True, False),
    }


def test_replacing_takes_away_scope_and_expiry_that_are_not_given() -> None:
    before = entity(["/NL"], "2030-01-01T00:00:00Z")
    outcome = operations.replace(before, Entity(before.id, before.types), NOW)
    assert outcome.after is not None
    assert outcome.after.scopes == [] and outcome.after.expires is None
    assert outcome.changes == [Change(SCOPE, {"type": "Property", "value": "/NL"}, None)]


def test_a_deletion_takes_every_instance_along() -> None:
    before = entity(speed=[prop(1), prop(2, datasetId=ONE)])
    outcome = operations.delete(before)
    assert outcome.before is before and outcome.after is None
    assert outcome.changes == [Change(iri("speed"), one, None) for one in before.attributes[iri("speed")]]


@given(entities(), entities())
def test_replacing_makes_what_was_given_and_changes_nothing_in_place(before: Entity, new: Entity) -> None:
    given_new = Entity(new.id, new.types, {n: [bare(i) for i in f] for n, f in new.attributes.items()}, new.scopes)
    kept = copy.deepcopy((before, given_new))
    outcome = operations.replace(before, given_new, NOW)
    assert contents(outcome.after) == contents(given_new)
    assert (before, given_new) == kept
    assert all(c.before is None or c.after is None or _dataset(c.before) == _dataset(c.after) for c in outcome.changes)


def _dataset(instance: dict[str, object]) -> object:
    return instance.get("datasetId")
