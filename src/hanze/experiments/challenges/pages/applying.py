# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which an organisation applies: typed in steps, saved at each, sent when whole, changed until the call closes."""

from functools import partial
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.errors import Conflict
from hanze.experiments.challenges import eligibility, keeping, letters, phases, submissions
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.pages import account, offering, shared
from hanze.experiments.challenges.pages.offering import FORMS, LABELS, PICTURE, READY, SEND, STEPS, TITLES
from hanze.experiments.challenges.saying import euro, said
from hanze.experiments.challenges.submissions import Offer, Submission
from hanze.experiments.organisations.keeping import Organisation
from hanze.store.base import UnitOfWork
from hanze.web.attachments import kept, taking
from hanze.web.attachments.vaults import ATTACHMENTS
from hanze.web.forms import Filled
from hanze.web.forms.field import ALT
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH = "call/apply"

NOBODY = _("Say first for which organisation you speak.")


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(lambda: _page(visit, None))


def _page(visit: Visit, filled: Filled | None, trouble: str = "", status: int = 0) -> Response:
    """What the visitor can do next: get an account, name an organisation, type, or read why it cannot be."""
    one, organisation = shared.found(visit), shared.organisation(visit)
    now, say = one.phase(shared.today(visit)), visit.language.say
    held = None if organisation is None else submissions.own(visit.site.store, one.code, organisation.id)
    gaps = [] if organisation is None else _gaps(one, organisation)
    step = _step(visit, held)
    told: dict[str, Any] = {
        "one": one, "when": shared.when(visit, one), "organisation": organisation, "held": held, "step": step,
        "gaps": [gap.no.said(say) for gap in gaps], "late": "" if now == "open" else say(phases.REFUSED["apply"]),
        "trouble": trouble, "account": account.FORM.empty(), "can_mail": visit.site.mails, "own": one.call.rules.own,
        "filled": filled or _empty(step, held), "steps": _steps(visit, one, step), "sent": bool(visit.asked("sent")),
        "rows": [] if held is None else rows(visit, held.content), "missing": [] if held is None else _missing(visit, one, held),
        "changed": held is not None and held.sent is not None and held.sent != held.content,
        "unsent": held is None or held.sent != held.content, "action": visit.address(PATH, id=one.code, step=step),
        "picture": None if held is None else shown(visit, one, held.id),
    }  # fmt: skip
    code = status or (200 if filled is None or filled.good else 422)
    return HTMLResponse(visit.html("experiments/challenges/apply.html", **told), code)


def _step(visit: Visit, held: Submission | None) -> str:
    """That of the address; who comes back to something that was sent sees it first."""
    asked = next((one for one in TITLES if one == visit.asked("step")), "")
    return asked or ("send" if held is not None and held.sent is not None else STEPS[0])


def _steps(visit: Visit, one: Challenge, here: str) -> list[tuple[str, str, bool]]:
    return [
        (visit.language.say(title), visit.address(PATH, id=one.code, step=step), step == here)
        for step, title in TITLES.items()
    ]


def _empty(step: str, held: Submission | None) -> Filled:
    if step == "send":
        return SEND.empty()
    return FORMS[step].empty(offering.answers(Offer() if held is None else held.content))


def _gaps(one: Challenge, organisation: Organisation) -> tuple[eligibility.Question, ...]:
    """Rules of the call that the organisation does not fulfil, as it describes itself. Its own question only people can answer."""
    answers = {**eligibility.known(one.call.rules, organisation), "own": True}
    return eligibility.failing(one.call.rules, answers)


def _missing(visit: Visit, one: Challenge, held: Submission) -> list[tuple[str, str]]:
    """What has to be filled in before it is sent: labels and addresses."""
    return [
        (visit.language.say(LABELS[name]), visit.address(PATH, id=one.code, step=offering.step_of(name)) + f"#{name}")
        for name in submissions.missing(held.content)
    ]


