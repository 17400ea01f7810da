# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of the evidence of a trial: what was signed and when, whether the signatures hold, and the evidence to take along."""

from functools import partial

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.access import identity
from hanze.errors import ResourceNotFound
from hanze.experiments.card.card import WORDS
from hanze.experiments.evidence import keeping
from hanze.experiments.evidence.keeping import Signed
from hanze.experiments.model import EVIDENCE
from hanze.experiments.told import Told
from hanze.experiments.trials import keeping as trials
from hanze.experiments.trials.keeping import Trial
from hanze.goals.indicators.known import Known
from hanze.web.room import Page, Visit

PATH = "trial/evidence"


class Shown(msgspec.Struct, frozen=True):
    """One version: `wrong`: what is not in order, in sentences."""

    moment: str
    word: str
    wrong: list[str]
    data: str
    key: str


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_answer, visit))


def _answer(visit: Visit) -> Response:
    """Errors: ResourceNotFound."""
    visit.site.access.note_read(visit.principal, "", (EVIDENCE.iri,))
    city = visit.site.tool(Known).city
    trial = trials.demand(visit.site.store, city, visit.asked("id"), visit.scope)
    found = keeping.versions(visit.site.store, city, trial.code, visit.scope)
    if not found:
        raise ResourceNotFound("Nothing was signed about this trial yet.")
    return _file(trial, found[-1]) if visit.format else _page(visit, trial, found)


def _file(trial: Trial, newest: Signed) -> Response:
    """The newest version as one file that can be checked without the city."""
    told = {"card": newest.card, "signature": newest.signature}
    head = {"content-disposition": f'attachment; filename="evidence-{trial.code}.json"'}
    return Response(msgspec.json.format(msgspec.json.encode(told), indent=2), 200, head, "application/json")


def _page(visit: Visit, trial: Trial, found: list[Signed]) -> Response:
    keys = identity.known(visit.site.store)
    shown = [_shown(visit, one, keys) for one in reversed(found)]
    return HTMLResponse(visit.html("experiments/evidence/one.html", trial=trial, versions=shown))


def _shown(visit: Visit, one: Signed, keys: list[identity.Known]) -> Shown:
    wrong = [_said(visit, told) for told in keeping.wrong(one.card, one.signature, keys)]
    word = visit.language.say(next((text for verdict, text in WORDS.items() if verdict == one.verdict), ""))
    moment = visit.language.when(one.at, visit.now, visit.site.zone)
    return Shown(moment, word, wrong, str(one.card.get("data_hash", "")), one.signature.key)


def _said(visit: Visit, one: Told) -> str:
    return one.said(visit.language.say, visit.language.words.number)


PAGES = (Page(PATH, answer, ("json",)),)
