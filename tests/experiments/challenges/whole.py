# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Challenges of Havendam in each phase, for what is asked of every page of the site."""

from datetime import date

import msgspec

from hanze.experiments.challenges import deciding, drafts, jurors, keeping, questions, submissions
from hanze.experiments.challenges.call import Baseline as Base
from hanze.experiments.challenges.call import Call, Criterion, Rules, Smallest
from hanze.experiments.challenges.deciding import Choice
from hanze.experiments.challenges.drafts import Draft
from hanze.experiments.challenges.judging import Score
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.submissions import Offer
from hanze.experiments.challenges.vaults import QUESTIONS, SUBMISSIONS, WATCHERS
from hanze.experiments.model import ChallengeFacts
from hanze.experiments.organisations import keeping as organisations
from hanze.experiments.organisations.keeping import Organisation
from hanze.experiments.told import Told
from hanze.store.base import UnitOfWork

CITY, TODAY = "havendam", date(2026, 3, 10)

OPEN, JUDGED, DIVIDED, DECIDED, GONE, DRAFT = (
    "stille-kade",
    "volle-bakken",
    "breed-pad",
    "koele-straat",
    "oude-brug",
    "nachtbus",
)

ABOUT = "Op de kade is het te vaak luid, en de bakken zijn vol. Wie weet iets?"

OFFER = Offer("Slimme bak", ABOUT, ABOUT, "prototype", ("Bakken", "Kade"), ABOUT, 20_000, ABOUT)

FIRMS = [
    Organisation("een", "Kade Bakken", "company", "micro", "city", True, "een@kade.example"),
    Organisation("twee", "Slimme Kade", "social enterprise", "small", "region", False, "twee@kade.example"),
]

ONE = f"{JUDGED}-een"
TOKEN = "watches"

ASKED = {
    "challenge": f"id={OPEN}", "challenges/edit": f"id={DRAFT}", "challenges/draft": f"id={DRAFT}",
    "challenge/withdraw": f"id={OPEN}", "challenges/tell/yes": f"token={TOKEN}", "challenges/tell/stop": f"token={TOKEN}",
    "call/fits": f"id={OPEN}", "call/apply": f"id={OPEN}", "call/questions": f"id={OPEN}", "jury/members": f"id={JUDGED}",
    "jury/call": f"id={JUDGED}", "jury/score": f"id={JUDGED}&application={ONE}", "jury/desk": f"id={DIVIDED}",
    "jury/decide": f"id={DIVIDED}", "call/picture": f"id={OPEN}&application=none",
}  # fmt: skip
"""What the address of a page needs besides its path."""

MORE = (
    "challenges?goal=3", "challenges?phase=decided&goal=5", f"challenge?id={JUDGED}", f"challenge?id={DECIDED}",
    f"challenge?id={GONE}", f"challenges/edit?id={DRAFT}&step=call", f"challenges/edit?id={DRAFT}&step=judging",
    f"challenges/edit?id={OPEN}&step=judging", f"call/apply?id={OPEN}&step=trial", f"call/apply?id={OPEN}&step=send",
    f"call/apply?id={JUDGED}", f"call/fits?id={JUDGED}", f"jury/desk?id={JUDGED}", 
    "challenges/tell/yes?token=x",
)  # fmt: skip
"""Pages that say something else when they are asked something else."""

CALL = Call(
    ABOUT, "2026-05-20", "2026-06-01", "2026-09-01", 25_000, 1, ABOUT, ("several offers", "open source"), ABOUT,
    Rules(("company", "residents' group"), "small", ("city",), False, ABOUT),
    (Criterion("Stil", 60), Criterion("Bakken", 40, True)), 12, 3,
)  # fmt: skip

BASELINE = Base(
    5.0, "%", "2026-01-31T23:00:00Z", "2026-02-28T23:00:00Z", 3.0, 9.0, Told("It has no clear season."),
    Smallest(0.12, 12, 3, 20, 52, "week")
)  # fmt: skip


