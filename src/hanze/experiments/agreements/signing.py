# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the two sides do with an agreement: draft, offer, sign, suspend, resume, end. Each is one work with its line of the audit,
and what access applies changes in the same transaction."""

from datetime import tzinfo

import msgspec

from hanze.access import agreed, audit, keys
from hanze.access.keys import Key, Random
from hanze.access.vaults import KEYS
from hanze.errors import Conflict, ResourceNotFound, TooManyResults
from hanze.experiments.agreements import compiling, keeping, policies
from hanze.experiments.agreements.keeping import Agreement, Proposal, Side, Signature, Stop
from hanze.experiments.agreements.odrl import writing
from hanze.experiments.agreements.terms import Terms, check
from hanze.experiments.model import AGREEMENT
from hanze.goals.keeping.saving import save
from hanze.ngsild import times
from hanze.store.base import UnitOfWork

MOST_KEYS = 10
"""Of one agreement that open something."""

CHANGED = "The terms were changed meanwhile; read them again, and sign then."


def draft(uow: UnitOfWork, id: str, terms: Terms, by: str, *, answers: str = "", simulated: bool = False) -> Proposal:
    """These terms wait in the place of those that waited; nobody signed them yet. Errors: BadRequestData; Conflict where
    the agreement has ended."""
    held = keeping.within(uow, id)
    if held is not None and held.status == "ended":
        raise Conflict("This agreement has ended; make a new one.")
    terms = check(terms)
    compiling.area_of(uow, id, terms)
    made = Proposal(id, terms, False, {}, held.answers if held is not None else answers, simulated)
    keeping.put(uow, made)
    audit.note(uow, by, "drafted agreement", id)
    return made


def offer(uow: UnitOfWork, id: str, by: str, zone: tzinfo) -> Proposal:
    """Both sides can sign the draft from now on; a new agreement becomes public with that. Errors: ResourceNotFound."""
    waiting = msgspec.structs.replace(_waiting(uow, id), offered=True, signatures={})
    keeping.put(uow, waiting)
    held = keeping.within(uow, id)
    if held is None or held.status == "offered":
        _save(uow, _agreement(waiting), zone)
    audit.note(uow, by, "offered agreement", id, hash=waiting.hash)
    return waiting


def sign(uow: UnitOfWork, id: str, side: Side, role: str, hash: str, by: str, zone: tzinfo) -> Agreement | None:
    """One side signs what it has read (`hash`). The agreement where both have now, from when on it holds; None where the other
    side is still waited for. Errors: ResourceNotFound, Conflict where the terms are others now."""
    waiting = _waiting(uow, id)
    if not waiting.offered:
        raise Conflict("This is a draft; offer it first.")
    if waiting.hash != hash:
        raise Conflict(CHANGED)
    signature = Signature(times.text(uow.now), role, hash)
    waiting = msgspec.structs.replace(waiting, signatures={**waiting.signatures, side: signature})
    audit.note(uow, by, "signed agreement", id, side=side, hash=hash)
    if set(waiting.signatures) == set(keeping.SIDES):
        return _settled(uow, waiting, zone)
    keeping.put(uow, waiting)
    held = keeping.within(uow, id)
    if held is not None and held.status == "offered":
        _save(uow, _agreement(waiting), zone)
    return None


def _settled(uow: UnitOfWork, waiting: Proposal, zone: tzinfo) -> Agreement:
    """Both signed: it holds, and access applies it."""
    one = msgspec.structs.replace(_agreement(waiting), status="signed")
    _save(uow, one, zone)
    _open(uow, one, zone)
    keeping.drop(uow, one.id)
    audit.note(uow, "agreement", "agreement holds", one.id, starts=one.terms.starts, ends=one.terms.ends)
    return one


def withdraw(uow: UnitOfWork, id: str, by: str, zone: tzinfo) -> None:
    """Terms that wait are gone; an agreement that was only offered has ended. Errors: ResourceNotFound."""
    waiting = _waiting(uow, id)
    keeping.drop(uow, id)
    held = keeping.within(uow, id)
    if held is not None and held.status == "offered":
        stop = Stop(times.text(uow.now), "", "data-officer")
        _save(uow, msgspec.structs.replace(held, status="ended", signatures={}, stop=stop), zone)
    audit.note(uow, by, "withdrew agreement", id, offered=waiting.offered)


def suspend(uow: UnitOfWork, id: str, why: str, role: str, by: str, zone: tzinfo) -> Agreement:
    """Nothing is read by it from now on, until it is resumed. Errors: ResourceNotFound, Conflict where it does not hold."""
    one = _held(uow, id, "signed")
    return _stopped(uow, msgspec.structs.replace(one, status="suspended"), why, role, by, zone)


def end(uow: UnitOfWork, id: str, why: str, role: str, by: str, zone: tzinfo) -> Agreement:
    """It ends now and for good, and its keys open nothing any more. Errors: ResourceNotFound, Conflict."""
    one = _held(uow, id, "signed", "suspended")
    keeping.drop(uow, id)
    for key in open_keys(uow, id):
        keys.revoke(uow, by, key)
    return _stopped(uow, msgspec.structs.replace(one, status="ended"), why, role, by, zone)


def resume(uow: UnitOfWork, id: str, by: str, zone: tzinfo) -> Agreement:
    """What was suspended goes on as it was signed. Errors: ResourceNotFound, Conflict."""
    one = msgspec.structs.replace(_held(uow, id, "suspended"), status="signed", stop=None)
    _save(uow, one, zone)
    _open(uow, one, zone)
    audit.note(uow, by, "resumed agreement", id)
    return one


def key(uow: UnitOfWork, random: Random, id: str, name: str, by: str) -> tuple[str, Key]:
    """A key that reads what the agreement shows; its text, which nobody can find out again. Errors: ResourceNotFound, Conflict,
    TooManyResults."""
    _held(uow, id, "signed")
    if len(open_keys(uow, id)) >= MOST_KEYS:
        raise TooManyResults(f"This agreement has {MOST_KEYS} keys; revoke one first.", limit=MOST_KEYS)
    return keys.create(uow, random, by, "reader", name=name, agreement=id)


def revoke(uow: UnitOfWork, id: str, key: str, by: str) -> None:
    """Errors: ResourceNotFound where it is no key of this agreement."""
    if key not in open_keys(uow, id):
        raise ResourceNotFound("There is no such key of this agreement.")
    keys.revoke(uow, by, key)


def open_keys(uow: UnitOfWork, id: str) -> list[str]:
    """The ids of the keys that were not revoked."""
    return [row["key"] for row in uow.vault(KEYS).select({"agreement": id, "revoked": None})]


def _stopped(uow: UnitOfWork, one: Agreement, why: str, role: str, by: str, zone: tzinfo) -> Agreement:
    one = msgspec.structs.replace(one, stop=Stop(times.text(uow.now), why, role))
    _save(uow, one, zone)
    agreed.end(uow, one.id)
    audit.note(uow, by, f"{one.status} agreement", one.id)
    return one


def _open(uow: UnitOfWork, one: Agreement, zone: tzinfo) -> None:
    agreed.put(uow, compiling.agreed(one.id, one.terms, zone, compiling.area_of(uow, one.id, one.terms)))


def _agreement(waiting: Proposal) -> Agreement:
    return Agreement(
        waiting.id, "offered", waiting.terms, waiting.signatures, None, waiting.answers, waiting.simulated
    )  # fmt: skip


def _save(uow: UnitOfWork, one: Agreement, zone: tzinfo) -> None:
    policy = writing.write(policies.policy(one.id, one.terms, zone))
    save(uow, AGREEMENT.entity(one.id, keeping.facts(one, policy)))


def _waiting(uow: UnitOfWork, id: str) -> Proposal:
    found = keeping.proposal(uow, id)
    if found is None:
        raise keeping.missing(id)
    return found


def _held(uow: UnitOfWork, id: str, *statuses: str) -> Agreement:
    found = keeping.within(uow, id)
    if found is None:
        raise keeping.missing(id)
    if found.status not in statuses:
        raise Conflict(f"This agreement is {found.status}; that can be done with one that is {' or '.join(statuses)}.")
    return found
