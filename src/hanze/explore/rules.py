# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page that says what is public, what is not, and why: from the settings of the city, for the visitor who asks."""

from functools import partial

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.access import Policy
from hanze.access.principal import READ, RESTRICTED, WRITE
from hanze.explore import rights
from hanze.ngsild.context import CORE
from hanze.web import terms
from hanze.web.room import Visit


class Open(msgspec.Struct, frozen=True):
    """A subject that everyone may see. `only`: what of it, where that is not all; `address`: empty where there is nothing yet."""

    name: str
    only: list[str]
    address: str


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_answer, visit))


def _answer(visit: Visit) -> Response:
    rules = visit.site.access.policy
    there = visit.site.store.types("", visit.scope)
    public = {one.type for one in rules.public if not one.tenant}
    say = visit.language.say
    values = {
        "public": _public(visit, rules, set(there)),
        "also": [say(terms.subject(one)) for one in terms.order(set(there) - public, terms.SUBJECTS)],
        "restricted": len(rules.restricted),
        "named": [say(terms.subject(one)) for one in sorted(rules.restricted)] if rights.oversees(visit) else [],
        "open": rules.open,
        "may": {one: one in visit.principal.rights for one in (READ, WRITE, RESTRICTED)},
        "staff": rights.oversees(visit),
    }
    return HTMLResponse(visit.html("explore/rules.html", **values))


def _public(visit: Visit, rules: Policy, there: set[str]) -> list[Open]:
    parts = {one.type: one for one in rules.public if not one.tenant}
    found = []
    for type in terms.order(parts, terms.SUBJECTS):
        names = parts[type].attributes
        found.append(
            Open(
                visit.language.say(terms.subject(type)),
                [visit.language.say(terms.quantity(one).name) for one in terms.order(names or (), terms.QUANTITIES)],
                visit.address("data/type", type=CORE.compact(type)) if type in there else "",
            )
        )
    return found
