# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The decision on a call: what was chosen becomes public with its scores, every applicant gets a reason, and figures are kept."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from hanze.access import audit
from hanze.errors import BadRequestData, Conflict
from hanze.experiments.challenges import figures, judging, jurors, keeping, phases, submissions
from hanze.experiments.challenges.figures import Figures, Raw
from hanze.experiments.challenges.judging import Judged
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.submissions import Sender, Submission
from hanze.experiments.challenges.vaults import COUNTS
from hanze.experiments.model import SOLUTION, SolutionFacts
from hanze.experiments.organisations import keeping as organisations
from hanze.experiments.organisations.keeping import Organisation
from hanze.feeds.making import urn
from hanze.goals.keeping.saving import save
from hanze.store.base import UnitOfWork
from hanze.web.attachments import kept as attachments
from hanze.web.language import mark as _

DECIDED, WITHDRAWN = "challenge decided", "challenge withdrawn"
"""Acts of the audit."""

FEW_JURORS = _("Each application has to be judged by at least two jurors. Wait for them, or invite more.")
MANY_CHOSEN = _("More are chosen than the call has places for.")


class Choice(msgspec.Struct, frozen=True):
    """What is decided on one application, and why, in words that everyone may read."""

    chosen: bool
    why: str


class Line(msgspec.Struct, frozen=True):
    """One application as the decision tells it. `name`, `organisation` and `solution` (an id): empty where it was not chosen, for
    then it stays confidential. `scores`: means by criterion, from 1 to 5; `total`: weighted, out of 100; `jurors`: how many."""

    label: str
    chosen: bool
    scores: tuple[float, ...]
    total: float
    jurors: int
    why: str
    name: str = ""
    organisation: str = ""
    solution: str = ""


class Decision(msgspec.Struct, frozen=True):
    """`at`: the day; `by`: the role of who took it; `jurors`: in all, and with how many applications one of them had an
    interest (`conflicts`). `lines`: the best first. `ordered`: what was chosen is what the jury put on top."""

    at: str
    by: str
    jurors: int
    conflicts: int
    lines: tuple[Line, ...]
    ordered: bool
    figures: Figures


class Case(msgspec.Struct, frozen=True):
    """An application that was sent, who sent it, and how it was judged; None where nobody judged it."""

    submission: Submission
    organisation: Organisation
    judged: Judged | None


def cases(vaults: submissions.Vaults, one: Challenge, today: date) -> list[Case]:
    """All of a call, the best first. Errors: Conflict before it has closed."""
    found = submissions.opened(vaults, one, today)
    all = jurors.scores(vaults, one.code)
    given = {each.id: list(all.get(each.id, {}).values()) for each in found}
    judged = {each.application: each for each in judging.judged(one.call.criteria, given)}
    made = [
        Case(each, organisation, judged.get(each.id))
        for each in found
        if (organisation := organisations.find(vaults, each.organisation)) is not None
    ]
    return sorted(made, key=lambda case: (-(case.judged.total if case.judged else -1.0), case.submission.id))


def decide(
    uow: UnitOfWork, city: str, one: Challenge, today: date, choices: Mapping[str, Choice], role: str, by: str
) -> list[Case]:  # fmt: skip
    """All applicants can be told from now on; the cases as they were decided. Errors: Conflict where it is too early or too late,
    or the jury is not ready; BadRequestData where a choice or a reason is missing."""
    phases.demand("decide", one.phase(today))
    found = cases(uow, one, today)
    _demand(one, found, choices)
    lines = tuple(_line(uow, city, one, number, case, choices[case.submission.id]) for number, case in enumerate(found))
    chosen = [case.organisation for case in found if choices[case.submission.id].chosen]
    raw = figures.raw([case.organisation for case in found], chosen, one.facts.closes, today)
    uow.vault(COUNTS).put({"challenge": one.code, "year": today.year, "raw": msgspec.to_builtins(raw)})
    jury = jurors.of(uow, one.code)
    ordered = all(line.chosen for line in lines[: len(chosen)])
    told = Decision(
        today.isoformat(), role, len(jury), sum(len(each.conflicts) for each in jury), lines, ordered, figures.of(raw)
    )
    facts = msgspec.structs.replace(one.facts, status="decided", decision=msgspec.to_builtins(told))
    keeping.write(uow, msgspec.structs.replace(one, facts=facts))
    _close(uow, one, choices)
    audit.note(uow, by, DECIDED, one.id, applications=len(found), chosen=len(chosen))
    return found


