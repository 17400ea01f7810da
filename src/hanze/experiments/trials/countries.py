# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Countries whose holidays are known, and what a language calls them."""

from collections.abc import Sequence
from functools import cache

from babel import Locale

from hanze.web.language import Language


@cache
def known() -> frozenset[str]:
    """Codes of two letters; none where the library of holidays (extra `experiments`) is not installed."""
    try:
        import holidays
    except ImportError:
        return frozenset()
    return frozenset(code for code in holidays.list_supported_countries() if len(code) == 2)


def name(language: Language, code: str) -> str:
    """The code itself where the language has no name for it."""
    found: str = Locale(language.code).territories.get(code, code)
    return found


def named(language: Language) -> Sequence[tuple[str, str]]:
    """All that are known, code and name, in order of their names."""
    return sorted(((code, name(language, code)) for code in known()), key=lambda one: one[1].casefold())
