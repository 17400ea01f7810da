# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of a challenge: the problem with its baseline, the call, questions, the decision, and what happens after success."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.experiments.challenges import deciding, eligibility, keeping, phases, questions, submissions
from hanze.experiments.challenges.call import Call
from hanze.experiments.challenges.deciding import Decision
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.pages import baselines, shared
from hanze.experiments.challenges.phases import WORDS, Phase
from hanze.experiments.challenges.saying import euro, said, share
from hanze.experiments.challenges.vaults import QUESTIONS
from hanze.experiments.model import CHALLENGE
from hanze.experiments.routes import PROMISES
from hanze.explore import data
from hanze.goals.journey.pages.answering import personal
from hanze.goals.pages import told
from hanze.store.base import UnitOfWork
from hanze.web.drawing.rows import Table
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit

PATH = "challenge"

FORMATS = ("csv", "json")
COLUMNS = (
    "application",
    "chosen",
    "name",
    "organisation",
    "criterion",
    "weight",
    "sustainable",
    "score",
    "total",
    "jurors",
)

FORM = Form(
    (
        Field(
            name="question", label=_("Your question about the call"), kind="area", longest=500, checks=(personal,),
            help=_("Everyone can read question and answer. Nobody sees who asked, also not the city. Leave out names."),
        ),
    ),
    _("Send this question"),
)  # fmt: skip

FULL = _("So many questions wait for an answer that no more can be taken today. Try again tomorrow.")


class Step(msgspec.Struct, frozen=True):
    """A line of the timeline. `now`: that is where it stands."""

    day: str
    what: str
    now: bool


async def answer(visit: Visit) -> Response:
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def _answer(visit: Visit) -> Response | Rows:
    one = shared.found(visit)
    if visit.format:
        return data.records(_records(one), COLUMNS, visit.format)
    return _page(visit, one, None)


def _page(visit: Visit, one: Challenge, filled: Filled | None, status: int = 200) -> Response:
    now = one.phase(shared.today(visit))
    if filled is None and now in phases.MAY["ask"]:
        filled = FORM.empty()
    facts, call = one.facts, one.call
    area = told.several(visit, [facts.area] if facts.area else []).get(facts.area)
    values: dict[str, Any] = {
        "one": one, "facts": facts, "call": call, "phase": now, "word": visit.language.say(WORDS[now]),
        "when": shared.when(visit, one), "area": area,
        "baseline": baselines.shown(visit, facts.indicator, facts.area, one.baseline),
        "goals": shared.line(visit, one).goals, "steps": timeline(visit, one, now), "filled": filled,
        "practice": bool(facts.indicator) and now != "withdrawn" and visit.has_role(("partner", *shared.OFFICERS)),
        "thanks": bool(visit.asked("thanks")), "withdrawn": (facts.decision or {}).get("withdrawn", ""),
        "decision": _decision(visit, one), "acts": _acts(visit, one, now), "id": one.id, "type": CHALLENGE.iri,
        **about(visit, call),
    }  # fmt: skip
    return HTMLResponse(visit.html("experiments/challenges/one.html", **values), status)


def about(visit: Visit, call: Call) -> dict[str, Any]:
    """What a call says, in words: for its page, and for who looks at it before."""
    say = visit.language.say
    return {
        "money": euro(visit.language, call.budget) if call.budget else "",
        "rules": [
            one.asks.said(say) if one.asks is not None else say(one.open) for one in eligibility.questions(call.rules)
        ],
        "routes": [say(PROMISES[one]) for one in call.routes],
        "criteria": call.criteria,
        "sustainable": share(visit.language, sum(one.weight for one in call.criteria if one.sustainable) / 100),
        "changes": [(said(visit.language, one.at), one.what) for one in call.changes],
        "answered": [(one, said(visit.language, one.at)) for one in call.questions],
    }


def timeline(visit: Visit, one: Challenge, now: Phase) -> list[Step]:
    """The days of a call; what has no day is left out."""
    call, facts, say = one.call, one.facts, visit.language.say
    told = (
        (facts.opens, _("The first day to apply"), now == "announced"), (facts.closes, _("The last day to apply"), now == "open"),
        (call.decided, _("The day by which applicants know"), now == "judging"),
        (call.begins, _("The trial begins"), now == "decided"), (call.ends, _("The trial ends"), False),
    )  # fmt: skip
    return [Step(said(visit.language, day), say(what), here) for day, what, here in told if day]


