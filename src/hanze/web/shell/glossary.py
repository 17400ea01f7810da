# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words that need an explanation where they stand; templates show them by the macro `term` of web/parts.html."""

import msgspec

from hanze.web.language import mark as _


class Term(msgspec.Struct, frozen=True):
    word: str
    meaning: str


TERMS = {
    "source": Term(
        _("source"), _("Where data come from: a device, a file or the computer of somebody else that the city reads.")
    ),
    "origin": Term(
        _("origin"),
        _(
            "Who measured or made something, when, and under which conditions you may use it. Each number shows its origin."
        ),
    ),
    "licence": Term(_("licence"), _("What the maker of data allows you to do with them.")),
    "simulated": Term(
        _("simulated"), _("Made up by a computer to show how something works. It says nothing about a real place.")
    ),
    "middle": Term(
        _("middle value"),
        _("Put all values in order, from low to high: this is the one in the middle. One odd place hardly moves it."),
    ),
    "usual": Term(
        _("usual"),
        _(
            "Between the lowest and the highest of the same hour on the days before. It does not say whether that is good."
        ),
    ),
    "place": Term(
        _("place"), _("A point in the city where something is measured or stands, such as a measuring station.")
    ),
    "area": Term(_("area"), _("A part of the city with a name, such as a neighbourhood.")),
    "open data": Term(_("open data"), _("Data that everyone may see, take along and use.")),
}
"""Key of a term to what it means, in plain words."""
