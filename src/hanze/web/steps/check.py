# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A change of the settings as it would stand in the text file; written when the person says so, and not before."""

import base64
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.access import audit
from hanze.store.base import UnitOfWork
from hanze.web import background, look, steps
from hanze.web.room import Step, Visit
from hanze.web.steps import city, difference, drafts, proposing
from hanze.web.steps.difference import Line
from hanze.web.steps.drafts import DRAFTS, FILES, Draft

ACT = "settings changed by page"
"""In the audit."""


@proposing.told
async def answer(visit: Visit, *, all: Sequence[Step]) -> Response:
    return await visit.site.store.read(partial(_answer, visit, all))


def _mine(visit: Visit) -> Draft:
    return drafts.find(visit.site.store.vault(DRAFTS), visit.asked("draft"), visit.principal.id)


def _answer(visit: Visit, all: Sequence[Step]) -> Response:
    draft = _mine(visit)
    told = steps.settings(visit).told()
    files = drafts.files(visit.site.store.vault(FILES), draft.id)
    values: dict[str, Any] = {
        "lines": difference.lines(told.text, draft.text), "files": files, "maps": {}, "mark": "", "style": [],
        "back": visit.address(draft.step), "next": visit.address(steps.after(all, draft.step, visit)),
        "action": visit.address(steps.CHECK, draft=draft.id), "late": told.hash != draft.before,
    }  # fmt: skip
    for name, body in files.items():
        values |= _shown(visit, name, body, told.style)
    return HTMLResponse(visit.html("web/steps/check.html", **values))


def _shown(visit: Visit, name: str, body: bytes, style: str) -> dict[str, Any]:
    """A file as people can judge it."""
    ending = Path(name).suffix
    if ending == ".geojson":
        return {"maps": city.drawn(visit, background.parsed(Path(name), body))}
    if ending == ".css":
        before = steps.settings(visit).body(style).decode() if style else ""
        lines: list[Line] = difference.lines(before, body.decode())
        return {"style": lines}
    return {"mark": f"data:{look.KINDS[ending]};base64,{base64.b64encode(body).decode()}"}


@proposing.told
async def take(visit: Visit, data: FormData, *, all: Sequence[Step]) -> Response:
    """Writes it, and goes on to the next step in a language that the site has from now on."""
    store, settings = visit.site.store, steps.settings(visit)
    draft = await store.read(partial(_mine, visit))
    files = await store.read(partial(drafts.files, store.vault(FILES), draft.id))
    await settings.write(
        draft.before, draft.text, files, partial(_note, visit, draft, list(files)), visit.principal.name
    )
    spoken = settings.told().languages
    code = visit.language.code if visit.language.code in spoken else spoken[0]
    onward = steps.after(all, draft.step, visit)
    return RedirectResponse(f"{visit.site.base}/{code}/{onward}?written=yes", 303)


def _note(visit: Visit, draft: Draft, files: list[str], uow: UnitOfWork) -> None:
    """Errors: ResourceNotFound where it was written meanwhile."""
    drafts.find(uow.vault(DRAFTS), draft.id, draft.owner)
    drafts.drop(uow, draft.id)
    name = steps.settings(visit).name
    audit.note(uow, visit.principal.id, ACT, name, step=draft.step, files=files)
