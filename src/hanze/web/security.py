# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""/.well-known/security.txt: whom to tell of a hole in the site (RFC 9116)."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from hanze.ngsild import times
from hanze.web.room import Site

PATH = "/.well-known/security.txt"
LASTS = 90 * 86_400_000_000
"""Microseconds for which what it says is good: less than a year, as the RFC asks."""


def routes(site: Site) -> list[Route]:
    """Nothing where the city has not said whom people write to."""

    async def answer(request: Request) -> Response:
        expires = times.text(site.clock() + LASTS)[:10]
        lines = [
            f"Contact: mailto:{site.contact}",
            f"Expires: {expires}T00:00:00Z",
            f"Preferred-Languages: {', '.join(site.languages)}",
        ]
        if site.address.startswith("https:"):
            lines.append(f"Canonical: {site.address}{PATH}")
        return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; charset=utf-8")

    return [Route(PATH, answer)] if site.contact else []
