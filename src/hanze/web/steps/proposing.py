# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the form of a step to a change that a person sees before it is written."""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from functools import partial, wraps
from typing import Any, ParamSpec

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.errors import ConfigurationError, Conflict
from hanze.web import steps
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.people import tokens
from hanze.web.room import Visit
from hanze.web.settings import Edit, Files
from hanze.web.steps import drafts
from hanze.web.steps.drafts import Draft

P = ParamSpec("P")

SEEN = Field(name="seen", label="", kind="hidden", required=False, longest=64)
"""Of which text of the file the form was made: two people may change it at the same time."""


LATE = _("Somebody changed the file meanwhile. Look whether this is still right, and send it again.")


def told(handler: Callable[P, Awaitable[Response]]) -> Callable[P, Awaitable[Response]]:
    """A page that says in one sentence why the settings cannot be read or written, in the place of an answer."""

    @wraps(handler)
    async def answer(*given: P.args, **named: P.kwargs) -> Response:
        try:
            return await handler(*given, **named)
        except (ConfigurationError, Conflict) as error:
            visit = given[0]
            assert isinstance(visit, Visit)
            values = {"problem": error.detail, "again": visit.address(visit.path)}
            return HTMLResponse(
                await visit.site.store.read(lambda: visit.html("web/steps/trouble.html", **values)), 409
            )

    return answer


def page(visit: Visit, filled: Filled, template: str = "web/steps/step.html", **values: Any) -> Response:
    """The page of a step; 422 where something is wrong with its form. Call it in a thread of the readers."""
    return HTMLResponse(visit.html(template, filled=filled, **values), 200 if filled.good else 422)


async def propose(
    visit: Visit, filled: Filled, edits: Sequence[Edit], files: Files, again: Callable[[Visit, Filled], Response] = page
) -> Response:
    """Keeps the change, and goes on to where it is seen; the page of the step is shown `again` where somebody was faster, with
    what was typed. Errors: ConfigurationError."""
    settings = steps.settings(visit)
    try:
        text = settings.edited(filled[SEEN.name], edits)
    except Conflict:
        filled.given[SEEN.name] = [settings.told().hash]
        return await visit.site.store.read(partial(again, visit, filled.fail("", LATE)))
    id = tokens.made(visit.site.chance)
    draft = Draft(id, visit.principal.id, visit.now, visit.path, filled[SEEN.name], text)
    await visit.site.store.write(lambda uow: drafts.put(uow, draft, files))
    return RedirectResponse(visit.address(steps.CHECK, draft=id), 303)


def named(stem: str, ending: str, body: bytes) -> str:
    """The name of a file that changes with what is in it: the old one stays whole until the settings name the new one."""
    return f"{stem}-{hashlib.sha256(body).hexdigest()[:12]}{ending}"


def with_seen(form: Form) -> Form:
    return Form((*form.fields, SEEN), form.send)


async def content(filled: Filled, name: str, most: int) -> tuple[str, bytes]:
    """The name and the content of a file that was sent, at most one byte more than `most`; empty where there is none."""
    file = filled.files.get(name)
    return ("", b"") if file is None else (file.filename or "", await file.read(most + 1))


__all__ = ["SEEN", "FormData", "content", "named", "page", "propose", "told", "with_seen"]
