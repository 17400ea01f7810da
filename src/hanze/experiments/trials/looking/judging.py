# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A trial gets its verdict: result, signed evidence and mails, in one piece of work."""

from collections.abc import Sequence
from typing import Any

import msgspec

from hanze.access import audit
from hanze.access.identity import Identity
from hanze.errors import mark as _
from hanze.experiments.card import card as cards
from hanze.experiments.evaluate.result import Result
from hanze.experiments.evidence import card as evidence
from hanze.experiments.evidence import keeping as signed
from hanze.experiments.evidence.card import Card, Where
from hanze.experiments.told import Told
from hanze.experiments.trials import keeping, letters, registered, running, tidings
from hanze.experiments.trials.changes import Changed
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.looking import kept, made
from hanze.experiments.trials.looking.job import Judged
from hanze.ngsild import times
from hanze.store.base import UnitOfWork
from hanze.web.room import Site

JUDGED = "judge trial"
"""Act of the audit."""

HARMED = _("It was stopped since it did harm. Find out what did it before it is tried again, here or elsewhere.")


class Judging(msgspec.Struct, frozen=True):
    """`trial`, `versions` of its plan: as they were when it was worked out; `cut`: what was measured before counted, `at`: when it
    is signed, both in microseconds; `by`: who asked for it, as the audit names it."""

    city: str
    trial: Trial
    versions: Sequence[Changed]
    cut: int
    at: int
    judged: Judged
    by: str
    open: bool
    """Everyone may read the outcome, so that its line can be shown too."""


def write(site: Site, uow: UnitOfWork, one: Judging) -> bool:
    """False where trial or plan became others meanwhile: then it has to be worked out once more. Errors: ConfigurationError where
    it cannot be signed."""
    trial = keeping.within(uow, one.city, one.trial.code)
    entity = uow.entity("", registered.id_of(one.city, trial.code))
    number = one.versions[-1].version.number
    if entity is None or trial.status != one.trial.status or registered.version_of(entity) != number:
        return False
    one = _advised(one)
    looks = made.every(uow, trial.code)
    card = evidence.card(
        evidence.Made(
            id=keeping.id_of(one.city, trial.code), trial=trial, versions=one.versions,
            result=one.judged.result, where=Where(one.city, site.city, trial.facts.area, one.judged.people), at=one.at, cut=one.cut,
            figures=made.figures(looks),
        )
    )  # fmt: skip
    _write(site, uow, one, card, _more(trial, looks))
    return True


def _write(site: Site, uow: UnitOfWork, one: Judging, card: Card, more: dict[str, Any]) -> None:
    code, result = one.trial.code, one.judged.result
    signature = site.tool(Identity).sign(card)
    told = kept.told(result if one.open else _closed(result)) | {
        "places": dict(one.judged.places),
        "until": times.text(one.cut),
        "plan": card.plan.hash,
    }
    audit.note(uow, one.by, JUDGED, keeping.id_of(one.city, code), verdict=result.verdict, data=result.hash)
    after = running.judge(uow, one.city, code, result.verdict, told, **more)
    signed.write(uow, one.city, code, keeping.id_of(one.city, code), card, signature)
    if one.trial.facts.verdict != result.verdict:
        letters.judged(site, uow, one.city, after, tidings.verdict(cards.make(result)))


def _advised(one: Judging) -> Judging:
    """Whatever its numbers say, nobody is told to go on with what was stopped for harm."""
    if (one.trial.facts.stopped or {}).get("kind") != "harm":
        return one
    result = msgspec.structs.replace(one.judged.result, advice=Told(HARMED))
    return msgspec.structs.replace(one, judged=msgspec.structs.replace(one.judged, result=result))


def _closed(result: Result) -> Result:
    """Without the course of what not everyone may read."""
    return msgspec.structs.replace(result, finding=msgspec.structs.replace(result.finding, line=()))


def _more(trial: Trial, looks: list[made.Made]) -> dict[str, Any]:
    """What the looks estimated is public from now on."""
    return {"looks": {**(trial.facts.looks or {}), "figures": made.figures(looks)}} if looks else {}
