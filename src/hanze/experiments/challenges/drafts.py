# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A challenge while it is written, and a change of one that is public: kept aside until a second person has looked."""

from datetime import date
from typing import Any, Literal

import msgspec

from hanze.access import audit
from hanze.errors import Conflict, ResourceNotFound
from hanze.experiments.challenges import keeping, phases
from hanze.experiments.challenges.call import WHOLE, Baseline, Call, Change
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.vaults import DRAFTS
from hanze.experiments.model import ChallengeFacts
from hanze.ngsild.checks import shown
from hanze.store.base import UnitOfWork
from hanze.store.vault import Row, VaultRead
from hanze.web.language import mark as _

State = Literal["writing", "asked", "returned"]

WROTE, ASKED, RETURNED, PUBLISHED, CHANGED, DROPPED = (
    "challenge written", "challenge sent to review", "challenge returned", "challenge published", "challenge changed",
    "challenge draft dropped",
)  # fmt: skip
"""Acts of the audit."""

OWN = _("You wrote this yourself. A second person has to look at it before everyone can read it.")
EARLIER = _("While people can apply, the last day can only move to a later day.")


class Draft(msgspec.Struct, frozen=True):
    """What a challenge will say. `about`: the id of what it answers. `code`: empty before it is kept for the first time."""

    name: str
    description: str
    language: str
    area: str = ""
    indicator: str = ""
    targets: tuple[str, ...] = ()
    opens: str = ""
    closes: str = ""
    about: str = ""
    call: Call = Call()
    baseline: Baseline | None = None
    location: dict[str, Any] | None = None
    simulated: bool | None = None


class Kept(msgspec.Struct, frozen=True):
    """A draft as it is kept; see the vault for what stands where."""

    code: str
    draft: Draft
    person: str
    state: State
    note: str
    what: str
    at: int


def every(vault: VaultRead) -> list[Kept]:
    """The newest first."""
    return [_kept(row) for row in vault.select(order=("-at", "-rowid"))]


def find(vault: VaultRead, code: str) -> Kept | None:
    rows = vault.select({"code": code}) if code else []
    return _kept(rows[0]) if rows else None


def known(vault: VaultRead, code: str) -> Kept:
    """Errors: ResourceNotFound."""
    found = find(vault, code)
    if found is None:
        raise ResourceNotFound(f"There is no draft of a challenge {shown(code)} here.")
    return found


def of(one: Challenge) -> Draft:
    """What a public challenge says, to be changed."""
    facts = one.facts
    return Draft(
        facts.name, facts.description, facts.language, facts.area, facts.indicator, tuple(facts.targets or ()), facts.opens,
        facts.closes, facts.inResponseTo, one.call, one.baseline, one.location, facts.simulated,
    )  # fmt: skip


def free(uow: UnitOfWork, city: str, name: str) -> str:
    """A code that no challenge and no draft has."""
    codes = keeping.numbered(keeping.code(name, "challenge"))
    return next(
        one
        for one in codes
        if find(uow.vault(DRAFTS), one) is None and uow.entity("", keeping.id_of(city, one)) is None
    )


def put(uow: UnitOfWork, code: str, draft: Draft, person: str, by: str, what: str = "") -> None:
    """Keeps what was written; a draft that waited for a second person goes back to who wrote. `by`: for the audit."""
    row = {"code": code, "content": msgspec.to_builtins(draft), "person": person, "at": uow.now}
    uow.vault(DRAFTS).put({**row, "state": "writing", "note": "", "what": what})
    audit.note(uow, by, WROTE, code)


def drop(uow: UnitOfWork, code: str, by: str) -> None:
    """The draft is gone; what is public of the challenge stays. Errors: ResourceNotFound."""
    known(uow.vault(DRAFTS), code)
    uow.vault(DRAFTS).delete({"code": code})
    audit.note(uow, by, DROPPED, code)


def ask(uow: UnitOfWork, code: str, today: date, by: str) -> None:
    """A second person has to look at it. Errors: ResourceNotFound, Conflict where something is missing."""
    kept = known(uow.vault(DRAFTS), code)
    if gaps := missing(kept.draft, today):
        raise Conflict(gaps[0])
    uow.vault(DRAFTS).update({"code": code}, {"state": "asked", "note": "", "at": uow.now})
    audit.note(uow, by, ASKED, code)


