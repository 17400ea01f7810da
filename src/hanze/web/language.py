# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The languages of the site: English stands in the code, each other one is a file languages/CODE.po."""

import gettext
import io
import math
from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec
from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from hanze.errors import mark as mark
from hanze.web.drawing import times
from hanze.web.drawing.words import WORDS, Words

_ = mark

_LEFT = (
    (60, 60, _("less than a minute left")),
    (90, 60, _("about a minute left")),
    (5400, 60, _("about %(count)s minutes left")),
    (math.inf, 3600, _("about %(count)s hours left")),
)
"""Seconds below which a text is used, seconds of what it counts, and the text."""


class Language(msgspec.Struct, frozen=True):
    """One language: its code, what it calls itself, how it writes numbers and months, and what it says for an English text."""

    code: str
    name: str
    words: Words
    catalogue: gettext.NullTranslations
    known: frozenset[str] = frozenset()
    """The texts that the catalogue has, in English."""

    def tongue(self, text: str) -> str:
        """The code of the language in which `say` answers for it."""
        return self.code if text in self.known else "en"

    def say(self, text: str) -> str:
        """The text in this language; in English where the catalogue does not have it."""
        return self.catalogue.gettext(text) if text else ""

    def when(self, moment: int, now: int, zone: tzinfo) -> str:
        """A moment (microseconds) as people say it: the time of the day where it is today in the zone, else with its date."""
        there, here = times.local(moment, zone), times.local(now, zone)
        said = times.clock(there.replace(second=0))
        return said if there.date() == here.date() else f"{self._day(there, here)}, {said}"

    def left(self, seconds: float) -> str:
        """How long something still takes, which is never known to the second."""
        size, text = next(((size, text) for most, size, text in _LEFT if seconds < most), _LEFT[-1][1:])
        return self.say(text) % {"count": round(seconds / size)}

    def _day(self, day: datetime, today: datetime) -> str:
        said = times.date(day, self.words)
        return said.removesuffix(f" {day.year}") if day.year == today.year else said


@cache
def languages() -> Mapping[str, Language]:
    """All languages that are there by their codes: English, and each with a catalogue and words for pictures.

    Their files are read once in a process, which takes a while.
    """
    found = {"en": Language("en", _name("en"), WORDS["en"], gettext.NullTranslations())}
    for file in sorted((files("hanze.web") / "languages").iterdir(), key=lambda one: one.name):
        code, _, ending = file.name.partition(".")
        if ending == "po" and code in WORDS:
            found[code] = _language(file, code)
    return found


def _name(code: str) -> str:
    """What a language calls itself."""
    told = Locale(code).get_display_name(code) or code
    return told[:1].upper() + told[1:]


def _language(source: Traversable, code: str) -> Language:
    packed = io.BytesIO()
    with source.open("rb") as file:
        catalogue = read_po(file, locale=code)
    write_mo(packed, catalogue)
    packed.seek(0)
    known = frozenset(str(one.id) for one in catalogue if one.string)
    return Language(code, _name(code), WORDS[code], gettext.GNUTranslations(packed), known)


def preferred(header: str, codes: Iterable[str]) -> str:
    """Which of the languages an Accept-Language header likes best; the first where it names none (RFC 9110, 12.5.4)."""
    known = list(codes)
    best, weight = known[0], 0.0
    for part in header.split(","):
        name, _, parameter = part.partition(";")
        code = name.strip().lower().partition("-")[0]
        liked = _weight(parameter)
        if code in known and liked > weight:
            best, weight = code, liked
    return best


def _weight(parameter: str) -> float:
    key, _, value = parameter.strip().partition("=")
    if key != "q":
        return 1.0
    try:
        return min(1.0, float(value))
    except ValueError:
        return 0.0
