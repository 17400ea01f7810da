# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The site put together: the pages of the rooms in each language, files, and what is said where a page cannot be."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import msgspec
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from hanze.errors import Conflict, HanzeError
from hanze.web import background, cookies, entrance, leaving, look, security, steps, visiting
from hanze.web import shell as shells
from hanze.web.attachments import serving
from hanze.web.forms import coming, guard
from hanze.web.forms.field import PICTURES
from hanze.web.language import Language, languages, preferred
from hanze.web.parquet import download
from hanze.web.room import Page, Room, Site, Visit
from hanze.web.shell import loop
from hanze.web.shell.glossary import TERMS
from hanze.web.static import Static
from hanze.web.templating import Templates

log = logging.getLogger("hanze.web")

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
}
"""What every page tells the browser: nothing from elsewhere runs in it, and it stands in no frame."""

PACKED = (Middleware(GZipMiddleware, minimum_size=1000),)

Endpoint = Callable[[Request], Awaitable[Response]]


def routes(site: Site, rooms: Sequence[Room]) -> list[Route]:
    """The routes of the site; those of the rooms stand under each language."""
    site = msgspec.structs.replace(site, happened=shells.happened(rooms))
    shell = _Shell(site, (shells.room(rooms), *rooms))
    found = [Route("/", shell.first), Route("/static-{version}/{name:path}", shell.static.answer)]
    found += [*background.routes(site.background), *look.routes(site.look)]
    found += [*security.routes(site), *serving.routes(site)]
    for language in shell.spoken.values():
        root = f"/{language.code}/"
        for page in shell.pages:
            found += [
                Route(
                    root + page.path + ending,
                    shell.endpoint(page, language, ending),
                    methods=["GET"] if page.post is None or ending else ["GET", "POST"],
                    middleware=() if ending == f".{download.ENDING}" else PACKED,
                )
                for ending in ("", *(f".{one}" for one in page.formats))
            ]
        found.append(Route(root + "{path:path}", shell.missing(language)))
    return found


class _Shell:
    """What stands around each page."""

    def __init__(self, site: Site, rooms: Sequence[Room]) -> None:
        there = languages()
        self.spoken = {code: there[code] for code in site.languages}
        self.static = Static(site.base)
        self.pages = [page for room in rooms for page in room.pages]
        self._site = site
        self._templates = Templates([room.name for room in rooms], self.spoken.values(), self.static.address)
        self._common: Mapping[str, Any] = {
            "site": site, "menu": [page for page in self.pages if page.menu], "spoken": list(self.spoken.values()),
            "has": self.static.has, "desk": [page for page in self.pages if page.desk],
            "foot": [page for page in self.pages if page.foot],
            "helps": {page.path: shells.about(page.path) for page in self.pages if page.help is not None},
            "picture_kinds": PICTURES, "city_style": "" if site.look.style is None else site.base + look.address(site.look.style),
            "city_mark": "" if site.look.mark is None else site.base + look.address(site.look.mark), "terms": TERMS,
            "stages": loop.STAGES, "actions": shells.actions(rooms), "doors": loop.doors(self.pages),
            "near": shells.near(rooms), "tasks": shells.tasks(rooms), "steps": steps.ordered(rooms), "step_done": steps.done,
            "steps_waiting": steps.waiting,
        }  # fmt: skip

    async def first(self, request: Request) -> Response:
        """The front page in the language that the browser likes best."""
        code = preferred(request.headers.get("accept-language", ""), self.spoken)
        return RedirectResponse(f"{self._site.base}/{code}/", 302, {"vary": "accept-language"})

    def endpoint(self, page: Page, language: Language, ending: str) -> Endpoint:
        async def answer(request: Request) -> Response:
            asked = (self._site, request, language, page.path, ending.removeprefix("."), self._render(language))
            visit = visiting.stranger(*asked)
            try:
                visit = visiting.visit(*asked)
                response = await self._answer(page, visit, request)
            except HanzeError as error:
                response = self._sorry(visit, error.status, posted=request.method == "POST", told=error.detail)
                if isinstance(wait := error.members.get("retryAfter"), int):
                    response.headers["retry-after"] = str(wait)
            except Exception:
                log.exception("an error of ours")
                response = self._sorry(visit, 500)
            if visit.key.new:
                visit.jar.give(response, cookies.FORM, visit.key.key)
            response.headers.update(HEADERS)
            return response

        return answer

    async def _answer(self, page: Page, visit: Visit, request: Request) -> Response:
        posted = request.method == "POST"
        if (instead := entrance.refused(page, visit, posted=posted)) is not None:
            return instead
        if not posted:
            work = page.handler(visit)
            return await (leaving.while_there(request, work) if visit.format else work)
        assert page.post is not None
        async with coming.form(request, page.most) as data:
            if not page.proven:
                guard.check(request.headers, visit.key.key, str(data.get(guard.FIELD, "")))
            return await page.post(visit, data)

    def missing(self, language: Language) -> Endpoint:
        async def answer(request: Request) -> Response:
            asked = (self._site, request, language, "", "", self._render(language))
            try:
                visit = visiting.visit(*asked)
            except HanzeError:
                visit = visiting.stranger(*asked)
            return self._sorry(visit, 404)

        return answer

    def _render(self, language: Language) -> visiting.Render:
        def render(template: str, values: Mapping[str, Any]) -> str:
            return self._templates.render(language, template, {**self._common, **values})

        return render

    def _sorry(self, visit: Visit, status: int, *, posted: bool = False, told: str = "") -> Response:
        """One plain sentence, and where to go on; `posted`: a form was sent; `told`: what is in the way, which people read where it
        is a text of the catalogues."""
        known = status == Conflict.status and any(told in one.catalogue for one in self.spoken.values())
        told = told if known else ""
        return HTMLResponse(visit.html("web/sorry.html", status=status, posted=posted, told=told), status, HEADERS)
