# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which a table is loaded for a trial: a counter, or the log of a service."""

import tempfile
from functools import partial
from pathlib import Path

from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.access import audit
from hanze.errors import ConfigurationError, ResourceNotFound
from hanze.experiments.trials import keeping, registered, tables
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.outcome import Loaded
from hanze.experiments.trials.pages import common, drafts
from hanze.store.base import UnitOfWork
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH = "trial/table"

LOADED = "load table of a trial"
"""An act of the audit."""

FORM = Form(
    (
        Field(
            name="file", label=_("The table"), kind="file", required=False,
            help=_("CSV, at most 16 MB. It takes the place of the one before, so it holds all rows."),
        ),
    ),
    _("Load this table"),
)  # fmt: skip


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(lambda: _page(visit, *_asked(visit), FORM.empty()))


def _asked(visit: Visit) -> tuple[Trial, Loaded]:
    """The trial and what its plan, fixed or not yet, says of the table. Errors: ResourceNotFound where it has none."""
    trial = common.trial(visit)
    fixed = registered.newest(visit.site.store, common.city(visit), trial.code)
    outcome = drafts.outcome(drafts.answers(visit, trial.code)) if fixed is None else fixed.plan.outcome
    if not isinstance(outcome, Loaded):
        raise ResourceNotFound("This trial is not judged by a table.")
    return trial, outcome


def _page(visit: Visit, trial: Trial, outcome: Loaded, filled: Filled) -> Response:
    there = tables.find(visit.site.store, trial.code)
    values = {
        "trial": trial, "filled": filled, "action": visit.address(PATH, id=trial.code), "table": there, "outcome": outcome,
        "when": "" if there is None else visit.language.when(there.at, visit.now, visit.site.zone),
    }  # fmt: skip
    return HTMLResponse(visit.html("experiments/trials/table.html", **values), 200 if filled.good else 422)


async def take(visit: Visit, data: FormData) -> Response:
    store = visit.site.store
    trial, outcome = await store.read(lambda: _asked(visit))
    filled = FORM.read(data)
    file = filled.files.get("file")
    body = b"" if file is None else await file.read(tables.MOST_BYTES + 1)
    found = await store.read(lambda: _read(visit, filled, outcome, body))
    if not filled.good:
        return await store.read(lambda: _page(visit, trial, outcome, filled))
    assert found is not None and isinstance(file, UploadFile)
    await store.write(partial(_keep, visit, trial, Path(file.filename or "table.csv").name[:100], *found))
    return RedirectResponse(visit.address(PATH, id=trial.code), 303)


def _read(visit: Visit, filled: Filled, outcome: Loaded, body: bytes) -> tuple[str, list[tables.Row]] | None:
    """None where the form tells what is wrong."""
    if not body:
        filled.fail("file", _("Choose a file."))
    elif len(body) > tables.MOST_BYTES:
        filled.fail("file", _("The file has more than 16 MB. Leave out what does not count."))
    else:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "table.csv"
            file.write_bytes(body)
            try:
                return tables.read(file, outcome, visit.site.zone)
            except ConfigurationError as error:
                filled.fail("file", error.detail.replace(str(file), visit.language.say(_("The table"))))
    return None


def _keep(visit: Visit, trial: Trial, name: str, hash: str, rows: list[tables.Row], uow: UnitOfWork) -> None:
    tables.put(uow, trial.code, name, hash, rows)
    id = keeping.id_of(common.city(visit), trial.code)
    audit.note(uow, visit.principal.id, LOADED, id, rows=len(rows), hash=hash)
