# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The cookies of the site, none of which follows anybody: who is signed in, and that a form is ours."""

from starlette.requests import Request
from starlette.responses import Response

SESSION, FORM = "hanze-session", "hanze-form"


def read(request: Request, name: str) -> str:
    return request.cookies.get(_named(request, name), "")


def give(request: Request, response: Response, name: str, value: str, seconds: int | None = None) -> None:
    """Only this site gets it back, and no script; without `seconds` until the browser is closed."""
    secure = request.url.scheme == "https"
    response.set_cookie(
        _named(request, name), value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="lax"
    )


def take(request: Request, response: Response, name: str) -> None:
    secure = request.url.scheme == "https"
    response.delete_cookie(_named(request, name), path="/", secure=secure, httponly=True, samesite="lax")


def _named(request: Request, name: str) -> str:
    """Over TLS with the prefix by which browsers refuse such a cookie from any other host (RFC 6265bis, 4.1.3.2)."""
    return f"__Host-{name}" if request.url.scheme == "https" else name
