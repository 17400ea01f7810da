# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What licences are called, by their addresses."""

import re

_CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/(?:licenses/(?P<kind>by[a-z-]*)|publicdomain/(?P<free>zero|mark))/(?P<version>[\d.]+)/?.*"
)


def name(address: str) -> str:
    """Such as CC BY 4.0; empty where the address is of no licence that we know. Source:
    https://creativecommons.org/share-your-work/cclicenses/."""
    found = _CREATIVE_COMMONS.fullmatch(address)
    if found is None:
        return ""
    if found["free"]:
        return f"{'CC0' if found['free'] == 'zero' else 'Public Domain Mark'} {found['version']}"
    return f"CC {found['kind'].upper()} {found['version']}"
