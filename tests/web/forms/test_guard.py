# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Only forms of our own pages are taken."""

import pytest

from hanze.errors import NoRightToAccess
from hanze.web.forms import guard

KEY = "a key that only the browser of this visitor has"
OURS = {"host": "city.nl", "origin": "https://city.nl"}


def test_ours() -> None:
    guard.check(OURS, KEY, guard.token(KEY, "salt"))
    guard.check({"host": "city.nl", "referer": "https://city.nl/nl/now?x=1"}, KEY, guard.token(KEY, "salt"))
    guard.check({**OURS, "sec-fetch-site": "same-origin"}, KEY, guard.token(KEY, "salt"))


@pytest.mark.parametrize(
    ("headers", "key", "token"),
    [
        ({"host": "city.nl", "origin": "https://evil.nl"}, KEY, guard.token(KEY, "salt")),
        ({"host": "city.nl", "origin": "null"}, KEY, guard.token(KEY, "salt")),
        ({"host": "city.nl", "referer": "https://city.nl.evil.nl/"}, KEY, guard.token(KEY, "salt")),
        ({**OURS, "sec-fetch-site": "cross-site"}, KEY, guard.token(KEY, "salt")),
        ({**OURS, "sec-fetch-site": "same-site"}, KEY, guard.token(KEY, "salt")),
        (OURS, KEY, ""),
        (OURS, KEY, KEY),
        (OURS, KEY, guard.token("another", "salt")),
        (OURS, "", guard.token("", "salt")),
    ],
)
def test_not_ours(headers: dict[str, str], key: str, token: str) -> None:
    with pytest.raises(NoRightToAccess):
        guard.check(headers, key, token)
