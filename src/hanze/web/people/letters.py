# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people are written who are invited, or who asked for a link."""

from hanze.web.language import Language
from hanze.web.language import mark as _
from hanze.web.outbox import Mail
from hanze.web.people.tickets import Purpose

SUBJECTS: dict[Purpose, str] = {
    "invitation": _("%(city)s invites you"),
    "sign-in": _("Your link to sign in to %(city)s"),
}

TEXTS: dict[Purpose, str] = {
    "invitation": _(
        "Hello,\n\n%(city)s invites you to its site. Make your account here; the link works once, and for two weeks:\n%(link)s\n\n"
        "Do you not know why you get this? Then you need not do anything.\n\n%(city)s\n"
    ),
    "sign-in": _(
        "Hello,\n\nWith this link you sign in. It works once, and for half an hour:\n%(link)s\n\n"
        "Did you not ask for it? Then you need not do anything, and give it to nobody.\n\n%(city)s\n"
    ),
}


def letter(language: Language, city: str, purpose: Purpose, mail: str, link: str) -> Mail:
    given = {"city": city, "link": link}
    return Mail(mail, language.say(SUBJECTS[purpose]) % given, language.say(TEXTS[purpose]) % given, language.code)
