# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody is written who is invited to speak for an organisation."""

from hanze.web.language import Language
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
