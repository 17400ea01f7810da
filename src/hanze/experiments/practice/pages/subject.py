# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What practice data are for: an agreement that is not signed yet, or a challenge; and whether the visitor may have them."""

import msgspec

from hanze.errors import Conflict, NoRightToAccess
from hanze.experiments.agreements import compiling
from hanze.experiments.agreements import keeping as agreements
from hanze.experiments.agreements.pages import shared as agreeing
from hanze.experiments.agreements.terms import Terms
from hanze.experiments.challenges import keeping as challenges
from hanze.experiments.challenges.pages import shared as calling
from hanze.experiments.practice import granting
from hanze.experiments.practice.granting import Shown
from hanze.goals.indicators.definition import Definition
from hanze.goals.pages import told
from hanze.store.base import UnitOfWork
from hanze.web.room import Visit

PATH = "practice"

ROLES = (agreeing.CITY, agreeing.PARTNER, *calling.OFFICERS)
"""Who acts for a side of an agreement, for an organisation, or runs calls."""

PHASES = ("announced", "open", "judging", "decided")

SIGNED = "Both sides have signed; make a key of the agreement and read the real data."
NOTHING = (
    "This challenge names no indicator that is made of data one can practise with; ask the city for a data agreement."
)


class Subject(msgspec.Struct, frozen=True):
    """`id`: of the agreement or challenge; `terms` of the one, `indicator` of the other; `open`: some can be made."""

    id: str
    name: str
    kind: str
    open: bool
    terms: Terms | None = None
    indicator: Definition | None = None

    @property
    def code(self) -> str:
        return self.id.rpartition(":")[2]


def found(visit: Visit) -> Subject:
    """That which the address names. Errors: ResourceNotFound, NoRightToAccess for who has no part in it."""
    return _challenge(visit) if visit.asked("challenge") else _agreement(visit)


def _agreement(visit: Visit) -> Subject:
    code = visit.asked("agreement")
    id = agreements.id_of(told.known(visit).city, code)
    one, waiting = agreements.find(visit.site.store, id, visit.scope), agreements.proposal(visit.site.store, id)
    if waiting is not None and not agreeing.may_see(visit, waiting):
        waiting = None
    if one is None and waiting is None:
        raise agreements.missing(code)
    terms = one.terms if one is not None else waiting.terms  # type: ignore[union-attr]
    agreeing.acting(visit, terms)
    return Subject(id, terms.name, "agreement", waiting is not None and (one is None or one.status == "offered"), terms)


def _challenge(visit: Visit) -> Subject:
    """Errors: NoRightToAccess (403) for who speaks for no organisation."""
    if calling.organisation(visit) is None and not visit.has_role(calling.OFFICERS):
        raise NoRightToAccess("Practice data are for organisations; register yours first.")
    one = challenges.find(visit.site.store, told.known(visit).city, visit.asked("challenge"), visit.scope)
    indicator = calling.indicator(visit, one.facts.indicator)
    shown = None if indicator is None else granting.of_indicator(indicator, visit.site.access.policy.restricted)
    open = shown is not None and bool(shown.grants) and one.phase(calling.today(visit)) in PHASES
    return Subject(one.id, one.facts.name, "challenge", open, indicator=indicator)


def address(visit: Visit, one: Subject) -> str:
    return visit.address(PATH, **{one.kind: one.code})


def shown(visit: Visit, one: Subject, uow: UnitOfWork) -> Shown:
    """What they are made of. Errors: Conflict where practice data are no use."""
    if not one.open:
        raise Conflict(SIGNED if one.terms is not None else NOTHING)
    if one.terms is not None:
        area = compiling.area_of(uow, one.id, one.terms)
        return granting.of_terms(one.id, one.terms, visit.site.zone, area)
    assert one.indicator is not None
    return granting.of_indicator(one.indicator, visit.site.access.policy.restricted)


def parts(visit: Visit, one: Subject) -> Shown:
    """The same for who looks: types, attributes and levels; areas are not looked up."""
    if one.terms is not None:
        return granting.of_terms(one.id, one.terms, visit.site.zone, None)
    assert one.indicator is not None
    return granting.of_indicator(one.indicator, visit.site.access.policy.restricted)
