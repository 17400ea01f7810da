# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Chooses a language of a LanguageProperty by preferences as in Accept-Language.

Source: ETSI GS CIM 009 V1.8.1, clause 4.15; RFC 9110, 12.5.4 (weights); RFC 4647, 3.4 (lookup).
"""

from functools import lru_cache
from typing import Any


def choose(languages: dict[str, Any], preferences: str) -> tuple[str, Any]:
    """Language and text: the best preference that is there; else @none; else the first that there is.

    A preference fits a language that is the same, that is a kind of it (en: en-US) or that it is a kind of (nl-BE: nl).
    """
    by_tag = {tag.lower(): tag for tag in languages}
    for wanted in _ordered(preferences):
        if wanted == "*":
            break
        tag = _fitting(wanted, by_tag)
        if tag is not None:
            return tag, languages[tag]
    if "@none" in languages:
        return "@none", languages["@none"]
    return next(iter(languages.items()))


def _fitting(wanted: str, by_tag: dict[str, str]) -> str | None:
    while wanted:
        if wanted in by_tag:
            return by_tag[wanted]
        for lower, tag in by_tag.items():
            if lower.startswith(wanted + "-"):
                return tag
        wanted = wanted.rpartition("-")[0]
    return None


@lru_cache(maxsize=256)
def _ordered(preferences: str) -> tuple[str, ...]:
    weighed: list[tuple[float, str]] = []
    for part in preferences.split(","):
        tag, _, parameter = part.partition(";")
        name, _, weight = parameter.partition("=")
        try:
            quality = float(weight) if name.strip() == "q" else 1.0
        except ValueError:
            quality = 0.0
        if tag.strip() and quality > 0:
            weighed.append((quality, tag.strip().lower()))
    return tuple(tag for _, tag in sorted(weighed, key=lambda pair: -pair[0]))
