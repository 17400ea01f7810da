# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""To whom mails for an organisation go, and what somebody is written who is invited to speak for it."""

from collections.abc import Mapping

from hanze.experiments.organisations import keeping
from hanze.store.base import UnitOfWork
from hanze.web.language import Language, languages
from hanze.web.language import mark as _
from hanze.web.outbox import Mail

SUBJECT = _("%(organisation)s invites you to join")

TEXT = _(
    "Hello,\n\nYou are invited to speak for %(organisation)s on the site of %(city)s. The link works once, and for two weeks. "
    "You sign in first:\n%(link)s\n\nDo you not know why you get this? Then you need not do anything.\n\n%(city)s\n"
)


def invitation(language: Language, city: str, organisation: str, mail: str, link: str) -> Mail:
    given = {"city": city, "organisation": organisation, "link": link}
    return Mail(mail, language.say(SUBJECT) % given, language.say(TEXT) % given, language.code)


def addresses(uow: UnitOfWork, organisation: str, usual: Language) -> Mapping[str, Language]:
    """Of who speaks for it, each with the own language, and that where it can be reached; `usual`: of who has said none."""
    found = {one.mail: languages().get(one.language, usual) for one in keeping.members(uow, organisation)}
    held = keeping.find(uow, organisation)
    if held is not None and held.contact and held.contact.casefold() not in found:
        found[held.contact] = usual
    return found