def fill(uow: UnitOfWork, person: str) -> None:
    """`person`: somebody of the city who also speaks for an organisation, and sits in one of the juries."""
    for one in FIRMS:
        organisations.save(uow, one, "test")
    _open(uow, person)
    for code in (JUDGED, DIVIDED, DECIDED, GONE):
        made = _made(uow, code, "2026-02-01", "2026-03-01")
        for firm in FIRMS:
            _sent(uow, code, firm)
        _jury(uow, made, person if code == JUDGED else "one")
    _decide(uow)
    deciding.withdraw(uow, keeping.within(uow, CITY, GONE), TODAY, ABOUT, "innovation-officer", "test")
    given = Draft(
        "Stille Bakken", ABOUT, "nl", "HVD0101", "waste-full", ("11.6",), "2026-04-01", "2026-05-01", call=CALL
    )
    drafts.put(uow, DRAFT, given, "somebody", "test")
    drafts.ask(uow, DRAFT, TODAY, "test")
    row = {"token": TOKEN, "mail": "an@example.org", "wanted": {}, "language": "en", "asked": uow.now, "told": []}
    uow.vault(WATCHERS).insert(row)


def _made(uow: UnitOfWork, code: str, opens: str, closes: str) -> Challenge:
    facts = ChallengeFacts(
        code.replace("-", " ").capitalize(), ABOUT, "nl", "announced", "HVD0101", "waste-full", ["11.6", "3.9"], opens, closes,
        madeBy="innovation-officer", simulated=True,
    )  # fmt: skip
    made = Challenge(code, keeping.id_of(CITY, code), facts, CALL, BASELINE, None)
    keeping.write(uow, made)
    return made


def _open(uow: UnitOfWork, person: str) -> None:
    one = _made(uow, OPEN, "2026-03-01", "2026-04-20")
    questions.ask(uow, lambda count: b"a" * count, one, TODAY, ABOUT, "nl")
    (waits,) = questions.waiting(uow.vault(QUESTIONS), OPEN)
    questions.answer(uow, one, TODAY, waits.id, ABOUT, ABOUT, "test")
    one = keeping.within(uow, CITY, OPEN)
    questions.ask(uow, lambda count: b"b" * count, one, TODAY, ABOUT, "nl")
    organisation = organisations.of(uow, person)
    if organisation is not None:
        submissions.save(uow, lambda count: b"c" * count, one, TODAY, organisation.id, person, "nl", OFFER)
        submissions.send(uow, one, TODAY, organisation.id, "test")


def _sent(uow: UnitOfWork, code: str, firm: Organisation) -> None:
    row = {"id": f"{code}-{firm.id}", "challenge": code, "organisation": firm.id, "person": firm.id, "language": "nl"}
    offer = msgspec.to_builtins(OFFER)
    told = {
        "content": offer,
        "sent": offer,
        "at": uow.now,
        "sent_at": uow.now,
        "outcome": "",
        "why": "",
        "simulated": 1,
    }
    uow.vault(SUBMISSIONS).insert({**row, **told})


def _jury(uow: UnitOfWork, one: Challenge, first: str) -> None:
    for number, person in enumerate((first, "other")):
        jurors.seat(uow, one, TODAY, person, "test")
        jurors.declare(uow, one, TODAY, person, (), "", "test")
        for firm in FIRMS if number or one.code != JUDGED else ():
            given = [Score(4 - 3 * number, ABOUT), Score(3, ABOUT)]
            jurors.judge(uow, one, TODAY, person, f"{one.code}-{firm.id}", given, "test")


def _decide(uow: UnitOfWork) -> None:
    choices = {f"{DECIDED}-een": Choice(True, ABOUT), f"{DECIDED}-twee": Choice(False, ABOUT)}
    one = keeping.within(uow, CITY, DECIDED)
    deciding.decide(uow, CITY, one, TODAY, choices, "innovation-officer", "test")