def _demand(one: Challenge, found: Sequence[Case], choices: Mapping[str, Choice]) -> None:
    for case in found:
        choice = choices.get(case.submission.id)
        if choice is None or not choice.why.strip():
            raise BadRequestData(_("Decide on each application, and say why."))
    if sum(choices[case.submission.id].chosen for case in found) > one.call.places:
        raise BadRequestData(MANY_CHOSEN)
    if any(case.judged is None or case.judged.jurors < judging.JURORS for case in found):
        raise Conflict(FEW_JURORS)


def _line(uow: UnitOfWork, city: str, one: Challenge, number: int, case: Case, choice: Choice) -> Line:
    assert case.judged is not None
    line = Line(label(number), choice.chosen, case.judged.means, case.judged.total, case.judged.jurors, choice.why)
    if not choice.chosen:
        return line
    solution, offer = _solution(uow, city, one, case), case.submission.sent
    assert offer is not None
    return msgspec.structs.replace(line, name=offer.name, organisation=case.organisation.name, solution=solution)


def _solution(uow: UnitOfWork, city: str, one: Challenge, case: Case) -> str:
    """The id of what is public of it from now on."""
    offer = case.submission.sent
    assert offer is not None
    ids = (urn(SOLUTION.name, city, code) for code in keeping.numbered(keeping.code(offer.name, "solution")))
    id = next(each for each in ids if uow.entity("", each) is None)
    facts = SolutionFacts(
        offer.name, offer.what, case.organisation.name, case.organisation.kind, list(offer.builds) or None, one.id,
        one.facts.simulated or case.submission.simulated or None,
    )  # fmt: skip
    save(uow, SOLUTION.entity(id, facts))
    attachments.pass_on(uow, submissions.pictured(case.submission.id), id)
    return id


def _close(uow: UnitOfWork, one: Challenge, choices: Mapping[str, Choice]) -> None:
    for id, choice in choices.items():
        submissions.answer(uow, id, "chosen" if choice.chosen else "not chosen", choice.why)
    submissions.end(uow, one.code)
    jurors.end(uow, one.code)


def withdraw(uow: UnitOfWork, one: Challenge, today: date, why: str, role: str, by: str) -> list[Sender]:
    """The city asks no more; applications are never opened. Those that were sent, so that each can be told. Errors: Conflict."""
    phases.demand("withdraw", one.phase(today))
    sent = submissions.senders(uow, one.code)
    told = {"at": today.isoformat(), "by": role, "withdrawn": why}
    keeping.write(
        uow, msgspec.structs.replace(one, facts=msgspec.structs.replace(one.facts, status="withdrawn", decision=told))
    )
    submissions.end(uow, one.code)
    jurors.end(uow, one.code)
    audit.note(uow, by, WITHDRAWN, one.id, applications=len(sent))
    return sent


def decision(one: Challenge) -> Decision | None:
    """None where none was taken."""
    return (
        msgspec.convert(one.facts.decision, Decision) if one.facts.decision and one.facts.status == "decided" else None
    )


def label(number: int) -> str:
    """A, B … Z, AA: what an application is called that stays confidential."""
    letters = ""
    while number >= 0:
        letters, number = chr(ord("A") + number % 26) + letters, number // 26 - 1
    return letters


def years(vaults: submissions.Vaults) -> dict[int, Figures]:
    """Of all calls that were decided in a year, the newest first."""
    found: dict[int, list[Raw]] = {}
    for row in vaults.vault(COUNTS).select(order=("-year", "rowid")):
        found.setdefault(row["year"], []).append(msgspec.convert(row["raw"], Raw))
    return {year: figures.together(several) for year, several in found.items()}