def _acts(visit: Visit, one: Challenge, now: Phase) -> list[tuple[str, str]]:
    """What the visitor can do beside applying: texts and addresses."""
    say = visit.language.say
    if not visit.has_role(shared.OFFICERS):
        return []
    code = {"id": one.code}
    waiting = len(questions.waiting(visit.site.store.vault(QUESTIONS), one.code))
    sent = submissions.count(visit.site.store, one.code)
    offered: Sequence[tuple[phases.Act | None, str, str]] = (
        (None, say(_("Answer questions (%(count)s)")) % {"count": waiting}, "call/questions"),
        ("change", say(_("Change the call")), "challenges/edit"),
        ("invite juror", say(_("Invite the jury")), "jury/members"),
        ("judge", say(_("See how the jury judges (%(count)s applications)")) % {"count": sent}, "jury/desk"),
        ("decide", say(_("Decide")), "jury/decide"),
        ("withdraw", say(_("Withdraw this challenge")), "challenge/withdraw"),
    )
    return [(text, visit.address(path, **code)) for act, text, path in offered if act is None or now in phases.MAY[act]]


def _decision(visit: Visit, one: Challenge) -> dict[str, Any] | None:
    """The table that anyone can check, what was chosen, and who applied."""
    found = deciding.decision(one)
    if found is None:
        return None
    chosen = [line for line in found.lines if line.chosen]
    known = keeping.solutions(visit.site.store, [line.solution for line in chosen], visit.scope)
    return {
        "told": found, "chosen": [(line, known.get(line.solution)) for line in chosen],
        "others": [line for line in found.lines if not line.chosen], "table": scores(visit, one, found),
        "at": said(visit.language, found.at),
    }  # fmt: skip


def scores(visit: Visit, one: Challenge, found: Decision) -> Table:
    """Means by criterion with the weights above, and what follows from them."""
    say, words = visit.language.say, visit.language.words
    weights = [f"{each.name} ({each.weight}%)" for each in one.call.criteria]
    head = (say(_("Application")), *weights, say(_("Together, out of 100")), say(_("Chosen")))
    rows = tuple(
        (
            line.name or say(_("Application %(label)s")) % {"label": line.label}, *(words.fixed(mean, 1) for mean in line.scores),
            words.fixed(line.total, 1), say(_("yes") if line.chosen else _("no")),
        )
        for line in found.lines
    )  # fmt: skip
    return Table(say(_("How the jury judged: the mean of its scores from 1 to 5")), head, rows)


def _records(one: Challenge) -> list[data.Record]:
    """A row for each application and criterion; nothing before the decision."""
    found = deciding.decision(one)
    return [
        {
            "application": line.label, "chosen": line.chosen, "name": line.name, "organisation": line.organisation,
            "criterion": criterion.name, "weight": criterion.weight, "sustainable": criterion.sustainable, "score": score,
            "total": line.total, "jurors": line.jurors,
        }
        for line in (found.lines if found else ())
        for criterion, score in zip(one.call.criteria, line.scores, strict=True)
    ]  # fmt: skip


async def take(visit: Visit, data: FormData) -> Response:
    """A question about the call. Errors: ResourceNotFound, Conflict where it has closed."""
    one = await visit.site.store.read(partial(shared.found, visit))
    filled = FORM.read(data)
    if filled.good and visit.site.callers.take(visit.client, visit.real, "question"):
        filled.fail("", _("Too many questions came from here. Try again in ten minutes."))
    if not filled.good:
        return await visit.site.store.read(lambda: _page(visit, one, filled, 422))
    if not await visit.site.store.write(partial(_ask, visit, filled["question"])):
        return await visit.site.store.read(lambda: _page(visit, one, filled.fail("", FULL), 503))
    return RedirectResponse(visit.address(PATH, id=one.code, thanks="1") + "#questions", 303)


def _ask(visit: Visit, text: str, uow: UnitOfWork) -> bool:
    one = keeping.within(uow, shared.city(visit), visit.asked("id"))
    return questions.ask(uow, visit.site.chance, one, shared.today(visit), text, visit.language.code)
