# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of one source for who keeps it: how it is, and the buttons that let it rest, go on, or end."""

import asyncio
from functools import partial
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.errors import ResourceNotFound
from hanze.explore import sources
from hanze.explore.connecting.keeper import Keeper
from hanze.explore.connecting.pages import AGAIN, STATE
from hanze.feeds.secret import address
from hanze.feeds.source import Feed
from hanze.ngsild.context import CORE
from hanze.web import terms
from hanze.web.room import Visit


async def answer(visit: Visit) -> Response:
    feed = await asyncio.to_thread(visit.site.tool(Keeper).find, visit.asked("name"))
    return await visit.site.store.read(partial(_answer, visit, feed))


def _answer(visit: Visit, feed: Feed) -> Response:
    site, scope = visit.site, visit.scope
    found = next((one for one in sources.read(site.store, scope) if one.name == feed.name), None)
    brings = sources.brought(site.store, scope).get(feed.name, [])
    public = {one.type for one in site.access.policy.public if not one.tenant}
    values: dict[str, Any] = {
        "feed": feed, "url": address(feed.url), "source": found,
        "newest": "" if found is None or found.newest is None else visit.language.when(found.newest, visit.now, site.zone),
        "brings": [
            (visit.language.say(terms.subject(type)), visit.address("data/type", type=CORE.compact(type)), type in public)
            for type in brings
        ],
        "here": visit.address(STATE, name=feed.name),
    }  # fmt: skip
    new = not feed.paused and (found is None or found.status == "new")
    return HTMLResponse(
        visit.html("explore/connecting/state.html", **values, new=new), headers={"refresh": str(AGAIN)} if new else {}
    )


async def take(visit: Visit, data: FormData) -> Response:
    """One of the acts of that page."""
    keeper, name, by = visit.site.tool(Keeper), visit.asked("name"), visit.principal.id
    act = str(data.get("act", ""))
    acts = {"rest": keeper.rest, "go on": keeper.go_on}
    if act in acts:
        await asyncio.to_thread(acts[act], name, by)
        return RedirectResponse(visit.address(STATE, name=name), 303)
    if act != "remove" or not data.get("sure"):
        raise ResourceNotFound("Choose what to do on the page of the source.")
    await asyncio.to_thread(keeper.remove, name, by)
    return RedirectResponse(visit.address("sources"), 303)
