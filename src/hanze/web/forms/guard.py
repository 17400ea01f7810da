# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""That a form came from our own page: by the origin that the browser tells, and by a token that only our page could know.

Source: OWASP Cross-Site Request Forgery Prevention Cheat Sheet: verification of the origin, and HMAC-based tokens.
"""

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

from hanze.errors import NoRightToAccess

FIELD = "form-token"
"""The hidden field that holds the token."""


def token(key: str, salt: str = "") -> str:
    """A token of who has this key in a cookie, which no other site can read; another one for each `salt` (no dots)."""
    return f"{salt}.{hmac.new(key.encode(), f'hanze form {salt}'.encode(), hashlib.sha256).hexdigest()}"


def check(headers: Mapping[str, str], key: str, given: str) -> None:
    """NoRightToAccess where the form did not come from a page of ours."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise NoRightToAccess("The form came from another site.")
    origin = headers.get("origin") or headers.get("referer") or ""
    if origin and urlsplit(origin).netloc != headers.get("host"):
        raise NoRightToAccess("The form came from another site.")
    if not key or not hmac.compare_digest(token(key, given.partition(".")[0]).encode(), given.encode(errors="replace")):
        raise NoRightToAccess("The form is too old; load its page again.")
