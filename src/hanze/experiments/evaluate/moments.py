# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A moment of a table in words: a date as people write it, else the number that stands there."""

from datetime import date, timedelta

from hanze.errors import mark as _
from hanze.experiments.evaluate.table import moment
from hanze.experiments.told import Told, Values

MONTHS = (
    _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"), _("September"),
    _("October"), _("November"), _("December"),
)  # fmt: skip


def told_moment(word: str) -> Told:
    """`word`: as the table writes it."""
    found = moment(word)
    if found is None or not found[1]:
        return Told("%(moment)s", {"moment": word.removesuffix(".0")})
    day = date(1970, 1, 1) + timedelta(days=int(found[0] // 1))
    values: Values = {"day": str(day.day), "month": Told(MONTHS[day.month - 1]), "year": str(day.year)}
    if word.count("-") == 1:
        return Told(_("%(month)s %(year)s"), values)
    minute = round(found[0] % 1 * 1440)
    if not minute:
        return Told(_("%(day)s %(month)s %(year)s"), values)
    clock = f"{minute // 60:02}:{minute % 60:02}"
    return Told(_("%(day)s %(month)s %(year)s, %(clock)s"), {**values, "clock": clock})


def listed(parts: list[Told]) -> Told:
    """Them one after the other, parted by semicolons."""
    found = parts[-1]
    for one in reversed(parts[:-1]):
        found = Told("%(one)s; %(more)s", {"one": one, "more": found})
    return found
