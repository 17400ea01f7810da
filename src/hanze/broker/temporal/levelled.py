# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a caller who may see aggregates only (Grant.level) is told where an answer is empty: how to ask.

It follows from what the caller may read alone, so that it tells nothing of what is there.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from hanze.broker.exchange import Exchange
from hanze.broker.temporal.asked import Asked
from hanze.http.reply import Headers
from hanze.ngsild import duration
from hanze.ngsild.context import CORE
from hanze.store.mask import levelled, names
from hanze.store.scope import FEWEST


def told(ex: Exchange, wanted: Asked) -> str:
    """A sentence; empty where the caller sees nothing by a level of what was asked for."""
    found = [
        one
        for one in levelled(ex.scope, ex.tenant)
        if not wanted.attributes or any(names(one, name) for name in wanted.attributes)
    ]
    if not found:
        return ""
    floor = duration.text(min(one.level or 0 for one in found))
    known = sorted({CORE.compact(name) for one in found for name in one.attributes or () if _asked(wanted, name)})
    return (
        f"Of {', '.join(known) or 'this'} you can see aggregates only: ask with options=aggregatedValues, aggrMethods=avg and "
        f"aggrPeriodDuration={floor} or a multiple of it. A period is shown once it is over and has {FEWEST} values or more; where "
        "fewer come in, give a longer one."
    )


def _asked(wanted: Asked, name: str) -> bool:
    return not wanted.attributes or name in wanted.attributes


def warning(ex: Exchange, wanted: Asked, body: Sequence[Mapping[str, Any]]) -> Headers:
    """The same as NGSILD-Warning (clause 6.3.17), where there are no histories, or one without any period."""
    text = told(ex, wanted) if not body or any(_bare(one, wanted) for one in body) else ""
    return [(b"ngsild-warning", f'199 - "{text}"'.encode("ascii", "replace"))] if text else []


def _bare(shown: Mapping[str, Any], wanted: Asked) -> bool:
    """Aggregates were asked for, and there are none."""
    several = [each for member in shown.values() for each in (member if isinstance(member, list) else [member])]
    there = any(isinstance(each, dict) and method in each for each in several for method in wanted.methods)
    return bool(wanted.methods) and not there
