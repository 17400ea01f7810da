# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages on which people ask to be told of a thing, say yes, and stop it."""

from functools import partial

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from hanze.access.principal import ANYONE
from hanze.errors import ResourceNotFound
from hanze.explore import places
from hanze.explore.following import follows, letters
from hanze.explore.following.follows import FOLLOWS
from hanze.ngsild import checks
from hanze.store.base import UnitOfWork
from hanze.web import outbox
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.people import waiting
from hanze.web.room import Page, Visit

ASK = Form(
    (
        Field(
            name="mail", label=_("Mail address"), kind="mail", autocomplete="email", longest=200,
            help=_("You first get a mail to say yes. After that at most one a day, and only when something is new."),
        ),
    ),
    _("Tell me by mail"),
)  # fmt: skip

YES = Form((), _("Yes, tell me"))
STOP = Form((), _("Stop these mails"))

GONE = 410


async def ask(visit: Visit) -> Response:
    known = {} if visit.person is None else {"mail": visit.person.mail}
    return _asked(visit, ASK.empty(known))


async def take(visit: Visit, data: FormData) -> Response:
    """The answer is the same whether the address follows it already or not: who asks learns nothing of others."""
    name, filled = _thing(visit), ASK.read(data)
    if not filled.good:
        return _asked(visit, filled)
    if waited := visit.site.callers.take(visit.client, visit.now):
        return _asked(visit, filled.fail("", waiting.told(waited)), 429)
    await visit.site.store.write(partial(_ask, visit=visit, mail=filled["mail"], name=name))
    return _page(visit, "asked", name=name, mail=filled["mail"])


def _ask(uow: UnitOfWork, visit: Visit, mail: str, name: str) -> None:
    made = follows.ask(uow, visit.site.chance, mail, visit.asked("thing"), visit.language.code)
    if made is not None:
        outbox.put(uow, letters.confirm(visit.site, visit.language, made, name))


async def yes(visit: Visit) -> Response:
    """Asks before it does it: programs that look through mail open links too."""
    found = follows.find(visit.site.store.vault(FOLLOWS), visit.asked("token"))
    return _gone(visit) if found is None else _page(visit, "yes", filled=YES.empty(), name=_name(visit, found.thing))


async def confirm(visit: Visit, data: FormData) -> Response:
    found = await visit.site.store.write(lambda uow: follows.confirm(uow, visit.asked("token")))
    return _gone(visit) if found is None else _page(visit, "done", name=_name(visit, found.thing))


async def stopping(visit: Visit) -> Response:
    found = follows.find(visit.site.store.vault(FOLLOWS), visit.asked("token"))
    if found is None:
        return _page(visit, "stopped")
    name = "" if visit.asked("all") else _name(visit, found.thing)
    return _page(visit, "stop", filled=STOP.empty(), name=name)


async def stop(visit: Visit, data: FormData) -> Response:
    """By our own page, or by a mail program in one click (RFC 8058)."""
    await visit.site.store.write(lambda uow: follows.stop(uow, visit.asked("token"), all=bool(visit.asked("all"))))
    return _page(visit, "stopped")


PAGES = (
    Page("follow", ask, post=take),
    Page("follow/yes", yes, post=confirm),
    Page("follow/stop", stopping, post=stop, proven=True),
)


def _asked(visit: Visit, filled: Filled, status: int = 0) -> Response:
    return _page(visit, "ask", status or (200 if filled.good else 422), filled=filled, name=_thing(visit))


def _thing(visit: Visit) -> str:
    """The name of the thing that the address names. Errors: BadRequestData, ResourceNotFound where it is not public."""
    id = checks.uri(visit.asked("thing"), "thing")
    name = _name(visit, id)
    if not name:
        raise ResourceNotFound(f"There is no {id} here that is public.")
    return name


def _name(visit: Visit, id: str) -> str:
    """What everyone knows it as; empty where it is not public."""
    entity = visit.site.store.get("", id, visit.site.access.scope(ANYONE, ""))
    return "" if entity is None else places.name(entity)


def _gone(visit: Visit) -> Response:
    return _page(visit, "gone", GONE)


def _page(visit: Visit, template: str, status: int = 200, **values: object) -> Response:
    return HTMLResponse(visit.html(f"explore/following/{template}.html", **values), status)
