# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page for developers, which leads on: to the data, the sources, and the ways in which programs read them."""

from functools import partial

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.explore import catalogue
from hanze.web.language import mark as _
from hanze.web.room import Visit


class Way(msgspec.Struct, frozen=True):
    """One way in which a program reads data. `path`: after the base of the site; `example`: whether it can be opened as it is."""

    name: str
    does: str
    path: str
    example: bool = True


WAYS = (
    Way("NGSI-LD", _("current values, history and subscriptions, by the standard of ETSI"), "/ngsi-ld/v1/types"),
    Way(_("Resources"), _("what this site shows, by the Dutch design rules for APIs"), "/v1/openapi.json"),
    Way(_("Live stream"), _("values as they come, as server-sent events"), "/live?types=", example=False),
    Way(_("Health"), _("whether all of this works"), "/health"),
)


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_answer, visit))


def _answer(visit: Visit) -> Response:
    kinds = visit.site.store.types("", visit.scope)
    first = catalogue.Kind(kinds[0], 0).name if kinds else ""
    return HTMLResponse(visit.html("explore/developers.html", ways=WAYS, first=first, count=len(kinds)))
