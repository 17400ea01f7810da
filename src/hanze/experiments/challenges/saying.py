# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How pages and mails of calls say days, money and shares."""

from datetime import date

from hanze.experiments.challenges.call import Route
from hanze.web.language import Language
from hanze.web.language import mark as _


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


ROUTE: dict[Route, str] = {
    "direct purchase": _("The city buys it at once, where the sum is so small that the law allows it."),
    "several offers": _("The city asks several for an offer, and you may be one of them."),
    "tender": _("The city puts out a tender. What was learned stands in it, and you may take part like everyone."),
    "innovation partnership": _("You develop it further with the city in an innovation partnership, and the city buys the result."),
    "open source": _("What was made is open source. The city uses it on, and so may others."),
    "none": _("The city does not buy it. You may go on by yourself."),
}  # fmt: skip
"""How the city can go on with what worked."""
