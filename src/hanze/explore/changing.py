# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form by which a data officer changes a thing, and the button that takes an older value back."""

from collections.abc import Mapping
from functools import partial

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.access import audit
from hanze.errors import BadRequestData, Conflict, ResourceNotFound
from hanze.explore import past, places, rights, thing
from hanze.explore.questions import Question, questions
from hanze.ngsild import operations
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity, Instance
from hanze.store import sight
from hanze.store.base import UnitOfWork
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

CHANGED, TAKEN_BACK = "changed by form", "older value taken back"
"""Acts of the audit."""

WAS = "was "
"""Begins the names of the hidden fields that tell what a field said when the page was made."""


async def answer(visit: Visit) -> Response:
    """The form, filled with what is there. Errors: NoRightToAccess, ResourceNotFound."""
    entity = await visit.site.store.read(partial(_found, visit))
    asked = questions(entity, visit.language.words.decimal)
    told = {one.name: one.text for one in asked} | {WAS + one.name: one.text for one in asked}
    return _page(visit, entity, asked, _form(visit, asked).empty(told))


def _found(visit: Visit) -> Entity:
    entity = thing.found(visit)
    visit.site.access.check_write(visit.principal, "", entity.types)
    return entity


def _form(visit: Visit, asked: list[Question]) -> Form:
    hidden = [Field(name=WAS + one.name, label="", kind="hidden", required=False, longest=1 << 20) for one in asked]
    return Form((*(one.field(visit.language.say) for one in asked), *hidden), _("Save"))


def _page(visit: Visit, entity: Entity, asked: list[Question], filled: Filled, status: int = 200) -> Response:
    there = {one.attribute for one in asked}
    left = [CORE.compact(name) for name in entity.attributes if name not in there]
    values = {
        "name": places.name(entity), "filled": filled, "left": left, "back": visit.address(thing.PATH, id=entity.id),
        "action": visit.address("data/change", id=entity.id),
    }  # fmt: skip
    return HTMLResponse(visit.html("explore/change.html", **values), status)


async def take(visit: Visit, data: FormData) -> Response:
    """Writes what was changed, and nothing else; shows the form again where it cannot be used."""
    entity = await visit.site.store.read(partial(_found, visit))
    asked = questions(entity, visit.language.words.decimal)
    filled = _form(visit, asked).read(data)
    wanted = {one.name: filled[one.name] for one in asked if filled[one.name] != _line(filled[WAS + one.name])}
    filled.wrong = {name: told for name, told in filled.wrong.items() if name in wanted}
    if filled.good and wanted:
        for name in await rights.store(visit).write(partial(_change, visit, entity.id, filled, wanted)):
            filled.fail(name, _("Somebody changed this meanwhile. Look at the page of the thing, then try again."))
    if not filled.good:
        return _page(visit, entity, asked, filled, 422)
    return RedirectResponse(visit.address(thing.PATH, id=entity.id), 303)


def _line(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _change(visit: Visit, id: str, filled: Filled, wanted: Mapping[str, str], uow: UnitOfWork) -> list[str]:
    """The fields that say something else by now, in which case nothing is written."""
    before = _current(visit, id, uow)
    asked = {one.name: one for one in questions(before, visit.language.words.decimal)}
    late = [name for name in wanted if name not in asked or _line(asked[name].text) != _line(filled[WAS + name])]
    if late:
        return late
    made: dict[str, list[Instance]] = {}
    for name, typed in wanted.items():
        question = asked[name]
        old = made.get(question.attribute) or [_default(before, question.attribute)]
        made[question.attribute] = [question.answer(old[0], typed)]
    _save(visit, uow, before, made, CHANGED)
    return []


def _current(visit: Visit, id: str, uow: UnitOfWork) -> Entity:
    """Errors: ResourceNotFound, NoRightToAccess."""
    before = uow.entity("", id)
    if before is None or not sight.seen(before, visit.scope, ""):
        raise ResourceNotFound(f"There is no {id} here.")
    visit.site.access.check_write(visit.principal, "", before.types)
    return before


def _default(entity: Entity, attribute: str) -> Instance:
    return next(one for one in entity.attributes[attribute] if "datasetId" not in one)


def _save(visit: Visit, uow: UnitOfWork, before: Entity, made: dict[str, list[Instance]], act: str) -> None:
    """A normal update of NGSI-LD, with its line in the audit."""
    uow.save("", operations.update(before, Entity(before.id, [], made), uow.stamp))
    audit.note(uow, visit.principal.id, act, before.id, attributes=[CORE.compact(name) for name in made])


async def nothing(visit: Visit) -> Response:
    """Taking back has no page of its own."""
    raise ResourceNotFound("Choose the value on the page of the thing.")


async def undo(visit: Visit, data: FormData) -> Response:
    """An older value becomes the current one again, as a new change."""
    id, name, number = (str(data.get(field, "")) for field in ("id", "attribute", "number"))
    if not number.isdigit() or len(number) > 18:
        raise BadRequestData("number is no number of a value.")
    attribute = CORE.expand(name)
    older = await visit.site.store.read(partial(_older, visit, id, attribute, int(number)))
    await rights.store(visit).write(partial(_take_back, visit, id, attribute, older))
    return RedirectResponse(visit.address(thing.PATH, id=id, history=name) + "#history", 303)


def _older(visit: Visit, id: str, attribute: str, number: int) -> Instance:
    for one in past.latest(visit, id, attribute):
        if one.number == number and one.deleted is None:
            return past.plain(one.doc)
    raise Conflict("This value is not among the latest ones any more; load the page again.")


def _take_back(visit: Visit, id: str, attribute: str, older: Instance, uow: UnitOfWork) -> None:
    before = _current(visit, id, uow)
    _save(visit, uow, before, {attribute: [older]}, TAKEN_BACK)
