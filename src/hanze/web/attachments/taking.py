# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes pictures in: from a form to a draft that is kept, with what is wrong beside the field and nothing that was typed lost."""

from functools import partial

from starlette.datastructures import UploadFile

from hanze.errors import BadRequestData, CalculationFailed, HanzeError
from hanze.store.base import UnitOfWork
from hanze.web.attachments import kept
from hanze.web.attachments.job import Picture, Reason, clean
from hanze.web.attachments.vaults import ATTACHMENTS
from hanze.web.forms import Field, Filled
from hanze.web.forms.field import ALT
from hanze.web.language import mark as _
from hanze.web.people import tokens
from hanze.web.room import Visit

SECONDS = 30.0
"""For one picture."""

WORDS: dict[Reason, str] = {
    "empty": _("There is nothing in this file. Choose another one."),
    "kind": _("This is no picture that can be used. Choose a JPEG, PNG, WebP or GIF."),
    "pdf": _("A PDF can hold programs and names that nobody sees, so it is not taken. Make a picture of it."),
    "drawing": _("An SVG can hold programs, so it is not taken. Save it as PNG."),
    "broken": _("This picture is damaged. Open it in a program for pictures, save it again, and choose that one."),
    "moves": _("This picture moves. Choose one that stands still."),
    "pixels": _("This picture has more than 50 million points. Make it smaller first."),
}  # fmt: skip

LARGE = _("This picture has more than 10 MB. Make it smaller first.")
BUSY = _("The site is too busy to take a picture at the moment. Try again in a minute.")
MISSING = _("Choose a picture.")
GONE = _("This picture is not kept any more. Choose it again.")
SAY = _("Say in a few words what is to be seen, for who cannot see it.")


async def read(visit: Visit, filled: Filled) -> Filled:
    """The form with its new pictures kept as drafts: the answer to the field of a picture is the id of its draft."""
    for field in filled.form.fields:
        if field.kind == "picture":
            await _read(visit, field, filled)
    return filled


async def _read(visit: Visit, field: Field, filled: Filled) -> None:
    name, file = field.name, filled.files.get(field.name)
    if file is not None:
        try:
            filled.given[name] = [await take(visit, file, field.most)]
        except HanzeError as error:
            filled.fail(name, error.detail)
    elif filled[name] and kept.draft(visit.site.store.vault(ATTACHMENTS), filled[name], visit.principal.id) is None:
        filled.given[name] = []
        filled.fail(name, GONE)
    elif not filled[name] and field.required:
        filled.fail(name, MISSING)
    if (file is not None or filled[name]) and not filled[name + ALT]:
        filled.fail(name + ALT, SAY)


async def take(visit: Visit, file: UploadFile, most: int) -> str:
    """The id of the draft that a file becomes. It is given to a thing by hanze.web.attachments.kept.give, in the unit of work that
    does what the form is for. Errors: BadRequestData, an English sentence of the catalogues; nothing is kept then."""
    body = await file.read(most + 1)
    if len(body) > most:
        raise BadRequestData(LARGE)
    try:
        found = await visit.site.compute.run(clean, body, seconds=SECONDS, asker=visit.asker)
    except CalculationFailed:
        raise BadRequestData(WORDS["broken"]) from None
    except HanzeError:
        raise BadRequestData(BUSY) from None
    if isinstance(found, str):
        raise BadRequestData(WORDS[found])
    id = tokens.made(visit.site.chance)
    await visit.site.store.write(partial(_put, visit=visit, id=id, found=found))
    return id


def _put(uow: UnitOfWork, visit: Visit, id: str, found: tuple[Picture, ...]) -> None:
    kept.put(uow, id, visit.principal.id, found)
