# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages on the way to the provider and back; none of them is there where no provider is named."""

import hmac
import logging
from functools import partial

import msgspec
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hanze.errors import SignInFailed
from hanze.web import cookies
from hanze.web.entrance import SIGN_IN
from hanze.web.language import preferred
from hanze.web.people import waiting
from hanze.web.people.entering import Entered
from hanze.web.people.oidc import attempt as attempts
from hanze.web.people.oidc import joining
from hanze.web.people.oidc.attempt import Attempt
from hanze.web.people.oidc.provider import BACK, KEYS, Provider
from hanze.web.people.oidc.trouble import REASONS, failed
from hanze.web.people.pages import answers
from hanze.web.room import Page, Room, Site, Visit

log = logging.getLogger("hanze.web")

START, RETURN, OUT = "sign-in/organisation", "sign-in/organisation/back", "sign-in/organisation/out"

PASSED = ("code", "state", "iss", "error")
"""What the provider gives back and is looked at."""

SECONDS = attempts.LASTS // 1_000_000


async def leave(visit: Visit) -> Response:
    """A link and no form: a form may lead to this site only (Content-Security-Policy)."""
    attempt = attempts.begun(visit.site.chance, visit.real, visit.language.code, visit.asked("next"))
    try:
        place = await _provider(visit).leave(attempt)
    except SignInFailed as error:
        return _sorry(visit, error)
    answer = answers.go(place)
    visit.jar.give(answer, cookies.ATTEMPT, attempts.packed(attempt), SECONDS)
    return answer


async def back(visit: Visit) -> Response:
    """The browser is back from the provider."""
    if waited := visit.site.callers.take(visit.client, visit.real):
        return _shown(visit, 429, waiting.told(waited))
    try:
        attempt = _attempt(visit)
    except SignInFailed as error:
        # The browser keeps what it holds: whoever sent it here may not end an attempt of its owner.
        return _sorry(visit, error)
    try:
        answer = await _arrive(visit, attempt)
    except SignInFailed as error:
        answer = _sorry(visit, error)
    visit.jar.take(answer, cookies.ATTEMPT)
    return answer


async def out(visit: Visit) -> Response:
    """Who signed out here is told that it is not so there."""
    try:
        place = await _provider(visit).out()
    except SignInFailed as error:
        log.warning("sign-out by the organisation: %s", error.detail)
        place = ""
    return answers.page(visit, "organisation-out", place=place)


async def _arrive(visit: Visit, attempt: Attempt) -> Response:
    provider, store = _provider(visit), visit.site.store
    await store.write(partial(joining.arrive, attempt=attempt))
    await provider.check(visit.query)
    told = await provider.arrive(attempt, visit.asked("code"))
    signed_in = "" if visit.person is None else visit.person.id
    entered: Entered = await store.write(
        partial(
            joining.enter, door=answers.door(visit), settings=provider.settings, told=told,
            language=visit.language.code, signed_in=signed_in,
        )
    )  # fmt: skip
    return answers.enter(visit, entered)


def _attempt(visit: Visit) -> Attempt:
    """The one that this browser began and that the answer belongs to. Errors: SignInFailed."""
    found = attempts.read(visit.jar.read(cookies.ATTEMPT))
    if found is None:
        raise failed("old", "The browser did not begin to sign in, or has no cookie of it any more.")
    if not hmac.compare_digest(found.state.encode(), visit.asked("state").encode(errors="replace")):
        raise failed("old", "The answer is not of the attempt of this browser (state).")
    if found.late(visit.real):
        raise failed("old", "The browser came back too late.")
    return found


def _sorry(visit: Visit, error: SignInFailed) -> Response:
    log.warning("sign-in by the organisation: %s", error.detail)
    return _shown(visit, error.status, REASONS[error.reason].text)


def _shown(visit: Visit, status: int, text: str) -> Response:
    """A page that leads back to sign in, also where it is read in another language; nothing of the answer stands in it."""
    clean = msgspec.structs.replace(visit, path=SIGN_IN, query=QueryParams())
    return answers.page(clean, "organisation", status, text=text)


def _provider(visit: Visit) -> Provider:
    assert visit.site.provider is not None
    return visit.site.provider


ROOM = Room("web", (Page(START, leave), Page(RETURN, back), Page(OUT, out)))
"""Only where the configuration names a provider."""


def routes(site: Site) -> list[Route]:
    """Addresses of no language: where the provider sends browsers, and where it finds our key."""
    provider = site.provider
    if provider is None:
        return []

    async def onward(request: Request) -> Response:
        """To the page in the language that the person began in."""
        held = attempts.read(cookies.of(request).read(cookies.ATTEMPT))
        told = request.headers.get("accept-language", "")
        code = (
            held.language if held is not None and held.language in site.languages else preferred(told, site.languages)
        )
        given = [(name, request.query_params[name]) for name in PASSED if name in request.query_params]
        query = QueryParams([*given, *([("next", held.onward)] if held is not None and held.onward else [])])
        return RedirectResponse(f"{site.base}/{code}/{RETURN}?{query}", 303, {"referrer-policy": "no-referrer"})

    async def published(request: Request) -> Response:
        # Not the type of RFC 7517, 8.5.2: there are providers that take plain JSON only.
        return Response(provider.key.published(), media_type="application/json")

    return [Route(BACK, onward), Route(KEYS, published)]
