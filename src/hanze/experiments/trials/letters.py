# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people are written about a trial: that it stopped by itself, and what came of it; who runs it, its partner, followers."""

from collections.abc import Iterator, Mapping

import msgspec

from hanze.experiments.agreements import keeping as agreements
from hanze.experiments.challenges.letters import link
from hanze.experiments.challenges.saying import said
from hanze.experiments.organisations import letters as partners
from hanze.experiments.told import Told
from hanze.experiments.trials import keeping
from hanze.experiments.trials.keeping import Trial
from hanze.explore.following import follows
from hanze.explore.following import letters as following
from hanze.explore.following.follows import FOLLOWS
from hanze.store.base import UnitOfWork
from hanze.web import outbox
from hanze.web.language import Language, languages
from hanze.web.language import mark as _
from hanze.web.outbox import Mail
from hanze.web.people import people
from hanze.web.people.vaults import PEOPLE
from hanze.web.room import Site

OWNERS = "innovation-officer"
"""Who is told where a trial does not say who opened it."""

STOPPED_SUBJECT = _("A trial was stopped: %(name)s")
STOPPED = _(
    "Hello,\n\nThe trial %(name)s stopped by itself on %(day)s. %(why)s\n\n%(more)s\n\nRead more:\n%(link)s\n\n%(end)s%(city)s\n"
)

RESULT_SUBJECT = _("The result of a trial: %(name)s")
RESULT = _(
    "Hello,\n\nThe trial %(name)s was judged by the plan that was fixed beforehand.\n\n%(why)s\n\n%(more)s\n\nRead more:\n"
    "%(link)s\n\n%(end)s%(city)s\n"
)

TO_OWNER = {
    "stopped": _("See to it that the measure itself stops too, where it is tried."),
    "result": _("Say what follows: stop, repeat, scale or buy."),
}
TO_PARTNER = {
    "stopped": _(
        "Stop the measure where it is tried. If the data agreement ended with it, its keys open nothing any more."
    ),
    "result": _("The city says there what follows: stop, repeat, scale or buy."),
}
TO_FOLLOWER = {
    "stopped": _("What was measured until now is judged all the same."),
    "result": _("There stands how sure that is, what else was looked at, and what follows."),
}

STOP = _("Stop these mails: %(stop)s\n\n")


class To(msgspec.Struct, frozen=True):
    """Somebody who is written; `stop`: the address that ends such mails, empty where there is none."""

    mail: str
    language: Language
    more: str
    stop: str = ""


def stopped(site: Site, uow: UnitOfWork, city: str, trial: Trial, why: Told) -> None:
    """It stopped by itself; `why`: in a sentence."""
    _send(site, uow, city, trial, why, "stopped")


def judged(site: Site, uow: UnitOfWork, city: str, trial: Trial, why: Told) -> None:
    """It was judged; `why`: the verdict, in sentences."""
    _send(site, uow, city, trial, why, "result")


def _send(site: Site, uow: UnitOfWork, city: str, trial: Trial, why: Told, what: str) -> None:
    if not site.mails:
        return
    told: set[str] = set()
    for to in _all(site, uow, city, trial, what):
        if to.mail.casefold() not in told:
            told.add(to.mail.casefold())
            outbox.put(uow, _mail(site, to, trial, why, what))


def _mail(site: Site, to: To, trial: Trial, why: Told, what: str) -> Mail:
    say, number = to.language.say, to.language.words.number
    subject, text = (STOPPED_SUBJECT, STOPPED) if what == "stopped" else (RESULT_SUBJECT, RESULT)
    given = {
        "name": trial.facts.name, "day": said(to.language, trial.facts.ended), "why": why.said(say, number), "more": say(to.more),
        "link": link(site, to.language, "trial", id=trial.code), "end": say(STOP) % {"stop": to.stop} if to.stop else "",
        "city": site.city,
    }  # fmt: skip
    return Mail(to.mail, say(subject) % given, say(text) % given, to.language.code, to.stop)


def _all(site: Site, uow: UnitOfWork, city: str, trial: Trial, what: str) -> Iterator[To]:
    known = languages()
    usual = known[site.languages[0]]
    yield from _owners(uow, trial, known, usual, what)
    yield from _partner(uow, trial, usual, what)
    yield from _followers(site, uow, keeping.id_of(city, trial.code), known, what)


def _owners(
    uow: UnitOfWork, trial: Trial, known: Mapping[str, Language], usual: Language, what: str
) -> Iterator[To]:  # fmt: skip
    role = trial.facts.madeBy or OWNERS
    for one in people.every(uow.vault(PEOPLE)):
        if role in one.roles:
            yield To(one.mail, known.get(one.language, usual), TO_OWNER[what])


def _partner(uow: UnitOfWork, trial: Trial, usual: Language, what: str) -> Iterator[To]:
    agreement = agreements.within(uow, trial.facts.agreement) if trial.facts.agreement else None
    if agreement is None:
        return
    for mail, language in partners.addresses(uow, agreement.terms.partner, usual).items():
        yield To(mail, language, TO_PARTNER[what])


def _followers(site: Site, uow: UnitOfWork, id: str, known: Mapping[str, Language], what: str) -> Iterator[To]:
    """Those who said yes; what they are told now is no news for the mail of the day."""
    found = [
        one
        for row in uow.vault(FOLLOWS).select({"thing": id, "told": (">", 0)})
        if (one := follows.find(uow.vault(FOLLOWS), row["token"])) is not None
    ]
    follows.told(uow, found, uow.now)
    for one in found:
        if one.language in known:
            yield To(one.mail, known[one.language], TO_FOLLOWER[what], following.link(site, one, "follow/stop"))
