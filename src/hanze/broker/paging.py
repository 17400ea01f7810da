# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of a long answer: how much is asked for, and links to what stands before and after. Source: clause 6.3.10."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from hanze.broker.exchange import Exchange
from hanze.errors import BadRequestData, TooManyResults
from hanze.http.reply import Headers

PAGING = frozenset({"limit", "offset", "count", "orderBy", "orderFrom", "orderGeometry", "collation"})


def paging(ex: Exchange) -> tuple[int, int, bool]:
    """limit, offset and count of a query."""
    limits = ex.services.limits
    # Clients from before version 1.3 ask for the count with a word of options.
    count = ex.request.flag("count") or "count" in ex.options()
    limit = ex.request.number("limit", limits.default_page)
    offset = ex.request.number("offset", 0)
    if limit > limits.page:
        raise TooManyResults(f"limit is {limit}; at most {limits.page} are given at once.", limit=limits.page)
    if limit == 0 and not count:
        raise BadRequestData("limit is 0; that goes with count=true only.")
    return limit, offset, count


def page_links(
    url: str, params: Mapping[str, str], limit: int, offset: int, *, more: bool, kind: str = "application/json"
) -> Headers:
    """Links to the page before and after, with the parameters of the request in order of the alphabet."""
    links = []
    if limit and offset > 0:
        links.append(_page_link(url, params, "prev", limit, max(0, offset - limit), kind))
    if limit and more:
        links.append(_page_link(url, params, "next", limit, offset + limit, kind))
    return links


def _page_link(
    url: str, params: Mapping[str, str], rel: str, limit: int, offset: int, kind: str
) -> tuple[bytes, bytes]:
    changed = {**params, "limit": str(limit), "offset": str(offset)}
    query = urlencode(sorted(changed.items()), quote_via=quote, safe=":/*")
    return b"link", f'<{url}?{query}>;rel="{rel}";type="{kind}"'.encode()
