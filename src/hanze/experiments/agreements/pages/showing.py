# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of one agreement in plain language, the same for partner and citizen; and the same as ODRL."""

from functools import partial

import msgspec
from starlette.responses import Response

from hanze.access import log
from hanze.errors import NotAcceptable
from hanze.experiments.agreements import calls, keeping, telling
from hanze.experiments.agreements.keeping import SIDES, Agreement, Proposal, Signatures
from hanze.experiments.agreements.pages import shared
from hanze.experiments.agreements.terms import Terms
from hanze.experiments.agreements.wording import ROLE
from hanze.experiments.model import CHALLENGE, EXPERIMENT
from hanze.explore import places
from hanze.ngsild import times
from hanze.store.scope import FEWEST
from hanze.web.drawing.rows import Table
from hanze.web.drawing.times import date, local
from hanze.web.language import mark as _
from hanze.web.room import Visit

FORMATS = ("jsonld", "json")

WEEKS = 12
"""That stand on the page."""

WEEK = 7 * 86_400_000_000

JSONLD = "application/ld+json"

PATHS = {CHALLENGE.iri: "challenge", EXPERIMENT.iri: "trial"}
"""Where that is shown for which an agreement is."""


class Signed(msgspec.Struct, frozen=True):
    """A line of who signed. `hash`: of what was signed; empty where nobody did yet."""

    text: str
    hash: str


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_answer, visit))


def _answer(visit: Visit) -> Response:
    one, waiting = shared.seen(visit)
    if visit.format:
        return _file(visit, one)
    terms = one.terms if one is not None else waiting.terms  # type: ignore[union-attr]
    id = one.id if one is not None else shared.id_of(visit)
    state = "draft" if one is None else shared.state(one, visit)
    mine = shared.side(visit, terms)
    stop = None if one is None else one.stop
    return shared.html(
        visit, "one", terms=terms, state=state, word=shared.word(visit, state), parts=shared.parts(visit, terms),
        signed=_signed(visit, terms, {} if one is None else one.signatures), weeks=_weeks(visit, one),
        stop="" if stop is None or not stop.why else stop.why, stopped="" if stop is None else _moment(visit, stop.at),
        side=mine or "", waiting=_waiting(visit, one, waiting, mine or ""), simulated=one is not None and one.simulated,
        answers=_answers(visit, one), id=id, code=visit.asked("id"), public=one is not None,
        calls=_calls(visit, terms) if state in ("running", "waiting") else [],
        coarse=any(each.level for part in terms.data for each in part.attributes), fewest=FEWEST,
        can_stop=mine is not None and state in ("running", "waiting", "suspended"),
        can_resume=mine == "city" and state == "suspended",
        can_key=mine is not None and state in ("running", "waiting"),
        can_change=mine == "city" and state not in ("ended", "withdrawn"),
        practice=visit.address("practice", agreement=visit.asked("id")) if mine and state in ("draft", "offered") else "",
    )  # fmt: skip


def _calls(visit: Visit, terms: Terms) -> list[str]:
    """Lines for a shell."""
    root = f"{visit.site.address or visit.site.base}/ngsi-ld/v1"
    return [f'curl -H "X-API-Key: hz_\u2026" "{one}"' for one in calls.lines(terms, root, visit.now)]


def _file(visit: Visit, one: Agreement | None) -> Response:
    """ODRL, or the terms. Errors: NotAcceptable where nothing was offered yet."""
    if one is None:
        raise NotAcceptable("This is a draft; it can be had as data once it was offered.")
    if visit.format == "jsonld":
        told = keeping.policy(visit.site.store, one.id, visit.scope)
        name = f'attachment; filename="{one.code}.jsonld"'
        return Response(_written(told), 200, {"content-disposition": name}, JSONLD)
    return Response(_written(one), 200, None, "application/json")


def _written(told: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(told), indent=2)


def _moment(visit: Visit, at: str) -> str:
    return date(local(times.parse(at), visit.site.zone), visit.language.words)


def _signed(visit: Visit, terms: Terms, signatures: Signatures) -> list[Signed]:
    found = []
    for side in SIDES:
        name, one = (terms.city if side == "city" else terms.partner_name), signatures.get(side)
        if one is None:
            text, values = _("%(name)s has not signed yet."), {"name": name}
        else:
            text = _("%(name)s signed on %(day)s (%(role)s).")
            values = {
                "name": name,
                "day": _moment(visit, one.at),
                "role": visit.language.say(ROLE.get(one.role, one.role)),
            }
        found.append(Signed(visit.language.say(text) % values, "" if one is None else one.hash))
    return found


def _weeks(visit: Visit, one: Agreement | None) -> Table | None:
    """How often data was fetched; None before the first time."""
    if one is None:
        return None
    found = log.weeks(visit.site.store, one.id, visit.site.zone, since=visit.now - WEEKS * WEEK)
    if not found:
        return None
    say, words = visit.language.say, visit.language.words
    rows = [
        (date(local(week.start, visit.site.zone), words), words.number(week.calls), words.number(week.reads))
        for week in reversed(found)
    ]
    head = (say(_("Week that begins on")), say(_("Requests")), say(_("Times that data was given")))
    return Table(say(_("How often data was fetched")), head, tuple(rows))


def _waiting(visit: Visit, one: Agreement | None, waiting: Proposal | None, side: str) -> dict[str, object]:
    """What waits, and what the visitor can do with it."""
    if waiting is None:
        return {}
    return {
        "offered": waiting.offered, "change": one is not None and one.status not in ("offered",),
        "parts": shared.parts(visit, waiting.terms) if one is not None and one.terms != waiting.terms else (),
        "signs": waiting.offered and side and side not in waiting.signatures, "city": side == "city",
    }  # fmt: skip


def _answers(visit: Visit, one: Agreement | None) -> telling.Line | None:
    """The challenge or trial that it is for, where the visitor sees that."""
    entity = None if one is None or not one.answers else visit.site.store.get("", one.answers, visit.scope)
    if entity is None:
        return None
    path = next((path for type, path in PATHS.items() if type in entity.types), "")
    return telling.Line(places.name(entity), visit.address(path, id=entity.id.rpartition(":")[2]) if path else "")
