# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How pages and mails of calls say days, money and shares."""

from datetime import date

from hanze.web.language import Language


def said(language: Language, day: str) -> str:
    """A day such as 2026-03-31 in words; empty for none."""
    if not day:
        return ""
    found = date.fromisoformat(day)
    return f"{found.day} {language.words.months[found.month - 1]} {found.year}"


def euro(language: Language, amount: int) -> str:
    return "€\u00a0" + language.words.fixed(amount, 0)


def share(language: Language, part: float) -> str:
    """0.1 as 10%; to two digits."""
    return language.words.number(float(f"{100 * part:.2g}")) + "%"
