# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of practice data: how far they are, the first call, keys, files, and how near they are to the real ones."""

from functools import partial

from starlette.responses import HTMLResponse, Response

from hanze.access import keys as every
from hanze.errors import ResourceNotFound
from hanze.experiments.agreements import calls
from hanze.experiments.agreements.pages.keys import FORM, Line
from hanze.experiments.practice import files, keeping
from hanze.experiments.practice.distances import LIMITS, Distances
from hanze.experiments.practice.gathering import About
from hanze.experiments.practice.granting import Shown
from hanze.experiments.practice.hours import HOUR
from hanze.experiments.practice.keeping import Practice
from hanze.experiments.practice.pages import subject
from hanze.experiments.practice.pages.subject import Subject
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.web import terms
from hanze.web.drawing.rows import Table
from hanze.web.drawing.times import date, local
from hanze.web.forms import Filled
from hanze.web.language import mark as _
from hanze.web.room import Visit

FORMATS = ("zip", "csv", "json")

KINDS = {"zip": "application/zip", "csv": "text/csv; charset=utf-8", "json": "application/json"}

AGAIN = 2
"""Seconds after which the page is asked for again while they are made."""

DAYS, DAY = 7, 24 * HOUR
"""So far back the second call goes."""

SECONDS = 120.0
"""The longest that a file may take."""

MEASURES = {
    "spread": _("Spread of the values: the largest difference between shares of all values"),
    "step": _("From one hour to the next"),
    "day": _("From one day to the next"),
    "week": _("From one week to the next"),
    "cross": _("How two series go together"),
    "nearest": _("Days that look like a real day: how far apart, where 1 is how far real days are from each other"),
}
"""Of Distances, in words."""


async def answer(visit: Visit) -> Response:
    if visit.format:
        return await _file(visit)
    return await visit.site.store.read(partial(page, visit, FORM.empty()))


async def _file(visit: Visit) -> Response:
    """Errors: ResourceNotFound where they were not made yet."""
    about, one = await visit.site.store.read(lambda: _found(visit))
    if one is None or one.state != "done":
        raise ResourceNotFound("There are no practice data yet; make them first.")
    levels = {name: level for name, level in subject.parts(visit, about).levels.items() if level > HOUR}
    job = files.Job(visit.site.store.looking(), visit.now, one.tenant, one.types, visit.format, levels)
    body = await visit.site.compute.run(files.run, job, seconds=SECONDS, asker=visit.asker)
    headers = {"content-disposition": f'attachment; filename="{one.tenant}.{visit.format}"'}
    return Response(body, 200, headers, KINDS[visit.format])


def _found(visit: Visit) -> tuple[Subject, Practice | None]:
    about = subject.found(visit)
    return about, keeping.find(visit.site.store, about.id)


def page(visit: Visit, filled: Filled, made: str = "") -> Response:
    """`made`: the text of a key that was just made."""
    about, one = _found(visit)
    stopped = one is not None and one.interrupted(visit.real)
    here = subject.address(visit, about)
    html = visit.html(
        "experiments/practice/one.html", about=about, one=one, stopped=stopped, here=here, filled=filled, made=made,
        back=visit.address(about.kind, id=about.code), ends="" if one is None else _day(visit, one.ends),
        day="" if one is None else _day(visit, one.made), lines=_keys(visit, one),
        subjects=_subjects(visit, about), table=_table(visit, one), calls=_calls(visit, about, one, made),
        distances=_distances(visit, one), files=_files(visit, about), lacking=_lacking(visit, one),
    )  # fmt: skip
    # The browser asks again by itself, also without script.
    again = {"refresh": f"{AGAIN};url={here}"} if one is not None and one.state == "making" and not stopped else {}
    return HTMLResponse(html, 200 if filled.good else 422, headers=again)


def _day(visit: Visit, moment: int) -> str:
    return date(local(moment, visit.site.zone), visit.language.words)


def _files(visit: Visit, about: Subject) -> list[tuple[str, str]]:
    return [(one.upper(), visit.address(f"{subject.PATH}.{one}", **{about.kind: about.code})) for one in FORMATS]


def _keys(visit: Visit, one: Practice | None) -> list[Line]:
    """That still open something."""
    if one is None:
        return []
    return [
        Line(key.id, key.name, visit.language.when(key.created, visit.now, visit.site.zone))
        for key in every.listed(visit.site.store)
        if key.agreement == one.opened and key.revoked is None
    ]


def _subjects(visit: Visit, about: Subject) -> list[str]:
    """What there is to practise with, in words."""
    say = visit.language.say
    return sorted({say(terms.subject(type)) for type in subject.parts(visit, about).types}) if about.open else []


def _table(visit: Visit, one: Practice | None) -> Table | None:
    if one is None or one.state != "done":
        return None
    say, number = visit.language.say, visit.language.words.number
    head = (
        say(_("What")),
        say(_("Made-up things")),
        say(_("Real things")),
        say(_("Series by the hour")),
        say(_("Weeks")),
    )
    rows = [
        (
            say(terms.subject(each.type)),
            *(number(count) for count in (each.things, each.of, sum(each.series.values()), each.weeks)),
        )
        for each in one.about
    ]
    return Table(say(_("What was made up")), head, tuple(rows))


def _lacking(visit: Visit, one: Practice | None) -> list[str]:
    """What has no course over time for some things, in words."""
    say = visit.language.say
    found = {name for each in (one.about if one is not None else ()) for name in each.lacking}
    return sorted(say(terms.quantity(name).name) for name in found)


def _calls(visit: Visit, about: Subject, one: Practice | None, made: str) -> list[str]:
    """Lines for a shell: all things of the type with most to see, and how one of its attributes went."""
    if one is None or one.state != "done":
        return []
    root = f"{visit.site.address}/ngsi-ld/v1"
    begin = f'curl -H "X-API-Key: {made or "hz_…"}" -H "NGSILD-Tenant: {one.tenant}" "{root}'
    told = max(one.about, key=lambda each: len(each.series))
    found = [f'{begin}/entities?type={CORE.compact(told.type)}"']
    for name in list(told.series)[:1]:
        since = times.text(one.made - one.made % DAY - DAYS * DAY)
        asked = f"type={CORE.compact(told.type)}&attrs={CORE.compact(name)}&timerel=after&timeAt={since}"
        asked += _course(subject.parts(visit, about), name)
        found.append(f'{begin}/temporal/entities?{asked}"')
    return found


def _course(shown: Shown, name: str) -> str:
    """How the course of an attribute (an IRI) is asked for, as it may be seen."""
    level = shown.levels.get(name)
    if level is None:
        return "&lastN=24"
    return f"&{calls.aggregated(level)}"


def _distances(visit: Visit, one: Practice | None) -> list[Table]:
    about = [] if one is None else [each for each in one.about if each.distances is not None]
    return [_apart(visit, each, each.distances) for each in about if each.distances is not None]


def _apart(visit: Visit, about: About, found: Distances) -> Table:
    say, words = visit.language.say, visit.language.words
    head = (say(_("What is compared")), say(_("Found")), say(_("Limit")))
    rows = []
    for name, text in MEASURES.items():
        least = name == "nearest"
        limit = say(_("at least %(value)s") if least else _("at most %(value)s"))
        rows.append(
            (say(text), words.fixed(getattr(found, name), 3), limit % {"value": words.fixed(getattr(LIMITS, name), 2)})
        )
    return Table(say(terms.subject(about.type)), head, tuple(rows))
