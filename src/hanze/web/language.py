# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The languages of the site: English stands in the code, each other one is a file languages/CODE.po."""

import gettext
import io
import math
from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from functools import cache, cached_property
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


class Catalogue(gettext.NullTranslations):
    """What a language says for English texts. Its file is read when it is first asked, since that takes a while."""

    def __init__(self, code: str, source: Traversable | None = None) -> None:
        super().__init__()
        self._code, self._source = code, source

    @cached_property
    def _read(self) -> tuple[gettext.NullTranslations, frozenset[str]]:
        if self._source is None:
            return gettext.NullTranslations(), frozenset()
        packed = io.BytesIO()
        with self._source.open("rb") as file:
            found = read_po(file, locale=self._code)
        write_mo(packed, found)
        packed.seek(0)
        return gettext.GNUTranslations(packed), frozenset(str(one.id) for one in found if one.string)

    def gettext(self, message: str) -> str:
        return self._read[0].gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._read[0].ngettext(msgid1, msgid2, n)

    def __contains__(self, text: str) -> bool:
        """The file has this English text."""
        return text in self._read[1]


class Language(msgspec.Struct, frozen=True):
    """One language: its code, how it writes numbers and months, and what it says for an English text."""

    code: str
    words: Words
    catalogue: Catalogue

    @property
    def name(self) -> str:
        """What it calls itself."""
        return _name(self.code)

    def tongue(self, text: str) -> str:
        """The code of the language in which `say` answers for it."""
        return self.code if text in self.catalogue else "en"

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
    """All languages that are there by their codes: English, and each with a catalogue and words for pictures."""
    found = {"en": Language("en", WORDS["en"], Catalogue("en"))}
    for file in sorted((files("hanze.web") / "languages").iterdir(), key=lambda one: one.name):
        code, _, ending = file.name.partition(".")
        if ending == "po" and code in WORDS:
            found[code] = Language(code, WORDS[code], Catalogue(code, file))
    return found


@cache
def _name(code: str) -> str:
    """What a language calls itself."""
    told = Locale(code).get_display_name(code) or code
    return told[:1].upper() + told[1:]


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
