# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The cookies of the site, none of which follows anybody: who is signed in, and that a form is ours."""

from collections.abc import Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import Response

SESSION, FORM, STEP, ATTEMPT = "hanze-session", "hanze-form", "hanze-step", "hanze-attempt"
"""Who is signed in, that a form is ours, who is half-way in, who went to sign in at the organisation."""


class Jar(msgspec.Struct, frozen=True):
    """The cookies of one request, and of its answer; only this site gets them back, and no script. `secure`: over TLS."""

    held: Mapping[str, str]
    secure: bool

    def read(self, name: str) -> str:
        return self.held.get(self._named(name), "")

    def give(self, response: Response, name: str, value: str, seconds: int | None = None) -> None:
        """Without `seconds` until the browser is closed."""
        response.set_cookie(
            self._named(name), value, max_age=seconds, path="/", secure=self.secure, httponly=True, samesite="lax"
        )

    def take(self, response: Response, name: str) -> None:
        response.delete_cookie(self._named(name), path="/", secure=self.secure, httponly=True, samesite="lax")

    def _named(self, name: str) -> str:
        """Over TLS with the prefix by which browsers refuse such a cookie from any other host (RFC 6265bis, 4.1.3.2)."""
        return f"__Host-{name}" if self.secure else name


def of(request: Request) -> Jar:
    return Jar(request.cookies, request.url.scheme == "https")
