# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names of other makers, taken apart into words and put together as names of attributes, types and sources."""

import re
import unicodedata
from urllib.parse import unquote, urlsplit

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_LETTERS = str.maketrans(
    {"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "o", "å": "a"}
)

OPAQUE = re.compile(
    r"api|v\d+|items|records|data|json|geojson|query|search|rest|services|\w*server|exports?|datasets?|collections|downloads?|"
    r"open|open_?data|public|index|html|php|csv|files?|catalog|explore|package|resource|get|list|odata|\d+\w?|[0-9a-f-]{16,}"
)
"""Parts of an address that tell nothing of what stands there."""

LONGEST_NAME = 40


def words(name: str) -> list[str]:
    """Its words in small letters: FreeSpaceShort, free_space_short and free-space-short have the same."""
    return [word.lower() for word in _WORD.findall(_plain(name))]


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKD", name.translate(_LETTERS)).encode("ascii", "ignore").decode()


def key(name: str) -> str:
    """The words as patterns look for them: once apart, once together, such as "park_haus parkhaus"."""
    found = words(name)
    return f"{'_'.join(found)} {''.join(found)}"


def camel(name: str) -> str:
    """A name such as freeSpaceShort; empty where there is no letter to begin with."""
    found = words(name)
    while found and found[0].isdigit():
        found.pop(0)
    return "".join([*found[:1], *(word.capitalize() for word in found[1:])])


def pascal(name: str) -> str:
    """A name of a type such as ParkingSpot, of one thing where the words are of many."""
    found = camel(name)
    if found.endswith("ies") and len(found) > 4:
        found = found[:-3] + "y"
    elif found.endswith("s") and not found.endswith("ss") and len(found) > 3:
        found = found[:-1]
    return found[:1].upper() + found[1:]


def subject(url: str) -> str:
    """The part of an address that tells what stands there; empty where none does."""
    for part in reversed(unquote(urlsplit(url).path).split("/")):
        stem = part.partition(".")[0]
        if words(stem) and not OPAQUE.fullmatch(stem.lower()):
            return stem
    return ""


def source_name(url: str) -> str:
    """A name for the source: small letters, digits and hyphens."""
    host = urlsplit(url).hostname or ""
    labels = [label for label in host.split(".") if label not in ("www", "api", "data", "opendata")]
    # An address in numbers has no name in it.
    named = labels[-2] if len(labels) > 1 and not labels[-1].isdigit() else ""
    found = re.sub(r"[^a-z0-9]+", "-", _plain(subject(url) or named).lower()).strip("-")
    return found[:LONGEST_NAME].strip("-") or "source"
