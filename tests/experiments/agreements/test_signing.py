# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An agreement holds once both sides have signed the same terms, until it is over, suspended or ended."""

import os

import pytest

from hanze.access import audit, keys
from hanze.errors import BadRequestData, Conflict, NoRightToAccess, ResourceNotFound, TooManyResults
from hanze.experiments.agreements import keeping, signing
from hanze.experiments.agreements.odrl import jsonld
from hanze.experiments.agreements.odrl.reading import Reader
from hanze.experiments.model import AGREEMENT, AgreementFacts
from hanze.ngsild import canonical
from hanze.ngsild.context import CORE
from hanze.ngsild.described import VOCABULARY
from hanze.ngsild.selection import EntitySelection, TypeIs, Window
from hanze.store.scope import EVERYTHING
from tests.experiments.agreements.making import ID, TERMS, ZONE, changed
from tests.experiments.agreements.place import DAY, Place


def seen(place: Place, text: str) -> dict[str, set[str]]:
    """By id, the attributes that the key shows now of noise and air."""
    principal = place.access.principal({"x-api-key": text})
    scope = place.access.scope(principal, "")
    found: dict[str, set[str]] = {}
    for type in ("NoiseLevelObserved", "AirQualityObserved"):
        page = place.store.query("", EntitySelection(types=TypeIs(CORE.expand(type))), scope, limit=10)
        found |= {one.id: {CORE.compact(name) for name in one.attributes} for one in page.entities}
    return found


def test_it_holds_once_both_have_signed_and_no_sooner(place: Place) -> None:
    waiting = place.offered()
    assert keeping.find(place.store, ID).status == "offered"  # type: ignore[union-attr]
    with pytest.raises(Conflict):
        place.key()
    first = place.store.submit(
        lambda uow: signing.sign(uow, ID, "partner", "partner", waiting.hash, "lab", ZONE)
    ).result()
    assert first is None
    with pytest.raises(Conflict):
        place.key()
    one = place.store.submit(
        lambda uow: signing.sign(uow, ID, "city", "data-officer", waiting.hash, "officer", ZONE)
    ).result()
    assert one is not None and one.status == "signed" and keeping.proposal(place.store, ID) is None
    assert {side: found.role for side, found in one.signatures.items()} == {
        "city": "data-officer",
        "partner": "partner",
    }
    assert {found.hash for found in one.signatures.values()} == {canonical.digest(TERMS)}
    # In the area of the agreement, and what it names of it; levels are the work of access and store.
    found = seen(place, place.key())
    assert set(found) == {"urn:ngsi-ld:NoiseLevelObserved:1", "urn:ngsi-ld:AirQualityObserved:1"}
    assert found["urn:ngsi-ld:AirQualityObserved:1"] == {"no2"}


def test_only_what_was_read_is_signed(place: Place) -> None:
    old = place.offered()
    place.drafted(changed(rate=5))
    with pytest.raises(Conflict, match="draft"):
        sign(place, "partner", old.hash)
    place.store.submit(lambda uow: signing.offer(uow, ID, "officer", ZONE)).result()
    with pytest.raises(Conflict, match="changed meanwhile"):
        sign(place, "partner", old.hash)


def sign(place: Place, side: keeping.Side, hash: str) -> keeping.Agreement | None:
    return place.store.submit(lambda uow: signing.sign(uow, ID, side, side, hash, side, ZONE)).result()


def test_a_change_needs_both_again_and_the_old_terms_hold_until_then(place: Place) -> None:
    place.signed()
    text = place.key()
    other = place.offered(changed(data=TERMS.data[:1], rate=5))
    held = keeping.find(place.store, ID)
    assert held is not None and held.terms == TERMS and held.status == "signed"
    sign(place, "city", other.hash)
    assert len(seen(place, text)) == 2
    now = sign(place, "partner", other.hash)
    place.access.forget_keys()
    assert now is not None and now.terms.rate == 5 and set(seen(place, text)) == {"urn:ngsi-ld:AirQualityObserved:1"}
    history = place.store.temporal("", ID, Window(), EVERYTHING)
    assert history is not None
    rates = [one.doc["json"]["rate"] for one in history.attributes[VOCABULARY + "terms"]]
    assert (rates[0], rates[-1]) == (60, 5)


def test_suspended_resumed_and_ended_at_once(place: Place) -> None:
    place.signed()
    text = place.key()
    place.store.submit(
        lambda uow: signing.suspend(uow, ID, "Too much was read.", "data-officer", "officer", ZONE)
    ).result()
    place.access.forget_keys()
    assert blocked(place, text)
    held = keeping.find(place.store, ID)
    assert held is not None and held.stop is not None and held.stop.why == "Too much was read."
    place.store.submit(lambda uow: signing.resume(uow, ID, "officer", ZONE)).result()
    place.access.forget_keys()
    assert len(seen(place, text)) == 2
    place.store.submit(lambda uow: signing.end(uow, ID, "Done.", "partner", "lab", ZONE)).result()
    place.access.forget_keys()
    assert blocked(place, text) and all(key.revoked is not None for key in keys.listed(place.store))
    for verb in (signing.resume, signing.offer):
        with pytest.raises((Conflict, ResourceNotFound)):
            place.store.submit(lambda uow: verb(uow, ID, "officer", ZONE)).result()  # noqa: B023
    with pytest.raises(Conflict, match="has ended"):
        place.drafted()
    acts = [one.act for one in audit.lines(place.store, limit=50)]
    for act in ("drafted", "offered", "signed", "suspended", "resumed", "ended"):
        assert f"{act} agreement" in acts


def blocked(place: Place, text: str) -> bool:
    """The key shows nothing that is not public."""
    try:
        return not seen(place, text)
    except NoRightToAccess:
        return True


def test_before_its_first_and_after_its_last_day_nothing_is_read(place: Place) -> None:
    place.signed()
    text = place.key()
    for days in (-10, 300):
        place.now += days * DAY
        place.access.forget_keys()
        assert blocked(place, text)
        place.now -= days * DAY
    place.access.forget_keys()
    assert not blocked(place, text)


def test_keys_are_few_and_of_one_agreement(place: Place) -> None:
    place.signed()
    for _ in range(signing.MOST_KEYS):
        place.key()
    with pytest.raises(TooManyResults):
        place.key()
    other = place.store.submit(lambda uow: keys.create(uow, os.urandom, "admin", "reader")).result()[1]
    with pytest.raises(ResourceNotFound):
        place.store.submit(lambda uow: signing.revoke(uow, ID, other.id, "lab")).result()


def test_what_cannot_be_agreed_on_is_told_by_field_and_value(place: Place) -> None:
    for values, told in (
        ({"ends": "2026-02-01"}, "ends is '2026-02-01'"),
        ({"starts": "1 maart"}, "starts is '1 maart'"),
        ({"area": "nowhere"}, "area is 'nowhere'"),
        ({"contact": "nobody"}, "contact is 'nobody'"),
        ({"shape": {"type": "Point", "coordinates": [5, 52]}, "area": ""}, "shape is"),
    ):
        with pytest.raises(BadRequestData, match=told):
            place.drafted(changed(**values))
    assert keeping.proposals(place.store) == []


def test_what_is_kept_is_the_policy_of_its_terms(place: Place) -> None:
    place.signed()
    entity = place.store.get("", ID, EVERYTHING)
    assert entity is not None
    facts = AGREEMENT.facts_of(entity, AgreementFacts)
    assert facts.policy is not None
    assert Reader(jsonld.read(facts.policy)).policy().title == TERMS.name
