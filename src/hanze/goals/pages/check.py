# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which anyone has a number worked out once more, and sees whether it is still as its receipt says."""

from functools import partial

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from hanze.errors import ResourceNotFound
from hanze.goals.computing.job import Job, run
from hanze.goals.indicators.definition import Definition
from hanze.goals.keeping.values import Worth
from hanze.goals.pages import numbers, told, wording
from hanze.goals.pages.told import Value
from hanze.goals.verifying import Verdict, open_share, verdict
from hanze.web.language import mark as _
from hanze.web.people import waiting
from hanze.web.room import Visit

PATH = "goals/check"

SECONDS = 120.0

SAID: dict[Verdict, str] = {
    "good": _("The number is right: from the data that are here now the same comes out."),
    "its indicator or area is gone": _("The number cannot be checked: its indicator or its area is no longer there."),
    "its definition is another one": _("The number was made in another way than we would make it now."),
    "its data are other ones": _("The data that it was made of have changed since. They may have been corrected."),
    "its value is another one": _("From the same data another number comes out. Please tell who keeps this site."),
}


async def answer(visit: Visit) -> Response:
    one, value = await visit.site.store.read(partial(_asked, visit))
    return _page(visit, one, value)


async def take(visit: Visit, data: FormData) -> Response:
    one, value = await visit.site.store.read(partial(_asked, visit))
    if waited := visit.site.callers.take(visit.client, visit.real):
        return _page(visit, one, value, problem=waiting.told(waited), status=429)
    open = await visit.site.store.read(lambda: open_share(visit.site.store, visit.site.access))
    job = Job(
        visit.site.store.looking(), getattr(visit.site.zone, "key", "UTC"), value.at, told.known(visit).indicators, [one.code],
        [value.start], open=open,
    )  # fmt: skip
    worths = await visit.site.compute.run(run, job, seconds=SECONDS, asker=visit.asker)
    new = next((worth for worth in worths if (worth.area, worth.start) == (value.facts.area, value.start)), None)
    return _page(visit, one, value, new=new, said=verdict(value.facts, new))


def _asked(visit: Visit) -> tuple[Definition, Value]:
    """Errors: ResourceNotFound where the visitor may see no such number."""
    one = told.known(visit)[visit.asked("code")]
    found = told.found(visit, [one.code], [visit.asked("area")])
    if not found:
        raise ResourceNotFound("There is no such number here.")
    return one, next(iter(found.values()))


def _page(
    visit: Visit,
    one: Definition,
    value: Value,
    new: Worth | None = None,
    said: Verdict | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    number = numbers.number(visit, one, value)
    again = "" if new is None or new.value is None else wording.number(visit.language, one, new.value)
    values = {
        "one": one, "name": one.name[visit.language.code], "number": number, "value": value, "new": new, "again": again,
        "said": SAID[said] if said else "", "good": said == "good", "problem": problem,
        "back": visit.address("goals/indicator", code=one.code, area=value.facts.area),
        "worked": visit.language.when(value.at, visit.now, visit.site.zone),
    }  # fmt: skip
    return HTMLResponse(visit.html("goals/check.html", **values), status)
