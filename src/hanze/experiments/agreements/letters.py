# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people are written about agreements: the partner that one is offered, both sides that it was signed by both."""

from collections.abc import Mapping

from hanze.experiments.agreements.terms import Terms
from hanze.experiments.challenges.letters import link
from hanze.experiments.challenges.saying import said
from hanze.experiments.organisations import keeping as organisations
from hanze.experiments.organisations import letters as partners
from hanze.store.base import UnitOfWork
from hanze.web import outbox
from hanze.web.language import Language, languages
from hanze.web.language import mark as _
from hanze.web.outbox import Mail
from hanze.web.people import people
from hanze.web.people.vaults import PEOPLE
from hanze.web.room import Site

OFFERED_SUBJECT = _("A data agreement to read and sign: %(name)s")
OFFERED = _(
    "Hello,\n\n%(city)s offers %(partner)s a data agreement: %(name)s. It holds from %(starts)s up to and including %(ends)s, once "
    "both sides have signed it.\n\nRead it, and sign it if you agree:\n%(link)s\n\nQuestions: %(contact)s\n\n%(city)s\n"
)

SIGNED_SUBJECT = _("Signed by both sides: %(name)s")
SIGNED = _(
    "Hello,\n\n%(city)s and %(partner)s have both signed the data agreement %(name)s. It holds from %(starts)s up to and including "
    "%(ends)s.\n\nRead it; the partner makes keys for its programs there:\n%(link)s\n\nQuestions: %(contact)s\n\n%(city)s\n"
)

OFFICERS = "data-officer"
"""Who is told of the city."""


def offered(site: Site, uow: UnitOfWork, code: str, terms: Terms) -> None:
    """The partner can sign from now on. `code`: of the agreement."""
    to = partners.addresses(uow, terms.partner, languages()[site.languages[0]])
    _send(site, uow, to, terms, OFFERED_SUBJECT, OFFERED, "agreement/sign", code)


def signed(site: Site, uow: UnitOfWork, code: str, terms: Terms) -> None:
    """Both sides have signed. `code`: of the agreement."""
    known = languages()
    usual = known[site.languages[0]]
    partner = [one.id for one in organisations.members(uow, terms.partner)]
    officers = {
        one.mail: known.get(one.language, usual)
        for one in people.every(uow.vault(PEOPLE))
        if OFFICERS in one.roles and one.id not in partner
    }
    to = partners.addresses(uow, terms.partner, usual)
    _send(site, uow, {**officers, **to}, terms, SIGNED_SUBJECT, SIGNED, "agreement", code)


def _send(
    site: Site, uow: UnitOfWork, to: Mapping[str, Language], terms: Terms, subject: str, text: str, path: str, code: str
) -> None:
    for mail, language in to.items() if site.mails else ():
        given = {
            "city": terms.city, "partner": terms.partner_name, "name": terms.name, "starts": said(language, terms.starts),
            "ends": said(language, terms.ends), "contact": terms.contact, "link": link(site, language, path, id=code),
        }  # fmt: skip
        outbox.put(uow, Mail(mail, language.say(subject) % given, language.say(text) % given, language.code))