def rows(visit: Visit, offer: Offer) -> list[tuple[str, str]]:
    """An application as it is read: questions and answers, what was left empty left out."""
    say = visit.language.say
    said = {
        **offering.answers(offer), "ready": say(READY[offer.ready]) if offer.ready else "",
        "cost": "" if offer.cost is None else euro(visit.language, offer.cost),
    }  # fmt: skip
    return [(say(label), str(said[name])) for name, label in LABELS.items() if said[name]]


def shown(visit: Visit, one: Challenge, application: str) -> tuple[str, str] | None:
    """The address of the picture of an application, and its words; None where it has none."""
    found = kept.of_thing(visit.site.store.vault(ATTACHMENTS), submissions.pictured(application))
    return (visit.address("call/picture", id=one.code, application=application), found[0].alt) if found else None


async def take(visit: Visit, data: FormData) -> Response:
    """Saves a step, sends what is whole, or takes the application back. Errors: ResourceNotFound."""
    step, store = str(visit.asked("step") or STEPS[0]), visit.site.store
    if visit.person is None:
        return await account.take(visit, data)
    try:
        if "back" in data:
            await store.write(partial(_take_back, visit))
            return RedirectResponse(visit.address("call/mine"), 303)
        if step == "send":
            return await _send(visit, data)
        return await _save(visit, step if step in FORMS else STEPS[0], data)
    except Conflict as error:
        filled = FORMS[step].read(data) if step in FORMS else None
        trouble = error.detail
        return await store.read(lambda: _page(visit, filled, trouble, 409))


async def _save(visit: Visit, step: str, data: FormData) -> Response:
    """Also what cannot be used yet is answered with the rest kept."""
    filled = offering.half(await taking.read(visit, FORMS[step].read(data)))
    await visit.site.store.write(partial(_keep, visit, filled))
    if not filled.good:
        return await visit.site.store.read(lambda: _page(visit, filled))
    onward = list(TITLES)[list(TITLES).index(step) + 1]
    return RedirectResponse(visit.address(PATH, id=visit.asked("id"), step=onward), 303)


async def _send(visit: Visit, data: FormData) -> Response:
    filled = SEND.read(data)
    if not filled.good:
        return await visit.site.store.read(lambda: _page(visit, filled))
    await visit.site.store.write(partial(_deliver, visit))
    return RedirectResponse(visit.address(PATH, id=visit.asked("id"), sent="1"), 303)


def _mine(visit: Visit, uow: UnitOfWork) -> tuple[Challenge, Organisation]:
    """Errors: ResourceNotFound, Conflict where the visitor speaks for no organisation, or not for one that may apply."""
    one, organisation = keeping.within(uow, shared.city(visit), visit.asked("id")), shared.organisation(visit)
    if organisation is None:
        raise Conflict(NOBODY)
    return one, organisation


def _keep(visit: Visit, filled: Filled, uow: UnitOfWork) -> None:
    one, organisation = _mine(visit, uow)
    held = submissions.own(uow, one.code, organisation.id)
    offer = offering.offer(filled, Offer() if held is None else held.content)
    made = submissions.save(
        uow, visit.site.chance, one, shared.today(visit), organisation.id, shared.person(visit).id, visit.language.code, offer
    )  # fmt: skip
    if filled[PICTURE] and not {PICTURE, PICTURE + ALT} & filled.wrong.keys():
        thing = submissions.pictured(made.id)
        kept.erase(uow, thing=thing)
        kept.give(uow, filled[PICTURE], visit.principal.id, thing, filled[PICTURE + ALT])


def _deliver(visit: Visit, uow: UnitOfWork) -> None:
    one, organisation = _mine(visit, uow)
    if gaps := _gaps(one, organisation):
        raise Conflict(gaps[0].no.said(visit.language.say))
    made = submissions.send(uow, one, shared.today(visit), organisation.id, visit.principal.name)
    assert made.sent is not None
    closes, decided = (said(visit.language, day) for day in (one.facts.closes, one.call.decided))
    to = shared.person(visit).mail
    shared.post(visit, uow, letters.arrived(visit.site, visit.language, to, one, made.sent, closes, decided))


def _take_back(visit: Visit, uow: UnitOfWork) -> None:
    one, organisation = _mine(visit, uow)
    submissions.take_back(uow, one, shared.today(visit), organisation.id, visit.principal.name)
