# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Shows pictures: each at an address of its own, to who may see what it belongs to, as nothing but a picture."""

from functools import partial

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hanze.access import Principal
from hanze.access.principal import ANYONE
from hanze.errors import HanzeError
from hanze.store import mask, sight
from hanze.store.scope import EVERYTHING
from hanze.web import visiting
from hanze.web.attachments import kept
from hanze.web.attachments.kept import Attachment
from hanze.web.attachments.vaults import ATTACHMENTS, BODIES
from hanze.web.room import Site

PATH = "/attachments"

HEADERS = {
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "content-disposition": 'inline; filename="picture.jpg"',
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, max-age=3600",
}
"""Whatever it were, a browser runs nothing of it. What was erased is out of the browsers within an hour."""


class Shown(msgspec.Struct, frozen=True):
    """A picture for a page: its small size, and all sizes as HTML lists them (section 4.8.4.2.1); pixels."""

    id: str
    owner: str
    address: str
    several: str
    alt: str
    width: int
    height: int


def shown(base: str, one: Attachment) -> Shown:
    """`base`: the path under which a proxy shows the site."""
    addresses = [(address(base, one.id, width), width) for width, _ in one.sizes]
    (small, width), height = addresses[0], one.sizes[0][1]
    return Shown(
        one.id, one.owner, small, ", ".join(f"{where} {wide}w" for where, wide in addresses), one.alt, width, height
    )


def address(base: str, id: str, width: int) -> str:
    return f"{base}{PATH}/{id}/{width}.jpg"


def routes(site: Site) -> list[Route]:
    """Below no language: a picture speaks none."""

    async def answer(request: Request) -> Response:
        id, width = request.path_params["id"], request.path_params.get("width")
        try:
            principal = visiting.who(site, request)[2]
            found = await site.store.read(partial(_found, site, principal, id, width))
        except HanzeError:
            found = None
        if found is None:
            return Response("There is no such picture.", 404, media_type="text/plain")
        hash, body = found
        headers = {**HEADERS, "etag": f'"{hash}"'}
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=304, headers=headers)
        return Response(body, headers=headers, media_type="image/jpeg")

    return [Route(f"{PATH}/{{id}}/{{width:int}}.jpg", answer), Route(f"{PATH}/{{id}}.jpg", answer)]


def _found(site: Site, principal: Principal, id: str, width: int | None) -> tuple[str, bytes] | None:
    """None where it is not there, or not for these eyes. `width`: None for the smallest."""
    one = kept.find(site.store.vault(ATTACHMENTS), id)
    if one is None or not _sees(site, principal, one):
        return None
    wanted = one.sizes[0][0] if width is None else width
    return kept.body(site.store.vault(BODIES), id, wanted) if wanted in dict(one.sizes) else None


def _sees(site: Site, principal: Principal, one: Attachment) -> bool:
    """A draft is for who made it; what belongs to a thing for who may see the thing."""
    return sees(site, principal, one.thing) if one.thing else one.owner == principal.id


def sees(site: Site, principal: Principal, thing: str) -> bool:
    """The principal may see the pictures of a thing, by its id. Pictures are no attribute that an agreement could name: by a key of
    one those are seen that everyone sees, and those of things of which it hides nothing."""
    scope = site.access.scope(principal, "")
    if not principal.agreement:
        return site.store.get("", thing, scope) is not None
    found = site.store.get("", thing, EVERYTHING)
    public = site.access.scope(ANYONE, "")
    return found is not None and (mask.wholly(found, scope, "") or sight.seen(found, public, ""))
