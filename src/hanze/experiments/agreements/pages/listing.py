# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of all agreements, those first that run; what waits for the visitor stands above them."""

from functools import partial

import msgspec
from starlette.responses import Response

from hanze.experiments.agreements import keeping, telling
from hanze.experiments.agreements.keeping import Agreement
from hanze.experiments.agreements.pages import shared
from hanze.experiments.agreements.wording import STATUS
from hanze.experiments.model import AGREEMENT
from hanze.explore import data
from hanze.goals.journey.pages.officers import readable
from hanze.web.language import mark as _
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Task, Visit

FORMATS = ("csv", "json")
COLUMNS = ("agreement", "name", "partner", "state", "purpose", "starts", "ends", "types", "simulated")

ORDER = ("running", "offered", "waiting", "suspended", "over", "ended", "withdrawn")


class Line(msgspec.Struct, frozen=True):
    name: str
    address: str
    state: str
    word: str
    about: str


async def answer(visit: Visit) -> Response:
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def _answer(visit: Visit) -> Response | Rows:
    visit.site.access.note_read(visit.principal, "", (AGREEMENT.iri,))
    found = keeping.read(visit.site.store, visit.scope)
    if visit.format:
        return data.records([_record(visit, one) for one in found], COLUMNS, visit.format)
    lines = sorted((_line(visit, one) for one in found), key=lambda one: ORDER.index(one.state))
    drafts = visit.has_role((shared.CITY,))
    return shared.html(
        visit, "list", lines=lines, waiting=tasks(visit), simulated=any(one.simulated for one in found),
        drafts=visit.address(shared.NEW) if drafts else "", hidden=drafts and not readable(visit, AGREEMENT),
    )  # fmt: skip


def _line(visit: Visit, one: Agreement) -> Line:
    state, terms = shared.state(one, visit), one.terms
    subjects = ", ".join(dict.fromkeys(telling.subject(visit.language, part.type) for part in terms.data))
    until = telling.day(visit.language, terms.ends)
    about = visit.language.say(_("%(partner)s: %(subjects)s, until %(day)s."))
    given = {"partner": terms.partner_name, "subjects": subjects, "day": until}
    return Line(terms.name, shared.address(visit, shared.ONE, one.id), state, shared.word(visit, state), about % given)


def tasks(visit: Visit) -> list[Task]:
    """What the visitor can sign, or has to finish."""
    found = []
    for one in keeping.proposals(visit.site.store) if visit.has_role(tuple(shared.ROLES.values())) else ():
        mine = shared.side(visit, one.terms)
        name = {"name": one.terms.name}
        if mine and one.offered and mine not in one.signatures:
            text = visit.language.say(_("Read and sign: %(name)s")) % name
            found.append(Task(text, shared.address(visit, shared.SIGN, one.id)))
        elif mine == "city" and not one.offered:
            text = visit.language.say(_("Finish the draft: %(name)s")) % name
            found.append(Task(text, shared.address(visit, shared.ONE, one.id)))
    return found


def _record(visit: Visit, one: Agreement) -> data.Record:
    terms = one.terms
    return {
        "agreement": one.code, "name": terms.name, "partner": terms.partner_name, "state": STATUS[shared.state(one, visit)],
        "purpose": terms.purpose, "starts": terms.starts, "ends": terms.ends,
        "types": " ".join(part.type for part in terms.data), "simulated": one.simulated,
    }  # fmt: skip
