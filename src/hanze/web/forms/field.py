# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One question of a form, and whether what was answered can be used."""

from collections.abc import Callable
from typing import Literal

import msgspec

from hanze.web.language import mark as _

Kind = Literal[
    "text", "area", "mail", "password", "code", "number", "date", "choice", "options", "tick", "file", "picture", "hidden"
]  # fmt: skip
"""How it is asked; `options`: several of a few, `tick`: yes or no, `code`: a few digits, `picture`: see hanze.web.attachments."""

Check = Callable[[str], str]
"""From what was answered to what is wrong with it, an English sentence of the catalogues; empty where nothing is."""

LONGEST = 10_000
"""Characters, where a field does not say."""

PICTURES = "image/jpeg,image/png,image/webp,image/gif"
"""What a browser offers to choose for a picture."""

ALT = "-alt"
"""Ends the name of the field that says in words what is to be seen on a picture."""


class Choice(msgspec.Struct, frozen=True):
    """`text`: an English text of the catalogues, or a name."""

    value: str
    text: str


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """`label` and `help` are English texts of the catalogues. `autocomplete`: as HTML names it (section 4.10.18.7)."""

    name: str
    label: str
    kind: Kind = "text"
    required: bool = True
    help: str = ""
    autocomplete: str = "off"
    choices: tuple[Choice, ...] = ()
    longest: int = LONGEST
    most: int = 10 << 20
    """Bytes of a picture."""
    checks: tuple[Check, ...] = ()

    def wrong(self, answers: list[str]) -> str:
        """What is wrong with the answers; empty where nothing is."""
        given = [one for one in answers if one]
        if not given:
            return self._missing() if self.required else ""
        if any(len(one) > self.longest for one in given):
            return _("This is too long. Make it shorter.")
        if self.kind in ("choice", "options") and not {one.value for one in self.choices}.issuperset(given):
            return _("Choose one of the answers.")
        if self.kind == "mail" and not is_mail(given[0]):
            return _("This is no mail address. Write it like name@example.org.")
        return next((told for check in self.checks for one in given if (told := check(one))), "")

    def _missing(self) -> str:
        if self.kind == "tick":
            return _("Tick this box to go on.")
        if self.kind in ("choice", "options"):
            return _("Choose one of the answers.")
        return _("Fill this in.")


def picture(name: str, label: str, *, required: bool = True) -> tuple[Field, Field]:
    """The question for a picture, and the one for its words: who cannot see it is told these."""
    return (
        Field(name=name, label=label, kind="picture", required=required, help=_("JPEG, PNG, WebP or GIF, at most 10 MB.")),
        Field(
            name=name + ALT, label=_("What is to be seen on it"), required=required, longest=300,
            help=_("In a few words, for who cannot see it."),
        ),
    )  # fmt: skip


def is_mail(text: str) -> bool:
    """Something before one @, and a name with a dot behind it; whether it works only a mail can tell."""
    name, at, host = text.partition("@")
    return bool(name and at and "@" not in host and "." in host.strip(".") and not any(map(str.isspace, text)))
