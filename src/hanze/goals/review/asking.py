# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which review an address asks for."""

from hanze.errors import BadRequestData
from hanze.goals.review.gathering import of_year
from hanze.ngsild.checks import shown
from hanze.web.drawing.times import local
from hanze.web.room import Visit


def year(visit: Visit) -> int:
    """The year that the address names, else the one that runs. Errors: BadRequestData."""
    given, now = visit.asked("year"), this(visit)
    if not given:
        return now
    if not (given.isascii() and given.isdigit() and len(given) == 4):
        raise BadRequestData(f"year is {shown(given)}; give one such as {now}.")
    if of_year(int(given), visit.site.zone).start > visit.now:
        raise BadRequestData(f"year is {given}, which has not begun yet.")
    return int(given)


def this(visit: Visit) -> int:
    """The year that runs, by the city's clock."""
    return local(visit.now, visit.site.zone).year
