# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people are written about calls: that one fits, that it changed, that an application arrived, and what became of it."""

from starlette.datastructures import QueryParams

from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.submissions import Offer
from hanze.experiments.challenges.watching import Watcher
from hanze.web.language import Language
from hanze.web.language import mark as _
from hanze.web.outbox import Mail
from hanze.web.room import Site

CONFIRM_SUBJECT = _("Do you want mail about calls of %(city)s?")
CONFIRM = _(
    "Hello,\n\nSomebody, we hope you, asked to be told of calls of %(city)s that fit.\n\nIs that right? Then open this page and "
    "say yes:\n%(yes)s\n\nIf it was not you, you need not do anything: then you get no more mail about it.\n\n%(city)s\n"
)

FITS_SUBJECT = _("A call that fits you: %(name)s")
FITS = _(
    "Hello,\n\nThe city asks for solutions, and what it asks fits what you told us.\n\n%(name)s\n%(problem)s\n\n"
    "You can apply until %(closes)s. Read more, and see in five questions whether you may apply:\n%(link)s\n\n"
    "You get one mail for each call that fits. Stop these mails: %(stop)s\n\n%(city)s\n"
)

CHANGED_SUBJECT = _("The call has changed: %(name)s")
CHANGED = _(
    "Hello,\n\nYou began or sent an application for: %(name)s. The call has changed.\n\nWhat changed: %(what)s\n\n"
    "Look whether your application still fits. You can change it until %(closes)s:\n%(link)s\n\n%(city)s\n"
)

ARRIVED_SUBJECT = _("Your application arrived: %(name)s")
ARRIVED = _(
    "Hello,\n\nYour application %(offer)s for %(name)s arrived. "
    "Nobody reads it before the call closes, also nobody of the city.\n\n"
    "You can change it or take it back until %(closes)s:\n%(link)s\n\nYou get an answer with reasons by %(decided)s.\n\n%(city)s\n"
)

CHOSEN_SUBJECT = _("Your application was chosen: %(name)s")
CHOSEN = _(
    "Hello,\n\nGood news: your application for %(name)s was chosen.\n\nWhy: %(why)s\n\nHow it was judged stands here. "
    "Somebody of the city gets in touch with you about the trial:\n%(link)s\n\n%(city)s\n"
)

OTHER_SUBJECT = _("About your application: %(name)s")
OTHER = _(
    "Hello,\n\nThank you for your application for %(name)s. It was not chosen.\n\nWhy: %(why)s\n\nHow all applications were judged "
    "stands here; yours is there without your name, as %(label)s:\n%(link)s\n\n"
    "Do you not agree? Answer the city within six weeks.\n\n%(city)s\n"
)

WITHDRAWN_SUBJECT = _("The call was withdrawn: %(name)s")
WITHDRAWN = _(
    "Hello,\n\nThe city has withdrawn the call %(name)s, to which you sent an application. Nobody has read it.\n\nWhy: %(why)s\n\n"
    "%(link)s\n\n%(city)s\n"
)

SEAT_SUBJECT = _("You are asked for the jury of: %(name)s")
SEAT = _(
    "Hello,\n\nYou are asked for the jury of %(name)s. From when the call closes you read the applications and give scores, "
    "each with a reason.\n\nThe page of the jury:\n%(link)s\n\n%(city)s\n"
)


def link(site: Site, language: Language, path: str, **query: str) -> str:
    """An address that a person can open from a mail."""
    asked = str(QueryParams(query))
    return f"{site.address or site.base}/{language.code}/{path}" + (f"?{asked}" if asked else "")


def _mail(site: Site, language: Language, to: str, subject: str, text: str, stop: str = "", **given: str) -> Mail:
    told = {**given, "city": site.city, "stop": stop}
    return Mail(to, language.say(subject) % told, language.say(text) % told, language.code, stop)


def confirm(site: Site, language: Language, one: Watcher) -> Mail:
    yes = link(site, language, "challenges/tell/yes", token=one.token)
    return _mail(site, language, one.mail, CONFIRM_SUBJECT, CONFIRM, yes=yes)


def fits(site: Site, language: Language, to: Watcher, one: Challenge, closes: str) -> Mail:
    """`closes`: the last day, in words."""
    stop = link(site, language, "challenges/tell/stop", token=to.token)
    return _mail(
        site, language, to.mail, FITS_SUBJECT, FITS, stop, name=one.facts.name, problem=one.facts.description, closes=closes,
        link=_page(site, language, one),
    )  # fmt: skip


def changed(site: Site, language: Language, to: str, one: Challenge, closes: str) -> Mail:
    what = one.call.changes[-1].what if one.call.changes else ""
    page = link(site, language, "call/apply", id=one.code)
    return _mail(site, language, to, CHANGED_SUBJECT, CHANGED, name=one.facts.name, what=what, closes=closes, link=page)


def arrived(site: Site, language: Language, to: str, one: Challenge, offer: Offer, closes: str, decided: str) -> Mail:
    page = link(site, language, "call/apply", id=one.code)
    return _mail(
        site, language, to, ARRIVED_SUBJECT, ARRIVED, name=one.facts.name, offer=offer.name, closes=closes, decided=decided,
        link=page,
    )  # fmt: skip


def decided(site: Site, language: Language, to: str, one: Challenge, label: str, *, chosen: bool, why: str) -> Mail:
    """`label`: what the application is called where it stays confidential."""
    subject, text = (CHOSEN_SUBJECT, CHOSEN) if chosen else (OTHER_SUBJECT, OTHER)
    page = _page(site, language, one)
    return _mail(site, language, to, subject, text, name=one.facts.name, why=why, label=label, link=page)


def withdrawn(site: Site, language: Language, to: str, one: Challenge, why: str) -> Mail:
    page = _page(site, language, one)
    return _mail(site, language, to, WITHDRAWN_SUBJECT, WITHDRAWN, name=one.facts.name, why=why, link=page)


def seat(site: Site, language: Language, to: str, one: Challenge) -> Mail:
    page = link(site, language, "jury/call", id=one.code)
    return _mail(site, language, to, SEAT_SUBJECT, SEAT, name=one.facts.name, link=page)


def _page(site: Site, language: Language, one: Challenge) -> str:
    return link(site, language, "challenge", id=one.code)
