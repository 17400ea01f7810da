# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Areas by what people call them: without regard to capitals and accents, as far as letters of Europe have some."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from hanze.explore.finding import plain
from hanze.goals.areas.area import LEVELS
from hanze.goals.model import AREA
from hanze.goals.pages import told
from hanze.goals.pages.told import Place
from hanze.ngsild.context import CORE
from hanze.ngsild.described import VOCABULARY
from hanze.ngsild.selection import All, Compare, EntitySelection, Literal, Path, TypeIs
from hanze.web.room import Visit

LONGEST = 60
"""Letters of a name that are looked for."""

NAME = Path(CORE.expand("name"))


def fact(name: str) -> Path:
    """Where a fact of an area stands that has no shared term."""
    return Path(VOCABULARY + name)


def exactly(text: str) -> Compare:
    """Of areas that are called so, with a capital where people leave it out; the store has an index for that."""
    ways = dict.fromkeys((text, text.lower(), text.capitalize(), text.title(), text.upper()))
    return Compare(NAME, "==", tuple(Literal("text", one) for one in ways))


def holding(text: str) -> Compare:
    """Of areas whose name holds the text; the store looks at each of them."""
    return Compare(NAME, "~=", (Literal("text", "(?i)" + "".join(map(_letter, plain(text[:LONGEST])))),))


def named(visit: Visit, text: str, most: int) -> list[Place]:
    """Areas that are called so, else the first whose names hold the text; the largest first."""
    for condition in (exactly(text), holding(text)):
        found = visit.site.store.query("", selection(condition), visit.scope, limit=most).entities
        if found:
            return ordered(map(told.place_of, found))
    return []


def ordered(found: Iterable[Place]) -> list[Place]:
    """The largest first, then by name."""
    return sorted(found, key=lambda one: (LEVELS.index(one.facts.level), one.name.casefold()))


def having(name: str, value: str) -> Compare:
    """Of areas of which this fact is that text."""
    return Compare(fact(name), "==", (Literal("text", value),))


def selection(*conditions: Any) -> EntitySelection:
    """The areas of which all of these hold."""
    return EntitySelection(types=TypeIs(AREA.iri), q=All(conditions) if conditions else None)


def _letter(sign: str) -> str:
    if sign == " ":
        return r"\s+"
    same = _accented().get(sign, "")
    return f"[{sign}{same}]" if same else re.escape(sign)


@cache
def _accented() -> dict[str, str]:
    """By a small letter: those of Latin scripts that are it with an accent."""
    found: dict[str, str] = {}
    for number in range(0xC0, 0x180):
        sign = chr(number).casefold()
        base = unicodedata.normalize("NFKD", sign)[0]
        if len(sign) == 1 and base != sign and base.isascii() and base.isalpha() and sign not in found.get(base, ""):
            found[base] = found.get(base, "") + sign
    return found
