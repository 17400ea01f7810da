# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form by which people of the city add a picture to a thing, and the button that removes one."""

from functools import partial

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.access import audit
from hanze.errors import Conflict, NoRightToAccess, ResourceNotFound
from hanze.explore import places, rights, thing
from hanze.store import sight
from hanze.store.base import UnitOfWork
from hanze.web.attachments import kept, taking
from hanze.web.attachments.vaults import ATTACHMENTS
from hanze.web.forms import Filled, Form, picture
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH, REMOVE = "data/picture", "data/picture/remove"

FORM = Form(picture("picture", _("Picture")), _("Add this picture"))
PICTURE, WORDS = FORM.fields

MOST_SENT = PICTURE.most + (1 << 20)
"""Bytes of the form; a picture that is a little too large is told so beside its field."""

ADDED, REMOVED = "picture added", "picture removed"
"""Acts of the audit."""

MANY = _("There are many pictures here already. Remove one first.")


async def ask(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_page, visit, FORM.empty()))


def _page(visit: Visit, filled: Filled, status: int = 200) -> Response:
    entity = thing.found(visit)
    values = {
        "name": places.name(entity), "filled": filled, "back": visit.address(thing.PATH, id=entity.id),
        "action": visit.address(PATH, id=entity.id),
    }  # fmt: skip
    return HTMLResponse(visit.html("explore/picture.html", **values), status)


async def take(visit: Visit, data: FormData) -> Response:
    """Gives the picture to the thing; where something is wrong it is kept for the next try."""
    entity = await visit.site.store.read(partial(thing.found, visit))
    filled = await taking.read(visit, FORM.read(data))
    if filled.good:
        try:
            await visit.site.store.write(partial(_add, visit, entity.id, filled))
        except Conflict:
            filled.fail("", MANY)
    if not filled.good:
        return await visit.site.store.read(partial(_page, visit, filled, 422))
    return _back(visit, entity.id)


def _add(visit: Visit, id: str, filled: Filled, uow: UnitOfWork) -> None:
    entity = uow.entity("", id)
    if entity is None or not sight.seen(entity, visit.scope, ""):
        raise ResourceNotFound(f"There is no {id} here.")
    kept.give(uow, filled[PICTURE.name], visit.principal.id, id, filled[WORDS.name])
    audit.note(uow, visit.principal.id, ADDED, id, picture=filled[PICTURE.name])


async def nothing(visit: Visit) -> Response:
    """Removing has no page of its own."""
    raise ResourceNotFound("Remove the picture on the page of its thing.")


async def remove(visit: Visit, data: FormData) -> Response:
    """For who added it, and for administrators."""
    return _back(visit, await visit.site.store.write(partial(_remove, visit, str(data.get("picture", "")))))


def _remove(visit: Visit, id: str, uow: UnitOfWork) -> str:
    """The thing that it belonged to. Errors: ResourceNotFound, NoRightToAccess."""
    found = kept.find(uow.vault(ATTACHMENTS), id)
    if found is None:
        raise ResourceNotFound("There is no such picture any more.")
    if not rights.removes(visit, found.owner):
        raise NoRightToAccess("Only who added a picture, or an administrator, may remove it.")
    kept.remove(uow, id)
    audit.note(uow, visit.principal.id, REMOVED, found.thing, picture=id, owner=found.owner)
    return found.thing


def _back(visit: Visit, id: str) -> Response:
    return RedirectResponse(visit.address(thing.PATH, id=id), 303)
