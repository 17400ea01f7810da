# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Chooses a language of a LanguageProperty by preferences as in Accept-Language (RFC 9110, RFC 4647 lookup)."""

from functools import lru_cache
from typing import Any


def choose(languages: dict[str, Any], preferences: str) -> tuple[str, Any]:
    """Language and text: the first preference that is there, also by its primary part; else @none; else the first."""
    by_tag = {tag.lower(): tag for tag in languages}
    for wanted in _ordered(preferences):
        if wanted == "*":
            break
        while wanted:
            if wanted in by_tag:
                return by_tag[wanted], languages[by_tag[wanted]]
            wanted = wanted.rpartition("-")[0]
    if "@none" in languages:
        return "@none", languages["@none"]
    return next(iter(languages.items()))


@lru_cache(maxsize=256)
def _ordered(preferences: str) -> tuple[str, ...]:
    weighed: list[tuple[float, str]] = []
    for part in preferences.split(","):
        tag, _, parameter = part.strip().partition(";")
        name, _, weight = parameter.strip().partition("=")
        try:
            quality = float(weight) if name.strip() == "q" else 1.0
        except ValueError:
            quality = 0.0
        if tag and quality > 0:
            weighed.append((quality, tag.strip().lower()))
    return tuple(tag for _, tag in sorted(weighed, key=lambda pair: -pair[0]))
