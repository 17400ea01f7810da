# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the review: what is in it, the whole of it on one page that prints well, and the same as a PDF."""

from functools import partial

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.errors import NotAcceptable
from hanze.goals.pages import told
from hanze.goals.review import asking, job, outline, pdf, texts, writing
from hanze.goals.review.gathering import Asked
from hanze.goals.review.job import Job
from hanze.goals.review.making import TITLE
from hanze.web.language import mark as _
from hanze.web.room import Page, Visit

PATH, WHOLE, WRITE = "goals/review", "goals/review/whole", "goals/review/write"


class Line(msgspec.Struct, frozen=True):
    """A part of the review; `write`: where its text is written, empty for who does not write."""

    key: str
    title: str
    written: bool
    write: str


async def answer(visit: Visit) -> Response:
    return HTMLResponse(await visit.site.store.read(partial(_overview, visit)))


def _overview(visit: Visit) -> str:
    year = asking.year(visit)
    written = texts.read(visit.site.store, visit.scope, told.known(visit).city, year, visit.language.code)
    writes = visit.has_role(writing.WRITERS)
    lines = [
        Line(
            one.key, outline.title(visit.language, one), one.key in written,
            visit.address(WRITE, year=str(year), part=one.key) if writes else "",
        )
        for one in outline.parts()
    ]  # fmt: skip
    return visit.html(
        "goals/review/overview.html", title=visit.language.say(TITLE) % {"year": year}, lines=lines,
        years=[one for one in (year - 1, year + 1) if one <= asking.this(visit)], whole=visit.address(WHOLE, year=str(year)),
        pdf=visit.address(f"{WHOLE}.pdf", year=str(year)) if pdf.installed() else "",
        written=len(written), of=len(lines),
    )  # fmt: skip


async def whole(visit: Visit) -> Response:
    """It is made in a worker, since it is about all indicators and areas. Errors: BadRequestData, NotAcceptable."""
    year, site = asking.year(visit), visit.site
    if visit.format and not pdf.installed():
        raise NotAcceptable(pdf.MISSING)
    known = told.known(visit)
    given = Asked(year, visit.language.code, known.city, str(site.zone), visit.now)
    wanted = Job(site.store.looking(), visit.scope, given, known.indicators, site.city)
    if visit.format:
        made = await site.compute.run(job.paper, wanted, seconds=job.SECONDS, asker=visit.asker)
        name = f'inline; filename="review-{year}-{visit.language.code}.pdf"'
        return Response(made, media_type="application/pdf", headers={"content-disposition": name})
    body = await site.compute.run(job.page, wanted, seconds=job.SECONDS, asker=visit.asker)
    title = visit.language.say(TITLE) % {"year": year}
    back = visit.address(PATH, year=str(year))
    return HTMLResponse(
        await site.store.read(lambda: visit.html("goals/review/whole.html", body=body, title=title, back=back))
    )


PAGES = (
    Page(PATH, answer),
    Page(WHOLE, whole, ("pdf",)),
    Page(
        WRITE, writing.answer, post=writing.take, roles=writing.WRITERS, desk=_("Write the yearly review of the goals")
    ),
)
