# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The order of texts as people read them: letters, then accents, then case. Source: ETSI GS CIM 009 V1.9.1, clause 4.23.

An approximation of the root order of the Unicode Collation Algorithm out of what Python knows of characters; it is that
order for the letters of western European languages. Languages that order otherwise (Swedish, Danish …) are refused.
"""

import re
import unicodedata
from functools import lru_cache

import msgspec

from hanze.errors import BadRequestData
from hanze.ngsild.checks import shown

LANGUAGES = ("und", "de", "en", "fr", "ga", "it", "nl", "pt")
"""Those whose letters have the root order; `und` is no language in particular."""

_TAG = re.compile(r"([a-z]{2,3})(-[a-z]{4})?(-[a-z]{2}|-\d{3})?(-x-icu)?(-u(-[a-z0-9]{2,8})+)?", re.IGNORECASE)
_LEVELS = {"level1": 1, "level2": 2, "level3": 3, "level4": 3, "identic": 3}
_PHONEBOOK = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})

_END, _OTHER, _DIGIT, _LETTER = "\x01", "\x02", "\x03", "\x04"


class Collation(msgspec.Struct, frozen=True):
    """`levels`: 1 letters only, 2 accents too, 3 case too. `phonebook`: German umlauts as two letters."""

    levels: int = 3
    phonebook: bool = False


@lru_cache(maxsize=64)
def parse(tag: str) -> Collation:
    """The order of a language tag (RFC 6067), such as und, nl, de-u-co-phonebk or und-u-ks-level1; BadRequestData for one
    that is malformed or cannot be honoured."""
    found = _TAG.fullmatch(tag) if len(tag) <= 100 else None
    if found is None or found[1].lower() not in LANGUAGES:
        raise BadRequestData(f"collation is {shown(tag)}; give one of {', '.join(LANGUAGES)}.")
    words = (found[5] or "").lower().split("-")[2:]
    keys = dict(zip(words[::2], words[1::2], strict=False))
    kind, strength = keys.pop("co", "standard"), keys.pop("ks", "level3")
    known = kind == "standard" or (kind == "phonebk" and found[1].lower() == "de")
    if len(words) % 2 or keys or not known or strength not in _LEVELS:
        raise BadRequestData(
            f"collation is {shown(tag)}; of its options co-phonebk (with de) and ks-level1 to 3 are known."
        )
    return Collation(_LEVELS[strength], kind == "phonebk")


def key(text: str, collation: Collation) -> str:
    """A text whose plain order is that of the collation."""
    given = unicodedata.normalize("NFC", text)
    if collation.phonebook:
        given = given.translate(_PHONEBOOK)
    letters: list[str] = []
    accents: list[str] = []
    cases: list[str] = []
    for sign in unicodedata.normalize("NFKD", given):
        if unicodedata.combining(sign):
            accents.append(sign)
            continue
        for folded in sign.casefold():
            letters.append((_LETTER if folded.isalpha() else _DIGIT if folded.isdigit() else _OTHER) + folded)
            accents.append(_OTHER)
            cases.append(_LETTER if sign.isupper() else _OTHER)
    return _END.join(("".join(letters), "".join(accents), "".join(cases))[: collation.levels])
