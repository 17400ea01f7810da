# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of a new source: give an address, see what would come of it, correct it, add it."""

import asyncio
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import msgspec
from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.errors import AlreadyExists, ConfigurationError, ResourceNotFound
from hanze.explore.connecting import asking, candidates, looking
from hanze.explore.connecting.candidates import CANDIDATES, Candidate
from hanze.explore.connecting.keeper import Keeper
from hanze.explore.dropping import mapping
from hanze.explore.dropping.pages import table
from hanze.explore.dropping.reading import firsts
from hanze.feeds import secret
from hanze.feeds.provenance import LICENCE, PROVIDER, SOURCE
from hanze.feeds.source import Feed, Found
from hanze.ngsild.context import CORE
from hanze.web.forms import Filled
from hanze.web.language import mark as _
from hanze.web.people import tokens
from hanze.web.room import Visit

ADD, LOOK, MAPPING, STATE = "sources/add", "sources/look", "sources/mapping", "sources/one"

AGAIN = 2
"""Seconds after which the page of what is asked is asked for again."""

FOREIGN = ("files", "havendam")
"""Kinds that are no addresses of others."""

STATED = frozenset({PROVIDER, LICENCE, SOURCE})

TAKEN = _("There is a source with this name already. Give another name.")


async def add(visit: Visit) -> Response:
    return _ask(visit, asking.first(_kinds(visit)).empty())


def _kinds(visit: Visit) -> list[str]:
    return [one for one in visit.site.tool(Keeper).kinds if one not in FOREIGN]


def _ask(visit: Visit, filled: Filled) -> Response:
    return HTMLResponse(visit.html("explore/connecting/add.html", filled=filled), 200 if filled.good else 422)


async def take(visit: Visit, data: FormData) -> Response:
    """Begins to ask, and goes on to the page that tells what is found."""
    filled = asking.first(_kinds(visit)).read(data)
    if not filled.good:
        return _ask(visit, filled)
    now = visit.real
    one = Candidate(tokens.made(visit.site.chance), visit.principal.id, now, now, asking.asked(filled))
    await visit.site.store.write(partial(candidates.put, one=one))
    return _asked(visit, one.id)


def _asked(visit: Visit, id: str) -> Response:
    task = BackgroundTask(looking.run, visit, id)
    return RedirectResponse(visit.address(LOOK, candidate=id), 303, background=task)


def _mine(visit: Visit) -> Candidate:
    return candidates.find(visit.site.store.vault(CANDIDATES), visit.asked("candidate"), visit.principal.id)


async def look(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_look, visit))


def _look(visit: Visit, filled: Filled | None = None) -> Response:
    one = _mine(visit)
    waits = one.state == "asking" and not one.interrupted(visit.real)
    if one.feed is not None and filled is None:
        filled = asking.ADD.empty(asking.known(one.feed))
    values: dict[str, Any] = {
        "one": one, "waits": waits, "filled": filled, "url": secret.address(one.asked.url),
        "host": urlsplit(one.asked.url).hostname or "", "seconds": max(0, (visit.real - one.beat) // 1_000_000),
        "table": _table(visit, one), "types": _types(visit, one), "again": visit.address(ADD),
        "mapping": visit.address(MAPPING, candidate=one.id) if one.feed and one.feed.mapping else "",
        "here": visit.address(LOOK, candidate=one.id), "drop": visit.address("data/drop"),
    }  # fmt: skip
    # The browser asks again by itself, also without script.
    again = {"refresh": str(AGAIN)} if waits else {}
    good = filled is None or filled.good
    return HTMLResponse(visit.html("explore/connecting/look.html", **values), 200 if good else 422, again)


def _table(visit: Visit, one: Candidate) -> Any:
    """The first things, without what stands at all of them alike."""
    shown = [
        msgspec.structs.replace(
            entity, attributes={name: told for name, told in entity.attributes.items() if name not in STATED}
        )
        for entity in one.seen.entities
    ]
    return table(visit, list(firsts(Found(shown)))) if shown else None


def _types(visit: Visit, one: Candidate) -> list[tuple[str, bool]]:
    """What the things are, and whether everyone will see them."""
    public = {each.type for each in visit.site.access.policy.public if not each.tenant}
    found = dict.fromkeys(type for entity in one.seen.entities for type in entity.types)
    return [(CORE.compact(type), type in public) for type in found]


async def connect(visit: Visit, data: FormData) -> Response:
    """The source is declared, and has its first turn within a second or two."""
    one = await visit.site.store.read(partial(_mine, visit))
    filled = asking.ADD.read(data)
    if one.feed is None:
        raise ResourceNotFound("There is nothing to add yet.")
    if filled.good:
        await _add(visit, asking.completed(one.feed, filled), filled)
    if not filled.good:
        return await visit.site.store.read(partial(_look, visit, filled))
    await visit.site.store.write(partial(candidates.drop, id=one.id))
    return RedirectResponse(visit.address(STATE, name=filled["name"]), 303)


async def _add(visit: Visit, feed: Feed, filled: Filled) -> None:
    keeper = visit.site.tool(Keeper)
    try:
        await asyncio.to_thread(keeper.add, feed, visit.principal.id)
    except AlreadyExists:
        filled.fail("name", TAKEN)
    except ConfigurationError as error:
        filled.fail("", error.detail)


async def correcting(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_correcting, visit))


def _mapped(visit: Visit) -> tuple[Candidate, Feed]:
    """Errors: ResourceNotFound where it needs no mapping."""
    one = _mine(visit)
    if one.feed is None or one.feed.mapping is None:
        raise ResourceNotFound("This source needs no mapping.")
    return one, one.feed


def _correcting(visit: Visit) -> Response:
    one, feed = _mapped(visit)
    return _form(visit, one, mapping.form(feed, [], visit.language.say).empty(mapping.answers(feed, [])))


def _form(visit: Visit, one: Candidate, filled: Filled) -> Response:
    values = {
        "filled": filled, "name": one.feed.name if one.feed else "", "back": visit.address(LOOK, candidate=one.id),
        "action": visit.address(MAPPING, candidate=one.id),
    }  # fmt: skip
    return HTMLResponse(visit.html("explore/mapping.html", **values), 200 if filled.good else 422)


async def correct(visit: Visit, data: FormData) -> Response:
    """Keeps the mapping, and asks once more, so that what is shown is what will come."""
    one, feed = await visit.site.store.read(partial(_mapped, visit))
    filled = mapping.form(feed, [], visit.language.say).read(data)
    made = mapping.corrected(feed, [], filled) if filled.good else None
    if made is None:
        return _form(visit, one, filled)
    again = msgspec.structs.replace(one, feed=made, state="asking", beat=visit.real)
    await visit.site.store.write(partial(candidates.put, one=again))
    return _asked(visit, one.id)
