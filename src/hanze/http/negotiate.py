# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Content negotiation: which media type is sent, by the client's weights and, where they tie, by our order (RFC 9110, 12.5.1)."""

from functools import lru_cache

from hanze.errors import NotAcceptable
from hanze.ngsild.checks import shown

JSON, JSON_LD, GEO_JSON = "application/json", "application/ld+json", "application/geo+json"


@lru_cache(maxsize=1024)
def choose(accept: str | None, offered: tuple[str, ...]) -> str:
    """The best of the offered types; NotAcceptable where the client takes none of them."""
    if not accept or accept == "*/*":
        return offered[0]
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    best, weight = "", 0.0
    for kind in offered:
        found = max((one for one in ranges if _covers(one[0], kind)), key=lambda one: _precision(one[0]), default=None)
        if found is not None and found[1] > weight:
            best, weight = kind, found[1]
    if not best:
        raise NotAcceptable(f"Accept is {shown(accept)}; this resource is offered as {', '.join(offered)}.")
    return best


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            return name.lower(), _weight(value)
    return name.lower(), 1.0


def _weight(text: str) -> float:
    """From 0 to 1; what is no weight decides nothing, so that the range has that of one without."""
    try:
        weight = float(text)
    except ValueError:
        return 1.0
    return weight if 0 <= weight <= 1 else 1.0


def _covers(name: str, kind: str) -> bool:
    return name in (kind, "*/*", kind.partition("/")[0] + "/*")


def _precision(name: str) -> int:
    return 0 if name == "*/*" else 1 if name.endswith("/*") else 2
