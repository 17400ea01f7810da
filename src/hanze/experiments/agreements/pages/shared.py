# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of agreements share: which one is meant, who the visitor is to it, and how it stands with it now."""

from collections.abc import Callable
from typing import Any

from starlette.responses import HTMLResponse, Response

from hanze.errors import NoRightToAccess
from hanze.experiments.agreements import keeping, telling
from hanze.experiments.agreements.keeping import Agreement, Proposal, Side
from hanze.experiments.agreements.terms import Terms
from hanze.experiments.agreements.wording import STATUS
from hanze.experiments.model import AGREEMENT
from hanze.experiments.organisations import keeping as organisations
from hanze.experiments.trials import days
from hanze.goals.pages import told
from hanze.goals.pages.areas import page as areas
from hanze.web.room import Visit

LIST, ONE, NEW, DRAFT, SIGN, STOP, KEYS = (
    "agreements", "agreement", "agreement/new", "agreement/draft", "agreement/sign", "agreement/stop", "agreement/keys",
)  # fmt: skip

CITY, PARTNER = "data-officer", "partner"

ROLES: dict[Side, str] = {"city": CITY, "partner": PARTNER}
"""In which role a person acts for a side."""


def id_of(visit: Visit) -> str:
    """Of the agreement that the address names."""
    return keeping.id_of(told.known(visit).city, visit.asked("id"))


def address(visit: Visit, path: str, id: str) -> str:
    return visit.address(path, id=code(id))


def code(id: str) -> str:
    """As it stands in an address."""
    return id.rpartition(":")[2]


def side(visit: Visit, terms: Terms) -> Side | None:
    """For which side the visitor may act; None for none. Who speaks for the partner does not act for the city."""
    if visit.person is None:
        return None
    own = organisations.of(visit.site.store, visit.person.id)
    if own is not None and own.id == terms.partner:
        return "partner" if visit.has_role((PARTNER,)) else None
    return "city" if visit.has_role((CITY,)) else None


def seen(visit: Visit) -> tuple[Agreement | None, Proposal | None]:
    """What the visitor may see of the agreement that the address names: what everyone knows, and what waits. Errors:
    ResourceNotFound where that is nothing."""
    visit.site.access.note_read(visit.principal, "", (AGREEMENT.iri,))
    id = id_of(visit)
    one, waiting = keeping.find(visit.site.store, id, visit.scope), keeping.proposal(visit.site.store, id)
    if waiting is not None and not may_see(visit, waiting):
        waiting = None
    if one is None and waiting is None:
        raise keeping.missing(visit.asked("id"))
    return one, waiting


def may_see(visit: Visit, waiting: Proposal) -> bool:
    """A draft is of the city; what was offered is of both sides."""
    return side(visit, waiting.terms) in (("city", "partner") if waiting.offered else ("city",))


def acting(visit: Visit, terms: Terms) -> Side:
    """Errors: NoRightToAccess (403) for who acts for no side."""
    found = side(visit, terms)
    if found is None:
        raise NoRightToAccess("This is for the two sides of the agreement.")
    return found


def state(one: Agreement, visit: Visit) -> str:
    """A key of STATUS: how it stands with it at this moment."""
    if one.status == "ended":
        return "ended" if one.signatures else "withdrawn"
    if one.status != "signed":
        return one.status
    if visit.now >= days.until(one.terms.ends, visit.site.zone):
        return "over"
    return "running" if visit.now >= days.since(one.terms.starts, visit.site.zone) else "waiting"


def word(visit: Visit, state: str) -> str:
    return visit.language.say(STATUS[state])


def place(visit: Visit) -> Callable[[str], tuple[str, str]]:
    """From the code of an area to its name and page; the code itself where the visitor does not see it."""

    def named(code: str) -> tuple[str, str]:
        found = told.several(visit, [code]).get(code)
        return (code, "") if found is None else (found.name, visit.address(areas.PATH, code=code))

    return named


def parts(visit: Visit, terms: Terms) -> tuple[telling.Told, ...]:
    return telling.parts(visit.language, terms, place(visit))


def html(visit: Visit, template: str, status: int = 200, **values: Any) -> Response:
    return HTMLResponse(visit.html(f"experiments/agreements/{template}.html", **values), status)
