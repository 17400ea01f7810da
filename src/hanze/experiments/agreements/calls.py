# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How programs ask for the data of an agreement: addresses of the API, as it may be seen."""

from collections.abc import Iterator
from urllib.parse import quote

from hanze.experiments.agreements.terms import Part, Terms, micro
from hanze.ngsild import duration, times

DAY = 86_400_000_000
DAYS = 7
"""So far back an example goes."""


def lines(terms: Terms, root: str, now: int) -> Iterator[str]:
    """Addresses to try. `root`: of the NGSI-LD API; `now`: microseconds."""
    since = times.text(now - now % DAY - DAYS * DAY)
    for part in terms.data:
        if any(not one.level for one in part.attributes):
            yield f"{root}/entities?type={_name(part.type)}"
        for level in dict.fromkeys(one.level for one in part.attributes if one.level):
            asked = f"type={_name(part.type)}&attrs={_names(part, level)}&timerel=after&timeAt={since}"
            yield f"{root}/temporal/entities?{asked}&{aggregated(micro(level) or 0)}"


def aggregated(level: int) -> str:
    """How averages are asked for by periods of a level (microseconds)."""
    return f"options=aggregatedValues&aggrMethods=avg&aggrPeriodDuration={duration.text(level)}"


def _names(part: Part, level: str) -> str:
    return ",".join(_name(one.name) for one in part.attributes if one.level == level)


def _name(text: str) -> str:
    return quote(text, safe="")
