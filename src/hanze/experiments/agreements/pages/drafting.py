# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages on which the data officer writes an agreement: first which data, then the terms; and offers or withdraws it."""

from collections.abc import Sequence
from functools import partial

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from hanze.errors import BadRequestData, Conflict
from hanze.experiments.agreements import keeping, letters, signing
from hanze.experiments.agreements.keeping import Agreement, Proposal
from hanze.experiments.agreements.pages import answered, asking, offering, shared
from hanze.experiments.agreements.pages.offering import Offered
from hanze.experiments.agreements.terms import Terms
from hanze.experiments.organisations import keeping as organisations
from hanze.goals.pages import told
from hanze.ngsild import checks
from hanze.store.base import UnitOfWork
from hanze.web.forms import Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

MOST = _("Choose at most 8.")


async def ask_types(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_types_page, visit, None))


def _types_page(visit: Visit, filled: Filled | None) -> Response:
    one, waiting = _known(visit)
    terms = waiting.terms if waiting else one.terms if one else None
    before = {} if terms is None else {"types": [part.type for part in terms.data]}
    filled = filled or _types(visit).empty(before)
    back = visit.address(shared.LIST)
    return shared.html(visit, "types", 200 if filled.good else 422, filled=filled, back=back)


def _types(visit: Visit) -> Form:
    return asking.types_form(offering.types(visit), visit.language)


async def take_types(visit: Visit, data: FormData) -> Response:
    """On to the form that asks for each of them."""
    filled = await visit.site.store.read(lambda: _types(visit).read(data))
    chosen = filled.all("types")
    if len(chosen) > asking.MOST_TYPES:
        filled.fail("types", MOST)
    if not filled.good:
        return await visit.site.store.read(partial(_types_page, visit, filled))
    return RedirectResponse(_address(visit, chosen), 303)


def _address(visit: Visit, types: Sequence[str]) -> str:
    given = {name: visit.asked(name) for name in ("id", "about")}
    return visit.address(shared.DRAFT, **given, types=" ".join(types))


def _known(visit: Visit) -> tuple[Agreement | None, Proposal | None]:
    """The agreement that is to be changed; none for a new one."""
    return shared.seen(visit) if visit.asked("id") else (None, None)


def _offered(visit: Visit, terms: Terms | None) -> list[Offered]:
    """The types that the address names, else those of the terms, with what the city has of them. Errors: BadRequestData."""
    given = visit.asked("types").split() or [part.type for part in (terms.data if terms else ())]
    if not 1 <= len(given) <= asking.MOST_TYPES:
        raise BadRequestData(
            f"types is {checks.shown(visit.asked('types'))}; give 1 to {asking.MOST_TYPES} names of types."
        )
    return [offering.offered(visit, one) for one in dict.fromkeys(given)]


def _form(visit: Visit, offered: Sequence[Offered]) -> Form:
    areas = [(one.code, one.name) for one in told.places(visit) if one.geometry is not None]
    return asking.form(visit.language, offered, organisations.every(visit.site.store), areas)


async def ask(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_page, visit, None))


def _page(visit: Visit, filled: Filled | None) -> Response:
    one, waiting = _known(visit)
    terms = waiting.terms if waiting else one.terms if one else None
    offered = _offered(visit, terms)
    if filled is None:
        usual = {**asking.USUAL, "contact": visit.site.contact}
        filled = _form(visit, offered).empty(usual if terms is None else asking.answers(terms, offered))
    others = visit.address(shared.NEW, id=visit.asked("id"), about=visit.asked("about"))
    holds = one is not None and one.status in ("signed", "suspended")
    return shared.html(visit, "draft", 200 if filled.good else 422, filled=filled, others=others, holds=holds)


async def take(visit: Visit, data: FormData) -> Response:
    filled, terms = await visit.site.store.read(partial(_read, visit, data))
    if terms is not None:
        try:
            made = await visit.site.store.write(partial(_draft, visit, terms))
            return RedirectResponse(shared.address(visit, shared.ONE, made.id), 303)
        except BadRequestData as error:
            filled.fail("area" if error.detail.startswith("area") else "", error.detail)
    return await visit.site.store.read(partial(_page, visit, filled))


def _read(visit: Visit, data: FormData) -> tuple[Filled, Terms | None]:
    one, waiting = _known(visit)
    offered = _offered(visit, waiting.terms if waiting else one.terms if one else None)
    filled = _form(visit, offered).read(data)
    partner = organisations.find(visit.site.store, filled["partner"])
    terms = answered.read(filled, offered, visit.site.city, partner, visit.language)
    if terms is not None and one is not None and terms.partner != one.terms.partner:
        filled.fail("partner", _("The partner of an agreement stays. Make a new agreement for another one."))
        terms = None
    return filled, terms


def _draft(visit: Visit, terms: Terms, uow: UnitOfWork) -> Proposal:
    city = told.known(visit).city
    id = shared.id_of(visit) if visit.asked("id") else keeping.free(uow, city, terms.name)
    # Only what is there: the address may say anything.
    about = visit.asked("about") if uow.entity("", visit.asked("about")) is not None else ""
    return signing.draft(uow, id, terms, visit.principal.id, answers=about)


async def settle(visit: Visit, data: FormData) -> Response:
    """The buttons of a draft on the page of its agreement: it is offered, or taken back. Errors: Conflict."""
    _one, waiting = shared.seen(visit)
    if waiting is None or shared.acting(visit, waiting.terms) != "city":
        raise Conflict("Nothing waits here for the city.")
    act = {"offer": _offer, "withdraw": _withdraw}.get(str(data.get("act", "")))
    if act is None:
        raise BadRequestData("act is none that is offered here; press a button of the page.")
    await visit.site.store.write(partial(act, visit, waiting))
    gone = data.get("act") == "withdraw" and _one is None
    return RedirectResponse(visit.address(shared.LIST) if gone else shared.address(visit, shared.ONE, waiting.id), 303)


def _offer(visit: Visit, waiting: Proposal, uow: UnitOfWork) -> None:
    """The partner is told by mail, but not again by a button that is pressed twice."""
    made = signing.offer(uow, waiting.id, visit.principal.id, visit.site.zone)
    if not waiting.offered:
        letters.offered(visit.site, uow, shared.code(made.id), made.terms)


def _withdraw(visit: Visit, waiting: Proposal, uow: UnitOfWork) -> None:
    signing.withdraw(uow, waiting.id, visit.principal.id, visit.site.zone)
