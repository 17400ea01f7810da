# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A challenge that is not public yet, as it will stand there: who wrote it sends it to a colleague, who publishes or returns it."""

from functools import partial
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.errors import Conflict
from hanze.experiments.challenges import drafts, letters, submissions
from hanze.experiments.challenges.drafts import Kept
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.pages import baselines, shared
from hanze.experiments.challenges.pages.drafting import EDIT, OVERVIEW
from hanze.experiments.challenges.pages.showing import about
from hanze.experiments.challenges.saying import said
from hanze.experiments.challenges.vaults import DRAFTS
from hanze.experiments.model import CHALLENGE
from hanze.goals.journey.pages.officers import readable
from hanze.goals.pages import told
from hanze.store.base import UnitOfWork
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import languages
from hanze.web.language import mark as _
from hanze.web.people import people
from hanze.web.people.vaults import PEOPLE
from hanze.web.room import Visit

RETURN = Form(
    (Field(name="note", label=_("What has to change before it can be published?"), kind="area", longest=1000),),
    _("Return it"),
)


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(lambda: _page(visit, RETURN.empty()))


def _page(visit: Visit, filled: Filled, trouble: str = "", status: int = 200) -> Response:
    kept = drafts.known(visit.site.store.vault(DRAFTS), visit.asked("id"))
    draft, own = kept.draft, kept.person == shared.person(visit).id
    area = told.several(visit, [draft.area] if draft.area else []).get(draft.area)
    gaps = drafts.missing(draft, shared.today(visit))
    values: dict[str, Any] = {
        "kept": kept, "draft": draft, "call": draft.call, "own": own, "area": area, "trouble": trouble,
        "gaps": [visit.language.say(one) for one in gaps], "filled": filled,
        "baseline": baselines.shown(visit, draft.indicator, draft.area, draft.baseline),
        "days": [(visit.language.say(text), said(visit.language, day)) for text, day in _days(kept) if day],
        "edit": visit.address(EDIT, id=kept.code) if visit.has_role(shared.OFFICERS) else "",
        "hidden": not readable(visit, CHALLENGE), **about(visit, draft.call),
    }  # fmt: skip
    return HTMLResponse(visit.html("experiments/challenges/draft.html", **values), status)


def _days(kept: Kept) -> list[tuple[str, str]]:
    draft, call = kept.draft, kept.draft.call
    return [
        (_("The first day to apply"), draft.opens), (_("The last day to apply"), draft.closes),
        (_("The day by which applicants know"), call.decided), (_("The trial begins"), call.begins),
        (_("The trial ends"), call.ends),
    ]  # fmt: skip


async def take(visit: Visit, data: FormData) -> Response:
    """One of the acts of the page: ask, publish, return, drop."""
    act, code, by = str(data.get("act", "return")), visit.asked("id"), visit.principal.name
    store, today = visit.site.store, shared.today(visit)
    filled = RETURN.read(data) if act == "return" else RETURN.empty()
    if not filled.good:
        return await store.read(lambda: _page(visit, filled, status=422))
    try:
        if act == "publish":
            await store.write(partial(_publish, visit))
            return RedirectResponse(visit.address("challenge", id=code), 303)
        if act == "ask":
            await store.write(lambda uow: drafts.ask(uow, code, today, by))
        elif act == "drop":
            await store.write(lambda uow: drafts.drop(uow, code, by))
            return RedirectResponse(visit.address("challenges/desk"), 303)
        else:
            await store.write(lambda uow: drafts.back(uow, code, filled["note"], by))
    except Conflict as error:
        trouble = error.detail
        return await store.read(lambda: _page(visit, filled, trouble, 409))
    return RedirectResponse(visit.address(OVERVIEW, id=code), 303)


def _publish(visit: Visit, uow: UnitOfWork) -> None:
    """Everyone can read it; who began an application is told what changed."""
    role, person = shared.role(visit, shared.REVIEWERS), shared.person(visit)
    one, new = drafts.publish(
        uow, shared.city(visit), visit.asked("id"), person.id, role, shared.today(visit), visit.principal.name
    )
    if not new:
        _tell(visit, one, uow)


def _tell(visit: Visit, one: Challenge, uow: UnitOfWork) -> None:
    for row in submissions.writers(uow, one.code):
        to = people.find(uow.vault(PEOPLE), id=row.person)
        if to is not None:
            language = languages()[row.language]
            shared.post(
                visit, uow, letters.changed(visit.site, language, to.mail, one, said(language, one.facts.closes))
            )