def back(uow: UnitOfWork, code: str, note: str, by: str) -> None:
    """It returns to who wrote, with what has to change. Errors: ResourceNotFound."""
    known(uow.vault(DRAFTS), code)
    uow.vault(DRAFTS).update({"code": code}, {"state": "returned", "note": note})
    audit.note(uow, by, RETURNED, code)


def publish(
    uow: UnitOfWork, city: str, code: str, person: str, role: str, today: date, by: str
) -> tuple[Challenge, bool]:
    """Everyone can read it from now on; the challenge, and whether it is new. `person`: who looked at it; `role`: of that person.
    Errors: ResourceNotFound; Conflict where that person wrote it, nobody asked for it, or it cannot be so any more."""
    kept = known(uow.vault(DRAFTS), code)
    if kept.person == person:
        raise Conflict(OWN)
    if kept.state != "asked":
        raise Conflict(_("It was not sent to be looked at yet, or it was changed since. Load its page again."))
    if gaps := missing(kept.draft, today):
        raise Conflict(gaps[0])
    entity = uow.entity("", keeping.id_of(city, code))
    before = None if entity is None else keeping.challenge_of(entity)
    made = _made(city, code, kept, role, today) if before is None else _changed(before, kept, today)
    keeping.write(uow, made)
    uow.vault(DRAFTS).delete({"code": code})
    audit.note(uow, by, PUBLISHED if before is None else CHANGED, made.id, version=made.call.version)
    return made, before is None


def _made(city: str, code: str, kept: Kept, role: str, today: date) -> Challenge:
    draft = kept.draft
    status = phases.phase("", draft.opens, draft.closes, today)
    facts = ChallengeFacts(
        draft.name, draft.description, draft.language, status, draft.area, draft.indicator, list(draft.targets) or None,
        draft.opens, draft.closes, inResponseTo=draft.about, madeBy=role, simulated=draft.simulated,
    )  # fmt: skip
    return Challenge(code, keeping.id_of(city, code), facts, draft.call, draft.baseline, draft.location)


def _changed(before: Challenge, kept: Kept, today: date) -> Challenge:
    """The next version. What the draft does not change, such as questions that were answered meanwhile, stays as it is."""
    draft, now = kept.draft, before.phase(today)
    phases.demand("change", now)
    if now == "open" and (draft.closes < before.facts.closes or draft.opens != before.facts.opens):
        raise Conflict(EARLIER)
    call = msgspec.structs.replace(
        draft.call, version=before.call.version + 1, questions=before.call.questions,
        changes=(*before.call.changes, Change(today.isoformat(), kept.what)),
    )  # fmt: skip
    facts = msgspec.structs.replace(
        before.facts, name=draft.name, description=draft.description, area=draft.area, indicator=draft.indicator,
        targets=list(draft.targets) or None, opens=draft.opens, closes=draft.closes,
        status=phases.phase("", draft.opens, draft.closes, today),
    )  # fmt: skip
    return msgspec.structs.replace(before, facts=facts, call=call, baseline=draft.baseline, location=draft.location)


def missing(draft: Draft, today: date) -> list[str]:
    """What has to be there before anyone else looks at it: sentences of the catalogues."""
    call = draft.call
    gaps = (
        (not (draft.name and draft.description), _("Say what the problem is.")),
        (not call.text, _("Say what you ask of those who apply.")),
        (not (draft.opens and draft.closes and call.decided), _("Say when people can apply, and when they know.")),
        (
            bool(draft.closes) and draft.closes < today.isoformat(),
            _("The last day to apply has passed. Choose a later one."),
        ),
        (sum(one.weight for one in call.criteria) != WHOLE, _("Say by what is judged: criteria with weights.")),
        (not call.rights, _("Say whose the results become.")),
        (not call.routes, _("Say how the city can go on after success.")),
    )
    return [text for gap, text in gaps if gap]


def _kept(row: Row) -> Kept:
    draft = msgspec.convert(row["content"], Draft)
    return Kept(row["code"], draft, row["person"], row["state"], row["note"], row["what"], row["at"])
